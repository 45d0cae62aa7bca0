"""`jumpline drop --wait`: followed to the end, with an inbox process at work beside it."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.cli.conftest import Desk, Run
from tests.conftest import FRONT_PAGE, SAMPLE
from worker import celery, heartbeats, intake, logs
from worker.cli.beating import beating
from worker.house import House
from worker.tables import Stage
from worker.views import deliveries, ids


@contextmanager
def at_work(desk: Desk) -> Iterator[None]:
    """The real inbox process, and a worker that has no need of a broker."""
    logs.start("inbox", io.StringIO())  # it would be another process, with an output of its own
    celery.prepare(desk.here.settings, desk.data)
    stop = threading.Event()
    threads = [
        threading.Thread(target=intake.run, args=(desk.here, stop)),
        threading.Thread(target=_work, args=(desk, stop)),
    ]
    with beating(desk.here, "worker"):
        for thread in threads:
            thread.start()
        _wait_for(desk.here, "inbox")
        try:
            yield
        finally:
            stop.set()
            for thread in threads:
                thread.join()


def _work(desk: Desk, stop: threading.Event) -> None:
    while not stop.wait(0.05):
        with desk.here.look() as session:
            waiting = deliveries.listed(session, stage=Stage.RECEIVED)
        for one in waiting:
            desk.work(ids.number(one.id, ids.Kind.DELIVERY))


def _wait_for(here: House, kind: str) -> None:
    ever = threading.Event()
    for _ in range(200):
        with here.look() as session:
            if heartbeats.latest(session, kind):
                return
        ever.wait(0.05)
    pytest.fail(f"no {kind} came")


def test_a_file_is_followed_to_its_end(run: Run, desk: Desk) -> None:
    with at_work(desk):
        good = run("drop", FRONT_PAGE, "--wait", "--data", desk.data)
        bad = run("drop", SAMPLE, "--wait", "--json", "--data", desk.data)
    assert (good.code, good.err) == (0, "")
    assert f"d1  stored  {FRONT_PAGE.name}" in good.out
    assert (bad.code, bad.err) == (1, "")
    assert [(one["stage"], one["findings"]["error"] > 0) for one in bad.json] == [("stored", True)]
    assert not list((desk.data / "inbox").iterdir())


def test_a_file_that_is_rejected_ends_with_one_and_why(run: Run, desk: Desk) -> None:
    empty = desk.data / "empty.md"
    empty.touch()
    with at_work(desk):
        ran = run("drop", empty, "--wait", "--data", desk.data)
    assert ran.code == 1
    assert "d1  rejected  empty.md" in ran.out
    assert "F001" in ran.out
