"""Where the files of one inbox lie on their way: processing/, done/, duplicate/ and failed/."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from worker.tables import Stage

# The folder that files come back to, by how their delivery ended.
ENDS = {Stage.STORED: "done", Stage.DUPLICATE: "duplicate", Stage.REJECTED: "failed", Stage.FAILED: "failed"}


@dataclass(frozen=True, slots=True)
class Places:
    """An inbox and the folder that holds its processing/, done/, duplicate/ and failed/."""

    inbox: Path
    home: Path

    @property
    def processing(self) -> Path:
        """Where a file lies from its claim until it is handed back, each in a folder of its own."""
        return self.home / "processing"

    @property
    def tag(self) -> str:
        """What the claims of this inbox end in: inboxes that are neighbours share one processing/."""
        return hashlib.sha256(os.fsencode(self.inbox.name)).hexdigest()[:8]

    @property
    def own(self) -> frozenset[Path]:
        """The folders that are never taken for something dropped."""
        return frozenset({self.processing, *map(self.final, ENDS)})

    def final(self, stage: Stage) -> Path:
        """Give the folder that a delivery that ended so goes to."""
        return self.home / ENDS[stage]


def around(inbox: Path) -> Places:
    """Give the places of an inbox: beside it when files can be renamed there, else in its folder .jumpline.

    Makes the inbox and processing/ where they are missing; raises OSError when that is not allowed. The folders that
    files come back to are made too, so that people find them before the first file has.
    """
    inbox.mkdir(parents=True, exist_ok=True)
    found = Places(inbox, inbox.parent)
    if not _takes_renames(found):
        found = Places(inbox, inbox / ".jumpline")
        found.processing.mkdir(parents=True, exist_ok=True)
    for stage in ENDS:
        # Handing back makes them again, and says what is wrong where that is not possible.
        with suppress(OSError):
            found.final(stage).mkdir(exist_ok=True)
    return found


@contextmanager
def locked(places: Places) -> Iterator[None]:
    """Let only one process at a time hand back what lies in processing/."""
    descriptor = os.open(places.processing, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _takes_renames(places: Places) -> bool:
    """Try it: two bind mounts of one file system have one device number and still refuse a rename."""
    trial = places.inbox / f".jumpline-{uuid4().hex}"
    try:
        places.processing.mkdir(exist_ok=True)
        trial.touch()
        landed = places.processing / trial.name
        trial.rename(landed)
        landed.unlink()
    except OSError:
        trial.unlink(missing_ok=True)
        return False
    return True
