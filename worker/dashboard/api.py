"""The JSON API: the same lists and things as the pages, for programs."""

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Header, HTTPException, Request
from pydantic import BaseModel, ConfigDict, Field

from worker import desk, house
from worker.dashboard import asking
from worker.dashboard.browse import found
from worker.dashboard.room import Here, Room
from worker.views import alerts, articles, deliveries, findings, health, ids, issues, pages, shown


class Problem(BaseModel):
    """Why something was not given or not done."""

    detail: str = Field(description="One sentence.", examples=["There is no delivery d12."])


class Retried(shown.Shown):
    """What is worked on once more."""

    retried: list[str] = Field(examples=[["d12"]])


class Identity(BaseModel):
    """What a page is; what is known of it already need not be said."""

    model_config = ConfigDict(extra="forbid")

    paper: asking.Given = Field(None, description="The paper's name, alias or code.", examples=["焦作日报"])
    date: dt.date | None = Field(None, description="The issue's date.", examples=["2022-08-15"])
    page: asking.Given = Field(None, description="The page's label.", examples=["A02"])
    replace: bool = Field(default=False, description="Whether a page that stands there already gives way.")
    new_paper: bool = Field(default=False, description="Whether it is a paper that nobody here has heard of.")


class Identified(shown.Shown):
    """Where the page has gone."""

    issue: str = Field(examples=["i3"])


def _from_own_page(
    request: Request,
    room: Here,
    form_key: Annotated[
        str, Header(alias="X-Form-Key", description="Needed with a session's cookie, never with the token.")
    ] = "",
) -> None:
    """A browser sends its cookie whoever asks; a program that sends the token means it."""
    if request.state.by_token:
        return
    if request.state.session is None or not room.access.is_form_key(request.state.session, form_key):
        raise HTTPException(403, "With a session's cookie, send the form key of one of its pages as X-Form-Key.")


CHANGES = [Depends(_from_own_page)]
WRONG: dict[int | str, dict[str, Any]] = {
    401: {"model": Problem, "description": "The token is wrong or missing."},
    422: {"model": Problem, "description": "A parameter is wrong."},
}
UNKNOWN: dict[int | str, dict[str, Any]] = {404: {"model": Problem, "description": "There is no such thing."}}
REFUSED: dict[int | str, dict[str, Any]] = {
    403: {"model": Problem, "description": "It was not asked from a page of this dashboard."},
    409: {"model": Problem, "description": "It cannot be done; the sentence says why."},
}

router = APIRouter(prefix="/api/v1", responses=WRONG)


@router.get("/deliveries", tags=["deliveries"])
def list_deliveries(
    room: Here,
    stage: asking.StageAsked = None,
    name: asking.Name = None,
    since: asking.Since = None,
    limit: asking.Limit = asking.DEFAULT,
) -> list[deliveries.Delivery]:
    """Files as they came, newest first."""
    with room.house.look() as session:
        return deliveries.listed(session, stage=stage, name=name, since=since, limit=limit)


@router.get("/deliveries/{id}", tags=["deliveries"], responses=UNKNOWN)
def show_delivery(request: Request, room: Here, number: asking.DeliveryNumber) -> deliveries.DeliveryWhole:
    """One delivery with its pages and findings."""
    with room.house.look() as session:
        single = deliveries.single(session, number, room.language(request))
        return found(single, f"delivery {ids.delivery(number)}")


@router.post("/deliveries/{id}/retry", tags=["deliveries"], responses=UNKNOWN | REFUSED, dependencies=CHANGES)
def retry_delivery(request: Request, room: Here, number: asking.DeliveryNumber) -> Retried:
    """Have a failed delivery worked on once more."""
    with room.house.look() as session:
        found(deliveries.single(session, number, room.language(request)), f"delivery {ids.delivery(number)}")
    again = desk.retry(room.house, [number])
    if not again:
        raise HTTPException(409, f"{ids.delivery(number)} has not failed, so there is nothing to try again.")
    return Retried(retried=[ids.delivery(one) for one in again])


@router.get("/issues", tags=["issues"])
def list_issues(
    room: Here,
    paper: asking.Paper = None,
    on: asking.On = None,
    state: asking.IssueStateAsked = None,
    limit: asking.Limit = asking.DEFAULT,
) -> list[issues.Issue]:
    """Papers by date, with the pages that are here and those that are missing, newest first."""
    with room.house.look() as session:
        return issues.listed(session, paper=paper, on=on, state=state, limit=limit)


@router.get("/issues/{id}", tags=["issues"], responses=UNKNOWN)
def show_issue(request: Request, room: Here, number: asking.IssueNumber) -> issues.IssueWhole:
    """One issue with its pages, findings, links and stories."""
    with room.house.look() as session:
        return found(issues.single(session, number, room.language(request)), f"issue {ids.issue(number)}")


