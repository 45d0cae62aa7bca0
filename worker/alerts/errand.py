"""One alert on its way: begun under its lease, each try recorded, ended when every channel has taken it or given up.

Each function is one short transaction of its caller's; none is open while a channel is spoken to.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.orm import Session

from worker.alerts import trying
from worker.alerts.trying import Outcome, Standing, Try
from worker.tables import Alert, AlertFinding, AlertKind, AlertState, Finding, FindingState, Issue, Notification

# How long an alert lets an earlier one of its group go first, before it looks again.
TURN = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Run:
    """One worker's round: the channels by name, how often an alert is tried on one, how many each is given a minute.

    `routes` are the channels that a paper's alerts go to, by the paper's code; those of other papers go to all.
    `resting` are channels that are to be left alone until a time; it fills as the run goes on.
    """

    worker: str
    channels: tuple[str, ...]
    attempts: int
    per_minute: int
    lease: timedelta
    routes: Mapping[str, Collection[str]] = field(default_factory=dict)
    resting: dict[str, datetime] = field(default_factory=dict)


def begin(session: Session, alert_id: int, run: Run, now: datetime) -> tuple[Alert, list[str]] | None:
    """Renew the lease and say which channels to try now; None when there is nothing to send, or no longer the right to.

    From here on the alert's findings are fixed.
    """
    alert = _held(session, alert_id, run.worker, lease_until=now + run.lease)
    if alert is None:
        return None
    if alert.attempts == 0 and not _has_words(session, alert):
        session.delete(alert)
        return None
    standings = _standings(session, alert, run, now)
    ready = [channel for channel, standing in standings.items() if standing.is_ready(now)]
    if not ready:
        _settle(alert, standings, now)
        return None
    alert.attempts += 1
    return alert, ready


def record(session: Session, alert_id: int, channel: str, tried: Try, error: str | None) -> None:
    """Write down one try."""
    session.add(
        Notification(alert_id=alert_id, channel=channel, at=tried.at, ok=tried.ok, again=tried.again, error=error)
    )


def finish(session: Session, alert_id: int, run: Run, now: datetime) -> AlertState | None:
    """Give the lease back and say how far the alert has got; None when another process has taken the lease over."""
    alert = _held(session, alert_id, run.worker, lease_until=now)
    if alert is None:
        return None
    _settle(alert, _standings(session, alert, run, now), now)
    return alert.state


def _held(session: Session, alert_id: int, worker: str, lease_until: datetime) -> Alert | None:
    """Give the alert, locked, if this worker has it still."""
    held = session.execute(
        update(Alert)
        .where(Alert.id == alert_id, Alert.leased_by == worker, Alert.state == AlertState.DUE)
        .values(lease_until=lease_until)
        .returning(Alert.id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    return session.get(Alert, alert_id, populate_existing=True) if held else None


def _has_words(session: Session, alert: Alert) -> bool:
    """Leave out what a person has said does not matter, and tell whether anything remains to be said."""
    if alert.kind == AlertKind.PROBLEM:
        ignored = select(Finding.id).where(Finding.state == FindingState.IGNORED)
        session.execute(
            delete(AlertFinding).where(AlertFinding.alert_id == alert.id, AlertFinding.finding_id.in_(ignored))
        )
    return bool(alert.text) or bool(session.scalar(select(exists().where(AlertFinding.alert_id == alert.id))))


def _standings(session: Session, alert: Alert, run: Run, now: datetime) -> dict[str, Standing]:
    """Give how far the alert has got on each channel, and when each may be tried.

    A channel hears of a group's alerts, and of those that speak of one finding, in their order: while an earlier one
    that has been begun is still open there, the later one waits. So nobody hears of the mending before the trouble.
    """
    its_findings = select(AlertFinding.finding_id).where(AlertFinding.alert_id == alert.id)
    of_the_same = select(AlertFinding.alert_id).where(AlertFinding.finding_id.in_(its_findings))
    earlier = session.scalars(
        select(Alert.id).where(
            or_(Alert.group == alert.group, Alert.id.in_(of_the_same)),
            Alert.id < alert.id,
            Alert.state == AlertState.DUE,
            Alert.attempts > 0,
        )
    ).all()
    tries = _tries(session, (alert.id, *earlier))
    standings = {}
    for channel in _route(session, alert, run):
        own = trying.standing(tries[alert.id, channel], run.attempts)
        if own.outcome is Outcome.OPEN:
            before = [trying.standing(tries[other, channel], run.attempts) for other in earlier]
            own = own.after(
                run.resting.get(channel),
                trying.room_at(_newest(session, channel, run.per_minute), run.per_minute),
                *(other.after(now + TURN).not_before for other in before if other.outcome is Outcome.OPEN),
            )
        standings[channel] = own
    return standings


def _route(session: Session, alert: Alert, run: Run) -> Sequence[str]:
    """Give the channels that this alert goes to: those of every paper that it speaks of."""
    if not run.routes:
        return run.channels
    papers = session.scalars(
        select(Issue.code)
        .select_from(AlertFinding)
        .join(Finding, Finding.id == AlertFinding.finding_id)
        .outerjoin(Issue, Issue.id == Finding.issue_id)
        .where(AlertFinding.alert_id == alert.id)
        .distinct()
    ).all()
    routes = [run.routes.get(paper or "", run.channels) for paper in papers] or [run.channels]
    return [channel for channel in run.channels if any(channel in route for route in routes)]


def _tries(session: Session, alerts: Sequence[int]) -> dict[tuple[int, str], list[Try]]:
    tries: dict[tuple[int, str], list[Try]] = defaultdict(list)
    for row in session.scalars(select(Notification).where(Notification.alert_id.in_(alerts)).order_by(Notification.id)):
        tries[row.alert_id, row.channel].append(Try(row.at, row.ok, row.again))
    return tries


def _newest(session: Session, channel: str, count: int) -> Sequence[datetime]:
    """Give the times of a channel's newest tries, newest first."""
    return session.scalars(
        select(Notification.at).where(Notification.channel == channel).order_by(Notification.id.desc()).limit(count)
    ).all()


def _settle(alert: Alert, standings: Mapping[str, Standing], now: datetime) -> None:
    state, next_at = trying.verdict(standings, now)
    alert.state = state
    alert.leased_by = alert.lease_until = None
    if next_at is None:
        alert.ended_at = now
    else:
        alert.due_at = next_at
