"""From a file's name and bytes to its sheets: which format it is, told by its content and held against its name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from worker.newspaper.formats import decoding, html, markdown, plain, trs
from worker.newspaper.formats.lines import LineKind, Sheet, split
from worker.newspaper.model import Unreadable

_FORMATS = (trs, html, markdown, plain)  # the first that recognises a text reads it
_EXTENSIONS = frozenset({"", "md", "markdown", "txt", "text", "html", "htm", "xhtml", "shtml", "trs"})
_EXTENSION = re.compile(r"\.([A-Za-z][A-Za-z0-9]{0,9})$")  # .md, .tar; the end of 2022.8.15 is none
_LINES_AT_MOST = 250_000  # an issue has a few thousand; each costs memory, however short it is


@dataclass(frozen=True, slots=True)
class Text:
    """A file as text: its lines, the encoding they were in and how it was told, the format, and its sheets."""

    sources: tuple[str, ...]
    encoding: str
    rung: str
    format: str
    sheets: tuple[Sheet, ...]

    @property
    def marked_up(self) -> bool:
        """Whether the file's lines hold more than words: tags, names of fields."""
        return self.format in {html.NAME, trs.NAME}


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
    sources = split(decoded.text)
    if len(sources) > _LINES_AT_MOST:
        raise Unreadable("F008", limit=f"{_LINES_AT_MOST} lines")
    form = next(one for one in _FORMATS if one.recognises(sources))
    if form in {markdown, plain} and decoded.text.lstrip().startswith("<?xml"):
        raise Unreadable("F007", found="XML")
    return Text(tuple(sources), decoded.encoding, decoded.rung, form.NAME, form.sheets(sources))


def sources_of(sheet: Sheet, sources: Sequence[str]) -> tuple[str, ...]:
    """The file's lines up to the sheet's last, those of other sheets empty, so that numbers stay the file's."""
    own = {number for line in sheet.lines for number in line.numbers()}
    return tuple(source if at in own else "" for at, source in enumerate(sources[: max(own, default=0)], 1))


def telling(text: Text, own: Sequence[Sheet]) -> tuple[str, ...]:
    """The lines that tell which paper and date these sheets of a file are: what its format says, then its words.

    A format's own fields stand as front matter would. Where words are all there is, the file's lines are the words.
    """
    first = own[0]
    if not text.marked_up:
        return text.sources
    facts = {"paper": first.paper, "date": first.date, "page": first.label if len(own) == 1 else None}
    front = [f"{term}: {said}" for term, said in facts.items() if said]
    words = [line.text for sheet in own for line in sheet.lines if line.kind not in {LineKind.ORNAMENT, LineKind.BLANK}]
    return ("---", *front, "---", *words) if front else tuple(words)


def _extension(name: str) -> str:
    found = _EXTENSION.search(name)
    return found[1].lower() if found else ""
