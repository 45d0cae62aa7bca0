"""Dropping: files put into an inbox in one piece, so that nobody ever sees half of one."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

from worker import durable
from worker.inbox import names


def drop(files: Iterable[Path], inbox: Path) -> list[Path]:
    """Copy files into the inbox, each complete from its first moment there; gives where they lie.

    A name that is taken gets a number. Raises OSError, with the file's name, for what cannot be read or written.
    """
    inbox.mkdir(parents=True, exist_ok=True)
    dropped = [_drop(file, inbox) for file in files]
    durable.sync(inbox)
    return dropped


def _drop(file: Path, inbox: Path) -> Path:
    temporary = inbox / f".{uuid4().hex}.tmp"  # a name that the inbox leaves alone
    try:
        with file.open("rb") as source, temporary.open("xb") as copy:
            shutil.copyfileobj(source, copy)
            copy.flush()
            os.fsync(copy.fileno())
        target = inbox / names.free(_seen(file.name), lambda name: os.path.lexists(inbox / name))
        return temporary.rename(target)
    finally:
        temporary.unlink(missing_ok=True)


def _seen(name: str) -> str:
    """A name that the inbox would leave alone is given one that it takes: the person asked for this very file."""
    while names.left_alone(Path(name)):
        name = name.lstrip(".~$") if name[0] in ".~" else f"{name}.txt"
        name = name or "unnamed.txt"
    return name
