"""The pages that people look at; each is made from one consistent state of the tables."""

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import FileResponse, HTMLResponse
from sqlalchemy.orm import Session

from worker import house
from worker.dashboard import asking, grounds, marking
from worker.dashboard.grounds import Ground
from worker.dashboard.placing import Placing
from worker.dashboard.room import Here, Room
from worker.newspaper import rules
from worker.newspaper.model import Severity
from worker.tables import FindingState, IssueState
from worker.views import alerts, articles, deliveries, findings, health, ids, issues, links, pages, pulse

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Thing = TypeVar("Thing")

# So many lines with words, and characters of each, are shown of a page that nobody could tell.
LINES = 5
LINE = 80


def found(thing: Thing | None, name: str) -> Thing:
    """Give what was asked for, or say that there is none."""
    if thing is None:
        raise HTTPException(404, f"There is no {name}.")
    return thing


def show(
    room: Room, request: Request, template: str, gather: Callable[[Session], dict[str, Any]], status: int = 200
) -> HTMLResponse:
    """Give a page of what `gather` reads, with the pulse of the same moment."""
    with room.house.look() as session:
        shown = gather(session)
        beat = pulse.read(session, house.now())
    return room.page(request, template, status=status, pulse=beat, **shown)


@router.get("/")
def overview(request: Request, room: Here) -> HTMLResponse:
    """Show what is going on."""
    language = room.language(request)

    def gather(session: Session) -> dict[str, Any]:
        errors = findings.listed(session, language, state=FindingState.OPEN, severity=Severity.ERROR, limit=5)
        return {
            "health": health.read(session, house.now(), broker=room.broker()),
            "deliveries": deliveries.listed(session, limit=12),
            "issues": issues.listed(session, limit=8),
            "errors": errors,
            "told_by": room.told_by,
            "inboxes": [str(path) for path in room.house.settings.inboxes],
        }

    return show(room, request, "overview.html", gather)


@router.get("/deliveries")
def delivery_list(
    request: Request,
    room: Here,
    stage: asking.StageAsked = None,
    name: asking.Name = None,
    since: asking.Since = None,
    limit: asking.Limit = asking.DEFAULT,
) -> HTMLResponse:
    """Show the deliveries, newest first."""
    return show(
        room,
        request,
        "deliveries.html",
        lambda session: {
            "deliveries": deliveries.listed(session, stage=stage, name=name, since=since, limit=limit),
            "limit": limit,
        },
    )


@router.get("/deliveries/{id}")
def delivery_page(request: Request, room: Here, number: asking.DeliveryNumber) -> HTMLResponse:
    """Show one delivery."""
    return show_delivery(room, request, number)


def show_delivery(
    room: Room, request: Request, number: int, *, was_not_failed: bool = False, status: int = 200
) -> HTMLResponse:
    """Show one delivery; `was_not_failed` says why it was not tried again."""
    language = room.language(request)

    def gather(session: Session) -> dict[str, Any]:
        delivery = found(deliveries.single(session, number, language), f"delivery {ids.delivery(number)}")
        issue = None
        if delivery.issue:
            issue = issues.single(session, ids.number(delivery.issue, ids.Kind.ISSUE), language)
        return {
            "delivery": delivery,
            "issue": issue,
            "unsure": _unsure(room, session, issue),
            "mend": {one.code: findings.mend(one.code, language) for one in delivery.told},
            "was_not_failed": was_not_failed,
            "said": None,
            "papers": _papers(room),
        }

    return show(room, request, "delivery.html", gather, status)


@router.get("/deliveries/{id}/original")
def original(room: Here, number: asking.DeliveryNumber) -> FileResponse:
    """Give the bytes of a delivery as they came, to be saved: never shown by the browser as a page of ours."""
    with room.house.look() as session:
        delivery = found(deliveries.single(session, number, "en"), f"delivery {ids.delivery(number)}")
    if not room.house.blobs.has(delivery.sha256):
        raise HTTPException(500, "The house is at fault: the bytes are not where they were kept; ask its operator.")
    return FileResponse(
        room.house.blobs.path(delivery.sha256),
        media_type="application/octet-stream",
        filename=delivery.name.rpartition("/")[2],
    )


@router.get("/issues")
def issue_list(
    request: Request,
    room: Here,
    paper: asking.Paper = None,
    on: asking.On = None,
    state: asking.IssueStateAsked = None,
    limit: asking.Limit = asking.DEFAULT,
) -> HTMLResponse:
    """Show the issues, newest first."""
    return show(
        room,
        request,
        "issues.html",
        lambda session: {
            "issues": issues.listed(session, paper=paper, on=on, state=state, limit=limit),
            "limit": limit,
        },
    )


@router.get("/issues/{id}")
def issue_page(request: Request, room: Here, number: asking.IssueNumber) -> HTMLResponse:
    """Show one issue."""
    return show_issue(room, request, number)


def show_issue(
    room: Room, request: Request, number: int, said: Placing | None = None, status: int = 200
) -> HTMLResponse:
    """Show one issue; `said` is what was said of its page, and why it was not done."""
    language = room.language(request)

    def gather(session: Session) -> dict[str, Any]:
        issue = found(issues.single(session, number, language), f"issue {ids.issue(number)}")
        return {
            "issue": issue,
            "unsure": _unsure(room, session, issue),
            "articles": articles.listed(session, issue=number, limit=0),
            "said": said,
            "papers": _papers(room),
        }

    return show(room, request, "issue.html", gather, status)


