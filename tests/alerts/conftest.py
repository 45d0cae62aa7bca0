"""A newsroom to alert: a database with findings, a clock that is moved by hand, and real sinks for what is sent."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests import sinks
from tests.sinks import MailSink, WebhookSink
from worker import alerts, database
from worker.alerts import Notice
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
    IssueState,
    Notification,
    Stage,
)

TERMS = alerts.Terms(timedelta(seconds=30), timedelta(minutes=5), timedelta(hours=24), Severity.WARNING)


@dataclass
class Clock:
    """The time, moved by hand."""

    time: datetime = datetime(2022, 8, 15, 6, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def move(self, **by: float) -> None:
        self.time += timedelta(**by)


@dataclass
class Newsroom:
    """One issue, 焦作日报 of 2022-08-15, its findings, and the alerts about them."""

    engine: Engine
    clock: Clock
    issue: int

    def write(self) -> AbstractContextManager[Session]:
        return database.write(self.engine)

    def find(self, *codes: str, severity: Severity = Severity.ERROR) -> list[int]:
        """Add open findings, not told yet."""
        return self._add(codes, severity, place=f"i{self.issue}", page="A02", issue_id=self.issue)

    def reject(self, name: str) -> list[int]:
        """Let a file come that is not accepted: its finding, not told yet."""
        delivery = delivered(self, name, stage=Stage.REJECTED, reason="Nothing in it.")
        return self._add(["F001"], Severity.ERROR, place=f"d{delivery}", delivery_id=delivery)

    def come_without_a_name(self, name: str, *codes: str) -> tuple[int, list[int]]:
        """Let a file come whose one page nobody knows: its provisional issue and its findings, not told yet."""
        delivery = delivered(self, name, stage=Stage.STORED)
        with self.write() as session:
            issue = Issue(
                key=f"delivery/{delivery}/1",
                state=IssueState.PROVISIONAL,
                created_at=self.clock.time,
                last_page_at=self.clock.time,
            )
            session.add(issue)
            session.flush()
        place = f"i{issue.id}"
        return issue.id, self._add(codes, Severity.ERROR, place=place, issue_id=issue.id, delivery_id=delivery)

    def _add(self, codes: Sequence[str], severity: Severity, **columns: Any) -> list[int]:
        with self.write() as session:
            rows = [
                Finding(
                    fingerprint=f"{code}-{number}-{self.clock.time.isoformat()}",
                    code=code,
                    severity=severity,
                    line=69 + number,
                    excerpt="(上接A01版①)",
                    facts={"raw": "(上接A01版①)", "target": "A01", "case": "from-missing", "missing": ["paper"]},
                    first_seen=self.clock.time,
                    **columns,
                )
                for number, code in enumerate(codes)
            ]
            session.add_all(rows)
            session.flush()
            return [row.id for row in rows]

    def open_rejected(self, *names: str) -> None:
        """Let files come that are not accepted, and raise the alerts for it, each in a transaction of its own."""
        for name in names:
            found = self.reject(name)
            with self.write() as session:
                delivery = session.get_one(Finding, found[0]).delivery_id
                alerts.raise_for(session, alerts.Change(None, delivery, found, ()), TERMS, self.clock.now())

    def change(self, opened: Sequence[int] = (), resolved: Sequence[int] = (), issue: int | None = None) -> None:
        """Let findings open and be resolved, as assembling an issue does, and raise the alerts for it."""
        with self.write() as session:
            session.scalar(select(Issue.id).where(Issue.id == self.issue).with_for_update())
            for state, ids in ((FindingState.OPEN, opened), (FindingState.RESOLVED, resolved)):
                for row in session.scalars(select(Finding).where(Finding.id.in_(ids))):
                    row.state = state
            session.flush()
            change = alerts.Change(issue or self.issue, None, opened, resolved)
            alerts.raise_for(session, change, TERMS, self.clock.now())

    def repeat(self) -> int:
        with self.write() as session:
            return alerts.repeats(session, TERMS, self.clock.now())

    def fail(self, *names: str) -> None:
        """Let files fail after all their attempts, all in one transaction."""
        failures = {delivered(self, name, stage=Stage.FAILED): f"{name} could not be stored." for name in names}
        with self.write() as session:
            alerts.gather(session, AlertKind.PROBLEM, failures, TERMS, self.clock.now())

    def say(self, text: str, kind: AlertKind = AlertKind.SYSTEM, group: str = "system") -> int:
        with self.write() as session:
            return alerts.say(session, kind, group, text, self.clock.now())

    def send(self, *channels: alerts.Channel, routes: Mapping[str, Sequence[str]] = MappingProxyType({})) -> int:
        return alerts.send_due(
            self.write,
            channels,
            "host:1",
            now=self.clock.now,
            language="en",
            base_url="http://127.0.0.1:8600",
            routes=routes,
        )

    def alerts(self) -> list[tuple[AlertKind, AlertState, list[int]]]:
        """Each alert with the findings it speaks of, in the order of their making."""
        with database.look(self.engine) as session:
            rows = session.scalars(select(Alert).order_by(Alert.id)).all()
            return [(AlertKind(row.kind), AlertState(row.state), self._findings(session, row.id)) for row in rows]

    def due_in(self) -> list[float]:
        """How many seconds each alert has still to wait."""
        with database.look(self.engine) as session:
            times = session.scalars(select(Alert.due_at).where(Alert.state == AlertState.DUE).order_by(Alert.id))
            return [(time - self.clock.time).total_seconds() for time in times]

    def tries(self) -> list[tuple[int, str, bool]]:
        """Every try on record."""
        with database.look(self.engine) as session:
            rows = session.scalars(select(Notification).order_by(Notification.id))
            return [(row.alert_id, row.channel, row.ok) for row in rows]

    def errors(self) -> list[str | None]:
        with database.look(self.engine) as session:
            return list(session.scalars(select(Notification.error).order_by(Notification.id)))

    @staticmethod
    def _findings(session: Session, alert: int) -> list[int]:
        query = select(AlertFinding.finding_id).where(AlertFinding.alert_id == alert)
        return list(session.scalars(query.order_by(AlertFinding.finding_id)))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def newsroom(engine: Engine, clock: Clock) -> Newsroom:
    with database.write(engine) as session:
        issue = Issue(
            key="jiaozuo-daily/2022-08-15/",
            code="jiaozuo-daily",
            paper="焦作日报",
            date=date(2022, 8, 15),
            created_at=clock.time,
            last_page_at=clock.time,
        )
        session.add(issue)
        session.flush()
        return Newsroom(engine, clock, issue.id)


def delivered(newsroom: Newsroom, name: str, **columns: Any) -> int:
    """Record a delivery."""
    with newsroom.write() as session:
        row = Delivery(
            claim=name, inbox="/inbox", name=name, raw_name=name.encode(), sha256="0" * 64, bytes=1,
            received_at=newsroom.clock.time, **columns,
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.id


@dataclass
class Told:
    """A channel that remembers, and then fails as it is told to, once for each failure in `fails`."""

    name: str = "told"
    notices: list[Notice] = field(default_factory=list)
    fails: list[BaseException] = field(default_factory=list)
    meanwhile: Callable[[], None] = lambda: None

    def send(self, notice: Notice) -> None:
        self.meanwhile()
        self.notices.append(notice)
        if self.fails:
            raise self.fails.pop(0)


@pytest.fixture
def webhook_sink() -> Iterator[WebhookSink]:
    with sinks.webhook() as sink:
        yield sink


@pytest.fixture
def mail_sink() -> Iterator[MailSink]:
    with sinks.mail() as sink:
        yield sink
