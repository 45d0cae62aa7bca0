"""Claiming: one atomic rename from the inbox into a folder of its own, whose name is what the ledger knows it by."""

import errno
import os
import re
from collections.abc import Container
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from worker.inbox import looking, names
from worker.inbox.looking import Ignored
from worker.inbox.places import Places
from worker.inbox.settling import Fingerprint

# What says that this one file cannot be moved. Anything else, a full disk first of all, stops every file alike.
IMMOVABLE = frozenset({errno.EACCES, errno.EPERM, errno.EXDEV, errno.EROFS, errno.ENAMETOOLONG})


@dataclass(frozen=True, slots=True)
class Claim:
    """A file that is ours: `path` is where it lies below its claim folder, and was below the inbox."""

    id: str
    folder: Path
    path: Path

    @property
    def is_empty(self) -> bool:
        """Whether its file is gone."""
        return self.path == Path()

    @property
    def file(self) -> Path:
        """Where its bytes lie."""
        return self.folder / self.path

    @property
    def raw_name(self) -> bytes:
        """Its name below the inbox, as the file system has it."""
        return os.fsencode(self.path)

    @property
    def name(self) -> str:
        """The same for people."""
        return names.printable(self.raw_name)


class NotAFile(Exception):
    """What was claimed turned out to be no regular file: somebody put it there in the last moment."""


def known_as(places: Places, claim_id: str, path: Path) -> Claim:
    """Give the claim of this name, whatever lies there now."""
    return Claim(claim_id, places.processing / claim_id, path)


def claim(places: Places, path: Path) -> Claim | Ignored | None:
    """Take a file of the inbox; None when somebody else was faster, and a reason when it is not to be taken."""
    taken = known_as(places, f"{uuid4().hex}-{places.tag}", path)
    try:
        with looking.folder(places.inbox, path.parent) as parent:
            seen = looking.judge(os.stat(path.name, dir_fd=parent, follow_symlinks=False))
            if seen is None or isinstance(seen, Ignored):
                return seen
            try:
                os.close(os.open(path.name, looking.SAFELY, dir_fd=parent))
            except PermissionError:
                return Ignored.CLOSED
            return _moved(parent, taken)
    except (FileNotFoundError, NotADirectoryError):
        forget(taken)
        return None


def lying(places: Places, known: Container[str] = ()) -> list[Claim]:
    """Give what this inbox has in processing/ beside the `known` claims; a claim whose file is gone has no path."""
    ours = re.compile(rf"[0-9a-f]{{32}}-{places.tag}")  # 0f3c…-1a2b3c4d
    folders = [entry for entry in places.processing.iterdir() if ours.fullmatch(entry.name) and entry.name not in known]
    return [Claim(folder.name, folder, _file_in(folder)) for folder in folders]


def open_file(claimed: Claim) -> BinaryIO:
    """Open a claimed file for reading; raises NotAFile, and FileNotFoundError when somebody took it away."""
    try:
        descriptor = os.open(claimed.file, looking.SAFELY)
    except FileNotFoundError:
        raise
    except OSError as wrong:
        if isinstance(looking.judge(os.lstat(claimed.file)), Fingerprint):
            raise
        raise NotAFile(claimed.name) from wrong
    file = os.fdopen(descriptor, "rb")
    if not isinstance(looking.judge(os.fstat(descriptor)), Fingerprint):
        file.close()
        raise NotAFile(claimed.name)
    return file


def give_back(places: Places, claimed: Claim) -> None:
    """Put what is no file back into the inbox, where it is ignored."""
    target = places.inbox / claimed.path
    if not os.path.lexists(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        claimed.file.rename(target)
        forget(claimed)


def forget(claimed: Claim) -> None:
    """Remove a claim's folder if no file is left in it; what cannot be removed is left for a later round."""
    if not claimed.folder.is_dir() or _file_in(claimed.folder) != Path():
        return
    # Somebody may have closed the folder to us, or put a link there: the other claims must not wait for that.
    with suppress(OSError):
        for here, folders, files in os.walk(claimed.folder, topdown=False):
            for name in files:
                (Path(here) / name).unlink(missing_ok=True)  # our own notes
            for name in folders:
                (Path(here) / name).rmdir()
        claimed.folder.rmdir()


def _moved(parent: int, taken: Claim) -> Claim | Ignored:
    """Move a file from its folder, which is open, to where its claim says."""
    try:
        taken.file.parent.mkdir(parents=True)
    except OSError as fault:
        if fault.errno == errno.ENAMETOOLONG:
            return Ignored.IMMOVABLE
        raise  # processing/ itself is at fault
    try:
        os.rename(taken.path.name, taken.file, src_dir_fd=parent)
    except OSError as fault:
        forget(taken)
        if fault.errno in IMMOVABLE:
            return Ignored.IMMOVABLE
        raise
    return taken


def _file_in(folder: Path) -> Path:
    """Give the one file of a claim folder, below it; our own notes there have names that nobody can drop."""
    for here, _, files in os.walk(folder):
        for name in files:
            path = (Path(here) / name).relative_to(folder)
            if not names.left_alone(path):
                return path
    return Path()
