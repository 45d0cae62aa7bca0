"""When an issue has waited long enough."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from worker.tables import Issue, IssueState


def closable(
    session: Session, now: datetime, settle_after: timedelta, by_code: Mapping[str, timedelta] | None = None
) -> list[tuple[int, datetime]]:
    """Give the open issues that no page has come for, for so long, and when the last one came.

    A paper may say its own time.
    """
    shortest = min([settle_after, *(by_code or {}).values()])
    rows = session.execute(
        select(Issue.id, Issue.code, Issue.last_page_at).where(
            Issue.state == IssueState.OPEN, Issue.last_page_at <= now - shortest
        )
    )
    waits = by_code or {}
    return [
        (row.id, row.last_page_at) for row in rows if row.last_page_at + waits.get(row.code or "", settle_after) <= now
    ]


def close(session: Session, issue_id: int, now: datetime, *, seen: datetime | None = None) -> bool:
    """Close this issue, to be assembled once more; False when it is not open.

    Where `seen` says when its last page had come, a page that has come since keeps it open.
    """
    as_seen = (Issue.last_page_at == seen,) if seen else ()
    row = session.execute(
        update(Issue)
        .where(Issue.id == issue_id, Issue.state == IssueState.OPEN, *as_seen)
        .values(state=IssueState.CLOSED, closed_at=now, changed=Issue.changed + 1)
        .returning(Issue.id)
    ).one_or_none()
    return row is not None
