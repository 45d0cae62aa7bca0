"""Where one page ends and the next begins in a file that holds several: page lines and form feeds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from worker.newspaper.labels import HAN_NUMERAL, normal_label
from worker.newspaper.model import Unreadable

_PAGES_AT_MOST = 200  # no issue is thicker: what breaks more often is no newspaper
_PAGE_LINE_AT_MOST = 40  # characters
_MASTHEAD_AT_MOST = 8  # lines

# A02版:综合新闻, 第02版, ## 01版：要闻, 第二版 国内
_PAGE_LINE = re.compile(
    rf"""
    [#*\s]{{0,8}}
    (?P<label> 第?\s?[A-Za-zＡ-Ｚ]{{0,2}}[0-9０-９]{{1,3}}\s?版 | 第{HAN_NUMERAL}{{1,4}}版 )
    (?: \s{{0,3}}[:：·\s]\s{{0,3}} (?P<name>[^\s。，,:：]{{1,12}}) )?
    [*\s]{{0,8}}
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Span:
    """The lines of one page, `start` to `stop` (exclusive, from 0); `line` is the index of its page line, if any."""

    start: int
    stop: int
    label: str | None = None
    name: str | None = None
    line: int | None = None


def spans(sources: Sequence[str]) -> tuple[Span, ...]:
    """The pages of a file, each with at least one line of words; raises Unreadable F008 when they are too many."""
    breaks = [Span(0, 0)]
    for at, source in enumerate(sources):
        found = _page_line(source)
        if found:
            label, name = found
            breaks.append(Span(at, 0, label, name, at))
        elif "\f" in source:
            breaks.append(Span(at if source.lstrip(" \t").startswith("\f") else at + 1, 0))
        if len(breaks) > _PAGES_AT_MOST:
            raise Unreadable("F008", limit=f"{_PAGES_AT_MOST} pages")
    if len(breaks) == 2 and breaks[1].line is not None and not _is_worded(sources[breaks[1].start + 1 :]):
        return (Span(0, len(sources), breaks[1].label, breaks[1].name, breaks[1].line),)  # it stands at the page's foot
    stops = [*(one.start for one in breaks[1:]), len(sources)]
    cut = [Span(one.start, stop, one.label, one.name, one.line) for one, stop in zip(breaks, stops, strict=True)]
    return tuple(_joined(cut, sources))


def _joined(cut: Sequence[Span], sources: Sequence[str]) -> list[Span]:
    """The same pages, those without any words of their own (a form feed before a page line) put to the next."""
    kept: list[Span] = []
    start: int | None = None
    for span in cut:
        begin = span.start if start is None else start
        words = [at for at in range(span.start, span.stop) if at != span.line and sources[at].strip()]
        lonely = span.label is None and (not words or _is_preamble(span, [sources[at] for at in words], cut))
        if lonely and span is not cut[-1]:
            start = begin
            continue
        if lonely and kept:
            kept[-1] = Span(kept[-1].start, span.stop, kept[-1].label, kept[-1].name, kept[-1].line)
        else:
            kept.append(Span(begin, span.stop, span.label, span.name, span.line))
        start = None
    return kept


def _is_preamble(span: Span, words: Sequence[str], cut: Sequence[Span]) -> bool:
    """Whether the lines before the first page line are only a masthead: few and short."""
    if span is not cut[0] or len(cut) < 2 or cut[1].label is None:
        return False
    return len(words) <= _MASTHEAD_AT_MOST and all(len(line.strip()) <= _PAGE_LINE_AT_MOST for line in words)


def _is_worded(sources: Sequence[str]) -> bool:
    return any(source.strip() for source in sources)


def _page_line(source: str) -> tuple[str, str | None] | None:
    """The label and name of a page line; None for any other line."""
    if "版" not in source or len(source) > _PAGE_LINE_AT_MOST:
        return None
    found = _PAGE_LINE.fullmatch(source)
    label = normal_label(found["label"]) if found else None
    return (label, found["name"]) if found and label else None
