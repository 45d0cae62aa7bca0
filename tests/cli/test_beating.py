"""The heartbeat of a process."""

import threading
from typing import Any

from tests.cli.conftest import Desk
from worker import heartbeats, house
from worker.cli.beating import beating


def test_a_process_that_lives_says_so_with_what_it_knows(desk: Desk) -> None:
    asked = threading.Event()

    def detail() -> dict[str, Any]:
        asked.set()
        return {"processes": 2}

    before = house.now()
    with beating(desk.here, "worker", detail):
        assert asked.wait(5)
    with desk.here.look() as session:
        beat = heartbeats.latest(session, "worker")
    assert beat
    assert beat.detail == {"processes": 2}
    assert before <= beat.started_at <= beat.at


def test_it_ends_with_its_block(desk: Desk) -> None:
    with beating(desk.here, "beat"):
        assert "heartbeat" in [thread.name for thread in threading.enumerate()]
    assert "heartbeat" not in [thread.name for thread in threading.enumerate()]
