"""A reading as JSON, `jumpline.reading/1`: one file, or a folder of files read as one issue."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from worker.exports.findings import finding_list, finding_object
from worker.newspaper import rules
from worker.newspaper.model import (
    Article,
    Block,
    Continuation,
    Finding,
    Identity,
    Issue,
    Link,
    Page,
    Place,
    Reading,
    Repair,
)
from worker.newspaper.rules import Language

SCHEMA = "jumpline.reading/1"


def reading_object(reading: Reading, language: Language) -> dict[str, Any]:
    """How one file was read; one file by itself has no links."""
    return {
        "schema": SCHEMA,
        "source": asdict(reading.source),
        "identity": _identity(reading.identity),
        "pages": [_page(page, language) for page in reading.pages],
        "links": [],
        "findings": [finding_object(finding, language) for finding in reading.findings],
    }


def issue_object(
    issue: Issue, readings: Sequence[Reading], links: Iterable[Link], findings: Iterable[Finding], language: Language
) -> dict[str, Any]:
    """How several files were read as one issue: their `sources`, all pages with their `file`, and the links."""
    identity = readings[0].identity if readings else Identity(issue.paper, None, issue.date, issue.edition)
    return {
        "schema": SCHEMA,
        "sources": [asdict(reading.source) for reading in readings],
        "identity": _identity(identity),
        "pages": [_page(page, language) for page in issue.pages],
        "links": [_link(link) for link in links],
        "findings": finding_list(findings, language),
    }


def _identity(identity: Identity) -> dict[str, Any]:
    return {
        "paper": identity.paper,
        "date": _day(identity.date),
        "edition": identity.edition,
        "how": dict(identity.how),
        "missing": list(identity.missing),
        "proposed": dict(identity.proposed),
    }


def _page(page: Page, language: Language) -> dict[str, Any]:
    return {
        "file": page.file,
        "label": page.label,
        "sequence": page.sequence,
        "name": page.name,
        "articles": [_article(article) for article in page.articles],
        "furniture": list(page.furniture),
        "repairs": [_repair(repair, language) for repair in page.repairs],
    }


def _article(article: Article) -> dict[str, Any]:
    headline, dateline = article.headline, article.dateline
    return {
        "position": article.position,
        "kind": article.kind.value,
        "column": article.column,
        "headline": {"kicker": headline.kicker, "main": headline.main, "sub": headline.sub} if headline else None,
        "bylines": [asdict(byline) for byline in article.bylines],
        "dateline": {"agency": dateline.agency, "place": dateline.place, "date": dateline.date} if dateline else None,
        "credits": [asdict(byline) for byline in article.credits],
        "signed_by": article.signed_by,
        "signed_on": _day(article.signed_on),
        "continued_from": _continuation(article.continued_from),
        "continued_to": _continuation(article.continued_to),
        "starts": article.starts.value,
        "ends": article.ends.value,
        "lines": list(article.lines),
        "body": [_block(block) for block in article.body],
        "text": article.text,
    }


def _continuation(jump: Continuation | None) -> dict[str, Any] | None:
    if jump is None:
        return None
    return {
        "page": jump.page,
        "mark": jump.mark,
        "raw": jump.raw,
        "line": jump.line,
        "column": jump.column,
        "end_column": jump.end_column,
    }


def _block(block: Block) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": block.kind.value, "text": block.text, "lines": list(block.lines)}
    return told if block.rows is None else told | {"rows": [list(row) for row in block.rows]}


def _repair(repair: Repair, language: Language) -> dict[str, Any]:
    return {
        "kind": repair.kind.value,
        "lines": list(repair.lines),
        "to": repair.to,
        "score": repair.score,
        "state": repair.state.value,
        "evidence": [rules.reason(one, language) for one in repair.evidence],
    }


def _link(link: Link) -> dict[str, Any]:
    return {
        "head": _place(link.head),
        "tail": _place(link.tail),
        "state": link.state.value,
        "score": link.score,
        "evidence": list(link.evidence),
    }


def _place(place: Place) -> dict[str, Any]:
    return {"page": place.page, "line": place.line, "article": place.article}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
