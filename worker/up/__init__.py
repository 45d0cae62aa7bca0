"""Everything on this machine: broker, worker, beat, inbox and dashboard, started together and kept alive."""

import fcntl
import os
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from worker import broker, database
from worker.settings import Settings, spoken
from worker.up import greeting, remaining
from worker.up.children import Child, Family
from worker.up.telling import KINDS, Teller, log_file
from worker.up.wish import Wish

# Ctrl-C is over within so many seconds.
END_WITHIN = 9.0


class Busy(Exception):
    """Another `jumpline up` works in this data folder, or the folder cannot be used."""


def run(settings: Settings, config_dir: Path, drop_sample: str | None, say: Callable[[str, str], None]) -> None:
    """Keep everything running until a signal asks for the end; raises Busy, broker.Absent and broker.Silent.

    `drop_sample` is the command that drops a file to try; `say` takes a text for the terminal and its style.
    """
    wish = Wish()
    with _alone(settings), wish.heard() as ear:
        _find_port_free(settings)
        since = datetime.now(UTC)
        engine = database.connect(settings.database_url)
        teller = Teller(settings, engine, since, drop_sample, say)
        family = Family(teller, wish, ear)
        try:
            if not settings.broker.url.get_secret_value():
                _start_broker(family, settings)
            database.migrate(engine)
            for kind in KINDS:
                family.start(Child(kind, _command(kind, settings, config_dir), log_file(settings.data_dir, kind)))
            family.keep(teller.look)
            say(greeting.ending(spoken(settings)), "")
        finally:
            family.end(END_WITHIN)
            engine.dispose()
        say(greeting.ended(spoken(settings), remaining.count(settings)), "")


def _find_port_free(settings: Settings) -> None:
    """Somebody else's program on the dashboard's port is better said before anything starts."""
    shown = settings.dashboard
    try:
        family, _, _, _, address = socket.getaddrinfo(shown.host, shown.port, type=socket.SOCK_STREAM)[0]
        socket.create_server(address[:2], family=family).close()
    except OSError as wrong:
        raise Busy(
            f"The dashboard cannot listen on {shown.host}:{shown.port}: {_reason(wrong)}. "
            "End what uses that port, or set another dashboard.port (0 takes any free one): "
            "JUMPLINE_DASHBOARD__PORT=0 make run"
        ) from None


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """Hold the data folder's lock; the kernel lets go of it when we die, however we die."""
    folder = settings.data_dir
    try:
        for needed in (folder / "logs", *settings.inboxes, settings.blobs_dir):
            needed.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as wrong:
        raise Busy(
            f"The folder {wrong.filename} cannot be used: {wrong.strerror}. Give another one with --data."
        ) from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.read(lock, 20).decode() or "unknown"
        os.close(lock)
        raise Busy(
            f"Jumpline is running in {folder} already (process {holder}): "
            "end that one first, or give another folder with --data."
        ) from None
    try:
        os.truncate(lock, 0)
        os.write(lock, str(os.getpid()).encode())
        yield
    finally:
        os.close(lock)


def _start_broker(family: Family, settings: Settings) -> None:
    child = Child("broker", broker.command(settings.broker_dir), log_file(settings.data_dir, "broker"))
    family.start(child)
    if child.process:
        try:
            broker.wait(settings.broker_dir, child.process)
        except broker.Silent as wrong:
            raise broker.Silent(f"{wrong} Its log is {log_file(settings.data_dir, 'broker')}.") from None


def _command(kind: str, settings: Settings, config_dir: Path) -> list[str]:
    places = ["--data", str(settings.data_dir), "--config", str(config_dir.absolute())]
    # -P: a folder here that happens to hold a `celery.py` is none of our business.
    return [sys.executable, "-P", "-m", "worker.cli", kind, *places]


def _reason(wrong: OSError) -> str:
    """The system's own words; Python adds the address to them, which we have said."""
    return os.strerror(wrong.errno).lower() if wrong.errno and wrong.errno > 0 else str(wrong).lower()