@router.post("/issues/{id}/identify", tags=["issues"], responses=UNKNOWN | REFUSED, dependencies=CHANGES)
def identify_issue(
    request: Request, room: Here, number: asking.IssueNumber, identity: Annotated[Identity, Body()]
) -> Identified:
    """Say what the page of a provisional issue is; it moves to its issue, which is assembled again."""
    with room.house.look() as session:
        found(issues.single(session, number, room.language(request)), f"issue {ids.issue(number)}")
    return _identify(room, ids.issue(number), identity)


@router.get("/pages/{id}", tags=["issues"], responses=UNKNOWN)
def show_page(request: Request, room: Here, number: asking.PageNumber) -> pages.Page:
    """One page: its lines, what was read from them, what is wrong with them."""
    with room.house.look() as session:
        return found(pages.single(session, number, room.language(request)), f"page {ids.page(number)}")


@router.post("/pages/{id}/identify", tags=["issues"], responses=UNKNOWN | REFUSED, dependencies=CHANGES)
def identify_page(
    request: Request, room: Here, number: asking.PageNumber, identity: Annotated[Identity, Body()]
) -> Identified:
    """Say what a page is, also one that was placed wrongly; both issues are assembled again."""
    with room.house.look() as session:
        found(pages.single(session, number, room.language(request)), f"page {ids.page(number)}")
    return _identify(room, ids.page(number), identity)


def _identify(room: Room, what: str, said: Identity) -> Identified:
    try:
        issue = desk.identify(
            room.house, what, said.paper, said.date, said.page, replace=said.replace, new_paper=said.new_paper
        )
    except desk.Refused as refused:
        raise HTTPException(409, str(refused)) from None
    return Identified(issue=ids.issue(issue))


@router.get("/articles", tags=["articles"])
def list_articles(
    room: Here,
    issue: asking.OfIssue,
    page: asking.OfPage,
    kind: asking.KindAsked = None,
    text: asking.Text = None,
    limit: asking.Limit = asking.DEFAULT,
) -> list[articles.Article]:
    """Articles of the pages that stand, newest first."""
    with room.house.look() as session:
        return articles.listed(session, issue=issue, page=page, kind=kind, text=text, limit=limit)


@router.get("/articles/{id}", tags=["articles"], responses=UNKNOWN)
def show_article(request: Request, room: Here, number: asking.ArticleNumber) -> articles.ArticleWhole:
    """One article with its whole story."""
    with room.house.look() as session:
        return found(articles.single(session, number, room.language(request)), f"article {ids.article(number)}")


@router.get("/findings", tags=["findings"])
def list_findings(
    request: Request,
    room: Here,
    issue: asking.OfIssue,
    page: asking.OfPage,
    state: asking.FindingStateAsked = None,
    severity: asking.SeverityAsked = None,
    code: asking.Code = None,
    limit: asking.Limit = asking.DEFAULT,
) -> list[findings.Finding]:
    """What the rules say, newest first."""
    with room.house.look() as session:
        return findings.listed(
            session,
            room.language(request),
            state=state,
            severity=severity,
            code=code,
            issue=issue,
            page=page,
            limit=limit,
        )


@router.get("/findings/{id}", tags=["findings"], responses=UNKNOWN)
def show_finding(request: Request, room: Here, number: asking.FindingNumber) -> findings.FindingWhole:
    """One finding, with why it matters and how to mend it."""
    with room.house.look() as session:
        return found(findings.single(session, number, room.language(request)), f"finding {ids.finding(number)}")


@router.get("/alerts", tags=["alerts"])
def list_alerts(
    room: Here,
    state: asking.AlertStateAsked = None,
    kind: asking.AlertKindAsked = None,
    group: asking.Group = None,
    limit: asking.Limit = asking.DEFAULT,
) -> list[alerts.Alert]:
    """What people were told, and whether it got through, newest first."""
    with room.house.look() as session:
        return alerts.listed(session, state=state, kind=kind, group=group, limit=limit)


@router.get("/alerts/{id}", tags=["alerts"], responses=UNKNOWN)
def show_alert(request: Request, room: Here, number: asking.AlertNumber) -> alerts.AlertWhole:
    """One alert with the findings it speaks of."""
    with room.house.look() as session:
        return found(alerts.single(session, number, room.language(request)), f"alert {ids.alert(number)}")


@router.get("/health", tags=["health"])
def show_health(room: Here) -> health.Health:
    """How the house is: which processes live, what waits, and for how long."""
    with room.house.look() as session:
        return health.read(session, house.now(), broker=room.broker())
