"""Which files have been left unchanged for long enough to be whole. Times are integers of one unit, whatever it is."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What tells that a file has changed. Never "newer than": a moved file brings its old mtime along."""

    size: int
    mtime_ns: int
    inode: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that may still change: as it looks, since when it looks so, since when it is known.

    `is_closed` says that its writer closed it, or renamed it into place, since it last changed.
    """

    fingerprint: Fingerprint
    since: int
    known_since: int
    is_closed: bool


@dataclass(frozen=True, slots=True)
class Waits:
    """How long a file must look the same: after it was closed, and when nothing says that it was."""

    closed: int
    found: int


class Settling:
    """The files that wait. `look` is the eye: a path's fingerprint, or None when nothing to take is there."""

    def __init__(self, waits: Waits, look: Callable[[Path], Fingerprint | None]) -> None:
        self.waits = waits
        self.look = look
        self.waiting: dict[Path, Waiting] = {}

    def hint(self, paths: Mapping[Path, bool], now: int) -> None:
        """Look at these paths; True beside one says that it was closed or renamed into place."""
        for path, is_closed in paths.items():
            self._see(path, now, is_closed=is_closed)

    def ready(self, now: int, limit: int) -> list[Path]:
        """Give up to `limit` files that have not changed for long enough, and forget them."""
        ready = []
        for path in [path for path, waiting in self.waiting.items() if self._is_due(waiting, now)]:
            self._see(path, now, is_closed=False)
            if path in self.waiting and self._is_due(self.waiting[path], now):
                ready.append(path)
                del self.waiting[path]
            if len(ready) == limit:
                break
        return ready

    def keep_only(self, paths: Iterable[Path]) -> None:
        """Forget what is not among these: a scan has seen all there is."""
        there = set(paths)
        self.waiting = {path: waiting for path, waiting in self.waiting.items() if path in there}

    def oldest(self, now: int) -> int:
        """Give for how long the file that waits longest has been known."""
        return max((now - waiting.known_since for waiting in self.waiting.values()), default=0)

    def _see(self, path: Path, now: int, *, is_closed: bool) -> None:
        fingerprint = self.look(path)
        before = self.waiting.get(path)
        if fingerprint is None:
            self.waiting.pop(path, None)
        elif before is None:
            self.waiting[path] = Waiting(fingerprint, now, now, is_closed)
        elif fingerprint != before.fingerprint:
            self.waiting[path] = Waiting(fingerprint, now, before.known_since, is_closed)
        elif is_closed and not before.is_closed:
            self.waiting[path] = replace(before, is_closed=True)

    def _is_due(self, waiting: Waiting, now: int) -> bool:
        return now - waiting.since >= (self.waits.closed if waiting.is_closed else self.waits.found)
