"""The embedded broker: the real server, started in a folder of the test's own."""

import os
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from kombu import Connection

from worker import broker


@contextmanager
def running(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(broker.command(folder), stdout=subprocess.DEVNULL) as server:
        try:
            broker.wait(folder, server)
            yield server
        finally:
            server.kill()


@pytest.fixture
def short() -> Iterator[Path]:
    """pytest's own folders are long already; a person's is not."""
    folder = Path(tempfile.mkdtemp(prefix="jl"))
    yield folder
    shutil.rmtree(folder)


def passed_through(url: str, word: str) -> object:
    with Connection(url) as connection, connection.SimpleQueue("test") as queue:
        queue.put(word)
        message = queue.get(timeout=5)
        message.ack()
        return message.payload


def test_a_message_goes_through_its_socket(short: Path) -> None:
    with running(short / "broker"):
        assert passed_through(broker.url(short / "broker"), "本报讯") == "本报讯"


def test_a_folder_with_spaces_and_chinese_in_its_name_is_as_good_as_any(short: Path) -> None:
    folder = short / '报纸 50% "A" #1' / "broker"
    with running(folder):
        assert broker.answers(folder)
        assert passed_through(broker.url(folder), "x") == "x"


def test_only_its_owner_reaches_the_socket(short: Path) -> None:
    with running(short / "broker"):
        assert stat.S_IMODE((short / "broker").stat().st_mode) == 0o700
        assert stat.S_IMODE((short / "broker" / "socket").stat().st_mode) == 0o700


def test_a_path_too_long_for_a_socket_gets_a_port_and_a_password(short: Path) -> None:
    folder = short / ("x" * 120) / "broker"
    with running(folder):
        address = urlsplit(broker.url(folder))
        assert (address.scheme, address.hostname, len(address.password or "")) == ("redis", "127.0.0.1", 32)
        assert passed_through(broker.url(folder), "x") == "x"
        assert stat.S_IMODE((folder / "url").stat().st_mode) == 0o600


def test_the_password_is_not_on_the_command_line(short: Path) -> None:
    folder = short / ("x" * 120) / "broker"
    password = urlsplit(broker.url(folder)).password
    assert password
    assert password not in " ".join(broker.command(folder))
    assert stat.S_IMODE((folder / "broker.conf").stat().st_mode) == 0o600


def test_a_port_that_was_taken_meanwhile_is_given_up(short: Path) -> None:
    folder = short / ("x" * 120) / "broker"
    with running(folder):
        before = broker.url(folder)
        broker.command(folder)  # as another `up` would, while somebody sits on the port
        assert broker.url(folder) != before


def test_what_is_queued_survives_the_servers_death(short: Path) -> None:
    folder = short / "broker"
    with running(folder) as server, Connection(broker.url(folder)) as connection:
        with connection.SimpleQueue("test") as queue:
            queue.put("kept")
        server.kill()
    with running(folder), Connection(broker.url(folder)) as connection, connection.SimpleQueue("test") as queue:
        assert queue.get(timeout=5).payload == "kept"


def test_nothing_is_thrown_away_to_make_room(short: Path) -> None:
    broker.command(short)
    assert "maxmemory-policy noeviction\n" in (short / "broker.conf").read_text("utf-8")


def test_a_server_that_ends_at_once_is_said_to_be_silent(short: Path) -> None:
    with subprocess.Popen(["false"]) as server, pytest.raises(broker.Silent, match="ended at once with status 1"):
        broker.wait(short, server)


def test_a_folder_without_a_server_does_not_answer(short: Path) -> None:
    assert not broker.answers(short)


def test_a_locale_that_the_machine_does_not_have_is_no_obstacle(short: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LANG", "LC_ALL", "LC_COLLATE"):
        monkeypatch.setenv(name, "xx_YY.UTF-8")
    with running(short):
        assert broker.answers(short)


def test_a_server_on_path_is_preferred(short: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = short / "redis-server"
    server.write_text("#!/bin/sh\n")
    server.chmod(0o755)
    monkeypatch.setenv("PATH", os.pathsep.join((str(short), os.environ["PATH"])))
    assert str(server) in broker.command(short / "broker")
