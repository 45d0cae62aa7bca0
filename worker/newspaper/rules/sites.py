"""Where a finding stands and how it is recognised: spots in the source, addresses of characters, fingerprints."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from worker.newspaper.model import Article, Block, Continuation, Finding, Page
from worker.newspaper.rules.rule import Rule

_EXCERPT = 80  # characters of a finding's excerpt
_GRIP = 32  # characters that must agree for a line of the source to be recognised in a block's text


@dataclass(frozen=True, slots=True)
class Spot:
    """A stretch of the source; the end column is the one after the last character."""

    line: int
    column: int
    end_line: int
    end_column: int


def line_spot(page: Page, line: int) -> Spot:
    """The words of one line, without the white space around them."""
    words = page.source[line - 1] if 0 < line <= len(page.source) else ""
    start = len(words) - len(words.lstrip())
    return Spot(line, start + 1, line, max(len(words.rstrip()), start) + 1)


def jump_spot(jump: Continuation) -> Spot:
    """Where a jump line is printed."""
    return Spot(jump.line, jump.column, jump.line, jump.end_column)


def block_spot(page: Page, block: Block, start: int, end: int) -> Spot:
    """Where the characters from `start` to `end` (exclusive) of a block's text stand in the source.

    Words that cannot be found there (because the source writes them as entities, say) have their block's first line.
    """
    first = last = None
    for at, length, line, column in _runs(page, block):
        if at <= start < at + length:
            first = (line, column + start - at)
        if at < end <= at + length:
            last = (line, column + end - at)
    return Spot(*first, *last) if first and last else line_spot(page, block.lines[0])


def _runs(page: Page, block: Block) -> Iterator[tuple[int, int, int, int]]:
    """The stretches of a block that the source carries literally: where each begins, its length, line, column."""
    at = 0
    for line in block.lines:
        words = page.source[line - 1].rstrip()
        while block.text[at : at + 1].isspace():
            at += 1
        begin = next((one for one in range(len(words)) if _agree(words[one : one + _GRIP], block.text, at)), None)
        if begin is not None:
            length = _common(words, begin, block.text, at)
            yield at, length, line, begin + 1
            at += length


def _agree(words: str, text: str, at: int) -> bool:
    """Whether these few words stand in the text at this place, as far as the text goes."""
    there = text[at : at + len(words)]
    return bool(there) and words[: len(there)] == there


def _common(words: str, begin: int, text: str, at: int) -> int:
    """How many characters of the words from `begin` on stand in the text at this place."""
    longest = min(len(words) - begin, len(text) - at)
    if words.startswith(text[at : at + longest], begin):
        return longest
    return next(length for length in range(longest) if words[begin + length] != text[at + length])


def finding(
    rule: Rule,
    page: Page,
    spot: Spot | None,
    facts: Mapping[str, str | int],
    *,
    excerpt: str,
    article: Article | None = None,
    known_by: str = "",
) -> Finding:
    """A finding of this rule on this page.

    `known_by` are the words that tell it from others of its rule on the page; the excerpt, when not given.
    """
    return Finding(
        code=rule.code,
        severity=rule.severity,
        page=page.label,
        line=spot.line if spot else None,
        column=spot.column if spot else None,
        end_line=spot.end_line if spot else None,
        end_column=spot.end_column if spot else None,
        excerpt=_shortened(excerpt),
        facts=facts,
        fingerprint=fingerprint(rule.code, known_by or excerpt),
        article=article.position if article else None,
        file=page.file,
    )


def fingerprint(code: str, words: str, occurrence: int = 1) -> str:
    """16 hexadecimal digits that stay the same when lines move, or width, case and white space change."""
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", words)).casefold()
    told = f"{code}\n{folded}" if occurrence == 1 else f"{code}\n{folded}\n{occurrence}"
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def distinct(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings in the order of the page, each with a fingerprint of its own there."""
    taken: dict[tuple[str | None, str], int] = {}  # how often each has come
    for one in sorted(findings, key=_order):
        own = one
        while (own.page, own.fingerprint) in taken:
            taken[one.page, one.fingerprint] += 1
            again = fingerprint(one.code, one.fingerprint, taken[one.page, one.fingerprint])
            own = replace(one, fingerprint=again)
        taken[own.page, own.fingerprint] = 1
        yield own


def _order(one: Finding) -> tuple[str, str, int, int, str, str]:
    return (one.page or "", one.file or "", one.line or 0, one.column or 0, one.code, one.excerpt)


def _shortened(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _EXCERPT else words[: _EXCERPT - 1] + "…"


def opening_words(article: Article) -> str:
    """What an article is known by on its page: its headline, else the beginning of its text."""
    return article.title or article.text.strip()[:20]
