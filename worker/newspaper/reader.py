"""The whole way from a delivery's name and bytes to its readings, findings included."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from worker.newspaper import addresses, identity, labels, mending, reading, rules
from worker.newspaper.formats import archives, sheets
from worker.newspaper.formats.lines import Sheet
from worker.newspaper.model import Identity, Page, Reading, Source, Unreadable
from worker.newspaper.paper import Paper, Papers


@dataclass(frozen=True, slots=True)
class _Desk:
    """What a reading is made with: the papers that are known, and what a person said of the delivery."""

    papers: Papers
    given: Identity | None
    max_bytes: int | None


def read(
    name: str,
    data: bytes,
    papers: Papers,
    *,
    paper: str | None = None,
    given: Identity | None = None,
    max_bytes: int | None = None,
) -> Reading:
    """Read one file; `name` may carry its folders. No bytes make it raise.

    `paper` names the paper it is of, whatever the file says; `given` is all that a person said of it. A file that
    cannot be read gives a reading without pages whose one finding says why. Of a file that holds several issues this
    is the first: `read_all` gives each.
    """
    return next(_of_file(name, data, _desk(papers, paper, given, max_bytes)))


def read_all(
    name: str,
    data: bytes,
    papers: Papers,
    *,
    paper: str | None = None,
    given: Identity | None = None,
    max_bytes: int | None = None,
) -> tuple[Reading, ...]:
    """Read a delivery: each file of an archive by itself, and each issue of a file that holds several.

    The name of an archive is the folder of its files. Ordinals of pages run over the whole delivery. There is at least
    one reading; an archive that cannot be read, or is over its limits, gives one without pages.
    """
    desk = _desk(papers, paper, given, max_bytes)
    kind = archives.kind(data)
    found = list(_of_file(name, data, desk) if kind is None else _of_archive(name, data, desk, kind))
    ordinals = count(1)
    return tuple(
        replace(one, pages=tuple(replace(page, ordinal=next(ordinals)) for page in one.pages)) for one in found
    )


def _desk(papers: Papers, paper: str | None, given: Identity | None, max_bytes: int | None) -> _Desk:
    return _Desk(papers, given or (Identity(paper=paper, code=None, date=None) if paper else None), max_bytes)


def _of_archive(name: str, data: bytes, desk: _Desk, kind: str) -> list[Reading]:
    """The readings of an archive's files; those read before its end are kept when the rest of it is damaged."""
    found: list[Reading] = []
    try:
        for entry in archives.entries(name, data, desk.max_bytes):
            if entry.fault:
                found.append(_rejected(entry.name, entry.data, desk, entry.fault))
            else:
                found += _of_file(entry.name, entry.data, desk)
    except Unreadable as unreadable:
        whole = _rejected(name, data, desk, unreadable)
        found = [whole] if unreadable.code == "F008" else [*found, whole]
    return [replace(one, source=replace(one.source, archive=kind)) for one in found]


def _of_file(name: str, data: bytes, desk: _Desk) -> Iterator[Reading]:
    """The readings of one file: one, unless the file says that its pages are of several issues."""
    try:
        text = sheets.read(name, data, desk.max_bytes)
    except Unreadable as unreadable:
        yield _rejected(name, data, desk, unreadable)
        return
    issues: dict[tuple[str | None, str | None], list[Sheet]] = {}
    for sheet in text.sheets:
        issues.setdefault((sheet.paper, sheet.date), []).append(sheet)
    for own in issues.values():
        yield _reading(name, data, text, own, desk)


def _rejected(name: str, data: bytes, desk: _Desk, unreadable: Unreadable) -> Reading:
    source = _source(name, data)
    told = identity.tell(name, (), desk.papers, given=desk.given)
    return Reading(source, told, (), (rules.rejection(unreadable, source),))


def _reading(name: str, data: bytes, text: sheets.Text, own: Sequence[Sheet], desk: _Desk) -> Reading:
    told = identity.tell(
        name, sheets.telling(text, own), desk.papers, labels=[sheet.label for sheet in own], given=desk.given
    )
    style = desk.papers.by_name(told.paper) or desk.papers.generic
    alone = len(own) == 1
    pages = tuple(
        _page(sheet, at, told.page if alone else sheet.label, text, style, name) for at, sheet in enumerate(own, 1)
    )
    findings = tuple(finding for page in pages for finding in rules.check_page(page, told, style))
    return Reading(_source(name, data, text), told, pages, findings)


def _page(sheet: Sheet, ordinal: int, label: str | None, text: sheets.Text, style: Paper, file: str) -> Page:
    """One sheet read into articles and mended, every word with its place in the file."""
    lines = addresses.numbered(sheet.lines)
    articles, furniture = reading.read(lines, style)
    articles, repairs = mending.mend(articles)
    if there := addresses.by_number(lines, sheet.lines):
        articles = tuple(addresses.in_file(one, there) for one in articles)
        repairs = tuple(addresses.repair_in_file(one, there) for one in repairs)
        furniture = addresses.furniture_in_file(furniture, articles, there)
    return Page(
        label=label,
        sequence=_sequence(label),
        name=sheet.name,
        articles=articles,
        source=sheets.sources_of(sheet, text.sources),
        repairs=repairs,
        furniture=furniture,
        ordinal=ordinal,
        file=file,
    )


def _sequence(label: str | None) -> int | None:
    """A page's place in its issue, as far as its label alone tells: only the front section counts from 1."""
    return labels.number(label) if label and labels.section(label) in {"", "A"} else None


def _source(name: str, data: bytes, text: sheets.Text | None = None) -> Source:
    sha256 = hashlib.sha256(data).hexdigest()
    if text is None:
        return Source(name, sha256, len(data), "", "")
    return Source(name, sha256, len(data), text.encoding, text.format, text.rung)
