"""Issues, as people are shown them: which pages are here, which are missing, what is wrong, which stories jump."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from pydantic import Field
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, defer

from worker import tables
from worker.newspaper.model import Certainty
from worker.newspaper.rules import Language
from worker.tables import FindingState, IssueState
from worker.views import articles, findings, ids, links, shown

# Rules that name a page which is not here, and the fact that holds its label.
NAMES_A_MISSING_PAGE = {"C001": "target", "C002": "target", "P003": "target"}


class Issue(shown.Shown):
    """One paper on one date (and edition), or one delivery that nobody could tell yet (provisional)."""

    id: str = Field(examples=["i3"])
    paper: str | None = Field(examples=["焦作日报"])
    date: date | None
    edition: str | None
    state: IssueState = Field(description="open: pages may still come; closed; provisional: awaits identification.")
    pages: list[str] = Field(description="The labels of the pages that are here.", examples=[["A01", "A02"]])
    missing: list[str] = Field(description="The labels of pages that others name and that are not here.")
    findings: shown.Counts = Field(description="Its open findings, counted.")
    unknown: list[str] = Field(description="What cannot be told of a provisional issue: paper, date, page.")
    proposed: dict[str, str] = Field(description="What its words allow for that, never assumed.")
    created_at: datetime
    last_page_at: datetime
    closed_at: datetime | None
    name: str | None = Field(None, description="Of a provisional issue: the name of the file that brought its page.")
    headline: str | None = Field(None, description="Of a provisional issue: the first headline, or the first words.")
    delivery: str | None = Field(None, description="Of a provisional issue: the delivery.", examples=["d12"])


class IssuePage(shown.Shown):
    """One page of an issue."""

    id: str = Field(examples=["p4"])
    label: str | None
    name: str | None
    delivery: str = Field(examples=["d12"])
    file: str = Field(description="The name of the file it came in.")
    current: bool = Field(description="Whether it stands, or a later version took its place.")
    articles: int
    chars: int
    findings: shown.Counts


class Story(shown.Shown):
    """A story that goes over more than one page."""

    id: str = Field(description="Its first article.", examples=["a3"])
    headline: str | None
    pages: list[str | None] = Field(description="The labels of its pages, in the order of reading.")
    chars: int


class IssueWhole(Issue):
    """An issue with its pages, findings, links and stories."""

    here: list[IssuePage] = Field(description="Its pages; versions that were replaced come last.")
    told: list[findings.Finding] = Field(description="What the rules say about it.")
    links: list[shown.Link] = Field(description="Which article goes on in which.")
    stories: list[Story] = Field(description="Its stories of more than one part.")


def listed(
    session: Session,
    *,
    paper: str | None = None,
    on: date | None = None,
    state: IssueState | None = None,
    limit: int = shown.LIMIT,
) -> list[Issue]:
    """Give issues, newest first; `paper` is a part of the paper's name, or its code."""
    chosen = select(tables.Issue.id)
    if paper:
        chosen = chosen.where(tables.Issue.paper.icontains(paper, autoescape=True) | (tables.Issue.code == paper))
    if on is not None:
        chosen = chosen.where(tables.Issue.date == on)
    if state is not None:
        chosen = chosen.where(tables.Issue.state == state)
    return _views(session, shown.newest(chosen, tables.Issue.id, limit))


def single(session: Session, number: int, language: Language) -> IssueWhole | None:
    """Give one issue, whole; None if there is none of this number."""
    views = _views(session, select(tables.Issue.id).where(tables.Issue.id == number))
    if not views:
        return None
    joined = links.of_issue(session, number)
    return IssueWhole(
        **dict(views[0]),
        here=_pages(session, number),
        told=findings.by_place(findings.listed(session, language, issue=number, limit=0)),
        links=joined,
        stories=_stories(session, joined),
    )


def _views(session: Session, chosen: Select[int]) -> list[Issue]:
    rows = session.scalars(select(tables.Issue).where(tables.Issue.id.in_(chosen)).order_by(tables.Issue.id.desc()))
    labels: dict[int, list[str]] = defaultdict(list)
    for issue, label in session.execute(
        select(tables.Page.issue_id, tables.Page.label)
        .where(tables.Page.issue_id.in_(chosen), tables.Page.current)
        .order_by(tables.Page.sequence, tables.Page.label)
    ):
        if label:
            labels[issue].append(label)
    counts = shown.open_findings(session, tables.Finding.issue_id, chosen)
    named = _named(session, chosen)
    provisional = _provisional(session, chosen)
    return [
        Issue(
            id=ids.issue(row.id),
            paper=row.paper,
            date=row.date,
            edition=row.edition,
            state=IssueState(row.state),
            pages=labels[row.id],
            missing=sorted(named[row.id] - set(labels[row.id])),
            findings=counts.get(row.id, shown.Counts()),
            unknown=provisional.get(row.id, _NAMED).unknown,
            proposed=provisional.get(row.id, _NAMED).proposed,
            created_at=row.created_at,
            last_page_at=row.last_page_at,
            closed_at=row.closed_at,
            name=provisional.get(row.id, _NAMED).name,
            headline=provisional.get(row.id, _NAMED).headline,
            delivery=provisional.get(row.id, _NAMED).delivery,
        )
        for row in rows
    ]


