"""The pulse: a short text that changes whenever something that people watch has changed."""

import hashlib
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from worker import tables
from worker.tables import AlertState, FindingState, Stage
from worker.views.health import SILENT

# Whose progress is looked at one by one; older deliveries are seen by their counts.
LATEST = 100


def read(session: Session, now: datetime) -> str:
    """Give the pulse. It is asked for twice a second, so it asks indexes and short tables only."""
    delivery, issue, finding, alert = tables.Delivery, tables.Issue, tables.Finding, tables.Alert
    unended = (Stage.RECEIVED, Stage.FAILED)
    told = [
        session.execute(
            select(
                delivery.id,
                delivery.stage,
                delivery.attempts,
                delivery.began_at,
                delivery.ended_at,
                delivery.handed_back_at,
            )
            .order_by(delivery.id.desc())
            .limit(LATEST)
        ),
        session.execute(
            select(delivery.stage, func.count()).where(delivery.stage.in_(unended)).group_by(delivery.stage)
        ),
        session.execute(select(func.count(), func.sum(issue.changed), func.sum(issue.assembled))),
        session.execute(select(issue.state, func.count()).group_by(issue.state)),
        session.execute(select(func.max(finding.id))),
        session.execute(select(func.count()).where(finding.state == FindingState.OPEN)),
        session.execute(select(func.max(alert.id))),
        session.execute(
            select(alert.state, func.count())
            .where(alert.state.in_((AlertState.DUE, AlertState.FAILED)))
            .group_by(alert.state)
        ),
        session.execute(select(func.max(tables.Notification.id))),
        session.execute(
            select(tables.Heartbeat.kind, func.count())
            .where(tables.Heartbeat.at >= now - SILENT)
            .group_by(tables.Heartbeat.kind)
        ),
    ]
    rows = repr([sorted(map(repr, result.all())) for result in told])
    return hashlib.sha256(rows.encode()).hexdigest()[:16]
