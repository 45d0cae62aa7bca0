"""The whole way from a file's name and bytes to a reading, findings included."""

import hashlib
from collections.abc import Sequence

from worker.newspaper import identity, labels, mending, reading, rules
from worker.newspaper.formats import sheets
from worker.newspaper.formats.lines import Sheet
from worker.newspaper.model import Identity, Page, Reading, Source, Unreadable
from worker.newspaper.paper import Paper, Papers


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
    cannot be read gives a reading without pages whose one finding says why.
    """
    said = given or (Identity(paper=paper, code=None, date=None) if paper else None)
    try:
        text = sheets.read(name, data, max_bytes)
    except Unreadable as unreadable:
        source = _source(name, data, "", "")
        told = identity.tell(name, (), papers, given=said)
        return Reading(source, told, (), (rules.rejection(unreadable, source),))
    told = identity.tell(name, text.sources, papers, labels=[sheet.label for sheet in text.sheets], given=said)
    style = papers.by_name(told.paper) or papers.generic
    pages = tuple(_page(sheet, at, text, told, style, name) for at, sheet in enumerate(text.sheets, 1))
    findings = tuple(finding for page in pages for finding in rules.check_page(page, told, style))
    return Reading(_source(name, data, text.encoding, text.format), told, pages, findings)


def _page(sheet: Sheet, ordinal: int, text: sheets.Text, told: Identity, style: Paper, file: str) -> Page:
    """One sheet read into articles and mended."""
    articles, furniture = reading.read(sheet.lines, style)
    articles, repairs = mending.mend(articles)
    label = told.page if len(text.sheets) == 1 else sheet.label
    return Page(
        label=label,
        sequence=labels.sequence(label),
        name=sheet.name,
        articles=articles,
        source=_own_lines(text.sources, sheet),
        repairs=repairs,
        furniture=furniture,
        ordinal=ordinal,
        file=file,
    )


def _own_lines(sources: Sequence[str], sheet: Sheet) -> tuple[str, ...]:
    """The file's lines up to the sheet's last, those of other sheets empty, so that numbers stay the file's."""
    first, last = sheet.lines[0].number, sheet.lines[-1].number
    return ("",) * (first - 1) + tuple(sources[first - 1 : last])


def _source(name: str, data: bytes, encoding: str, form: str) -> Source:
    return Source(name, hashlib.sha256(data).hexdigest(), len(data), encoding, form)
