"""The heartbeat of a process: a thread that says every few seconds that the process lives."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from sqlalchemy.exc import OperationalError

from worker import heartbeats, house
from worker.house import House

log = structlog.get_logger()

# Seconds from one beat to the next.
EVERY = 5.0


@contextmanager
def beating(here: House, kind: str, detail: Callable[[], dict[str, Any]] = dict) -> Iterator[None]:
    """Beat until the end of the block. A database that is away is said once, and tried again."""
    ended = threading.Event()
    started_at = house.now()

    def beat() -> None:
        away = False
        while not ended.is_set():
            try:
                with here.write() as session:
                    heartbeats.beat(session, kind, started_at, house.now(), detail())
                away = False
            except OperationalError as wrong:
                if not away:
                    log.warning("the database is away; no heartbeat was written", trouble=str(wrong.orig))
                away = True
            # No connection is kept: a worker forks, and its children must not inherit one.
            here.engine.dispose()
            ended.wait(EVERY)

    thread = threading.Thread(target=beat, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(timeout=EVERY)
