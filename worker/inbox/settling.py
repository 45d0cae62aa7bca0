"""Which files have been left unchanged for long enough to be whole. Times are integers of one unit, whatever it is."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path


class Hint(StrEnum):
    """What is known of a file's writer."""

    SEEN = "seen"  # nothing: a scan found it, or its kind of change says nothing
    CLOSED = "closed"  # it closed the file, or renamed it into place
    OPEN = "open"  # it has written and not closed the file since


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What tells that a file has changed. Never "newer than": a moved file brings its old mtime along."""

    size: int
    mtime_ns: int
    inode: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that may still change: as it looks, since when it looks so, since when it is known, and its writer."""

    fingerprint: Fingerprint
    since: int
    known_since: int
    hint: Hint


@dataclass(frozen=True, slots=True)
class Waits:
    """How long a file must look the same, by what is known of its writer.

    One that is open is waited for much longer, but not for ever: an event may have been lost.
    """

    closed: int
    seen: int
    open: int


class Settling:
    """The files that wait. `look` is the eye: a path's fingerprint, or None when nothing to take is there."""

    def __init__(self, waits: Waits, look: Callable[[Path], Fingerprint | None]) -> None:
        self.waits = waits
        self.look = look
        self.waiting: dict[Path, Waiting] = {}

    def hint(self, paths: Mapping[Path, Hint], now: int) -> None:
        """Look at these paths; beside each stands what is known of its writer."""
        for path, hint in paths.items():
            self._see(path, now, hint)

    def ready(self, now: int, limit: int) -> list[Path]:
        """Give up to `limit` files that have not changed for long enough, and forget them."""
        ready = []
        for path in [path for path, waiting in self.waiting.items() if self._is_due(waiting, now)]:
            self._see(path, now, Hint.SEEN)
            if path in self.waiting and self._is_due(self.waiting[path], now):
                ready.append(path)
                del self.waiting[path]
            if len(ready) == limit:
                break
        return ready

    def doubt(self) -> None:
        """Events were lost: a writer that seems to have its file open may have closed it long ago."""
        for path, waiting in self.waiting.items():
            if waiting.hint is Hint.OPEN:
                self.waiting[path] = replace(waiting, hint=Hint.SEEN)

    def keep_only(self, paths: Iterable[Path]) -> None:
        """Forget what is not among these: a scan has seen all there is."""
        there = set(paths)
        self.waiting = {path: waiting for path, waiting in self.waiting.items() if path in there}

    def oldest(self, now: int) -> int:
        """Give for how long the file that waits longest has been known."""
        return max((now - waiting.known_since for waiting in self.waiting.values()), default=0)

    def _see(self, path: Path, now: int, hint: Hint) -> None:
        fingerprint = self.look(path)
        before = self.waiting.get(path)
        if fingerprint is None:
            self.waiting.pop(path, None)
        elif before is None:
            self.waiting[path] = Waiting(fingerprint, now, now, hint)
        elif fingerprint != before.fingerprint:
            # A look tells nothing of the writer; that it has it open is known until it closes it.
            told = Hint.OPEN if hint is Hint.SEEN and before.hint is Hint.OPEN else hint
            self.waiting[path] = Waiting(fingerprint, now, before.known_since, told)
        elif hint is not Hint.SEEN:
            self.waiting[path] = replace(before, hint=hint)

    def _is_due(self, waiting: Waiting, now: int) -> bool:
        waits = {Hint.CLOSED: self.waits.closed, Hint.SEEN: self.waits.seen, Hint.OPEN: self.waits.open}
        return now - waiting.since >= waits[waiting.hint]
