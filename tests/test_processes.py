"""Whether the holder of a lease can still be at work."""

import os
import subprocess
import sys

from worker import processes


def test_a_process_that_asks_has_ended_its_own_work() -> None:
    assert not processes.works_on(f"{processes.me()}/abc")


def test_another_living_process_of_this_host_is_at_work() -> None:
    host = processes.me().rpartition(":")[0]
    assert processes.works_on(f"{host}:{os.getppid()}/abc")


def test_a_dead_process_is_not_at_work() -> None:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    host = processes.me().rpartition(":")[0]
    assert not processes.works_on(f"{host}:{child.pid}/abc")


def test_of_another_host_nothing_is_known_so_it_is_left_at_work() -> None:
    assert processes.works_on("elsewhere:1/abc")
