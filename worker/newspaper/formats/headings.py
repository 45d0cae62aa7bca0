"""Headings of marked-up pages: which are headlines, which belong to one above or below, which divide a text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from worker.newspaper.formats.lines import Line, LineKind

BOLD_RANK = 4  # of a short line that is all bold: a headline only where there are no headings

_HEADLINE_RANK = 2
_SUBTITLE = ("——", "—", "--")
# What may stand between a headline and its text.
_HEAD = frozenset({LineKind.BYLINE, LineKind.ORNAMENT, LineKind.BLANK, LineKind.SUBTITLE, LineKind.COLUMN})


@dataclass(slots=True)
class Item:
    """A line with the rank of its heading, 0 for none; `within` counts the <article> it stands in, 0 for none."""

    line: Line
    rank: int = 0
    within: int = 0


def ranked(items: Sequence[Item]) -> list[Line]:
    """The lines, with headings told apart: headlines, kickers and subtitles around them, subheads in the text."""
    ranks = [item.rank for item in items if item.rank]
    headline = max(_HEADLINE_RANK, min(ranks, default=0))  # a page whose headings are all <h4> has those for headlines
    found: list[Line] = []
    for within, own in groupby(items, lambda item: item.within):
        listed = list(own)
        found += _of_article(listed) if within else [_by_rank(item, headline) for item in listed]
    return found


def _by_rank(item: Item, headline: int) -> Line:
    if not item.rank:
        return item.line
    if item.rank > headline:
        return replace(item.line, kind=LineKind.SUBHEAD)
    is_subtitle = item.line.text.startswith(_SUBTITLE)
    return replace(item.line, kind=LineKind.SUBTITLE if is_subtitle else LineKind.HEADLINE)


def _of_article(items: Sequence[Item]) -> list[Line]:
    """The lines of one <article>: the headings that stand together first are its headline, later ones subheads."""
    first = next((at for at, item in enumerate(items) if item.rank), len(items))
    head = first
    while head < len(items) and items[head].rank:
        head += 1
    main = min(range(first, head), key=lambda at: items[at].rank, default=first)
    found = []
    for at, item in enumerate(items):
        kind = item.line.kind
        if item.rank:
            kind = LineKind.KICKER if at < main else LineKind.HEADLINE if at == main else LineKind.SUBTITLE
            kind = kind if at < head else LineKind.SUBHEAD
        found.append(replace(item.line, kind=kind))
    return found


def pictures_below_text(lines: Sequence[Line]) -> Iterator[Line]:
    """The same lines; a picture between a headline and its text comes after the text's first line, as it is read."""
    waiting: list[Line] = []
    is_headed = False
    for line in lines:
        if line.kind is LineKind.CAPTION and is_headed:
            waiting.append(line)
            continue
        if line.kind not in _HEAD | {LineKind.TEXT}:
            yield from waiting
            waiting = []
        yield line
        if line.kind is LineKind.TEXT:
            yield from waiting
            waiting = []
        if line.kind in {LineKind.KICKER, LineKind.HEADLINE}:
            is_headed = True
        elif line.kind in {LineKind.TEXT, LineKind.BOUNDARY, LineKind.ROW}:
            is_headed = False
    yield from waiting
