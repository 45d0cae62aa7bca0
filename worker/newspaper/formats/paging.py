"""Where one page ends and the next begins in a file that holds several: page lines and form feeds."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from worker.newspaper.formats.lines import Line, LineKind, Sheet, plain_line
from worker.newspaper.labels import HAN_NUMERAL, normal_label
from worker.newspaper.model import Unreadable

_PAGES_AT_MOST = 200  # no issue is thicker: what breaks more often is no newspaper
_PAGE_LINE_AT_MOST = 60  # characters
_MASTHEAD_AT_MOST = 8  # lines
_MASTHEAD_LINE_AT_MOST = 40  # characters
_FRONT_MATTER_AT_MOST = 40  # lines

_NAMED = r"[^\d\s。，,:：；;！？=【】|\[\]—-][^\d\s。，,:：；;！？=【】|\[\]]{0,11}"
_FRAME = r"[#*=~_—–\-\s【】\[\]<>《》|]{0,12}"
# A02版:综合新闻, 第02版, ## 01版：要闻, 第二版 国内, === A03版：国内·国际 ===, 第02版：要闻 2022年8月15日 星期一
_PAGE_LINE = re.compile(
    rf"""
    {_FRAME}
    (?P<label> 第?\s?[A-Za-zＡ-Ｚ]{{0,2}}[0-9０-９]{{1,3}}\s?版 | 第{HAN_NUMERAL}{{1,4}}版 )
    (?: \s{{0,3}}[:：·|｜/／—\-\s]\s{{0,3}} (?P<name>{_NAMED}) )?
    (?: [\s|｜]{{1,4}}\d{{4}}\s?年\s?\d{{1,2}}\s?月\s?\d{{1,2}}\s?日(?:\s{{0,3}}(?:星期|周)[一二三四五六日天])? )?
    {_FRAME}
    """,
    re.VERBOSE,
)
# PAGE A2, Page 3: News, -- Page 4 --; in a line that says nothing else
_LATIN_PAGE_LINE = re.compile(
    rf"{_FRAME}(?:PAGE|Page)\s{{1,2}}(?P<label>[A-Z]?\d{{1,3}})"
    rf"(?:\s?[:·|–—-]\s{{0,2}}(?P<name>[A-Z][A-Za-z& ]{{1,20}}))?{_FRAME}"
)


@dataclass(frozen=True, slots=True)
class Span:
    """The lines of one page, `start` to `stop` (exclusive, from 0); `line` is the index of its page line, if any."""

    start: int
    stop: int
    label: str | None = None
    name: str | None = None
    line: int | None = None


def sheets(sources: Sequence[str], lines: Callable[[Sequence[str], int], list[Line]]) -> tuple[Sheet, ...]:
    """Each page of a text, its lines classified by this function; page lines and front matter are the page's own."""
    front = front_matter(sources)
    found = []
    for span in spans(sources):
        aside = {at for at in (*range(span.start, front), span.line) if at is not None}
        words = ["" if at in aside else sources[at].replace("\f", " ") for at in range(span.start, span.stop)]
        own = [plain_line(at + 1, sources[at], LineKind.ORNAMENT) for at in aside]
        classified = [line for line in lines(words, span.start + 1) if line.number - 1 not in aside]
        in_order = sorted([*own, *classified], key=lambda line: line.number)
        found.append(Sheet(span.label, span.name, tuple(in_order)))
    return tuple(found)


def front_matter(sources: Sequence[str]) -> int:
    """How many lines at the top are front matter (--- … ---), its rules included; 0 without any."""
    if not sources or sources[0].strip() != "---":
        return 0
    for at, source in enumerate(sources[1:_FRONT_MATTER_AT_MOST], 1):
        if source.strip() == "---":
            return at + 1
        if source.strip() and ":" not in source and "：" not in source:
            return 0
    return 0


def spans(sources: Sequence[str]) -> tuple[Span, ...]:
    """The pages of a file, each with at least one line of words; raises Unreadable F008 when they are too many."""
    breaks = [Span(0, 0)]
    for at, source in enumerate(sources):
        found = page_line(source)
        if found:
            label, name = found
            breaks.append(Span(at, 0, label, name, at))
        elif "\f" in source:
            breaks.append(Span(at if source.lstrip(" \t").startswith("\f") else at + 1, 0))
        if len(breaks) > _PAGES_AT_MOST:
            raise Unreadable("F008", limit=f"{_PAGES_AT_MOST} pages")
    if _stand_at_the_foot(breaks, sources):
        return tuple(_above(breaks, sources))
    stops = [*(one.start for one in breaks[1:]), len(sources)]
    cut = [replace(one, stop=stop) for one, stop in zip(breaks, stops, strict=True)]
    return tuple(_with_their_own(_joined(cut, sources)))


def page_line(source: str) -> tuple[str, str | None] | None:
    """The label and name of a page line; None for any other line."""
    if len(source) > _PAGE_LINE_AT_MOST:
        return None
    if "版" in source:
        found = _PAGE_LINE.fullmatch(source)
    elif "age" in source or "AGE" in source:
        found = _LATIN_PAGE_LINE.fullmatch(source)
    else:
        return None
    label = normal_label(found["label"]) if found else None
    return (label, (found["name"] or "").strip() or None) if found and label else None


def _stand_at_the_foot(breaks: Sequence[Span], sources: Sequence[str]) -> bool:
    """Whether page lines end their pages: words stand above the first, none (nor a form feed) below the last."""
    labelled = [one for one in breaks if one.line is not None]
    if not labelled or _is_worded(sources[labelled[-1].start + 1 :]):
        return False
    above = [line for line in sources[: labelled[0].start] if line.strip()]
    return bool(above) and not (len(labelled) > 1 and _is_masthead(above))


def _above(breaks: Sequence[Span], sources: Sequence[str]) -> list[Span]:
    """The pages of a file whose page lines stand at their feet; the form feeds say nothing more."""
    feet = [one for one in breaks if one.line is not None]
    starts = [0, *(one.start + 1 for one in feet[:-1])]
    stops = [*(one.start + 1 for one in feet[:-1]), len(sources)]
    return [replace(one, start=start, stop=stop) for one, start, stop in zip(feet, starts, stops, strict=True)]


def _with_their_own(spans: Sequence[Span]) -> list[Span]:
    """The same pages, a page line that repeats the label of its own page (at its foot, or a new column) left in it."""
    kept: list[Span] = []
    for span in spans:
        if kept and span.label and span.label == kept[-1].label:
            kept[-1] = replace(kept[-1], stop=span.stop, name=kept[-1].name or span.name)
        else:
            kept.append(span)
    return kept


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
            kept[-1] = replace(kept[-1], stop=span.stop)
        else:
            kept.append(replace(span, start=begin))
        start = None
    return kept


def _is_preamble(span: Span, words: Sequence[str], cut: Sequence[Span]) -> bool:
    """Whether the lines before the first page line are only a masthead."""
    return span is cut[0] and len(cut) > 1 and cut[1].label is not None and _is_masthead(words)


def _is_masthead(words: Sequence[str]) -> bool:
    """Whether these lines are few and short, as a masthead's are."""
    return len(words) <= _MASTHEAD_AT_MOST and all(len(line.strip()) <= _MASTHEAD_LINE_AT_MOST for line in words)


def _is_worded(sources: Sequence[str]) -> bool:
    return any(source.strip() for source in sources)
