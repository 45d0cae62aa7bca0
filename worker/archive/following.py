"""Findings go with their page from one issue to another, and what is left empty goes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from worker.tables import Article, Finding, FindingState, Issue, Link, Page


@dataclass(frozen=True, slots=True)
class Move:
    """A page's findings have gone from one issue to another.

    `same` are those that the new issue has had already: what was said of the first is to be known of the second.
    """

    old: int
    new: int
    same: Mapping[int, int]
    leaves_nothing: bool


def take_along(session: Session, was: int, old: int, page: Page, now: datetime, *, leaves_nothing: bool) -> Move:
    """Let the findings of the page that was `was` be those of `page`: with it all of an issue that has nothing left."""
    new = page.issue_id
    rows = session.scalars(select(Finding).where(Finding.place == f"i{new}").order_by(Finding.id)).all()
    there = {(row.page, row.fingerprint): row for row in rows}
    goes = Finding.place == f"i{old}" if leaves_nothing else Finding.page_id == was
    same: dict[int, int] = {}
    for finding in session.scalars(select(Finding).where(goes).order_by(Finding.id)).all():
        if finding.page_id == was:
            label = page.label or ""
            finding.page_id, finding.delivery_id = page.id, page.delivery_id
        else:
            label = finding.page
        known = there.setdefault((label, finding.fingerprint), finding)
        if known is finding:
            finding.place, finding.page, finding.issue_id = f"i{new}", label, new
            continue
        same[finding.id] = known.id
        if known.state == FindingState.RESOLVED:
            known.state, known.resolved_at = finding.state, finding.resolved_at
        if finding.state == FindingState.OPEN:
            finding.state, finding.resolved_at = FindingState.RESOLVED, now
    session.flush()
    return Move(old, new, same, leaves_nothing)


def clear(session: Session, move: Move) -> None:
    """Take away the findings that are another's now, and the issue that has nothing left, with what stood in it."""
    session.execute(delete(Finding).where(Finding.id.in_(move.same)))
    if move.leaves_nothing:
        pages = select(Page.id).where(Page.issue_id == move.old)
        session.execute(delete(Link).where(Link.issue_id == move.old))
        session.execute(delete(Article).where(Article.page_id.in_(pages)).execution_options(synchronize_session=False))
        session.execute(delete(Page).where(Page.issue_id == move.old))
        session.execute(delete(Issue).where(Issue.id == move.old))
