"""Sweep: whatever the tables say is left undone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from worker import archive, heartbeats, ledger, processes
from worker.alerts import outbox, reminders
from worker.house import House
from worker.tables import AlertKind, Delivery

log = structlog.get_logger()

# Processes that have been silent for so long are no longer shown.
GONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Left:
    """What is to be done: deliveries to announce, issues to assemble, whether alerts are due."""

    deliveries: tuple[int, ...]
    issues: tuple[int, ...]
    alerts: bool


def sweep(here: House, now: datetime) -> Left:
    """Close issues, end what has had all its attempts, repeat alerts; gives what the workers must be told of."""
    worker = here.settings.worker
    with here.write() as session:
        # The children of a worker that was killed as a whole have no parent to tell of their death.
        dead = {delivery: by for delivery, by in ledger.holders(session).items() if not processes.works_on(by)}
        ledger.let_go(session, dead, now, "Its worker died at it.")
        failures = {}
        for delivery in ledger.give_up(session, now, worker.attempts):
            log.error("failed", delivery=delivery.id, name=delivery.name, reason=delivery.reason)
            failures[delivery.id] = _failed(delivery, here)
        for issue, seen in archive.closable(session, now, here.settings.issues.settle_after, here.settle_after):
            if archive.close(session, issue, now, seen=seen):
                log.info("closed", issue=issue)
        outbox.gather(session, AlertKind.PROBLEM, failures, here.terms, now)
        ledger.told(session, failures)
        reminders.repeats(session, here.terms, now)
        heartbeats.forget(session, now - GONE)
        return Left(
            deliveries=tuple(ledger.undone(session, now)),
            issues=tuple(archive.pending(session)),
            alerts=bool(outbox.due(session, now)),
        )


def _failed(delivery: Delivery, here: House) -> str:
    again = f"jumpline retry d{delivery.id}"
    if here.language == "zh":
        return f"{delivery.name} 未能入库。{delivery.reason} 原因排除后可重试：{again}"
    return f"{delivery.name} could not be stored. {delivery.reason} When the cause is mended: {again}"
