"""A delivery that says what it is replaces earlier ones of the same bytes that did not."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from worker.archive.following import Move, take_along
from worker.tables import Delivery, Issue, IssueState, Page, Stage


def withdraw_namesakes(session: Session, sha256: str, delivery: int, reason: str, now: datetime) -> list[Move]:
    """Let the pages of this delivery replace those of earlier ones of the same bytes that nobody could tell.

    Earlier deliveries of which nothing else stands become duplicates of it, as if they had come after it. Gives where
    the findings of each page have gone. A delivery that says nothing of itself replaces nothing.
    """
    own = session.execute(
        select(Page, Issue.state)
        .join(Issue, Page.issue_id == Issue.id)
        .where(Page.delivery_id == delivery)
        .order_by(Page.ordinal)
    ).all()
    if all(state == IssueState.PROVISIONAL for _, state in own):
        return []
    by_ordinal = {page.ordinal: page for page, _ in own}
    pages = session.scalars(
        select(Page)
        .join(Issue, Page.issue_id == Issue.id)
        .join(Delivery, Page.delivery_id == Delivery.id)
        .where(Delivery.sha256 == sha256, Delivery.id != delivery, Issue.state == IssueState.PROVISIONAL)
        .order_by(Page.id)
    ).all()
    moves = []
    for page in pages:
        page.current = False
        # The same bytes have the same pages, unless they were read by another version of the program.
        instead = by_ordinal.get(page.ordinal, own[0][0])
        moves.append(take_along(session, page.id, page.issue_id, instead, now, leaves_nothing=True))
    earlier = {page.delivery_id for page in pages}
    standing = set(session.scalars(select(Page.delivery_id).where(Page.delivery_id.in_(earlier), Page.current)))
    session.execute(
        update(Delivery)
        .where(Delivery.id.in_(earlier - standing))
        .values(stage=Stage.DUPLICATE, duplicate_of=delivery, reason=reason, ended_at=now, handed_back_at=None)
    )
    return moves
