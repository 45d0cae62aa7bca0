"""From a file's name and bytes to its sheets: which format it is, told by its content and held against its name."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from worker.newspaper.formats import decoding, markdown, paging, plain
from worker.newspaper.formats.lines import Line, LineKind, Sheet, plain_line, split
from worker.newspaper.model import Unreadable

_FORMATS = (markdown, plain)  # the first that recognises a text reads it
_EXTENSIONS = frozenset({"", "md", "markdown", "txt", "text"})
_EXTENSION = re.compile(r"\.([A-Za-z][A-Za-z0-9]{0,9})$")  # .md, .tar; the end of 2022.8.15 is none
_MARKUP = re.compile(r"\s*(?:<!doctype html|<html[\s>]|<\?xml)", re.IGNORECASE)
_FRONT_MATTER_AT_MOST = 40  # lines
_LINES_AT_MOST = 250_000  # an issue has a few thousand; each costs memory, however short it is


@dataclass(frozen=True, slots=True)
class Text:
    """A file as text: its lines, the encoding they were in, the format, and its sheets."""

    sources: tuple[str, ...]
    encoding: str
    format: str
    sheets: tuple[Sheet, ...]


def read(name: str, data: bytes, max_bytes: int | None = None) -> Text:
    """The sheets of a file; raises Unreadable F001, F002, F007 or F008 when it is the file's fault."""
    size = len(data)
    if max_bytes is not None and size > max_bytes:
        raise Unreadable("F008", limit=f"{max_bytes} bytes", bytes=size)
    if not data.strip():
        raise Unreadable("F001")
    extension = _extension(name)
    if extension not in _EXTENSIONS:
        raise Unreadable("F007", extension=f".{extension}")
    decoded = decoding.decode(data)
    if not decoded.text.strip():
        raise Unreadable("F001")
    if _MARKUP.match(decoded.text):
        raise Unreadable("F007", found="HTML")
    sources = split(decoded.text)
    if len(sources) > _LINES_AT_MOST:
        raise Unreadable("F008", limit=f"{_LINES_AT_MOST} lines")
    form = next(one for one in _FORMATS if one.recognises(sources))
    return Text(tuple(sources), decoded.encoding, form.NAME, _sheets(sources, form.lines))


def _sheets(sources: list[str], lines: Callable[[Sequence[str], int], list[Line]]) -> tuple[Sheet, ...]:
    """Each page of the file, its lines classified by this format's function; page lines and front matter are aside."""
    front = front_matter(sources)
    sheets = []
    for span in paging.spans(sources):
        aside = {at for at in (*range(span.start, front), span.line) if at is not None}
        words = ["" if at in aside else sources[at].replace("\f", " ") for at in range(span.start, span.stop)]
        found = lines(words, span.start + 1)
        for at in aside:
            found[at - span.start] = plain_line(at + 1, sources[at], LineKind.ORNAMENT)
        sheets.append(Sheet(span.label, span.name, tuple(found)))
    return tuple(sheets)


def front_matter(sources: list[str] | tuple[str, ...]) -> int:
    """How many lines at the top are front matter (--- … ---), its rules included; 0 without any."""
    if not sources or sources[0].strip() != "---":
        return 0
    for at, source in enumerate(sources[1:_FRONT_MATTER_AT_MOST], 1):
        if source.strip() == "---":
            return at + 1
        if source.strip() and ":" not in source and "：" not in source:
            return 0
    return 0


def _extension(name: str) -> str:
    found = _EXTENSION.search(name)
    return found[1].lower() if found else ""
