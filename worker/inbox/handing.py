"""Handing back: a file whose delivery has ended goes to done/, duplicate/ or failed/, with a report beside it.

Where it goes is noted in its claim folder before anything moves, so that after a crash the same steps lead to the same
place. The note goes with the claim folder (`claiming.forget`), once the ledger knows the place.
"""

import errno
import filecmp
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from worker import durable
from worker.inbox import names
from worker.inbox.claiming import Claim
from worker.inbox.places import Places
from worker.tables import Stage

NOTE = ".handing"
REPORT = ".report.md"


@dataclass(frozen=True, slots=True)
class Ended:
    """A delivery to be handed back. `lay_at` is where its file was handed to before, when it has ended once more."""

    claim: Claim
    stage: Stage
    day: date
    report: str
    lay_at: Path | None = None


def hand_back(places: Places, ended: Ended) -> Path | None:
    """Move a file to where its end sends it, its report beside it; gives the place, or None if the file is gone.

    Never overwrites a file; safe to repeat after a crash between any two steps.
    """
    folder = places.final(ended.stage) / ended.day.isoformat()
    noted = _noted(ended.claim)
    if noted:
        _forget_copied(ended, noted)
    source = next((place for place in (ended.claim.file, noted, ended.lay_at) if place and _is_file(place)), None)
    if source is None:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    if source.parent == folder:
        _write(ended.claim, report_of(source), ended.report)
        return source
    target = noted if noted and noted.parent == folder and not os.path.lexists(noted) else _free(folder, ended.claim)
    ended.claim.folder.mkdir(exist_ok=True)
    (ended.claim.folder / NOTE).write_bytes(os.fsencode(target))
    _write(ended.claim, report_of(target), ended.report)
    if source != ended.claim.file:
        report_of(source).unlink(missing_ok=True)
    try:
        source.rename(target)
    except OSError as fault:
        if fault.errno != errno.EXDEV:
            raise
        _copy(source, target, _temporary(ended.claim, target))
        source.unlink()
    durable.sync(folder)
    return target


def report_of(place: Path) -> Path:
    """Give where the report on this file lies."""
    return place.with_name(names.beside(place.name, REPORT))


def _noted(claim: Claim) -> Path | None:
    """Give where an earlier try wanted to put the file, and may have put it."""
    try:
        return Path(os.fsdecode((claim.folder / NOTE).read_bytes()))
    except FileNotFoundError:
        return None


def _free(folder: Path, claim: Claim) -> Path:
    def is_taken(name: str) -> bool:
        return os.path.lexists(folder / name) or os.path.lexists(report_of(folder / name))

    return folder / names.free(claim.path.name, is_taken)


def _write(claim: Claim, place: Path, report: str) -> None:
    """Put the report in place whole: people may have the old one open."""
    temporary = _temporary(claim, place)
    with temporary.open("w", encoding="utf-8") as file:
        file.write(report)
        file.flush()
        os.fsync(file.fileno())
    temporary.rename(place)


def _copy(source: Path, target: Path, temporary: Path) -> None:
    """Put a copy in place whole, where another mount takes no rename; when this returns it survives a loss of power."""
    with source.open("rb") as original, temporary.open("wb") as copy:
        shutil.copyfileobj(original, copy)
        copy.flush()
        # Not every file system keeps permissions and times.
        with suppress(OSError):
            shutil.copystat(source, temporary)
        os.fsync(copy.fileno())
    temporary.rename(target)
    durable.sync(target.parent)


def _forget_copied(ended: Ended, noted: Path) -> None:
    """Remove what an earlier try has copied to the place it noted, and had no time to remove."""
    for original in (ended.claim.file, ended.lay_at):
        if original and original != noted and _is_file(original) and _is_file(noted) and _is_copy(original, noted):
            original.unlink()


def _is_copy(original: Path, copy: Path) -> bool:
    """Say whether one is a copy of the other on another mount, and not a file that came there by itself."""
    return original.stat().st_mtime_ns == copy.stat().st_mtime_ns and filecmp.cmp(original, copy, shallow=False)


def _temporary(claim: Claim, place: Path) -> Path:
    return place.with_name(f".{claim.id}.tmp")


def _is_file(place: Path) -> bool:
    return place.is_file() and not place.is_symlink()
