"""What the doctor looks at: settings, folders, disk, database, broker, processes, and the kernel's limits."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import OperationalError

from worker import broker, database, house, settings
from worker.cli import addresses, door
from worker.cli.door import Place
from worker.house import House
from worker.views import health

# Less room than this on the disk is trouble, in bytes.
LEAST_ROOM = 1_000_000_000

# A large inbox needs a watch for each of its folders.
LEAST_WATCHES = 8192


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing looked at: what is told of it when it is well, or the trouble and what to do."""

    what: str
    told: str
    trouble: str | None = None


def everything(here: Place) -> Iterator[Checked]:
    """Look at all there is, one after the other; what cannot be looked at is trouble too."""
    yield _settings(here)
    yield _folders(here)
    yield _room(here)
    yield _watches()
    yield _broker(here)
    yield _alerts(here)
    yield _address(here)
    yield from _memory(here)


def _memory(here: Place) -> Iterator[Checked]:
    """The database, and what is written in it of the processes."""
    try:
        door.see_that_there_is_one(here)
    except door.Trouble as none:
        yield Checked("database", "", str(none))
        return
    engine = database.connect(here.settings.database_url)
    try:
        tables = _database(here, *database.revisions(engine))
        yield tables
        if not tables.trouble:
            yield from _processes(house.open(here.settings, here.config_dir), house.now())
    except OperationalError as wrong:
        reason = str(wrong.orig).strip().splitlines()[0]
        yield Checked("database", "", f"It cannot be used ({reason}): see whether it runs and [database] url is right.")
    finally:
        engine.dispose()


def _settings(here: Place) -> Checked:
    papers = ", ".join(paper.name for paper in settings.papers(here.config_dir)) or "none but the generic one"
    return Checked("settings", f"from {here.config_dir.absolute()}; papers: {papers}")


def _folders(here: Place) -> Checked:
    folders = {here.settings.data_dir, here.settings.blobs_dir, *here.settings.inboxes}
    for folder in sorted(folders):
        near = next(one for one in (folder, *folder.parents) if one.exists())
        if not os.access(near, os.W_OK | os.X_OK):
            return Checked(
                "folders", "", f"{near} cannot be written by this user: give it to the user that runs Jumpline."
            )
    for inbox in here.settings.inboxes:
        if inbox.exists() and inbox.stat().st_dev != inbox.parent.stat().st_dev:
            return Checked(
                "folders",
                "",
                f"{inbox} is on another file system than {inbox.parent}, so files cannot be claimed in one step: "
                "mount the folder above it, and let the inbox be a folder inside.",
            )
    return Checked("folders", f"{here.settings.data_dir} and {len(here.settings.inboxes)} inbox(es) can be written")


def _room(here: Place) -> Checked:
    folder = here.settings.data_dir
    near = next(one for one in (folder, *folder.parents) if one.exists())
    free = shutil.disk_usage(near).free
    told = f"{free / 1e9:.1f} GB are free in {near}"
    return Checked("disk", told, f"Only {told}: make room." if free < LEAST_ROOM else None)


def _watches() -> Checked:
    limit = Path("/proc/sys/fs/inotify/max_user_watches")
    if not limit.exists():
        return Checked("watching", "this system has no inotify limits")
    watches = int(limit.read_text())
    trouble = f"The kernel allows {watches} watched folders only: raise fs.inotify.max_user_watches with sysctl."
    return Checked("watching", f"{watches} folders may be watched", trouble if watches < LEAST_WATCHES else None)


def _broker(here: Place) -> Checked:
    if not here.settings.broker.url.get_secret_value():
        folder = here.settings.broker_dir
        asleep = f"The embedded broker in {folder} does not answer: `jumpline up` starts it."
        return Checked("broker", "the embedded one answers", None if broker.answers(folder) else asleep)
    from worker import celery

    celery.prepare(here.settings, here.config_dir)
    away = "It does not answer: see whether it runs and [broker] url is right. Files are taken in all the same."
    return Checked("broker", "answers", None if celery.answers() else away)


def _alerts(here: Place) -> Checked:
    """A log that nobody reads is no trouble, but people should know."""
    channels = here.settings.alerts.channels
    if all(isinstance(channel, settings.Log) for channel in channels):
        return Checked("alerts", "alerts go to the log only; set [alerts] channels to reach people")
    return Checked("alerts", f"alerts go to {', '.join(channel.name for channel in channels)}")


def _address(here: Place) -> Checked:
    try:
        found = addresses.running(here)
    except door.Trouble as wrong:
        return Checked("address", "", str(wrong))
    told = f"{found.url} (the link that signs in: `jumpline dashboard --link`)" if found else "no dashboard runs here"
    return Checked("address", told)


def _database(here: Place, current: str | None, needed: str | None) -> Checked:
    kind = "PostgreSQL" if here.settings.database.url.get_secret_value().startswith("postgresql") else "SQLite"
    stale = f"Its tables are at revision {current or 'none'}, and {needed} is needed: run `jumpline migrate`."
    return Checked("database", f"{kind}, revision {current}", None if current == needed else stale)


def _processes(here: House, now: datetime) -> Iterator[Checked]:
    with here.look() as session:
        state = health.read(session, now, broker=True)
    here.engine.dispose()
    for one in state.processes:
        age = f"last sign of life {one.age_seconds:.0f} s ago" if one.age_seconds is not None else "never seen"
        dead = f"No {one.kind} works ({age}): start `jumpline up`, or `jumpline {one.kind}`."
        yield Checked(one.kind, f"{one.alive} alive", None if one.ok else dead)