def _named(session: Session, chosen: Select[int]) -> dict[int, set[str]]:
    """Give the labels that open findings of each issue name; a provisional issue waits for no page."""
    named: dict[int, set[str]] = defaultdict(set)
    for issue, code, facts in session.execute(
        select(tables.Finding.issue_id, tables.Finding.code, tables.Finding.facts)
        .join(tables.Issue, tables.Finding.issue_id == tables.Issue.id)
        .where(
            tables.Finding.issue_id.in_(chosen),
            tables.Finding.state == FindingState.OPEN,
            tables.Finding.code.in_(NAMES_A_MISSING_PAGE),
            tables.Issue.state != IssueState.PROVISIONAL,
        )
    ):
        label = facts.get(NAMES_A_MISSING_PAGE[code])
        if issue is not None and isinstance(label, str) and label:
            named[issue].add(label)
    return named


@dataclass(frozen=True, slots=True)
class _Provisional:
    """What a provisional issue can be told by, what cannot be told of it, and what is proposed for that."""

    unknown: list[str] = field(default_factory=list)
    proposed: dict[str, str] = field(default_factory=dict)
    name: str | None = None
    headline: str | None = None
    delivery: str | None = None


_NAMED = _Provisional()


def _provisional(session: Session, chosen: Select[int]) -> dict[int, _Provisional]:
    of_these = (tables.Issue.id.in_(chosen), tables.Issue.state == IssueState.PROVISIONAL, tables.Page.current)
    headlines = _headlines(session, select(tables.Page.id).join(tables.Issue).where(*of_these))
    rows = session.execute(
        select(tables.Page, tables.Delivery.name)
        .options(defer(tables.Page.source))
        .join(tables.Issue, tables.Page.issue_id == tables.Issue.id)
        .join(tables.Delivery, tables.Page.delivery_id == tables.Delivery.id)
        .where(*of_these)
    )
    return {
        page.issue_id: _Provisional(
            [term for term in ("paper", "date") if term in page.identity.get("missing", ())]
            + ["page"] * (not page.label),
            {term: str(value) for term, value in page.identity.get("proposed", {}).items()},
            name,
            headlines.get(page.id),
            ids.delivery(page.delivery_id),
        )
        for page, name in rows
    }


def _headlines(session: Session, pages: Select[int]) -> dict[int, str]:
    """Give the first headline of each page, or the first words of a page that has none."""
    first: dict[int, str] = {}
    headlines: dict[int, str] = {}
    for page, headline, opening in session.execute(
        select(
            tables.Article.page_id, tables.Article.headline, func.substr(tables.Article.text, 1, articles.OPENING + 1)
        )
        .where(tables.Article.page_id.in_(pages))
        .order_by(tables.Article.page_id, tables.Article.position)
    ):
        first.setdefault(page, articles.opening(opening))
        if headline:
            headlines.setdefault(page, headline)
    return first | headlines


def _pages(session: Session, issue: int) -> list[IssuePage]:
    counts = shown.open_findings(
        session, tables.Finding.page_id, select(tables.Page.id).where(tables.Page.issue_id == issue)
    )
    rows = session.execute(
        select(
            tables.Page.id,
            tables.Page.label,
            tables.Page.name,
            tables.Page.delivery_id,
            tables.Page.current,
            tables.Delivery.name,
            func.count(tables.Article.id),
            func.coalesce(func.sum(tables.Article.chars), 0),
        )
        .join(tables.Delivery, tables.Page.delivery_id == tables.Delivery.id)
        .outerjoin(tables.Article, tables.Article.page_id == tables.Page.id)
        .where(tables.Page.issue_id == issue)
        .group_by(tables.Page.id, tables.Delivery.id)
        .order_by(tables.Page.current.desc(), tables.Page.sequence, tables.Page.label, tables.Page.id.desc())
    )
    return [
        IssuePage(
            id=ids.page(page),
            label=label,
            name=name,
            delivery=ids.delivery(delivery),
            file=file,
            current=current,
            articles=count,
            chars=chars,
            findings=counts.get(page, shown.Counts()),
        )
        for page, label, name, delivery, current, file, count, chars in rows
    ]


def _stories(session: Session, joined: Iterable[shown.Link]) -> list[Story]:
    """Give the stories that the made links tie together, each in the order of reading."""
    following = {
        ids.number(link.head, ids.Kind.ARTICLE): ids.number(link.tail, ids.Kind.ARTICLE)
        for link in joined
        if link.state == Certainty.MADE
    }
    rows = session.execute(
        select(
            tables.Article.id,
            tables.Article.story_id,
            tables.Article.headline,
            tables.Article.chars,
            tables.Article.position,
            tables.Page.label,
            tables.Page.sequence,
        )
        .join(tables.Page, tables.Article.page_id == tables.Page.id)
        .where(tables.Article.id.in_({*following, *following.values()}))
    ).all()
    parts = {row.id: row for row in rows}
    order = articles.in_reading_order(
        {row.id: (row.sequence or 0, row.label or "", row.position) for row in rows}, following
    )
    stories: dict[int, list[int]] = defaultdict(list)
    for number in order:
        stories[parts[number].story_id or number].append(number)
    return [
        Story(
            id=ids.article(story),
            headline=next((parts[part].headline for part in members if parts[part].headline), None),
            pages=[parts[part].label for part in members],
            chars=sum(parts[part].chars for part in members),
        )
        for story, members in stories.items()
    ]
