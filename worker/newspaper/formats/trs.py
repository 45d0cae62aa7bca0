"""TRS archive records, as press archives exchange them: <REC>, then one field after the other, <标题>=… and so on."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from types import MappingProxyType

from worker.newspaper.formats import paging, wrapping
from worker.newspaper.formats.lines import Line, LineKind, Sheet, plain_line, with_tables
from worker.newspaper.labels import normal_label
from worker.newspaper.model import Unreadable

NAME = "trs"

_RECORD = "<REC>"
_FIELD = re.compile(r"\s{0,8}<(?P<name>[^<>=＝\s]{1,12})>\s?[=＝]")
_LOOKED_AT = 60  # lines at the top of a file, among which its first fields stand
_SHEETS_AT_MOST = 5_000  # of all issues in a file

# The fields that make an article, in the order that a reader meets them.
_KINDS = MappingProxyType(
    {
        "引题": LineKind.KICKER,
        "肩题": LineKind.KICKER,
        "正题": LineKind.HEADLINE,
        "标题": LineKind.HEADLINE,
        "副题": LineKind.SUBTITLE,
        "栏目": LineKind.COLUMN,
        "作者": LineKind.BYLINE,
        "正文": LineKind.TEXT,
        "图片说明": LineKind.CAPTION,
    }
)
_PAPER = ("报纸", "报名", "报刊名称", "报纸名称")
_PAGE_NAME = ("版名",)
_ABOUT = frozenset({"日期", "版次", *_PAPER, *_PAGE_NAME})
# （参见版面）: the words are on the printed page only
_POINTER = re.compile(r"[（(]\s?[参详请]?[见看](?:本报|当日|原)?版面\s?[)）]")


@dataclass(slots=True)
class _Record:
    """One article's fields, each with its lines as they stand; `aside` are lines that carry names of fields only."""

    fields: dict[str, list[Line]] = field(default_factory=dict)
    aside: list[Line] = field(default_factory=list)

    def said(self, *names: str) -> str | None:
        """What the first of these fields that is filled says."""
        words = ("".join(line.text for line in self.fields.get(name, ())) for name in names)
        return next((one for one in words if one), None)


def recognises(sources: Sequence[str]) -> bool:
    """Whether a text is of TRS records: near its top a record begins, or two known fields stand."""
    top = list(islice((source for source in sources if source.strip()), _LOOKED_AT))
    known = [found["name"] for source in top if (found := _FIELD.match(source))]
    return (
        any(source.strip() == _RECORD for source in top) or sum(name in _KINDS or name in _ABOUT for name in known) > 1
    )


def sheets(sources: Sequence[str]) -> tuple[Sheet, ...]:
    """The records as pages, in the order in which the file first names them, each of one paper and date."""
    pages: dict[tuple[str | None, ...], list[_Record]] = {}
    names: dict[tuple[str | None, ...], str] = {}
    for record in _records(sources):
        printed = record.said(*_PAGE_NAME)
        label, name = _page(record.said("版次"), printed)
        key = (record.said(*_PAPER), record.said("日期"), label, None if label else printed)
        pages.setdefault(key, []).append(record)
        if name:
            names.setdefault(key, name)
        if len(pages) > _SHEETS_AT_MOST:
            raise Unreadable("F008", limit=f"{_SHEETS_AT_MOST} pages")
    return tuple(
        Sheet(key[2], names.get(key), tuple(line for record in own for line in _lines(record)), key[0], key[1])
        for key, own in pages.items()
    )


def _page(number: str | None, printed: str | None) -> tuple[str | None, str | None]:
    """A page's label and name, from the fields 版次 and 版名; the latter may print both (A02版:综合新闻)."""
    both = paging.page_line(printed) if printed else None
    label = normal_label(number) if number else None
    if both:
        return label or both[0], both[1]
    return label, printed


def _records(sources: Sequence[str]) -> list[_Record]:
    """The file's records; a field that comes again begins one even without <REC>."""
    records = [_Record()]
    current: list[Line] | None = None
    for number, source in enumerate(sources, 1):
        if source.strip() == _RECORD:
            if records[-1].fields:
                records.append(_Record())
            records[-1].aside.append(plain_line(number, source, LineKind.BOUNDARY))
            current = None
        elif found := _FIELD.match(source):
            name = found["name"]
            if name in records[-1].fields:
                records.append(_Record(aside=[Line(number, LineKind.BOUNDARY, "")]))
            line = plain_line(number, source[found.end() :])
            current = records[-1].fields.setdefault(name, [])
            if line.text:
                current.append(replace(line, column=line.column + found.end()))
            else:
                records[-1].aside.append(plain_line(number, source, LineKind.ORNAMENT))
        elif current is not None:
            current.append(plain_line(number, source))
        else:
            records[-1].aside.append(plain_line(number, source, LineKind.ORNAMENT))
    return records


def _lines(record: _Record) -> Iterator[Line]:
    """A record's lines as a reader meets them; the fields that are about it are the page's own."""
    yield from record.aside
    named = "正题" if record.said("正题") else "标题"
    for name, lines in record.fields.items():
        if name not in _KINDS or (name in {"正题", "标题"} and name != named):
            yield from (replace(line, kind=LineKind.ORNAMENT) for line in lines if line.text)
    is_elsewhere = _POINTER.fullmatch(record.said("正文") or "") is not None
    kinds = sorted(_KINDS.items(), key=lambda one: one[1] is LineKind.TEXT) if is_elsewhere else _KINDS.items()
    for name, kind in kinds:  # where the text is elsewhere, the picture is the article
        worded = [line for line in record.fields.get(name, ()) if line.text]
        if not worded or (kind is LineKind.HEADLINE and name != named):
            continue
        if kind is LineKind.TEXT:
            yield from _text(record.fields[name])
        else:
            yield replace(wrapping.joined(worded), kind=kind)


def _text(lines: Sequence[Line]) -> list[Line]:
    """The lines of a text, wrapped ones made whole."""
    pointed = [replace(line, kind=LineKind.POINTER) if _POINTER.fullmatch(line.text) else line for line in lines]
    indented = (" " * (line.column - 1) + line.text for line in lines[1:])  # the first stands beside the field's name
    return wrapping.unwrapped(with_tables(pointed, [lines[0].text, *indented]))
