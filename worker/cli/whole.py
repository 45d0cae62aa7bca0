"""One thing, whole, as text for people."""

from collections.abc import Iterable, Mapping
from functools import singledispatch

from pydantic import BaseModel
from rich.text import Text
from sqlalchemy.orm import Session

from worker.cli import showing
from worker.cli.showing import Reader
from worker.exports import console
from worker.newspaper.rules import Language
from worker.views import alerts, articles, deliveries, findings, issues, pages
from worker.views.ids import Kind

# Which command lists the things of a kind.
LISTS: Mapping[Kind, str] = {
    Kind.DELIVERY: "deliveries",
    Kind.ISSUE: "issues",
    Kind.PAGE: "issues",
    Kind.ARTICLE: "articles",
    Kind.FINDING: "findings",
    Kind.ALERT: "alerts",
}


def find(session: Session, kind: Kind, number: int, language: Language) -> BaseModel | None:
    """Give the one of this kind and number, or None."""
    match kind:
        case Kind.DELIVERY:
            return deliveries.single(session, number, language)
        case Kind.ISSUE:
            return issues.single(session, number, language)
        case Kind.PAGE:
            return pages.single(session, number, language)
        case Kind.ARTICLE:
            return articles.single(session, number, language)
        case Kind.FINDING:
            return findings.single(session, number, language)
        case Kind.ALERT:
            return alerts.single(session, number, language)


@singledispatch
def show(view: BaseModel, reader: Reader) -> None:
    """Print one thing, whole."""
    raise TypeError(f"nobody has said how to show a {type(view).__name__}", reader)


@show.register
def _(view: deliveries.DeliveryWhole, reader: Reader) -> None:
    _title(view.id, view.name)
    showing.facts(
        (
            ("stage", view.stage),
            ("reason", view.reason),
            ("received", showing.moment(view.received_at, reader.zone)),
            ("ended", showing.moment(view.ended_at, reader.zone)),
            ("attempts", str(view.attempts)),
            ("duplicate of", view.duplicate_of),
            ("format", view.format),
            ("encoding", view.encoding),
            ("bytes", str(view.bytes)),
            ("sha256", view.sha256),
            ("timings", ", ".join(f"{step} {spent:.0f} ms" for step, spent in view.timings.items())),
        )
    )
    rows = ((page.id, page.label or "?", page.issue, str(page.articles)) for page in view.delivered)
    _part("Pages", ("ID", "PAGE", "ISSUE", "ARTICLES"), rows)
    _findings(view.told, reader)


@show.register
def _(view: issues.IssueWhole, reader: Reader) -> None:
    _title(view.id, f"{view.paper or '?'} {view.date or '?'} {view.edition or ''}")
    showing.facts(
        (
            ("state", view.state),
            ("missing", " ".join(view.missing)),
            ("unknown", ", ".join(view.unknown)),
            ("proposed", ", ".join(f"{term} {value}" for term, value in view.proposed.items())),
            ("last page", showing.moment(view.last_page_at, reader.zone)),
            ("closed", showing.moment(view.closed_at, reader.zone)),
        )
    )
    rows = (
        (page.id, page.label or "?", str(page.articles), "yes" if page.current else "replaced", page.file)
        for page in view.here
    )
    _part("Pages", ("ID", "PAGE", "ARTICLES", "STANDS", "FILE"), rows)
    stories = ((story.id, " → ".join(page or "?" for page in story.pages), story.headline) for story in view.stories)
    _part("Stories over several pages", ("ID", "PAGES", "HEADLINE"), stories)
    _findings(view.told, reader)


@show.register
def _(view: pages.Page, reader: Reader) -> None:
    _title(view.id, f"{view.paper or '?'} {view.date or '?'} {view.label or '?'} {view.name or ''}")
    showing.facts((("issue", view.issue), ("delivery", view.delivery), ("file", view.file)))
    rows = (
        (one.id, one.kind, f"{min(one.lines, default=0)}-{max(one.lines, default=0)}", one.title)
        for one in view.articles
    )
    _part("Articles", ("ID", "KIND", "LINES", "HEADLINE"), rows)
    _findings(view.findings, reader)


@show.register
def _(view: articles.ArticleWhole, reader: Reader) -> None:
    del reader
    _title(view.id, view.story_title or "")
    showing.facts((("issue", view.issue), ("page", view.page), ("kind", view.kind), ("delivery", view.delivery)))
    for part in view.parts:
        showing.say(Text(f"\n{part.id}  {part.page or '?'}", "dim"))
        one = part.article
        if one.headline:
            lines = (one.headline.kicker, one.headline.main, one.headline.sub)
            showing.say(showing.printable("\n".join(line for line in lines if line)), "bold")
        if one.bylines:
            showing.say(showing.printable("  ".join(by.raw for by in one.bylines)))
        showing.say(showing.printable(one.text))


@show.register
def _(view: findings.FindingWhole, reader: Reader) -> None:
    _title(view.id, f"{view.code} {view.name}")
    place = f"page {view.page}" if view.page else ""
    if view.line:
        place += f" line {view.line}"
    showing.facts(
        (
            ("severity", console.severity(view.severity, reader.language)),
            ("state", view.state),
            ("says", view.message),
            ("of", view.issue or view.delivery),
            ("where", place.strip()),
            ("words", view.excerpt),
            ("file", view.file),
            ("first seen", showing.moment(view.first_seen, reader.zone)),
            ("resolved", showing.moment(view.resolved_at, reader.zone)),
            ("why", view.why),
            ("help", view.help),
        )
    )


@show.register
def _(view: alerts.AlertWhole, reader: Reader) -> None:
    _title(view.id, f"{view.kind} {view.group}")
    showing.facts(
        (
            ("state", view.state),
            ("says", view.text),
            ("created", showing.moment(view.created_at, reader.zone)),
            ("due", showing.moment(view.due_at, reader.zone)),
            ("ended", showing.moment(view.ended_at, reader.zone)),
        )
    )
    rows = (
        (showing.moment(one.at, reader.zone), one.channel, "sent" if one.ok else "failed", one.error)
        for one in view.notifications
    )
    _part("Notifications", ("AT", "CHANNEL", "RESULT", "ERROR"), rows)
    _findings(view.told, reader)


def _title(name: str, words: str) -> None:
    showing.say(Text(showing.printable(f"{name}  {words}".rstrip()), "bold"))


def _part(title: str, columns: tuple[str, ...], rows: Iterable[tuple[str | None, ...]]) -> None:
    if listed := list(rows):
        showing.say(f"\n{title}", "bold")
        showing.table(columns, listed, "")


def _findings(told: Iterable[findings.Finding], reader: Reader) -> None:
    rows = (
        (
            one.id,
            one.code,
            console.severity(one.severity, reader.language),
            one.state,
            one.page,
            str(one.line or ""),
            one.message,
        )
        for one in told
    )
    _part("Findings", ("ID", "CODE", "SEVERITY", "STATE", "PAGE", "LINE", "MESSAGE"), rows)