@router.get("/pages/{id}")
def page_page(request: Request, room: Here, number: asking.PageNumber) -> HTMLResponse:
    """Show one page: its lines beside what was read from them and what is wrong with them."""
    return show_page(room, request, number)


def show_page(
    room: Room, request: Request, number: int, said: Placing | None = None, status: int = 200
) -> HTMLResponse:
    """Show one page; `said` is where a person wants it, and why it was not moved there."""
    language = room.language(request)

    def gather(session: Session) -> dict[str, Any]:
        page = found(pages.single(session, number, language), f"page {ids.page(number)}")
        return {
            "page": page,
            "lines": marking.marked(page),
            "jumps": {
                jump.line
                for article in page.articles
                for jump in (article.continued_from, article.continued_to)
                if jump
            },
            "links": links.of_articles(session, [ids.number(one.id, ids.Kind.ARTICLE) for one in page.articles]),
            "said": said,
            "papers": _papers(room),
        }

    return show(room, request, "page.html", gather, status)


@router.get("/articles/{id}")
def article_page(request: Request, room: Here, number: asking.ArticleNumber) -> HTMLResponse:
    """Show one article as a whole story."""
    language = room.language(request)

    def gather(session: Session) -> dict[str, Any]:
        return {"article": found(articles.single(session, number, language), f"article {ids.article(number)}")}

    return show(room, request, "article.html", gather)


@router.get("/findings")
def finding_list(
    request: Request,
    room: Here,
    state: asking.FindingStateChosen = FindingState.OPEN,
    severity: asking.SeverityChosen = "grave",
    code: asking.Code = None,
    issue: asking.OfIssue = None,
    page: asking.OfPage = None,
    limit: asking.Limit = asking.DEFAULT,
) -> HTMLResponse:
    """Show the findings, newest first: where nobody chooses, what is open and asks something of people."""
    language = room.language(request)
    return show(
        room,
        request,
        "findings.html",
        lambda session: {
            "findings": findings.listed(
                session,
                language,
                state=state,
                severity=None if severity == "grave" else severity,
                at_least=Severity.WARNING if severity == "grave" else None,
                code=code,
                issue=issue,
                page=page,
                limit=limit,
            ),
            "codes": {code: rules.name(code) for code in rules.CATALOGUE},
            "limit": limit,
        },
    )


@router.get("/findings/{id}")
def finding_page(request: Request, room: Here, number: asking.FindingNumber) -> HTMLResponse:
    """Show one finding, with why it matters and how to mend it."""
    language = room.language(request)

    def gather(session: Session) -> dict[str, Any]:
        return {"finding": found(findings.single(session, number, language), f"finding {ids.finding(number)}")}

    return show(room, request, "finding.html", gather)


@router.get("/alerts")
def alert_list(
    request: Request,
    room: Here,
    state: asking.AlertStateAsked = None,
    kind: asking.AlertKindAsked = None,
    group: asking.Group = None,
    limit: asking.Limit = asking.DEFAULT,
) -> HTMLResponse:
    """Show the alerts, newest first."""
    return show(
        room,
        request,
        "alerts.html",
        lambda session: {
            "alerts": alerts.listed(session, state=state, kind=kind, group=group, limit=limit),
            "limit": limit,
        },
    )


@router.get("/alerts/{id}")
def alert_page(request: Request, room: Here, number: asking.AlertNumber) -> HTMLResponse:
    """Show one alert with every try to send it."""
    language = room.language(request)

    def gather(session: Session) -> dict[str, Any]:
        return {"alert": found(alerts.single(session, number, language), f"alert {ids.alert(number)}")}

    return show(room, request, "alert.html", gather)


@router.get("/health")
def health_page(request: Request, room: Here) -> HTMLResponse:
    """Show how the house is."""

    def gather(session: Session) -> dict[str, Any]:
        return {"health": health.read(session, house.now(), broker=room.broker()), "told_by": room.told_by}

    return show(room, request, "health.html", gather)


@dataclass(frozen=True, slots=True)
class Unsure:
    """A page that nobody could tell: how it begins, what speaks for what is proposed, what it cannot be."""

    page: pages.Page
    opening: tuple[str, ...]
    grounds: Mapping[str, Ground]
    barred: str


def _unsure(room: Room, session: Session, issue: issues.IssueWhole | None) -> Unsure | None:
    if issue is None or issue.state is not IssueState.PROVISIONAL:
        return None
    number = next(ids.number(one.id, ids.Kind.PAGE) for one in issue.here if one.current)
    page = found(pages.single(session, number, "en"), f"page {ids.page(number)}")
    lines = [line.text for line in page.lines]
    with_words = (line.strip() for line in lines if line.strip())
    return Unsure(
        page,
        tuple(line if len(line) <= LINE else f"{line[:LINE]}…" for line in itertools.islice(with_words, LINES)),
        grounds.grounds(lines, issue.proposed, room.house.papers),
        grounds.barred(issue.proposed),
    )


def _papers(room: Room) -> list[str]:
    return [paper.name for paper in room.house.papers]
