"""The heartbeat of a process: a thread that says every few seconds that the process lives."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import structlog

from worker import database, heartbeats, house
from worker.house import House

log = structlog.get_logger()

# Seconds from one beat to the next.
EVERY = 5.0

# A worker forks. While this thread is inside the database nobody may: a child would inherit locks that nobody opens
# again, and a connection that is not its own.
_AT_WORK = threading.Lock()
os.register_at_fork(before=_AT_WORK.acquire, after_in_parent=_AT_WORK.release, after_in_child=_AT_WORK.release)


@contextmanager
def beating(here: House, kind: str, detail: Callable[[], dict[str, Any]] = dict) -> Iterator[None]:
    """Beat until the end of the block. A database that is away is said once, and tried again."""
    ended = threading.Event()
    started_at = house.now()

    def beat() -> None:
        away = False
        while not ended.is_set():
            with _AT_WORK:
                try:
                    with here.write() as session:
                        heartbeats.beat(session, kind, started_at, house.now(), detail())
                    away = False
                except database.AWAY as wrong:
                    if not away:
                        log.warning("the database is away; no heartbeat was written", trouble=str(wrong.orig))
                    away = True
                here.engine.dispose()  # no connection is kept for a child to inherit
            ended.wait(EVERY)

    thread = threading.Thread(target=beat, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(timeout=EVERY)
