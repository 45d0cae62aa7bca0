"""The eye: what lies below an inbox, never by way of a link, and what of it can be taken."""

import os
import stat
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from worker.inbox import names
from worker.inbox.settling import Fingerprint

# A FIFO must not block us, and a link must not lead us anywhere.
SAFELY = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class Ignored(StrEnum):
    """Why something in the inbox is not taken."""

    LINK = "symbolic link"  # it may lead anywhere, and its target is not ours to move
    FIFO = "named pipe"  # reading it would wait for ever
    SOCKET = "socket"  # it has no bytes of its own
    DEVICE = "device"  # reading it may do anything
    CLOSED = "not readable"  # its permissions do not let us read it
    IMMOVABLE = "cannot be moved from there"  # its folder belongs to somebody else, is read-only or another mount


@dataclass(frozen=True, slots=True)
class Sight:
    """All that a scan saw: files that can be taken, and what cannot with the reason. Paths are below the inbox."""

    files: dict[Path, Fingerprint] = field(default_factory=dict)
    ignored: dict[Path, Ignored] = field(default_factory=dict)


@contextmanager
def folder(root: Path, below: Path) -> Iterator[int]:
    """Open a folder below the root step by step, so that no link on the way can lead out of it.

    Raises OSError where a step is missing or is no folder.
    """
    descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for part in below.parts:
            inner = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = inner
        yield descriptor
    finally:
        os.close(descriptor)


def look(root: Path, path: Path) -> Fingerprint | Ignored | None:
    """Say how a file looks, or why it is ignored; None when nothing is there, or a folder."""
    try:
        with folder(root, path.parent) as parent:
            return judge(os.stat(path.name, dir_fd=parent, follow_symlinks=False))
    except OSError:
        return None


def remove_empty(root: Path, path: Path) -> None:
    """Remove a folder below the root in which nothing lies; one in which something does, or which is gone, is left."""
    with suppress(OSError), folder(root, path.parent) as parent:
        os.rmdir(path.name, dir_fd=parent)


def scan(root: Path, below: Path, own: Collection[Path] = ()) -> Sight:
    """See all that lies below a folder of the inbox, but for names that are left alone and our `own` folders."""
    sight = Sight()
    try:
        with folder(root, below) as top:
            for here, folders, files, descriptor in os.fwalk(".", dir_fd=top, follow_symlinks=False):
                place = below / here
                folders[:] = [name for name in folders if _is_for_us(place / name, root, own)]
                for name in files:
                    if _is_for_us(place / name, root, own):
                        _note(sight, place / name, descriptor)
                # fwalk counts a link to a folder among the folders, without going there.
                for name in folders:
                    _note(sight, place / name, descriptor)
    except OSError:
        return sight
    return sight


def judge(status: os.stat_result) -> Fingerprint | Ignored | None:
    """Say what a file's status means for us; None for a folder, which is not ignored but looked into."""
    mode = status.st_mode
    if stat.S_ISREG(mode):
        return Fingerprint(status.st_size, status.st_mtime_ns, status.st_ino)
    if stat.S_ISDIR(mode):
        return None
    kinds = ((stat.S_ISLNK, Ignored.LINK), (stat.S_ISFIFO, Ignored.FIFO), (stat.S_ISSOCK, Ignored.SOCKET))
    return next((reason for is_kind, reason in kinds if is_kind(mode)), Ignored.DEVICE)


def _is_for_us(path: Path, root: Path, own: Collection[Path]) -> bool:
    return not names.left_alone(path) and root / path not in own


def _note(sight: Sight, path: Path, parent: int) -> None:
    try:
        seen = judge(os.stat(path.name, dir_fd=parent, follow_symlinks=False))
    except OSError:
        return  # gone since it was listed
    if isinstance(seen, Ignored):
        sight.ignored[path] = seen
    elif seen is not None:
        sight.files[path] = seen
