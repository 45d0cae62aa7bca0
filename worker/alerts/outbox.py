"""The outbox: alerts written in the transaction that gives cause for them, and leased to be sent. Nothing here commits.

Whoever calls `raise_for` or `repeats` for an issue or a delivery keeps others from doing so at the same time:
`raise_for` runs under the lock that its caller has on the issue's or the delivery's row, `repeats` takes that lock.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, insert, or_, select, update
from sqlalchemy.orm import Session, aliased

from worker.alerts import policy
from worker.alerts.policy import Changed, Group, Plan, Said, Terms, Waiting
from worker.newspaper.model import Severity
from worker.tables import (
    Alert,
    AlertFinding,
    AlertKind,
    AlertState,
    Delivery,
    Finding,
    FindingState,
    Issue,
    Notification,
)


@dataclass(frozen=True, slots=True)
class Change:
    """What has happened to one group: ids of findings that opened and were resolved.

    `text` is a sentence of the alert's own, said before its findings.
    """

    group: str
    issue_id: int | None
    delivery_id: int | None
    opened: Sequence[int]
    resolved: Sequence[int]
    text: str = ""


def raise_for(session: Session, change: Change, terms: Terms, now: datetime) -> None:
    """Write what people are to be told of this change, and unsay what has not gone out and holds no longer."""
    if not change.opened and not change.resolved:
        return
    changed = (*change.opened, *change.resolved)
    group = _group(session, change.group, changed)
    known = _known(session, changed, group)
    opened = [known[finding] for finding in change.opened if finding in known]
    resolved = [known[finding] for finding in change.resolved if finding in known]
    _carry_out(session, change, policy.decide(opened, resolved, group, terms, now), now)


def say(session: Session, kind: AlertKind, group: str, text: str, now: datetime, delivery_id: int | None = None) -> int:
    """Write an alert that has no findings, only a sentence, due at once; gives its id."""
    return _add(session, kind, group, text, due_at=now, now=now, delivery_id=delivery_id)


def due(session: Session, now: datetime) -> list[int]:
    """Give the alerts that are to be sent now and that nobody is sending."""
    return list(session.scalars(select(Alert.id).where(_free(now)).order_by(Alert.due_at, Alert.id)))


def take(session: Session, worker: str, now: datetime, until: datetime, limit: int = 20) -> list[int]:
    """Lease alerts that are due; gives their ids, those tried least first. `worker` is a new name for each call."""
    order = (Alert.attempts, Alert.due_at, Alert.id)
    wanted = select(Alert.id).where(_free(now)).order_by(*order).limit(limit)
    # The condition is asked again on each row: another process may have got there between the two.
    rows = session.execute(
        update(Alert)
        .where(Alert.id.in_(wanted.scalar_subquery()), _free(now))
        .values(leased_by=worker, lease_until=until)
        .returning(*order)
        .execution_options(synchronize_session=False)
    ).all()
    return [row.id for row in sorted(rows, key=tuple)]


def repeats(session: Session, terms: Terms, now: datetime) -> int:
    """Tell errors again that still stand a repeat interval after they were told; gives how many alerts that makes."""
    causes = (Alert.group, Alert.issue_id, Alert.delivery_id)
    groups = session.execute(_standing(terms, now).with_only_columns(*causes).distinct().order_by(*causes)).all()
    raised = 0
    for cause in groups:
        _lock(session, cause.issue_id, cause.delivery_id)
        ids = session.scalars(_standing(terms, now).where(Alert.group == cause.group)).all()
        if ids:
            alert = _add(
                session,
                AlertKind.PROBLEM,
                cause.group,
                "",
                due_at=now,
                now=now,
                issue_id=cause.issue_id,
                delivery_id=cause.delivery_id,
            )
            _put(session, alert, ids)
            raised += 1
    return raised


def _free(now: datetime) -> ColumnElement[bool]:
    return and_(
        Alert.state == AlertState.DUE,
        Alert.due_at <= now,
        or_(Alert.lease_until.is_(None), Alert.lease_until <= now),
    )


def _group(session: Session, name: str, findings: Sequence[int]) -> Group:
    """Give what waits, locked: none of it can begin to be sent before this transaction ends."""
    speaks_of_them = select(AlertFinding.alert_id).where(AlertFinding.finding_id.in_(findings))
    waiting = session.execute(
        select(Alert.id, Alert.kind, Alert.group)
        .where(or_(Alert.group == name, Alert.id.in_(speaks_of_them)))
        .where(Alert.state == AlertState.DUE, Alert.attempts == 0)
        .where(Alert.kind.in_([AlertKind.PROBLEM, AlertKind.RESOLVED]))
        .order_by(Alert.id)
        .with_for_update()
    ).all()
    contents: dict[int, set[int]] = defaultdict(set)
    pairs = select(AlertFinding.alert_id, AlertFinding.finding_id)
    for alert, finding in session.execute(pairs.where(AlertFinding.alert_id.in_([row.id for row in waiting]))):
        contents[alert].add(finding)
    ended = session.scalar(select(func.max(Alert.ended_at)).where(Alert.group == name))
    taken = session.scalar(
        select(func.max(Notification.at))
        .join(Alert, Notification.alert_id == Alert.id)
        .where(Alert.group == name, Notification.ok)
    )
    return Group(
        # What has a sentence and no findings is not for findings to join.
        waiting=tuple(
            Waiting(row.id, AlertKind(row.kind), frozenset(contents[row.id]), foreign=row.group != name)
            for row in waiting
            if row.id in contents
        ),
        told_at=max((time for time in (ended, taken) if time), default=None),
    )


def _known(session: Session, findings: Sequence[int], group: Group) -> dict[int, Changed]:
    """Give these findings with the last that went out about each; what every channel failed to take, nobody heard."""
    severities = session.execute(select(Finding.id, Finding.severity).where(Finding.id.in_(findings)))
    heard = or_(Alert.state != AlertState.FAILED, exists().where(Notification.alert_id == Alert.id, Notification.ok))
    said = {
        finding: Said(alert, AlertKind(kind))
        for finding, alert, kind in session.execute(
            select(AlertFinding.finding_id, Alert.id, Alert.kind)
            .join(Alert, AlertFinding.alert_id == Alert.id)
            .where(AlertFinding.finding_id.in_(findings), heard)
            .where(Alert.id.not_in([alert.alert for alert in group.waiting]))
            .order_by(Alert.id)
        )
    }
    return {finding: Changed(finding, Severity(severity), said.get(finding)) for finding, severity in severities}


def _carry_out(session: Session, change: Change, plan: Plan, now: datetime) -> None:
    for alert, findings in plan.taken_out.items():
        session.execute(
            delete(AlertFinding).where(AlertFinding.alert_id == alert, AlertFinding.finding_id.in_(findings))
        )
    for addition in plan.additions:
        text = change.text if addition.kind == AlertKind.PROBLEM else ""
        if addition.alert and text:
            session.execute(update(Alert).where(Alert.id == addition.alert).values(text=text))
        alert = addition.alert or _add(
            session,
            addition.kind,
            change.group,
            text,
            due_at=addition.due_at or now,
            now=now,
            issue_id=change.issue_id,
            delivery_id=change.delivery_id,
        )
        _put(session, alert, addition.findings)
    if plan.dropped:
        session.execute(delete(Alert).where(Alert.id.in_(plan.dropped)))


def _add(
    session: Session,
    kind: AlertKind,
    group: str,
    text: str,
    *,
    due_at: datetime,
    now: datetime,
    issue_id: int | None = None,
    delivery_id: int | None = None,
) -> int:
    alert = Alert(
        key=uuid4().hex,
        group=group,
        kind=kind,
        text=text,
        issue_id=issue_id,
        delivery_id=delivery_id,
        created_at=now,
        due_at=due_at,
    )
    session.add(alert)
    session.flush()
    return alert.id


def _put(session: Session, alert: int, findings: Sequence[int]) -> None:
    session.execute(insert(AlertFinding), [{"alert_id": alert, "finding_id": finding} for finding in findings])


def _standing(terms: Terms, now: datetime) -> Select[int]:
    """Open errors whose last alert called them a problem, and has gone out a repeat interval ago."""
    spoken_of, later = aliased(AlertFinding), aliased(AlertFinding)
    return (
        select(Finding.id)
        .join(spoken_of, spoken_of.finding_id == Finding.id)
        .join(Alert, Alert.id == spoken_of.alert_id)
        .where(Finding.state == FindingState.OPEN, Finding.severity == Severity.ERROR)
        .where(Alert.kind == AlertKind.PROBLEM, Alert.ended_at <= now - terms.repeat_interval)
        .where(~exists().where(later.finding_id == Finding.id, later.alert_id > Alert.id))
    )


def _lock(session: Session, issue_id: int | None, delivery_id: int | None) -> None:
    """Wait for whoever is changing this group's findings, and keep them out."""
    if issue_id is not None:
        session.execute(select(Issue.id).where(Issue.id == issue_id).with_for_update())
    elif delivery_id is not None:
        session.execute(select(Delivery.id).where(Delivery.id == delivery_id).with_for_update())
