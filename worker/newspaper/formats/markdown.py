"""Markdown: headings of the first two ranks are headlines, deeper ones subheads."""

import re
from collections.abc import Sequence

from worker.newspaper import bylines, markers
from worker.newspaper.formats import paging, wrapping
from worker.newspaper.formats.lines import Line, LineKind, Sheet, plain_line, with_tables

NAME = "markdown"

_HEADING = re.compile(r"[ ]{0,3}(?P<rank>#{1,6})[ \t\u3000]{1,8}(?=\S)")
_RULE = re.compile(r"\s{0,3}(?:(?:-\s?){3,80}|(?:\*\s?){3,80}|(?:_\s?){3,80})")
_PICTURE = re.compile(r"!\[(?:图片|image)?\]\([^()\s]{1,300}\)")  # ![](images/b117.jpg)
_BOLD = re.compile(r"\*\*(?P<words>[^*]{2,80})\*\*")  # **作者：王京**
_HEADLINE_RANK = 2
_SUBTITLE = ("——", "—", "--")


def recognises(sources: Sequence[str]) -> bool:
    """Whether a text is Markdown: it has a heading."""
    return any(_heading(source) for source in sources)


def sheets(sources: Sequence[str]) -> tuple[Sheet, ...]:
    """The pages of a file."""
    return paging.sheets(sources, lines)


def lines(sources: Sequence[str], first: int) -> list[Line]:
    """The classified lines of one page, wrapped ones made whole; `first` is the number of the first."""
    ranks = [len(heading["rank"]) for source in sources if (heading := _heading(source))]
    headline = max(_HEADLINE_RANK, min(ranks, default=0))  # a page whose headings are all ### has those for headlines
    found = [_line(number, source, headline) for number, source in enumerate(sources, first)]
    return wrapping.unwrapped(with_tables(found, sources))


def _line(number: int, source: str, headline: int) -> Line:
    if heading := _heading(source):
        words = source[heading.end() :].rstrip().rstrip("#").rstrip()
        kind = LineKind.HEADLINE if len(heading["rank"]) <= headline else LineKind.SUBHEAD
        if kind is LineKind.HEADLINE and words.startswith(_SUBTITLE):
            kind = LineKind.SUBTITLE
        if any(jump.raw == words for jump in markers.find(words, number)):
            kind = LineKind.TEXT  # a converter took a jump line for a heading
        return Line(number, kind, words, heading.end() + 1)
    if _RULE.fullmatch(source.rstrip()) or _PICTURE.fullmatch(source.strip()):
        return plain_line(number, source, LineKind.ORNAMENT)
    line = plain_line(number, source)
    if (bold := _BOLD.fullmatch(line.text)) and _names_people(bold["words"]):
        return Line(number, LineKind.TEXT, bold["words"], line.column + bold.start("words"))
    return line


def _names_people(words: str) -> bool:
    """Whether a line says who wrote an article or made a picture, and nothing else."""
    credit = bylines.credit(words, 0)
    return bool(bylines.standing(words, 0)) or (credit is not None and credit.start == 0)


def _heading(source: str) -> re.Match[str] | None:
    return _HEADING.match(source) if "#" in source[:4] else None
