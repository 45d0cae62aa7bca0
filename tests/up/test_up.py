"""`jumpline up` itself: the real processes, on this machine, in a folder of the test's own."""

import fcntl
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from worker import settings, up

CONFIG = Path(__file__).parents[2] / "config"


@pytest.fixture
def data() -> Iterator[Path]:
    """A short path: the broker listens on a socket in it, as it does for a person."""
    folder = Path(tempfile.mkdtemp(prefix="jl"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def running(data: Path) -> Iterator[subprocess.Popen[str]]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("JUMPLINE_")}
    environment |= {"JUMPLINE_DASHBOARD__PORT": "0", "JUMPLINE_LOCALE__LANGUAGE": "en"}
    command = [sys.executable, "-P", "-m", "worker.cli", "up", "--data", str(data), "--config", str(CONFIG)]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        yield process
        process.kill()


def greeting(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    heard = ""
    while "Ctrl-C" not in heard:
        line = process.stdout.readline()
        assert line, heard
        heard += line
    return heard


def children(data: Path) -> list[int]:
    """Every process whose command line names the folder, but for the one that was started by the test."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = entry.read_bytes().decode("utf-8", "replace")
        except OSError:
            continue
        if str(data) in command and "\0up\0" not in command:
            found.append(int(entry.parent.name))
    return found


def all_end(data: Path, seconds: float) -> bool:
    """Wait for the end of every process of this folder, those that another of them has just started included."""
    end = time.monotonic() + seconds
    while pids := children(data):
        if not all(ends(pid, end - time.monotonic()) for pid in pids):
            return False
    return True


def ends(pid: int, seconds: float) -> bool:
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], max(0, seconds))[0])
    finally:
        os.close(handle)


@pytest.mark.acceptance
def test_it_greets_within_ten_seconds_and_ctrl_c_ends_all_within_ten(
    data: Path, running: subprocess.Popen[str]
) -> None:
    began = time.monotonic()
    said = greeting(running)
    assert time.monotonic() - began < 10
    assert f"Drop files into   {data}/inbox" in said
    link = re.search(r"http://127\.0\.0\.1:\d+/\?token=\w+", said)
    assert link
    assert httpx.get(link[0], follow_redirects=True).status_code == 200
    assert len(children(data)) >= 5
    running.send_signal(signal.SIGINT)
    assert running.wait(timeout=10) == 0
    assert running.stdout
    assert running.stdout.read().splitlines()[-1] == "Ended."
    assert all_end(data, 0.5)


@pytest.mark.acceptance
def test_a_second_one_is_refused_and_the_death_of_the_first_ends_its_children(
    data: Path, running: subprocess.Popen[str]
) -> None:
    greeting(running)
    second = subprocess.run(running.args, capture_output=True, text=True, check=False)
    assert second.returncode == 1
    assert second.stderr == (
        f"jumpline: Jumpline is running in {data} already (process {running.pid}): "
        "end that one first, or give another folder with --data.\n"
    )
    running.kill()
    running.wait()
    assert all_end(data, 10)


def refusal(data: Path, **environment: str) -> str:
    with pytest.raises(up.Busy) as busy:
        up.run(settings.read(CONFIG, environment, data), CONFIG, None, lambda *_: None)
    return str(busy.value)


def test_a_port_that_is_taken_is_said_before_anything_starts(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        said = refusal(data, JUMPLINE_DASHBOARD__PORT=port)
    assert said.startswith(f"The dashboard cannot listen on 127.0.0.1:{port}: address already in use.")
    assert not (data / "jumpline.db").exists()


def test_a_folder_that_is_locked_is_refused(data: Path) -> None:
    with (data / "lock").open("w+") as lock:
        lock.write("123")
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert f"Jumpline is running in {data} already (process 123)" in refusal(data)


def test_a_folder_that_is_a_file_is_refused(data: Path) -> None:
    (data / "file").touch()
    assert refusal(data / "file") == (
        f"The folder {data}/file/logs cannot be used: Not a directory. Give another one with --data."
    )
