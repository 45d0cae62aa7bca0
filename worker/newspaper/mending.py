"""What is mended in a text's breaks, and recorded: split paragraphs joined, merged cells filled; no word is changed."""

import re
from collections.abc import Sequence
from dataclasses import replace

from worker.newspaper import sentences
from worker.newspaper.model import Article, Block, BlockKind, Certainty, Repair, RepairKind

_ITEM = re.compile(
    r"[（(]?[一二三四五六七八九十\d]{1,3}[)）、]|[-·●•◆■①-⑳]"
)  # an item of a list begins, no broken sentence
_LATIN = re.compile(r"[A-Za-z0-9,;]\Z")


def mend(articles: Sequence[Article]) -> tuple[tuple[Article, ...], tuple[Repair, ...]]:
    """The articles with their breaks mended, and what was done, in the order of the lines."""
    mended: list[Article] = []
    repairs: list[Repair] = []
    for article in articles:
        body, joins = _joined(article)
        body, fills = _filled(body, article.position)
        mended.append(replace(article, body=body))
        repairs += joins + fills
    return tuple(mended), tuple(sorted(repairs, key=lambda repair: repair.lines))


def _joined(article: Article) -> tuple[tuple[Block, ...], list[Repair]]:
    """The body with each paragraph that a column's end cut in two made one again."""
    runs: list[list[Block]] = []
    repairs: list[Repair] = []
    for block in article.body:
        if runs and _goes_on(runs[-1], block):
            repairs.append(_join(runs[-1][-1], block, article.position))
            runs[-1].append(block)
        else:
            runs.append([block])
    return tuple(run[0] if len(run) == 1 else _whole(run) for run in runs), repairs


def _goes_on(run: Sequence[Block], below: Block) -> bool:
    """Whether a paragraph belongs to those above: they break off, and it does not begin an item of a list."""
    above = run[-1]
    if not (above.kind is below.kind is BlockKind.PARAGRAPH):
        return False
    cut = sentences.is_open(above.text) if len(run) > 1 else sentences.is_cut(above.text)
    return cut and not _ITEM.match(below.text)


def _whole(run: Sequence[Block]) -> Block:
    """The parts of a paragraph as one."""
    parts = [run[0].text]
    for block in run[1:]:
        above, below = parts[-1], block.text
        if above.endswith("-") and below[:1].isascii() and below[:1].islower():
            parts[-1] = above[:-1]  # a Latin word that the line's end hyphenated
        elif _LATIN.search(above) and below[:1].isascii() and below[:1].isalpha():
            parts.append(" ")
        parts.append(below)
    return Block(BlockKind.PARAGRAPH, "".join(parts), tuple(line for block in run for line in block.lines))


def _join(above: Block, below: Block, to: int) -> Repair:
    evidence = (
        f"line {above.lines[-1]} breaks off at “{above.text[-6:]}” without a sentence mark",
        f"line {below.lines[0]} goes on with “{below.text[:6]}”",
    )
    lines = (above.lines[-1], below.lines[0])
    return Repair(RepairKind.JOIN_PARAGRAPH, lines, to, 1.0, Certainty.APPLIED, evidence)


def _filled(body: Sequence[Block], to: int) -> tuple[tuple[Block, ...], list[Repair]]:
    """The body with the empty first cells of table rows filled from above; the block's text keeps them as printed."""
    filled: list[Block] = []
    repairs: list[Repair] = []
    for block in body:
        if block.kind is not BlockKind.TABLE or not block.rows:
            filled.append(block)
            continue
        rows: list[tuple[str, ...]] = []
        for row, line in zip(block.rows, block.lines, strict=True):
            empty = next((at for at, cell in enumerate(row) if cell), 0)
            above = rows[-1] if rows else ()
            if empty and len(above) == len(row):
                row = above[:empty] + row[empty:]
                evidence = (f"the first {empty} cell(s) of line {line} are empty; the row above has “{row[0]}”",)
                repairs.append(Repair(RepairKind.FILL_MERGED_CELL, (line,), to, 1.0, Certainty.APPLIED, evidence))
            rows.append(row)
        filled.append(replace(block, rows=tuple(rows)))
    return tuple(filled), repairs
