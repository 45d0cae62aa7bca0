"""A page goes to the issue that a person names: out of a provisional one, or away from where it was wrongly placed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session

from worker.archive import storing, values
from worker.archive.assembled import page_value
from worker.archive.following import Move, take_along
from worker.newspaper import model
from worker.tables import Article as ArticleRow
from worker.tables import Delivery, Issue, IssueState, Page, Stage


@dataclass(frozen=True, slots=True)
class Movable:
    """A page that stands in an issue, with what is known of it."""

    page_id: int
    issue_id: int
    sha256: str
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
    wanted = (
        select(Page, Delivery.sha256)
        .join(Issue, Page.issue_id == Issue.id)
        .join(Delivery, Page.delivery_id == Delivery.id)
        .where(Page.current, Delivery.stage == Stage.STORED)
        .order_by(Page.id)
        .execution_options(populate_existing=True)
    )
    for column, value in ((Page.issue_id, issue), (Page.delivery_id, delivery), (Page.id, page)):
        if value is not None:
            wanted = wanted.where(column == value)
    if issue is not None:
        wanted = wanted.where(Issue.state == IssueState.PROVISIONAL)
    return [_movable(session, row, sha256) for row, sha256 in session.execute(wanted).all()]


def _movable(session: Session, row: Page, sha256: str) -> Movable:
    articles = session.scalars(select(ArticleRow).where(ArticleRow.page_id == row.id).order_by(ArticleRow.position))
    page = page_value(row, articles.all())
    return Movable(row.id, row.issue_id, sha256, page, values.identity_from_json(row.identity))


def hold(session: Session, which: Movable, identity: model.Identity, label: str) -> None:
    """Let nobody else move or withdraw this page, or change the issues that it is in and goes to.

    What was read before may have changed until this returns.
    """
    key, _ = storing.key_of(identity, label, 0, 0)
    storing.lock(session, which.sha256, {key})


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
) -> Move:
    """Put this page, now with its label and identity, into its issue, where it stands; say what has gone with it.

    Its findings keep their identity, so that nothing is told twice. An issue that it leaves with other pages has
    changed. The caller has locked both issues (`hold`).
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
    left = session.scalar(select(exists().where(Page.issue_id == which.issue_id)))
    if left and target != which.issue_id:
        storing.choose_current(session, which.issue_id)
        session.execute(update(Issue).where(Issue.id == which.issue_id).values(changed=Issue.changed + 1))
    return take_along(session, row.id, which.issue_id, row, now, leaves_nothing=not left)
