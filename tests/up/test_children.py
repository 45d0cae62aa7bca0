"""The children: small real processes that die, stay, and refuse to end."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from worker.up import children
from worker.up.children import Child, Family
from worker.up.wish import Wish

STAYS = "import time; print('here', flush=True); time.sleep(60)"
REFUSES = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('here', flush=True); time.sleep(60)"
)


@dataclass
class Ear:
    """Remembers what was told."""

    lines: list[tuple[str, str]] = field(default_factory=list)
    deaths: list[tuple[str, int, str, float]] = field(default_factory=list)

    def said(self, child: str, line: str) -> None:
        self.lines.append((child, line))

    def died(self, child: str, status: int, last: str, wait: float) -> None:
        self.deaths.append((child, status, last, wait))


def kept(folder: Path, ear: Ear, scripts: dict[str, str], until: Callable[[Family], bool], within: float = 5) -> float:
    """Keep these children until the condition holds; gives how long their end took, in seconds."""
    wish = Wish()
    with wish.heard() as awake:
        family = Family(ear, wish, awake)
        for name, script in scripts.items():
            family.start(Child(name, [sys.executable, "-c", script], folder / f"{name}.log"))

        def look() -> None:
            if until(family):
                os.kill(os.getpid(), signal.SIGTERM)

        family.keep(look, every=0.02)
        began = time.monotonic()
        family.end(within)
    return time.monotonic() - began


def ends(pid: int) -> bool:
    """Wait until a process that is not our child has ended."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], 5)[0])
    finally:
        os.close(handle)


def test_what_a_child_says_is_heard_and_kept(tmp_path: Path) -> None:
    ear = Ear()
    kept(tmp_path, ear, {"a": STAYS}, lambda _: bool(ear.lines))
    assert ear.lines == [("a", "here")]
    assert (tmp_path / "a.log").read_text() == "here\n"


def test_a_child_that_dies_is_said_with_its_last_words_and_started_again(tmp_path: Path) -> None:
    ear = Ear()
    script = "import sys; print('port 8600 is taken', file=sys.stderr); sys.exit(3)"
    kept(tmp_path, ear, {"a": script}, lambda _: len(ear.deaths) == 2)
    assert ear.deaths == [("a", 3, "port 8600 is taken", 1.0), ("a", 3, "port 8600 is taken", 2.0)]


def test_a_child_that_is_killed_is_started_again(tmp_path: Path) -> None:
    ear = Ear()

    def killed_once(family: Family) -> bool:
        process = family.children[0].process
        if len(ear.lines) == 1 and process and not ear.deaths:
            process.kill()
        return len(ear.lines) == 2

    kept(tmp_path, ear, {"a": STAYS}, killed_once)
    assert [death[:2] for death in ear.deaths] == [("a", -signal.SIGKILL)]


def test_the_first_child_ends_last(tmp_path: Path) -> None:
    order = tmp_path / "order"
    ends = (
        "import signal, sys, time, pathlib\n"
        "def end(*_):\n"
        "    with open({order!r}, 'a') as file: file.write({name!r})\n"
        "    sys.exit()\n"
        "signal.signal(signal.SIGTERM, end)\n"
        "print('here', flush=True)\n"
        "time.sleep(60)\n"
    )
    ear = Ear()
    scripts = {name: ends.format(order=str(order), name=name) for name in ("a", "b")}
    kept(tmp_path, ear, scripts, lambda _: len(ear.lines) == 2)
    assert order.read_text() == "ba"


def test_a_child_that_refuses_to_end_is_killed_in_time(tmp_path: Path) -> None:
    ear = Ear()
    pids: list[int] = []

    def started(family: Family) -> bool:
        pids[:] = [child.process.pid for child in family.children if child.process]
        return len(ear.lines) == 2

    assert kept(tmp_path, ear, {"broker": STAYS, "a": REFUSES}, started, within=1) < 1.5
    assert all(map(ends, pids))


def test_what_a_child_left_behind_ends_with_it(tmp_path: Path) -> None:
    ear = Ear()
    script = (
        "import subprocess, sys, time\n"
        f"child = subprocess.Popen([sys.executable, '-c', {STAYS!r}], stdout=subprocess.DEVNULL)\n"
        "print(child.pid, flush=True)\n"
    )
    kept(tmp_path, ear, {"a": script}, lambda _: bool(ear.deaths))
    assert ends(int(ear.lines[0][1]))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of their parent's death")
def test_a_child_dies_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    parent = (
        "import os, subprocess, sys, time\n"
        f"subprocess.Popen([sys.executable, {str(children.TETHER)!r}, str(os.getpid()),"
        f" sys.executable, '-c', \"import os, time; print(os.getpid(), flush=True); time.sleep(60)\"])\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        child = int(process.stdout.readline())
        process.kill()
        assert process.stdout.read() == ""  # the end of the pipe: the child held its other end
    assert ends(child)


def test_a_child_whose_parent_has_died_already_does_not_begin() -> None:
    began = subprocess.run(
        [sys.executable, children.TETHER, "1", sys.executable, "-c", "print('here')"], capture_output=True, check=True
    )
    assert began.stdout == b""
