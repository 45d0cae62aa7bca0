"""The ledger of deliveries: what came, who works on it, how it ended. Nothing here commits."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import ColumnElement, and_, exists, insert, or_, select, update
from sqlalchemy.orm import Session, aliased

from worker.tables import Delivery, Issue, Page, Stage

# A delivery that was announced and not begun is announced again after so long: the broker may have lost it.
ANNOUNCE_AGAIN = timedelta(seconds=30)

# A house that was at fault so often, which takes it about a day, is not waited for any longer.
TROUBLES = 150

# A report waits for its issue to be assembled, but not for ever.
REPORT_WAITS = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file whose bytes are safe, to be recorded. `name` is printable, `raw_name` what the file system says."""

    claim: str
    inbox: str
    name: str
    raw_name: bytes
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to work on one delivery until its time runs out; `holder` is new for each lease."""

    delivery: int
    holder: str
    attempt: int
    troubles: int
    trouble_told: bool
    name: str
    sha256: str
    bytes: int


def record(session: Session, arrivals: Sequence[Arrival], now: datetime) -> list[int]:
    """Enter these files as received; gives their ids in the same order. A claim entered before keeps its id."""
    before = known(session, [arrival.claim for arrival in arrivals])
    new = [
        {
            "claim": arrival.claim,
            "inbox": arrival.inbox,
            "name": arrival.name,
            "raw_name": arrival.raw_name,
            "sha256": arrival.sha256,
            "bytes": arrival.bytes,
            "stage": Stage.RECEIVED,
            "attempts": 0,
            "troubles": 0,
            "received_at": now,
            "timings": {},
            "trouble_told": False,
        }
        for arrival in arrivals
        if arrival.claim not in before
    ]
    if new:
        session.execute(insert(Delivery), new)
    after = known(session, [arrival.claim for arrival in arrivals])
    return [after[arrival.claim].id for arrival in arrivals]


def known(session: Session, claims: Sequence[str]) -> dict[str, Delivery]:
    """Give what the ledger knows of these claims."""
    rows = session.scalars(select(Delivery).where(Delivery.claim.in_(claims)))
    return {row.claim: row for row in rows}


def announced(session: Session, ids: Sequence[int], now: datetime) -> None:
    """Note that the workers have been told of these deliveries."""
    session.execute(update(Delivery).where(Delivery.id.in_(ids)).values(announced_at=now))


def _free(now: datetime) -> ColumnElement[bool]:
    """Nobody works on it, and it is not to be left alone for a while after a fault of the house."""
    return and_(
        Delivery.stage == Stage.RECEIVED,
        or_(Delivery.lease_until.is_(None), Delivery.lease_until <= now),
        or_(Delivery.next_try_at.is_(None), Delivery.next_try_at <= now),
    )


def lease(
    session: Session, delivery: int, worker: str, *, now: datetime, until: datetime, attempts: int
) -> Lease | None:
    """Take this delivery for one worker and count the attempt; None when another process got there first.

    A delivery that has had all its `attempts` is not given out: it is for `give_up` to end it.
    """
    holder = f"{worker}/{uuid4().hex[:12]}"
    row = session.execute(
        update(Delivery)
        .where(Delivery.id == delivery, _free(now), Delivery.attempts < attempts, Delivery.troubles < TROUBLES)
        .values(leased_by=holder, lease_until=until, began_at=now, attempts=Delivery.attempts + 1, next_try_at=None)
        .returning(
            Delivery.attempts,
            Delivery.troubles,
            Delivery.trouble_told,
            Delivery.name,
            Delivery.sha256,
            Delivery.bytes,
        )
    ).one_or_none()
    return None if row is None else Lease(delivery, holder, *row)


def end(
    session: Session,
    held: Lease,
    stage: Stage,
    now: datetime,
    *,
    reason: str | None = None,
    encoding: str | None = None,
    format: str | None = None,  # noqa: A002 (it is the column's name)
    duplicate_of: int | None = None,
    timings: Mapping[str, float] | None = None,
) -> bool:
    """End this delivery; False when the lease has been lost, and then nothing of this transaction may stand."""
    row = session.execute(
        update(Delivery)
        .where(Delivery.id == held.delivery, Delivery.leased_by == held.holder, Delivery.stage == Stage.RECEIVED)
        .values(
            stage=stage,
            reason=reason,
            encoding=encoding,
            format=format,
            duplicate_of=duplicate_of,
            timings=dict(timings or {}),
            ended_at=now,
            leased_by=None,
            lease_until=None,
            trouble_told=False,
        )
        .returning(Delivery.id)
    ).one_or_none()
    return row is not None


def told(session: Session, ids: Collection[int]) -> None:
    """Note that people know of the trouble with these deliveries, and must hear of its end."""
    session.execute(update(Delivery).where(Delivery.id.in_(ids)).values(trouble_told=True))


def put_off(session: Session, held: Lease, until: datetime, reason: str) -> None:
    """Give this delivery back until then: the house is at fault, and the try is not counted."""
    session.execute(
        update(Delivery)
        .where(Delivery.id == held.delivery, Delivery.leased_by == held.holder)
        .values(
            attempts=Delivery.attempts - 1,
            troubles=Delivery.troubles + 1,
            leased_by=None,
            lease_until=None,
            next_try_at=until,
            reason=reason,
        )
    )


def holders(session: Session, deliveries: Sequence[int] | None = None) -> dict[int, str]:
    """Give who holds a lease on these deliveries (on any, if left out), run out or not."""
    held = select(Delivery.id, Delivery.leased_by).where(
        Delivery.stage == Stage.RECEIVED, Delivery.leased_by.is_not(None)
    )
    if deliveries is not None:
        held = held.where(Delivery.id.in_(deliveries))
    return {row.id: row.leased_by for row in session.execute(held)}


def let_go(session: Session, held: Mapping[int, str], until: datetime, reason: str) -> None:
    """Take these leases back from their holders, who are gone; nothing is tried again before `until`."""
    for delivery, holder in held.items():
        session.execute(
            update(Delivery)
            .where(Delivery.id == delivery, Delivery.leased_by == holder)
            .values(leased_by=None, lease_until=None, next_try_at=until, announced_at=None, reason=reason)
        )


def free(session: Session, deliveries: Sequence[int], now: datetime) -> list[int]:
    """Give those of these deliveries that can be begun now."""
    return list(session.scalars(select(Delivery.id).where(Delivery.id.in_(deliveries), _free(now))))


def undone(session: Session, now: datetime, limit: int = 1000) -> list[int]:
    """Give deliveries that nobody works on and that were not announced lately, oldest first."""
    quiet = or_(Delivery.announced_at.is_(None), Delivery.announced_at <= now - ANNOUNCE_AGAIN)
    return list(session.scalars(select(Delivery.id).where(_free(now), quiet).order_by(Delivery.id).limit(limit)))


def give_up(session: Session, now: datetime, attempts: int) -> list[Delivery]:
    """End as failed what has had all its attempts, or has waited too long for the house; gives the rows."""
    had_all = or_(Delivery.attempts >= attempts, Delivery.troubles >= TROUBLES)
    rows = list(session.scalars(select(Delivery).where(_free(now), had_all).with_for_update()))
    for row in rows:
        row.stage = Stage.FAILED
        row.ended_at = now
        row.leased_by = row.lease_until = row.next_try_at = None
        row.reason = row.reason or "Its worker was lost each time: reading it may take too much time or memory."
    session.flush()
    return rows


def try_again(session: Session, ids: Sequence[int]) -> list[int]:
    """Make failed deliveries received once more; gives those that were failed."""
    rows = session.execute(
        update(Delivery)
        .where(Delivery.id.in_(ids), Delivery.stage == Stage.FAILED)
        .values(
            stage=Stage.RECEIVED,
            attempts=0,
            troubles=0,
            reason=None,
            ended_at=None,
            handed_back_at=None,
            announced_at=None,
            next_try_at=None,
        )
        .returning(Delivery.id)
    )
    return list(rows.scalars())


def failed(session: Session) -> list[int]:
    """Give all that are failed, oldest first."""
    return list(session.scalars(select(Delivery.id).where(Delivery.stage == Stage.FAILED).order_by(Delivery.id)))


def to_hand_back(session: Session, inbox: str, now: datetime, limit: int = 200) -> list[Delivery]:
    """Give what has ended in this inbox and is not handed back yet, once its issue is assembled (for the report)."""
    page = aliased(Page)
    waiting = exists().where(
        page.delivery_id == Delivery.id, page.issue_id == Issue.id, Issue.assembled < Issue.changed
    )
    return list(
        session.scalars(
            select(Delivery)
            .where(
                Delivery.inbox == inbox,
                Delivery.handed_back_at.is_(None),
                Delivery.ended_at.is_not(None),
                or_(~waiting, Delivery.ended_at <= now - REPORT_WAITS),
            )
            .order_by(Delivery.ended_at)
            .limit(limit)
        )
    )


def handed_back(session: Session, seen: Delivery, place: bytes | None, now: datetime) -> bool:
    """Note where this delivery's file lies now, None for a file that was gone; False when it has not ended as `seen`.

    It may have been withdrawn or tried again while its file was moved: then it is handed back once more.
    """
    row = session.execute(
        update(Delivery)
        .where(Delivery.id == seen.id, Delivery.ended_at == seen.ended_at, Delivery.stage == seen.stage)
        .values(handed_back_at=now, handed_to=place)
        .returning(Delivery.id)
    ).one_or_none()
    return row is not None
