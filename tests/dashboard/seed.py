"""A house with something of everything in it, made by the real steps from the sample pages."""

import io
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import select, update

from tests.conftest import FRONT_PAGE, SAMPLE
from worker import heartbeats, house, ledger, steps
from worker.house import House
from worker.tables import Alert, AlertState, Delivery, Issue, Notification, Stage

HOSTILE = "<script>alert(1)</script>\u202e.xyz"


@dataclass(frozen=True, slots=True)
class Seeded:
    """Numbers of what is there: deliveries by what became of them, issues by what they are."""

    stored: int
    front: int
    lonely: int
    provisional: int
    rejected: int
    failed: int
    received: int
    joined_issue: int
    lonely_issue: int
    provisional_issue: int


def drop(here: House, name: str, data: bytes, *, work: bool = True) -> int:
    """A file that came; worked on to its end unless told otherwise."""
    kept = here.blobs.keep(io.BytesIO(data))
    arrival = ledger.Arrival(uuid4().hex, "/in", name, name.encode(), kept.sha256, kept.bytes)
    with here.write() as session:
        number = ledger.record(session, [arrival], house.now())[0]
    if work:
        steps.ingest(here, number, "worker")
        for issue in steps.sweep(here, house.now()).issues:
            steps.assemble(here, issue)
    return number


def seed(here: House) -> Seeded:
    """Fill the house: a joined issue, one whose front page never came, a page nobody can tell, and every stage."""
    sample = SAMPLE.read_bytes()
    lonely = drop(here, SAMPLE.name.replace("08-15", "08-16"), sample.replace("近日".encode(), "日前".encode()))
    _let_time_pass(here)
    stored = drop(here, SAMPLE.name, sample)
    front = drop(here, FRONT_PAGE.name, FRONT_PAGE.read_bytes())
    provisional = drop(here, "000_52dbe719001a33ae.txt", sample.replace("近日".encode(), "昨天".encode()))
    rejected = drop(here, HOSTILE, bytes(range(256)))
    failed = drop(here, "焦作日报-2022-08-17-A03.md", sample + b"\n\nfailed", work=False)
    received = drop(here, "焦作日报-2022-08-18-A01.md", sample + b"\n\nreceived", work=False)
    with here.write() as session:
        session.execute(
            update(Delivery)
            .where(Delivery.id == failed)
            .values(
                stage=Stage.FAILED,
                attempts=3,
                ended_at=house.now(),
                reason="The house is at fault: No space left on device. It gave up after 3 attempts.",
            )
        )
        session.execute(
            update(Delivery).where(Delivery.id == received).values(next_try_at=house.now() + timedelta(hours=1))
        )
        detail = {
            "inboxes": ["/a/folder/inbox"],
            "observer": ["native"],
            "waiting": 2,
            "oldest_seconds": 1.4,
            "ignored": 3,
            "ignored_why": {"symbolic link": 2, "named pipe": 1},
            "ignored_names": ["A03.md", "A04.md", "pipe"],
            "outstanding": 1,
            "trouble": [],
        }
        for kind in ("inbox", "worker"):
            heartbeats.beat(session, kind, house.now() - timedelta(hours=2), house.now(), detail)
        alert = session.scalars(select(Alert).order_by(Alert.id)).first()
        assert alert is not None
        for minutes, is_ok, error in ((2, False, "502 from example.test"), (1, True, None)):
            session.add(
                Notification(
                    alert_id=alert.id,
                    channel="webhook",
                    at=house.now() - timedelta(minutes=minutes),
                    ok=is_ok,
                    error=error,
                    again=not is_ok,
                )
            )
        alert.state, alert.ended_at = AlertState.SENT, house.now()
        issues = dict(session.execute(select(Issue.key, Issue.id)).all())
    return Seeded(
        stored=stored,
        front=front,
        lonely=lonely,
        provisional=provisional,
        rejected=rejected,
        failed=failed,
        received=received,
        joined_issue=issues["jiaozuo-daily/2022-08-15/"],
        lonely_issue=issues["jiaozuo-daily/2022-08-16/"],
        provisional_issue=next(number for key, number in issues.items() if key.startswith("delivery/")),
    )


def _let_time_pass(here: House) -> None:
    for issue in steps.sweep(here, house.now() + timedelta(hours=1)).issues:
        steps.assemble(here, issue)
