"""Alerts, as people are shown them: what was told, through which channels, and whether it got through."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from pydantic import Field
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from worker import tables
from worker.newspaper.rules import Language
from worker.tables import AlertKind, AlertState
from worker.views import findings, ids, shown


class Notification(shown.Shown):
    """One try to send an alert through one channel."""

    channel: str = Field(examples=["webhook"])
    at: datetime
    ok: bool
    error: str | None
    again: bool = Field(description="Whether it is worth another try.")


class Alert(shown.Shown):
    """What is sent to people."""

    id: str = Field(examples=["n9"])
    group: str = Field(description="What it is gathered by: an issue, a delivery, or system.", examples=["i3"])
    kind: AlertKind
    state: AlertState = Field(description="due: to be sent; sent: every channel took it; failed: one would not.")
    findings: list[str] = Field(description="The findings it speaks of.", examples=[["f7", "f8"]])
    created_at: datetime
    notifications: list[Notification] = Field(description="Every try, in order.")
    text: str = Field(description="A sentence of its own, for alerts without findings.")
    title: str | None = Field(description="The title as it was sent; null until the first try.")
    said: str | None = Field(description="The words as they were sent below it; null until the first try.")
    issue: str | None
    delivery: str | None
    due_at: datetime
    ended_at: datetime | None
    attempts: int


class AlertWhole(Alert):
    """An alert with what it speaks of."""

    told: list[findings.Finding] = Field(description="The findings themselves, as they are now.")


def listed(
    session: Session,
    *,
    state: AlertState | None = None,
    kind: AlertKind | None = None,
    group: str | None = None,
    limit: int = shown.LIMIT,
) -> list[Alert]:
    """Give alerts, newest first."""
    chosen = select(tables.Alert.id)
    wanted = ((tables.Alert.state, state), (tables.Alert.kind, kind), (tables.Alert.group, group))
    chosen = chosen.where(*(column == value for column, value in wanted if value is not None))
    return _views(session, shown.newest(chosen, tables.Alert.id, limit))


def single(session: Session, number: int, language: Language) -> AlertWhole | None:
    """Give one alert, whole; None if there is none of this number."""
    views = _views(session, select(tables.Alert.id).where(tables.Alert.id == number))
    if not views:
        return None
    return AlertWhole(
        **dict(views[0]),
        told=findings.by_place(findings.listed(session, language, among=_numbers(views[0].findings), limit=0)),
    )


def _numbers(texts: Iterable[str]) -> list[int]:
    return [ids.number(text, ids.Kind.FINDING) for text in texts]


def _views(session: Session, chosen: Select[int]) -> list[Alert]:
    rows = session.scalars(select(tables.Alert).where(tables.Alert.id.in_(chosen)).order_by(tables.Alert.id.desc()))
    spoken_of: dict[int, list[str]] = defaultdict(list)
    for alert, finding in session.execute(
        select(tables.AlertFinding.alert_id, tables.AlertFinding.finding_id)
        .where(tables.AlertFinding.alert_id.in_(chosen))
        .order_by(tables.AlertFinding.finding_id)
    ):
        spoken_of[alert].append(ids.finding(finding))
    tries: dict[int, list[Notification]] = defaultdict(list)
    for row in session.scalars(
        select(tables.Notification)
        .where(tables.Notification.alert_id.in_(chosen))
        .order_by(tables.Notification.at, tables.Notification.id)
    ):
        tries[row.alert_id].append(
            Notification(channel=row.channel, at=row.at, ok=row.ok, error=row.error, again=row.again)
        )
    return [
        Alert(
            id=ids.alert(row.id),
            group=row.group,
            kind=AlertKind(row.kind),
            state=AlertState(row.state),
            findings=spoken_of[row.id],
            created_at=row.created_at,
            notifications=tries[row.id],
            text=row.text,
            title=row.title,
            said=row.said,
            issue=ids.issue(row.issue_id) if row.issue_id else None,
            delivery=ids.delivery(row.delivery_id) if row.delivery_id else None,
            due_at=row.due_at,
            ended_at=row.ended_at,
            attempts=row.attempts,
        )
        for row in rows
    ]
