"""When an issue has waited long enough."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from worker.tables import Issue, IssueState


def closable(
    session: Session, now: datetime, settle_after: timedelta, by_code: Mapping[str, timedelta] | None = None
) -> list[int]:
    """Give the open issues that no page has come for, for so long; a paper may say its own time."""
    shortest = min([settle_after, *(by_code or {}).values()])
    rows = session.execute(
        select(Issue.id, Issue.code, Issue.last_page_at).where(
            Issue.state == IssueState.OPEN, Issue.last_page_at <= now - shortest
        )
    )
    return [row.id for row in rows if row.last_page_at + (by_code or {}).get(row.code or "", settle_after) <= now]


def close(session: Session, issue_id: int, now: datetime) -> bool:
    """Close this issue, to be assembled once more; False when it is not open."""
    row = session.execute(
        update(Issue)
        .where(Issue.id == issue_id, Issue.state == IssueState.OPEN)
        .values(state=IssueState.CLOSED, closed_at=now, changed=Issue.changed + 1)
        .returning(Issue.id)
    ).one_or_none()
    return row is not None
