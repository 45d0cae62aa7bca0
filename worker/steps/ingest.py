"""Ingest: one delivery is read, checked and stored, in one transaction that only the holder of its lease can commit."""

import time
from collections.abc import Sequence
from datetime import timedelta

import structlog
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from worker import archive, blobs, house, ledger, processes
from worker.alerts import outbox
from worker.house import House
from worker.newspaper import reader, rules
from worker.newspaper.model import Reading
from worker.tables import Stage

log = structlog.get_logger()

# Faults of the house: what may well go away by itself.
TROUBLE = (OSError, MemoryError, OperationalError, blobs.Missing)


class LeaseLost(Exception):
    """Another worker holds this delivery now: what was done here must not be stored."""


def ingest(here: House, delivery: int, worker: str) -> tuple[int, ...]:
    """Take this delivery as far as it goes; gives the issues that have changed by it.

    Nothing happens when another worker holds it, or when it has ended already.
    """
    held = _lease(here, delivery, worker)
    if held is None:
        return ()
    story = log.bind(delivery=delivery, name=held.name, attempt=held.attempt)
    try:
        began = time.perf_counter()
        data = here.blobs.read(held.sha256)
        reading = reader.read(held.name, data, here.papers, max_bytes=here.settings.inbox.max_bytes)
        read_ms = _since(began)
        changed = _store(here, held, reading, read_ms)
    except LeaseLost:
        story.warning("another worker took over; nothing was stored here")
        return ()
    except TROUBLE as trouble:
        again = house.now() + wait_before(held.attempt + 1)
        with here.write() as session:
            ledger.put_off(session, held, again, f"The house is at fault: {_sentence(trouble)}")
        story.warning("the house is at fault; it will be tried again", trouble=_sentence(trouble), again=str(again))
        return ()
    story.info("ingested", pages=len(reading.pages), ms=round(_since(began), 1))
    return changed


def let_go(here: House, deliveries: Sequence[int], trouble: BaseException) -> list[int]:
    """Give back what a dead task held of these deliveries, instead of waiting for its lease; gives what it was."""
    with here.write() as session:
        held = {
            delivery: holder
            for delivery, holder in ledger.holders(session, deliveries).items()
            if not processes.works_on(holder)
        }
        ledger.let_go(session, held, house.now() + wait_before(2), f"Reading it failed: {_sentence(trouble)}")
    log.error("a task died; its deliveries will be tried again", deliveries=sorted(held), trouble=_sentence(trouble))
    return sorted(held)


def wait_before(attempt: int) -> timedelta:
    """How long to wait before this attempt (2, 3, …): 5 s, 20 s, 80 s, at most 10 minutes."""
    return min(timedelta(seconds=5 * 4 ** (attempt - 2)), timedelta(minutes=10))


def _lease(here: House, delivery: int, worker: str) -> ledger.Lease | None:
    """The attempt is committed before the work begins: a worker that dies of it has been counted."""
    now = house.now()
    terms = here.settings.worker
    with here.write() as session:
        return ledger.lease(session, delivery, worker, now=now, until=now + terms.lease, attempts=terms.attempts)


def _store(here: House, held: ledger.Lease, reading: Reading, read_ms: float) -> tuple[int, ...]:
    began = time.perf_counter()
    with here.write() as session:
        if not reading.pages:
            return _reject(session, here, held, reading, read_ms)
        if known := archive.already(session, reading, held.delivery):
            changed, stage, reason, original = known.issues, Stage.DUPLICATE, _same_as(known.delivery), known.delivery
        else:
            changed = _file(session, here, held, reading)
            stage, reason, original = Stage.STORED, None, None
        timings = {"read": read_ms, "store": _since(began)}
        if not ledger.end(
            session,
            held,
            stage,
            house.now(),
            reason=reason,
            encoding=reading.source.encoding,
            format=reading.source.format,
            duplicate_of=original,
            timings=timings,
        ):
            raise LeaseLost
    return changed


def _file(session: Session, here: House, held: ledger.Lease, reading: Reading) -> tuple[int, ...]:
    style = here.paper(reading.identity.code)
    if len(reading.pages) == 1:
        found = {reading.pages[0].ordinal: reading.findings}
    else:
        found = {page.ordinal: rules.check_page(page, reading.identity, style) for page in reading.pages}
    filed = archive.file(session, reading, found, held.delivery, house.now())
    if reading.identity.missing:
        return filed.issues
    return filed.issues + archive.withdraw_namesakes(session, held.sha256, held.delivery)


def _reject(session: Session, here: House, held: ledger.Lease, reading: Reading, read_ms: float) -> tuple[int, ...]:
    """The delivery is at fault: it ends at once, and people are told."""
    now = house.now()
    reason = "; ".join(rules.message(finding, "en") for finding in reading.findings)
    if not ledger.end(session, held, Stage.REJECTED, now, reason=reason, timings={"read": read_ms}):
        raise LeaseLost
    place = f"d{held.delivery}"
    change = archive.settle(session, place, reading.findings, {"": archive.Standing(None, held.delivery)}, now)
    told = outbox.Change(place, None, held.delivery, change.opened, change.resolved)
    outbox.raise_for(session, told, here.terms, now)
    return ()


def _same_as(delivery: int) -> str:
    return f"The same bytes are in the archive already, by delivery d{delivery}."


def _since(began: float) -> float:
    """Milliseconds."""
    return (time.perf_counter() - began) * 1000


def _sentence(trouble: BaseException) -> str:
    return f"{type(trouble).__name__}: {trouble}".splitlines()[0][:300]
