"""One inbox: what its watch hints at, what has settled, what is ignored. Times are whole milliseconds."""

import os
from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import Literal

import structlog

from worker.inbox import claiming, looking, names
from worker.inbox.claiming import Claim
from worker.inbox.looking import Ignored
from worker.inbox.places import Places
from worker.inbox.settling import Fingerprint, Hint, Settling, Waits
from worker.inbox.watching import Watch

log = structlog.get_logger()


class Inbox:
    """A folder that people drop files into, watched. `own` are folders below it that hold no drops."""

    def __init__(
        self, places: Places, observer: Literal["auto", "native", "polling"], waits: Waits, own: Collection[Path] = ()
    ) -> None:
        self.places = places
        self.watch = Watch(places.inbox, observer)
        self.settling = Settling(waits, self._look)
        self.ignored: dict[Path, Ignored] = {}
        self._doubtful_until = 0
        self._left: dict[Path, int] = {}  # folders that files were taken from, and when the last was
        self._own = places.own | frozenset(own)

    def open(self) -> None:
        """Begin to watch; what lies there already is found by the first scan."""
        self.watch.start()

    def close(self) -> None:
        """Stop watching."""
        self.watch.stop()

    def notice(self, now: int) -> bool:
        """Look at what the watch hints at; True says that events were lost and only a scan will do."""
        hints = self.watch.hints()
        if hints.rescan:
            self.settling.doubt()
            self._doubtful_until = now + self.settling.waits.open
        told = {path: self._believed(hint, now) for path, hint in hints.paths.items() if not self._is_left_alone(path)}
        for path, hint in list(told.items()):
            if (self.places.inbox / path).is_dir():
                # A folder that was moved in tells of itself only; what it holds is as whole as it is.
                del told[path]
                sight = looking.scan(self.places.inbox, path, self._own)
                self._ignore(sight.ignored)
                told.update({each: hint for each in sight.files if told.get(each, Hint.SEEN) is Hint.SEEN})
        self.settling.hint(told, now)
        return hints.rescan

    def scan(self, now: int) -> None:
        """Look at everything, whatever the events said."""
        sight = looking.scan(self.places.inbox, Path(), self._own)
        self.ignored = {path: why for path, why in self.ignored.items() if path in sight.ignored or path in sight.files}
        self._ignore(sight.ignored)
        self.settling.keep_only(sight.files)
        self.settling.hint(dict.fromkeys(sight.files, Hint.SEEN), now)

    def take(self, now: int, limit: int) -> list[Claim]:
        """Claim up to `limit` files that have settled."""
        claims = []
        for path in self.settling.ready(now, limit):
            claimed = claiming.claim(self.places, path)
            if isinstance(claimed, Claim):
                self.ignored.pop(path, None)
                self._left.update(dict.fromkeys(path.parents[:-1], now))
                claims.append(claimed)
            elif claimed is not None:
                self._ignore({path: claimed})
        return claims

    def tidy(self, now: int, after: int) -> None:
        """Remove the folders that files were taken from, if they are empty and the last was taken `after` ago.

        A folder that people have put nothing into is theirs.
        """
        old = {path for path, since in self._left.items() if now - since >= after}
        for path in sorted(old, key=lambda path: len(path.parts), reverse=True):
            looking.remove_empty(self.places.inbox, path)
            del self._left[path]

    def counted(self) -> dict[str, int]:
        """Count what is ignored, by reason."""
        return dict(Counter(why.value for why in self.ignored.values()))

    def names_ignored(self) -> list[str]:
        """Give the names of what is ignored, for people, in order."""
        return [names.printable(os.fsencode(path)) for path in sorted(self.ignored)]

    def _believed(self, hint: Hint, now: int) -> Hint:
        """Events come late: for a while after some were lost, the close of what was written may be among them."""
        return Hint.SEEN if hint is Hint.OPEN and now < self._doubtful_until else hint

    def _look(self, path: Path) -> Fingerprint | None:
        seen = looking.look(self.places.inbox, path)
        if isinstance(seen, Ignored):
            self._ignore({path: seen})
            return None
        return seen

    def _ignore(self, found: dict[Path, Ignored]) -> None:
        """Say once of each thing why it is left where it is."""
        for path, why in found.items():
            if self.ignored.get(path) != why:
                log.warning(
                    "left in the inbox: it cannot be taken", name=names.printable(os.fsencode(path)), why=why.value
                )
            self.ignored[path] = why

    def _is_left_alone(self, path: Path) -> bool:
        whole = self.places.inbox / path
        return names.left_alone(path) or not self._own.isdisjoint((whole, *whole.parents))
