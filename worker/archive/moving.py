"""A page that could not be told goes to the issue that a person names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from worker.archive import storing, values
from worker.archive.assembled import page_value
from worker.newspaper import model
from worker.tables import Alert, Finding, FindingState, Issue, IssueState, Page
from worker.tables import Article as ArticleRow


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A page in a provisional issue, with what is known of it."""

    page_id: int
    issue_id: int
    page: model.Page
    identity: model.Identity


def unnamed(
    session: Session, *, issue: int | None = None, delivery: int | None = None, page: int | None = None
) -> list[Unnamed]:
    """Give the pages of this issue, delivery or page that stand in a provisional issue."""
    wanted = select(Page).join(Issue, Page.issue_id == Issue.id).where(Issue.state == IssueState.PROVISIONAL)
    for column, value in ((Page.issue_id, issue), (Page.delivery_id, delivery), (Page.id, page)):
        if value is not None:
            wanted = wanted.where(column == value)
    return [_unnamed(session, row) for row in session.scalars(wanted.where(Page.current).order_by(Page.id))]


def _unnamed(session: Session, row: Page) -> Unnamed:
    articles = session.scalars(select(ArticleRow).where(ArticleRow.page_id == row.id).order_by(ArticleRow.position))
    return Unnamed(row.id, row.issue_id, page_value(row, articles.all()), values.identity_from_json(row.identity))


def move(
    session: Session,
    which: Unnamed,
    identity: model.Identity,
    page: model.Page,
    found: Sequence[model.Finding],
    now: datetime,
) -> int:
    """Put this page, now with its label and identity, into its issue; gives that issue.

    Its findings go with it and keep their identity, so that nothing is told twice; the provisional issue is gone.
    """
    target = storing.issue_for(session, identity, page.label, now)
    row = session.get_one(Page, which.page_id)
    row.issue_id, row.label, row.sequence = target, page.label, page.sequence
    row.identity = values.identity_to_json(identity)
    row.checked = values.findings_to_json(tuple(found))
    session.flush()
    storing.choose_current(session, target)
    _take_findings_along(session, which.issue_id, target, page.label or "", now)
    session.execute(update(Alert).where(Alert.issue_id == which.issue_id).values(issue_id=target, group=f"i{target}"))
    session.execute(delete(Issue).where(Issue.id == which.issue_id))
    return target


def _take_findings_along(session: Session, old: int, new: int, label: str, now: datetime) -> None:
    """A finding that the new issue has already, from an earlier version of the page, is resolved where it was."""
    there = set(session.scalars(select(Finding.fingerprint).where(Finding.place == f"i{new}", Finding.page == label)))
    for finding in session.scalars(select(Finding).where(Finding.issue_id == old)):
        finding.issue_id = new
        if finding.fingerprint in there:
            finding.state, finding.resolved_at = FindingState.RESOLVED, now
        else:
            finding.place, finding.page = f"i{new}", label
    session.flush()
