"""The outbox: alerts written in the transaction that gives cause for them, and leased to be sent. Nothing here commits.

`raise_for` runs under the lock that its caller has on the issue's or the delivery's row, so that the findings do not
change meanwhile. Whoever gathers news then takes turns with all others until the transaction ends (`take_turns`), so
that the news of many workers comes together in one alert.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import ColumnElement, and_, delete, exists, func, insert, or_, select, update
from sqlalchemy.orm import Session

from worker.alerts import message, policy
from worker.alerts.policy import Changed, Group, Plan, Said, Terms, Waiting
from worker.newspaper.model import Severity
from worker.tables import (
    Alert,
    AlertFinding,
    AlertKind,
    AlertState,
    Finding,
    Issue,
    IssueState,
    Notification,
)

# The key of the lock that writers of alerts take turns by, on PostgreSQL.
_TURN = 20220816


@dataclass(frozen=True, slots=True)
class Change:
    """What has happened to an issue, or to a delivery of no issue: ids of findings that opened and were resolved."""

    issue_id: int | None
    delivery_id: int | None
    opened: Sequence[int]
    resolved: Sequence[int]


def raise_for(session: Session, change: Change, terms: Terms, now: datetime) -> None:
    """Write what people are to be told of this change, and unsay what has not gone out and holds no longer."""
    if not change.opened and not change.resolved:
        return
    take_turns(session)
    changed = (*change.opened, *change.resolved)
    name = _gathered_in(session, change.issue_id)
    group = _group(session, name, changed)
    known = _known(session, changed, group)
    opened = [known[finding] for finding in change.opened if finding in known]
    resolved = [known[finding] for finding in change.resolved if finding in known]
    _carry_out(session, name, change, policy.decide(opened, resolved, group, terms, now), now)


def gather(session: Session, kind: AlertKind, sentences: Mapping[int, str], terms: Terms, now: datetime) -> None:
    """Say what became of deliveries, a sentence for each by its id; what comes together is told together."""
    if not sentences:
        return
    take_turns(session)
    said = "\n".join(message.one_line(sentence) for sentence in sentences.values())
    waiting = session.scalars(
        select(Alert)
        .where(Alert.group == policy.INBOX, Alert.kind == kind, Alert.text != "")
        .where(Alert.state == AlertState.DUE, Alert.attempts == 0)
        .order_by(Alert.id.desc())
        .limit(1)
        .with_for_update()
    ).one_or_none()
    if waiting:
        waiting.text, waiting.delivery_id = f"{waiting.text}\n{said}", None
        return
    due_at = policy.due_at(kind, _told_at(session, policy.INBOX), terms, now)
    only = next(iter(sentences)) if len(sentences) == 1 else None
    add(session, kind, policy.INBOX, said, due_at=due_at, now=now, delivery_id=only)


def say(session: Session, kind: AlertKind, group: str, text: str, now: datetime) -> int:
    """Write an alert that has no findings, only a sentence, due at once; gives its id."""
    return add(session, kind, group, text, due_at=now, now=now)


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


def take_turns(session: Session) -> None:
    """Keep all others from gathering news until this transaction ends. SQLite has one writer at a time anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_TURN)))


def _free(now: datetime) -> ColumnElement[bool]:
    return and_(
        Alert.state == AlertState.DUE,
        Alert.due_at <= now,
        or_(Alert.lease_until.is_(None), Alert.lease_until <= now),
    )


def _gathered_in(session: Session, issue_id: int | None) -> str:
    """Give the group that tells of this issue; what belongs to no known issue is gathered whatever it is."""
    state = session.scalar(select(Issue.state).where(Issue.id == issue_id))
    return policy.INBOX if state in {None, IssueState.PROVISIONAL} else f"i{issue_id}"


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
    return Group(
        # What has a sentence and no findings is not for findings to join.
        waiting=tuple(
            Waiting(row.id, AlertKind(row.kind), frozenset(contents[row.id]), foreign=row.group != name)
            for row in waiting
            if row.id in contents
        ),
        told_at=_told_at(session, name),
    )


def _told_at(session: Session, name: str) -> datetime | None:
    """Give when a group was told something last."""
    ended = session.scalar(select(func.max(Alert.ended_at)).where(Alert.group == name))
    taken = session.scalar(
        select(func.max(Notification.at))
        .join(Alert, Notification.alert_id == Alert.id)
        .where(Alert.group == name, Notification.ok)
    )
    return max((time for time in (ended, taken) if time), default=None)


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


def _carry_out(session: Session, name: str, change: Change, plan: Plan, now: datetime) -> None:
    for alert, findings in plan.taken_out.items():
        session.execute(
            delete(AlertFinding).where(AlertFinding.alert_id == alert, AlertFinding.finding_id.in_(findings))
        )
    for addition in plan.additions:
        if addition.alert:
            _share(session, addition.alert, change)
        alert = addition.alert or add(
            session,
            addition.kind,
            name,
            "",
            due_at=addition.due_at or now,
            now=now,
            issue_id=change.issue_id,
            delivery_id=change.delivery_id,
        )
        put(session, alert, addition.findings)
    if plan.dropped:
        session.execute(delete(Alert).where(Alert.id.in_(plan.dropped)))


def _share(session: Session, alert: int, change: Change) -> None:
    """An alert that another cause joins is no longer about one issue or one delivery."""
    session.execute(
        update(Alert)
        .where(
            Alert.id == alert,
            or_(
                Alert.issue_id.is_distinct_from(change.issue_id), Alert.delivery_id.is_distinct_from(change.delivery_id)
            ),
        )
        .values(issue_id=None, delivery_id=None)
    )


def add(
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
    """Write an alert; gives its id."""
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


def put(session: Session, alert: int, findings: Sequence[int]) -> None:
    """Let the alert speak of these findings too."""
    session.execute(insert(AlertFinding), [{"alert_id": alert, "finding_id": finding} for finding in findings])
