"""A house with a database of each kind, and a person who drops files into it without an inbox."""

import io
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from worker import house, ledger, settings, steps
from worker.alerts import sending
from worker.house import House
from worker.tables import Alert, AlertFinding, AlertKind, Article, Delivery, Finding, FindingState, Issue, Link, Page

CONFIG = Path(__file__).parents[2] / "config"


@pytest.fixture
def here(database_url: str, tmp_path: Path) -> Iterator[House]:
    """A house without a broker; its issues wait until a test says that time has passed."""
    environment = {"JUMPLINE_DATABASE__URL": database_url, "JUMPLINE_LOCALE__LANGUAGE": "en"}
    opened = house.open(settings.read(CONFIG, environment, tmp_path), CONFIG)
    yield opened
    opened.engine.dispose()


@dataclass
class Desk:
    """Drops files, has them worked on, and looks at what stands then."""

    here: House

    def record(self, name: str, data: bytes) -> int:
        """A file whose bytes are safe and which nobody has worked on yet."""
        kept = self.here.blobs.keep(io.BytesIO(data))
        arrival = ledger.Arrival(uuid4().hex, "/in", name, name.encode(), kept.sha256, kept.bytes)
        with self.here.write() as session:
            return ledger.record(session, [arrival], house.now())[0]

    def work(self, *deliveries: int) -> None:
        """Ingest these and assemble what has changed."""
        for delivery in deliveries:
            steps.ingest(self.here, delivery, "worker")
        self.assemble()

    def assemble(self) -> None:
        """Have everything done that a sweep finds left undone in issues."""
        for issue in steps.sweep(self.here, house.now()).issues:
            steps.assemble(self.here, issue)

    def drop(self, name: str, data: bytes) -> int:
        """A file dropped and worked on to its end."""
        delivery = self.record(name, data)
        self.work(delivery)
        return delivery

    def close(self) -> None:
        """Let so much time pass that every issue closes."""
        left = steps.sweep(self.here, house.now() + timedelta(hours=1))
        for issue in left.issues:
            steps.assemble(self.here, issue)

    def delivery(self, number: int) -> Delivery:
        """How a delivery stands."""
        with self.here.look() as session:
            return session.get_one(Delivery, number)

    def issues(self) -> list[Issue]:
        """All issues."""
        with self.here.look() as session:
            return list(session.scalars(select(Issue).order_by(Issue.key)))

    def articles(self) -> list[tuple[str, str | None, int]]:
        """Issue, page and position of every article that stands."""
        with self.here.look() as session:
            rows = session.execute(
                select(Issue.key, Page.label, Article.position)
                .join(Page, Article.page_id == Page.id)
                .join(Issue, Page.issue_id == Issue.id)
                .where(Page.current)
                .order_by(Issue.key, Page.label, Article.position)
            )
            return [(first, second, third) for first, second, third in rows]

    def standing_text(self) -> str:
        """The words of all pages that stand."""
        with self.here.look() as session:
            return "\n".join(session.scalars(select(Page.source).where(Page.current).order_by(Page.label)))

    def findings(self, state: FindingState = FindingState.OPEN) -> list[tuple[str, str, int | None]]:
        """Code, page and line of every finding in this state."""
        with self.here.look() as session:
            rows = session.execute(
                select(Finding.code, Finding.page, Finding.line)
                .where(Finding.state == state)
                .order_by(Finding.code, Finding.page, Finding.line)
            )
            return [(first, second, third) for first, second, third in rows]

    def links(self) -> list[tuple[int, int]]:
        """The lines of both ends of every link."""
        with self.here.look() as session:
            rows = session.execute(select(Link.head_line, Link.tail_line).order_by(Link.tail_line))
            return [(head, tail) for head, tail in rows]

    def told(self, kind: AlertKind) -> list[str]:
        """The codes in the alerts of this kind."""
        with self.here.look() as session:
            rows = session.scalars(
                select(Finding.code)
                .join(AlertFinding, AlertFinding.finding_id == Finding.id)
                .join(Alert, Alert.id == AlertFinding.alert_id)
                .where(Alert.kind == kind)
                .order_by(Finding.code)
            )
            return list(rows)

    def wait_for_a_lock(self) -> None:
        """Wait until somebody else waits for what a transaction here has locked (PostgreSQL)."""
        waits = text(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            with self.here.look() as session:
                if session.scalar(waits):
                    return
            time.sleep(0.02)
        raise AssertionError("nobody waits for a lock")

    def said(self, kind: AlertKind) -> list[str]:
        """What people were told, in the alerts of this kind that went out."""
        with self.here.look() as session:
            texts = session.scalars(select(Alert.said).where(Alert.kind == kind).order_by(Alert.id))
            return [text for text in texts if text]

    def send(self) -> None:
        """Let people be told of all that is due within a day."""
        later = house.now() + timedelta(days=1)
        sending.send_due(self.here.write, self.here.channels, "worker", now=lambda: later, language="en", base_url="")


@pytest.fixture
def desk(here: House) -> Desk:
    """Somebody who drops files and looks."""
    return Desk(here)
