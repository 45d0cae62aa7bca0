"""Paragraphs that a column's or a page's end cut in two, joined again."""

import re
from collections.abc import Sequence
from itertools import pairwise

from worker.newspaper import sentences
from worker.newspaper.mending.refusal import Refused
from worker.newspaper.model import Article, Block, BlockKind, Certainty, Reason, Repair, RepairKind, Sign

# An item of a list begins, no broken sentence: 1. and （二）, not 20.7个.
_ITEM = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}(?:[)）、]|[.．](?!\d))|[-·●•◆■①-⑳]")
# Cells set apart by spaces, and no sentence: 戏剧类    《杨介人》    市委宣传部
_ALIGNED = re.compile(r"[^。，；！？]{1,40}?[ \u3000]{2,}[^。，；！？]{1,60}")
_LATIN = re.compile(r"[A-Za-z0-9,;]\Z")


def runs(article: Article) -> list[list[Block]]:
    """The blocks of an article's body, those that are parts of one paragraph together."""
    found: list[list[Block]] = []
    for block in article.body:
        if found and _goes_on(found[-1], block):
            found[-1].append(block)
        else:
            found.append([block])
    return found


def joined(article: Article, refused: Refused = ()) -> tuple[tuple[Block, ...], list[Repair]]:
    """The body with each paragraph that was cut in two made one again."""
    body: list[Block] = []
    repairs: list[Repair] = []
    for run in runs(article):
        parts = [run[:1]]
        for above, below in pairwise(run):
            if (RepairKind.JOIN_PARAGRAPH, _cut(above, below)) in refused:
                parts.append([below])
            else:
                repairs.append(_join(above, below, article.position))
                parts[-1].append(below)
        body += [part[0] if len(part) == 1 else _whole(part) for part in parts]
    return tuple(body), repairs


def _goes_on(run: Sequence[Block], below: Block) -> bool:
    """Whether a paragraph belongs to those above: they break off, and it does not begin an item of a list."""
    above = run[-1]
    if not (above.kind is below.kind is BlockKind.PARAGRAPH):
        return False
    cut = sentences.is_open(above.text) if len(run) > 1 else sentences.is_cut(above.text)
    return (
        cut and not _ITEM.match(below.text) and not (_ALIGNED.fullmatch(above.text) or _ALIGNED.fullmatch(below.text))
    )


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
    lines = _cut(above, below)
    evidence = (
        Reason(Sign.OPEN_END, {"line": lines[0], "words": above.text[-6:]}),
        Reason(Sign.GOES_ON, {"line": lines[1], "words": below.text[:6]}),
    )
    return Repair(RepairKind.JOIN_PARAGRAPH, lines, to, 1.0, Certainty.APPLIED, evidence)


def _cut(above: Block, below: Block) -> tuple[int, int]:
    """The two lines between which a paragraph was cut."""
    return above.lines[-1], below.lines[0]
