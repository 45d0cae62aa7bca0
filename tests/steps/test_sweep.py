"""Sweep: whatever is left undone is found, whoever left it."""

import subprocess
import sys
from datetime import timedelta

from tests.conftest import SAMPLE
from tests.steps.conftest import Desk
from worker import house, ledger, processes, steps
from worker.tables import AlertKind, Stage

DAY = timedelta(days=1)


def dead_process() -> str:
    """The name of a process of this host that has ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as child:
        child.wait()
        return f"{processes.me().rpartition(':')[0]}:{child.pid}"


def test_what_a_worker_held_that_was_killed_as_a_whole_is_announced_again(desk: Desk) -> None:
    held, elsewhere = (desk.record(SAMPLE.name, SAMPLE.read_bytes()) for _ in range(2))
    now = house.now()
    with desk.here.write() as session:
        ledger.lease(session, held, dead_process(), now=now, until=now + DAY, attempts=3)
        ledger.lease(session, elsewhere, "another-host:1", now=now, until=now + DAY, attempts=3)
    assert steps.sweep(desk.here, now).deliveries == (held,)


def test_errors_that_still_stand_are_told_again_in_time(desk: Desk) -> None:
    desk.drop("scan.txt", SAMPLE.read_bytes())
    desk.send()
    told = desk.told(AlertKind.PROBLEM)
    steps.sweep(desk.here, house.now() + 3 * DAY)
    again = desk.told(AlertKind.PROBLEM)
    assert again.count("C001") == 2 * told.count("C001") > 0
    steps.sweep(desk.here, house.now() + 3 * DAY)
    assert desk.told(AlertKind.PROBLEM) == again


def test_what_failed_and_is_stored_after_all_is_withdrawn(desk: Desk) -> None:
    delivery = desk.record(SAMPLE.name, SAMPLE.read_bytes())
    for _ in range(3):  # three processes die at it, one after another
        now = house.now()
        with desk.here.write() as session:
            ledger.lease(session, delivery, dead_process(), now=now, until=now, attempts=3)
    steps.sweep(desk.here, house.now())
    assert desk.delivery(delivery).stage == Stage.FAILED
    desk.send()
    with desk.here.write() as session:
        ledger.try_again(session, [delivery])
    desk.work(delivery)
    desk.send()
    assert desk.said(AlertKind.PROBLEM)[0].startswith(f"{SAMPLE.name} could not be stored.")
    assert desk.said(AlertKind.RESOLVED) == [
        f"{SAMPLE.name} has been stored after all (d{delivery}): the trouble with it is over."
    ]
