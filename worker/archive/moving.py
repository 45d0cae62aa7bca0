"""A page goes to the issue that a person names: out of a provisional one, or away from where it was wrongly placed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import Session

from worker.archive import storing, values
from worker.archive.assembled import page_value
from worker.newspaper import model
from worker.tables import Alert, Finding, FindingState, Issue, IssueState, Link, Page
from worker.tables import Article as ArticleRow


@dataclass(frozen=True, slots=True)
class Movable:
    """A page that stands in an issue, with what is known of it."""

    page_id: int
    issue_id: int
    page: model.Page
    identity: model.Identity


@dataclass(frozen=True, slots=True)
class Standing:
    """The page that stands under a label already: its delivery and how many articles it has."""

    delivery: int
    articles: int


def movable(
    session: Session, *, issue: int | None = None, delivery: int | None = None, page: int | None = None
) -> list[Movable]:
    """Give the pages of this issue (a provisional one), delivery or page that can be given another place."""
    wanted = select(Page).join(Issue, Page.issue_id == Issue.id)
    for column, value in ((Page.issue_id, issue), (Page.delivery_id, delivery), (Page.id, page)):
        if value is not None:
            wanted = wanted.where(column == value)
    if issue is not None:
        wanted = wanted.where(Issue.state == IssueState.PROVISIONAL)
    return [_movable(session, row) for row in session.scalars(wanted.where(Page.current).order_by(Page.id))]


def _movable(session: Session, row: Page) -> Movable:
    articles = session.scalars(select(ArticleRow).where(ArticleRow.page_id == row.id).order_by(ArticleRow.position))
    return Movable(row.id, row.issue_id, page_value(row, articles.all()), values.identity_from_json(row.identity))


def standing(session: Session, identity: model.Identity, label: str, page: int) -> Standing | None:
    """Give what stands where this page is to go, if something else does."""
    key, _ = storing.key_of(identity, label, 0, 0)
    row = session.execute(
        select(Page.delivery_id, func.count(ArticleRow.id))
        .join(Issue, Page.issue_id == Issue.id)
        .outerjoin(ArticleRow, ArticleRow.page_id == Page.id)
        .where(Issue.key == key, Page.label == label, Page.current, Page.id != page)
        .group_by(Page.delivery_id)
    ).first()
    return Standing(*row) if row else None


def papers(session: Session) -> list[str]:
    """Give the names of the papers that the archive holds."""
    return [name for name in session.scalars(select(Issue.paper).distinct().order_by(Issue.paper)) if name]


def move(
    session: Session,
    which: Movable,
    identity: model.Identity,
    page: model.Page,
    found: Sequence[model.Finding],
    now: datetime,
) -> int:
    """Put this page, now with its label and identity, into its issue, where it stands; gives that issue.

    Its findings go with it and keep their identity, so that nothing is told twice. An issue that it leaves empty is
    gone; another one has changed.
    """
    target = storing.issue_for(session, identity, page.label, now)
    session.execute(  # what a person has placed stands, whenever it was received
        update(Page).where(Page.issue_id == target, Page.label == page.label, Page.id != which.page_id).values(rank=0)
    )
    row = session.get_one(Page, which.page_id)
    row.issue_id, row.label, row.sequence = target, page.label, page.sequence
    row.identity = values.identity_to_json(identity)
    row.checked = values.findings_to_json(tuple(found))
    session.flush()
    storing.choose_current(session, target)
    _take_findings_along(session, which, target, page.label or "", now)
    if target != which.issue_id:
        _leave(session, which.issue_id, target)
    return target


def _take_findings_along(session: Session, which: Movable, new: int, label: str, now: datetime) -> None:
    """A finding that the new issue has already, from an earlier version of the page, is resolved where it was."""
    there = set(
        session.scalars(
            select(Finding.fingerprint).where(
                Finding.place == f"i{new}", Finding.page == label, Finding.page_id != which.page_id
            )
        )
    )
    for finding in session.scalars(select(Finding).where(Finding.page_id == which.page_id)):
        finding.issue_id = new
        if finding.fingerprint in there:
            finding.state, finding.resolved_at = FindingState.RESOLVED, now
        else:
            finding.place, finding.page = f"i{new}", label
    session.flush()


def _leave(session: Session, old: int, new: int) -> None:
    """What people were told of an issue that is gone now belongs to the new one."""
    if session.scalar(select(exists().where(Page.issue_id == old))):
        storing.choose_current(session, old)
        session.execute(update(Issue).where(Issue.id == old).values(changed=Issue.changed + 1))
        return
    session.execute(update(Alert).where(Alert.issue_id == old).values(issue_id=new, group=f"i{new}"))
    session.execute(update(Finding).where(Finding.issue_id == old).values(issue_id=new))
    session.execute(delete(Link).where(Link.issue_id == old))
    session.execute(delete(Issue).where(Issue.id == old))
