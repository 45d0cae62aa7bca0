"""Ingest: one delivery is read, checked and stored, in one transaction that only the holder of its lease can commit."""

import time
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy.orm import Session

from worker import archive, blobs, database, house, ledger, processes
from worker.alerts import outbox
from worker.house import House
from worker.newspaper import reader, rules
from worker.newspaper.model import Finding, Reading
from worker.steps.follow import follow
from worker.tables import AlertKind, Stage

log = structlog.get_logger()

# Faults of the house: what may well go away by itself.
TROUBLE = (OSError, MemoryError, *database.AWAY, blobs.Missing)

# People are told of an outage that has lasted for so many tries of a delivery: about seven minutes.
TELL_AFTER = 5

_NAMED_AT_MOST = 5  # files of an archive whose faults a reason names; their findings name all


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
        readings = reader.read_all(held.name, data, here.papers, max_bytes=here.settings.inbox.max_bytes)
        read_ms = _since(began)
        changed = _store(here, held, readings, read_ms)
    except LeaseLost:
        story.warning("another worker took over; nothing was stored here")
        return ()
    except TROUBLE as trouble:
        again = _put_off(here, held, trouble)
        story.warning("the house is at fault; it will be tried again", trouble=_sentence(trouble), again=str(again))
        return ()
    story.info("ingested", pages=sum(len(one.pages) for one in readings), ms=round(_since(began), 1))
    return changed


def let_go(here: House, deliveries: Sequence[int], trouble: BaseException) -> list[int]:
    """Give back what a dead task held of these deliveries, instead of waiting for its lease; gives its neighbours.

    Those had no part in it, and can be begun at once.
    """
    now = house.now()
    with here.write() as session:
        held = {
            delivery: holder
            for delivery, holder in ledger.holders(session, deliveries).items()
            if not processes.works_on(holder)
        }
        ledger.let_go(session, held, now + wait_after(1), f"Reading it failed: {_sentence(trouble)}")
        neighbours = ledger.free(session, deliveries, now)
    log.error("a task died; what it held will be tried again", deliveries=sorted(held), trouble=_sentence(trouble))
    return neighbours


def wait_after(failures: int) -> timedelta:
    """How long to wait after so many (1, 2, …) have failed: 5 s, 20 s, 80 s, at most 10 minutes."""
    return min(timedelta(seconds=5 * 4 ** min(failures - 1, 4)), timedelta(minutes=10))


def _put_off(here: House, held: ledger.Lease, trouble: BaseException) -> datetime:
    """Have this delivery tried again; gives the time. What may itself need too much memory loses an attempt by it."""
    failures = held.attempt if isinstance(trouble, MemoryError) else held.troubles + 1
    again = house.now() + wait_after(failures)
    reason = f"The house is at fault: {_sentence(trouble)}"
    with here.write() as session:
        if isinstance(trouble, MemoryError):
            ledger.let_go(session, {held.delivery: held.holder}, again, reason)
        else:
            ledger.put_off(session, held, again, reason)
        if failures == TELL_AFTER:
            waits = {held.delivery: _waits(held, here, trouble)}
            outbox.gather(session, AlertKind.PROBLEM, waits, here.terms, house.now())
            ledger.told(session, waits)
    return again


def _waits(held: ledger.Lease, here: House, trouble: BaseException) -> str:
    if here.language == "zh":
        return f"{held.name} 暂时未能入库，会自动重试：{_sentence(trouble)}"
    return f"{held.name} could not be stored yet and will be tried again by itself: {_sentence(trouble)}"


def _lease(here: House, delivery: int, worker: str) -> ledger.Lease | None:
    """The attempt is committed before the work begins: a worker that dies of it has been counted."""
    now = house.now()
    terms = here.settings.worker
    with here.write() as session:
        return ledger.lease(session, delivery, worker, now=now, until=now + terms.lease, attempts=terms.attempts)


