"""Watching: hints that something below an inbox has changed, from the kernel's events or from looking again and again.

Events get lost, and observers go deaf without a word. Whoever asks `Watch.hints` is therefore also told when only a
scan of the whole folder will do.
"""

import errno
import logging
import os
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import structlog
from watchdog.events import (
    EVENT_TYPE_CLOSED,
    EVENT_TYPE_MODIFIED,
    EVENT_TYPE_MOVED,
    DirCreatedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserverVFS

from worker.inbox import mounts
from worker.inbox.settling import Hint

log = structlog.get_logger()

# The events that can mean "look at this path".
TELLING = [FileCreatedEvent, FileModifiedEvent, FileClosedEvent, FileMovedEvent, DirCreatedEvent, DirMovedEvent]

# How often a polling observer looks, in seconds.
POLL_EVERY = 1.0

# Where watchdog says that the kernel's queue of events overflowed, and nowhere else.
OVERFLOW_LOGGER = "watchdog.observers.inotify_c"

# Where it calls it an error that a thread which was told to stop has stopped.
STOPPING_LOGGER = "watchdog.observers.inotify"


@dataclass(frozen=True, slots=True)
class Hints:
    """What to look at, with what is known of each file's writer. `rescan`: look at everything."""

    paths: dict[Path, Hint] = field(default_factory=dict)
    rescan: bool = False


class Watch:
    """The observer of one inbox, renewed whenever the folder it watches is no longer the one of that name."""

    def __init__(
        self,
        root: Path,
        wanted: Literal["auto", "native", "polling"],
        native: Callable[[], BaseObserver] | None = None,
    ) -> None:
        self.root = root
        self.kind: mounts.Kind = mounts.choose(root, wanted)
        self._native = native or _native
        self._listener = _Listener()
        self._overflow = _Overflow()
        self._observer: BaseObserver | None = None
        self._watched: tuple[int, int] | None = None

    def start(self) -> None:
        """Begin to watch, in the kind of way that works here."""
        logging.getLogger(STOPPING_LOGGER).addFilter(_is_news)
        self._renew()
        # However quiet the house's log is, this warning must be heard.
        logging.getLogger(OVERFLOW_LOGGER).setLevel(logging.WARNING)
        logging.getLogger(OVERFLOW_LOGGER).addHandler(self._overflow)

    def stop(self) -> None:
        """Stop watching."""
        logging.getLogger(OVERFLOW_LOGGER).removeHandler(self._overflow)
        self._stop_observer()

    def hints(self) -> Hints:
        """Give what has been seen since the last time, and whether events were lost."""
        overflowed = self._overflow.happened.is_set()
        self._overflow.happened.clear()
        paths = {Path(path): self._meaning(event) for path, event in self._listener.take().items()}
        below = {path.relative_to(self.root): hint for path, hint in paths.items() if self.root in path.parents}
        return Hints(below, overflowed)

    def _meaning(self, event: str) -> Hint:
        """The kernel tells when a file is closed, so one that was written to and not closed is known to be open."""
        if event in (EVENT_TYPE_CLOSED, EVENT_TYPE_MOVED):
            return Hint.CLOSED
        return Hint.OPEN if event == EVENT_TYPE_MODIFIED and self.kind == "native" else Hint.SEEN

    def is_deaf(self) -> bool:
        """Renew the observer if the root was replaced or watching has ended; True asks for a scan of everything.

        Another folder of the same name is another folder: no event would ever come from it.
        """
        now = _identity(self.root)
        if now == self._watched and (self._observer is None or _is_alive(self._observer)):
            return False
        self._stop_observer()
        if now is None:
            self._watched = None
            log.warning("The inbox is gone; it is watched again as soon as it is back.", inbox=str(self.root))
            return False
        log.warning("The inbox is another folder than before; watching it anew.", inbox=str(self.root))
        self._renew()
        return True

    def _renew(self) -> None:
        """Watch the folder that has the root's name now; without one, wait for it."""
        now = _identity(self.root)
        if now is None:
            return
        if self.kind == "native":
            try:
                self._observe(self._native())
            except OSError as fault:
                if fault.errno not in (errno.ENOSPC, errno.EMFILE):
                    raise
                self.kind = "polling"
                log.warning(
                    "The system allows no more inotify watches (fs.inotify.max_user_watches, max_user_instances): "
                    "the inbox is looked through every second instead.",
                    inbox=str(self.root),
                )
        if self.kind == "polling":
            self._observe(PollingObserverVFS(stat=os.lstat, listdir=os.scandir, polling_interval=POLL_EVERY))
        self._watched = now

    def _observe(self, observer: BaseObserver) -> None:
        observer.schedule(self._listener, str(self.root), recursive=True, event_filter=TELLING)
        try:
            observer.start()
        except OSError:
            observer.stop()
            raise
        self._observer = observer

    def _stop_observer(self) -> None:
        if self._observer is not None:
            self._observer.stop()
            self._observer.join()
            self._observer = None


class _Listener(FileSystemEventHandler):
    """Notes paths, and does nothing that could raise: an exception here would leave the observer deaf."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: dict[str, str] = {}

    def dispatch(self, event: FileSystemEvent) -> None:
        path = event.dest_path if event.event_type == EVENT_TYPE_MOVED else event.src_path
        if path:
            with self._lock:
                self._last[os.fsdecode(path)] = event.event_type

    def take(self) -> dict[str, str]:
        """Give the last event of each path since the last time."""
        with self._lock:
            last, self._last = self._last, {}
        return last


class _Overflow(logging.Handler):
    """Hears the one line in which watchdog says that events were lost."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.happened = threading.Event()

    def emit(self, record: logging.LogRecord) -> None:
        if "overflow" in record.getMessage():
            self.happened.set()


def _is_news(record: logging.LogRecord) -> bool:
    return "when the thread is inactive" not in record.getMessage()


def _native() -> BaseObserver:
    """Give the kernel's observer. On Linux one that tells a file moved in (whole) from one that is being created."""
    if sys.platform == "linux":
        from watchdog.observers.inotify import InotifyObserver

        observer: BaseObserver = InotifyObserver(generate_full_events=True)
    else:
        observer = Observer()
    return observer


def _identity(root: Path) -> tuple[int, int] | None:
    try:
        status = root.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _is_alive(observer: BaseObserver) -> bool:
    return observer.is_alive() and all(emitter.is_alive() for emitter in observer.emitters)
