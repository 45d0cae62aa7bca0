"""Plain text: headlines have no sign and are told by their shape and by what follows them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from worker.newspaper import bylines, markers
from worker.newspaper.formats import paging, wrapping
from worker.newspaper.formats.lines import Line, LineKind, Sheet, plain_line, with_tables
from worker.newspaper.furniture import is_furniture

NAME = "plain"

_HEADLINE_AT_MOST = 45  # characters
_SURE_HEADLINE = 8  # characters: without a lead below it, a shorter line is a subhead
_TEXT_AT_LEAST = 30  # characters of a line below, for a line above it to be its headline
_STACKED_AT_MOST = 3  # kicker, headline and subtitle

# A headline holds no full stop and does not end as a sentence or the heading of a list does.
_SENTENCE = re.compile(r"[。；;]|[：:，,、…]$")
_ITEM = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|[-·●•◆■①-⑳]")
# 一、服务到户, （二）资金到位: the numbered heads of a text's parts
_NUMBERED = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）])[^。，,；;：:、]{2,20}")
_DATE = re.compile(r"[\d〇一二三四五六七八九十]{4}\s?年.{1,4}月.{1,4}日")


def recognises(sources: Sequence[str]) -> bool:
    """Whether a text is plain: every text may be."""
    return bool(sources)


def sheets(sources: Sequence[str]) -> tuple[Sheet, ...]:
    """The pages of a file."""
    return paging.sheets(sources, lines)


def lines(sources: Sequence[str], first: int) -> list[Line]:
    """The classified lines of one page, wrapped ones made whole; `first` is the number of the first."""
    plain = [plain_line(number, source) for number, source in enumerate(sources, first)]
    found = wrapping.unwrapped(with_tables(plain, sources))
    worded = [at for at, line in enumerate(found) if line.kind is not LineKind.BLANK]
    for run, below in _runs([(at, found[at]) for at in worded]):
        for place, kind in _kinds([line for _, line in run], below):
            at, line = run[place]
            found[at] = replace(line, kind=kind)
    for above, under in pairwise(worded):
        upper, lower = found[above], found[under]
        if upper.kind is LineKind.TEXT and _NUMBERED.fullmatch(upper.text) and len(lower.text) >= _TEXT_AT_LEAST:
            found[above] = replace(upper, kind=LineKind.SUBHEAD)
    return found


def _runs(worded: Sequence[tuple[int, Line]]) -> list[tuple[list[tuple[int, Line]], Line | None]]:
    """Each run of lines that have the shape of a headline, with their places, and the line below it."""
    runs: list[tuple[list[tuple[int, Line]], Line | None]] = []
    run: list[tuple[int, Line]] = []
    for at, line in worded:
        if _is_shaped(line):
            run.append((at, line))
        elif run:
            runs.append((run, line))
            run = []
    return [*runs, (run, None)] if run else runs


def _kinds(run: Sequence[Line], below: Line | None) -> list[tuple[int, LineKind]]:
    """Which lines of a run are headlines, kickers, subtitles or subheads, by their place in it."""
    last = len(run) - 1
    if below is None or below.kind is not LineKind.TEXT:
        return []
    if bylines.lead(below.text, 0) or bylines.standing(below.text, 0):
        return _stack(run[-_STACKED_AT_MOST:], max(0, len(run) - _STACKED_AT_MOST))
    if len(below.text) < _TEXT_AT_LEAST:
        return []
    if len(run[last].text) >= _SURE_HEADLINE:
        return [(last, LineKind.HEADLINE)]
    return [(last, LineKind.SUBHEAD if run[last].number > 1 else LineKind.HEADLINE)]


def _stack(run: Sequence[Line], first: int) -> list[tuple[int, LineKind]]:
    """The parts of a headline of one to three lines; `first` is the place of the first in its run."""
    kinds = {
        1: [LineKind.HEADLINE],
        2: [LineKind.KICKER, LineKind.HEADLINE],
        3: [LineKind.KICKER, LineKind.HEADLINE, LineKind.SUBTITLE],
    }[len(run)]
    if len(run) == 2 and run[1].text.startswith(("——", "--")):
        kinds = [LineKind.HEADLINE, LineKind.SUBTITLE]
    return list(enumerate(kinds, first))


def _is_shaped(line: Line) -> bool:
    """Whether a line has the shape of a headline: short, no sentence, and none of the page's other short lines."""
    text = line.text
    if line.kind is not LineKind.TEXT or not 2 <= len(text) <= _HEADLINE_AT_MOST or _SENTENCE.search(text):
        return False
    if _ITEM.match(text) or _DATE.fullmatch(text) or is_furniture(text):
        return False
    return not (
        markers.find(text, line.number)
        or bylines.lead(text, line.number)
        or bylines.standing(text, line.number)
        or bylines.credit(text, line.number)
    )