def _store(here: House, held: ledger.Lease, readings: Sequence[Reading], read_ms: float) -> tuple[int, ...]:
    began = time.perf_counter()
    paged = [one for one in readings if one.pages]
    unread = [finding for one in readings if not one.pages for finding in one.findings]
    with here.write() as session:
        if not paged:
            return _reject(session, here, held, unread, read_ms)
        known = archive.recognise(session, held.sha256, paged, held.delivery)
        changed = known.issues if known else _file(session, here, held, paged)
        stage = Stage.DUPLICATE if known else Stage.STORED
        timings = {"read": read_ms, "store": _since(began)}
        if not ledger.end(
            session,
            held,
            stage,
            house.now(),
            reason=_same_as(known.delivery) if known else _without(unread, len(readings)),
            encoding=_listed(one.source.encoding for one in paged),
            format=_listed(one.source.archive or one.source.format for one in paged),
            duplicate_of=known.delivery if known else None,
            timings=timings,
        ):
            raise LeaseLost
        if held.trouble_told:
            mended = {held.delivery: _after_all(held, here)}
            outbox.gather(session, AlertKind.RESOLVED, mended, here.terms, house.now())
        if unread and not known:
            _tell(session, here, held, unread)
    return changed


def _file(session: Session, here: House, held: ledger.Lease, readings: Sequence[Reading]) -> tuple[int, ...]:
    found: dict[int, Sequence[Finding]] = {}
    for reading in readings:
        style = here.paper(reading.identity.code)
        if len(reading.pages) == 1:
            found[reading.pages[0].ordinal] = reading.findings
        else:
            found |= {page.ordinal: rules.check_page(page, reading.identity, style) for page in reading.pages}
    now = house.now()
    issues = archive.file(session, readings, found, held.delivery, now)
    for move in archive.withdraw_namesakes(session, held.sha256, held.delivery, _same_as(held.delivery), now):
        follow(session, here, move, now)
    return issues


def _reject(
    session: Session, here: House, held: ledger.Lease, unread: Sequence[Finding], read_ms: float
) -> tuple[int, ...]:
    """The delivery is at fault: it ends at once, and people are told."""
    reason = "; ".join(rules.message(finding, "en") for finding in unread[:_NAMED_AT_MOST])
    if not ledger.end(session, held, Stage.REJECTED, house.now(), reason=reason, timings={"read": read_ms}):
        raise LeaseLost
    _tell(session, here, held, unread)
    return ()


def _tell(session: Session, here: House, held: ledger.Lease, unread: Sequence[Finding]) -> None:
    """Say of the delivery itself what could not be read."""
    now = house.now()
    place = f"d{held.delivery}"
    change = archive.settle(session, place, unread, {"": archive.Standing(None, held.delivery)}, now)
    told = outbox.Change(None, held.delivery, change.opened, change.resolved)
    outbox.raise_for(session, told, here.terms, now)


def _without(unread: Sequence[Finding], files: int) -> str | None:
    """Which files of an archive are missing from what was stored."""
    if not unread:
        return None
    named = "; ".join(rules.message(finding, "en") for finding in unread[:_NAMED_AT_MOST])
    return f"{len(unread)} of its {files} files could not be read. {named}"


def _listed(words: Iterable[str]) -> str:
    """Each of these once, as far as the ledger has room."""
    return ", ".join(sorted({word for word in words if word}))[:32]


def _same_as(delivery: int) -> str:
    return f"The same bytes are in the archive already, by delivery d{delivery}."


def _after_all(held: ledger.Lease, here: House) -> str:
    if here.language == "zh":
        return f"{held.name} 已经入库，先前的故障已排除（d{held.delivery}）。"
    return f"{held.name} has been stored after all (d{held.delivery}): the trouble with it is over."


def _since(began: float) -> float:
    """Milliseconds."""
    return (time.perf_counter() - began) * 1000


def _sentence(trouble: BaseException) -> str:
    return f"{type(trouble).__name__}: {trouble}".splitlines()[0][:300]
