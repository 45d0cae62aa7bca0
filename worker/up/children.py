"""The children: starting them tied to us, hearing what they say, starting again those that die, ending them all."""

import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from logging import LogRecord, makeLogRecord
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Protocol

from worker.up import restarts
from worker.up.wish import Wish

TETHER = Path(__file__).with_name("tether.py")

# A log file is turned over at this size, and so many old ones are kept.
LOG_BYTES, LOGS_KEPT = 10_000_000, 3

# A line longer than this is cut: one child must not fill our memory.
LONGEST_LINE = 100_000


class Listener(Protocol):
    """Who hears of the children."""

    def said(self, child: str, line: str) -> None:
        """A child wrote a line."""

    def died(self, child: str, status: int, last: str, wait: float) -> None:
        """A child ended by itself; `last` is the last line it wrote, `wait` the seconds until it is started again."""


@dataclass(slots=True, eq=False)
class Child:
    """One process of the house. `deaths` counts those in a row; `due` is when to start it again."""

    name: str
    command: Sequence[str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    started: float = 0.0
    due: float = 0.0
    last: str = ""
    _rest: bytes = b""
    _file: RotatingFileHandler | None = field(default=None, repr=False)

    def start(self, now: float) -> None:
        """Start the process, in a session of its own: Ctrl-C reaches us alone, and we end the children in order."""
        tied = [sys.executable, "-I", "-S", str(TETHER), str(os.getpid()), *self.command]
        self.process = subprocess.Popen(  # noqa: S603 (the command is our own)
            tied, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
        )
        self.started, self.last = now, ""

    def lines(self) -> list[str] | None:
        """Give the whole lines that have come, and keep them in the log; None when no more can come."""
        stdout = self.process.stdout if self.process else None
        chunk = os.read(stdout.fileno(), 65536) if stdout else b""
        whole, _, self._rest = (self._rest + chunk).rpartition(b"\n")
        if not chunk or len(self._rest) > LONGEST_LINE:
            whole, self._rest = whole + b"\n" + self._rest, b""
        lines = [line for line in whole.decode("utf-8", "backslashreplace").splitlines() if line.strip()]
        for line in lines:
            self._keep(makeLogRecord({"msg": line}))
        self.last = lines[-1] if lines else self.last
        return lines if chunk or lines else None

    def _keep(self, record: LogRecord) -> None:
        if self._file is None:
            self._file = RotatingFileHandler(self.log, maxBytes=LOG_BYTES, backupCount=LOGS_KEPT, encoding="utf-8")
        self._file.emit(record)

    def bury(self) -> None:
        """Let go of a process that has ended, and end what it left behind in its session."""
        if self.process is None:
            return
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        if self.process.stdout:
            self.process.stdout.close()
        self.process = None

    def close(self) -> None:
        """Close the log file."""
        if self._file:
            self._file.close()


class Family:
    """All children under one eye."""

    def __init__(self, listener: Listener, wish: Wish, ear: int) -> None:
        self._listener, self._wish, self._ear = listener, wish, ear
        self._selector = selectors.DefaultSelector()
        self._selector.register(ear, selectors.EVENT_READ)
        self.children: list[Child] = []

    def start(self, child: Child) -> None:
        """Start one more."""
        self.children.append(child)
        self._start(child)

    def keep(self, look: Callable[[], None], every: float = 0.1) -> None:
        """Hear the children and start again those that die, until the wish to end; `look` is called now and then."""
        while not self._wish.count:
            self._hear(every)
            self._raise_the_dead(time.monotonic())
            look()

    def end(self, within: float) -> None:
        """End them all: the last started first, the first one (the broker) when the others are gone."""
        first, others = self.children[:1], self.children[1:]
        self._end(others, time.monotonic() + within * 0.7)
        self._end(first, time.monotonic() + within * 0.2)
        self._selector.close()

    def _start(self, child: Child) -> None:
        child.start(time.monotonic())
        assert child.process is not None  # noqa: S101
        assert child.process.stdout is not None  # noqa: S101
        self._selector.register(child.process.stdout, selectors.EVENT_READ, child)

    def _hear(self, wait: float) -> None:
        for key, _ in self._selector.select(wait):
            if not isinstance(key.data, Child):
                with suppress(BlockingIOError):
                    os.read(self._ear, 4096)
            elif (lines := key.data.lines()) is None:
                self._selector.unregister(key.fileobj)
            else:
                for line in lines:
                    self._listener.said(key.data.name, line)

    def _raise_the_dead(self, now: float) -> None:
        for child in self.children:
            if child.process is None:
                if now >= child.due:
                    self._start(child)
            elif (status := child.process.poll()) is not None:
                self._bury(child)
                restart = restarts.after(now - child.started, child.deaths)
                child.deaths, child.due = restart.deaths, now + restart.wait
                self._listener.died(child.name, status, child.last, restart.wait)

    def _bury(self, child: Child) -> None:
        """What it said last is heard before its pipe is closed."""
        stdout = child.process.stdout if child.process else None
        if stdout and stdout.fileno() in self._selector.get_map():
            self._hear(0)
            with suppress(KeyError):
                self._selector.unregister(stdout)
        child.bury()

    def _end(self, children: Sequence[Child], until: float) -> None:
        for child in children:
            if child.process and child.process.poll() is None:
                child.process.terminate()
        while any(child.process and child.process.poll() is None for child in children):
            if time.monotonic() > until or self._wish.count > 1:
                break
            self._hear(0.05)
        for child in children:
            if child.process and child.process.poll() is None:
                child.process.kill()
                child.process.wait()
            self._bury(child)
            child.close()
