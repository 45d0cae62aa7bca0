"""The original bytes, kept for ever under their sha256 in a folder: root/ab/cd/abcd…; half-written ones in root/tmp."""

import hashlib
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from worker import durable

CHUNK = 1 << 20


class Missing(Exception):
    """Bytes that should be there are not: the house's fault."""


class Unreadable(OSError):
    """What is to be kept cannot be read: the fault of its own disk, not of this folder."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept: the name it has now and how many bytes it is."""

    sha256: str
    bytes: int


class Folder:
    """A folder of original bytes. Any number of processes may keep and read at once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._synced: set[Path] = set()  # folders whose own names are known to survive

    def keep(self, file: BinaryIO) -> Kept:
        """Keep what is left to read of an open file; when this returns it survives a loss of power.

        Safe to repeat: bytes that are here already are not written again. Raises Unreadable where the file cannot be
        read to its end, and any other OSError where it cannot be written.
        """
        self._waiting_room.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=self._waiting_room)
        temporary = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as copy:
                kept = _copy(file, copy)
                place = self.path(kept.sha256)
                if not _is_whole(place, kept):
                    copy.flush()
                    os.fsync(copy.fileno())
                    self._put_in_place(temporary, place)
            self._sync(place.parent)
        finally:
            temporary.unlink(missing_ok=True)
        return kept

    def forget_unfinished(self, before: datetime) -> int:
        """Remove what was begun before then and never finished, as its process was killed; gives how many files."""
        removed = 0
        # It is a matter of room only: what cannot be removed stays.
        for left in self._waiting_room.glob("*"):
            with suppress(OSError):
                if left.stat().st_mtime < before.timestamp():
                    left.unlink()
                    removed += 1
        return removed

    def path(self, sha256: str) -> Path:
        """Give where these bytes lie, or would lie."""
        return self.root / sha256[:2] / sha256[2:4] / sha256

    def has(self, sha256: str) -> bool:
        """Say whether these bytes are here."""
        return self.path(sha256).is_file()

    def read(self, sha256: str) -> bytes:
        """Give these bytes; raises Missing when they are gone or are no longer the ones that were kept."""
        try:
            content = self.path(sha256).read_bytes()
        except FileNotFoundError:
            raise Missing(f"The original {sha256} is not in {self.root}: was the folder moved or cleared?") from None
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Missing(f"The original {sha256} in {self.root} is damaged: restore it from a backup.")
        return content

    @property
    def _waiting_room(self) -> Path:
        return self.root / "tmp"

    def _put_in_place(self, temporary: Path, place: Path) -> None:
        """Rename into place, so that nobody ever sees half a blob."""
        if not place.parent.is_dir():
            self._synced.discard(place.parent)
            place.parent.mkdir(parents=True, exist_ok=True)
        temporary.chmod(0o444)
        temporary.rename(place)

    def _sync(self, folder: Path) -> None:
        """Make the names in this folder, and its own, as durable as the bytes.

        Also where another process has put them there: it may have died before it came to this.
        """
        durable.sync(folder)
        if folder not in self._synced:
            durable.sync(folder.parent)
            durable.sync(self.root)
            self._synced.add(folder)


def _is_whole(place: Path, kept: Kept) -> bool:
    """Say whether these very bytes lie there. What somebody has damaged is better replaced, so all of it is read."""
    try:
        if place.stat().st_size != kept.bytes:
            return False
        with place.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == kept.sha256
    except OSError:
        return False


def _copy(file: BinaryIO, copy: BinaryIO) -> Kept:
    digest = hashlib.sha256()
    size = 0
    while chunk := _next(file):
        digest.update(chunk)
        copy.write(chunk)
        size += len(chunk)
    return Kept(digest.hexdigest(), size)


def _next(file: BinaryIO) -> bytes:
    try:
        return file.read(CHUNK)
    except OSError as fault:
        raise Unreadable(*fault.args) from fault
