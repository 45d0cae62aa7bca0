"""Intake as a whole: a real folder, a real database, no broker; the tests play the worker."""

import errno
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import pytest
from sqlalchemy import func, select, text

from tests import rights
from worker import blobs, celery, database, heartbeats, house, intake, ledger, settings
from worker.house import House
from worker.inbox import claiming, places
from worker.inbox.claiming import Claim
from worker.inbox.places import Places
from worker.intake import steps
from worker.intake.rounds import Rounds, sentence
from worker.intake.steps import Intake
from worker.tables import Delivery, Stage

CONFIG = Path(__file__).parents[1] / "config"
SOON = 15.0
T = TypeVar("T")
QUICK = {
    "JUMPLINE_INBOX__SETTLE_FOR": "200ms",
    "JUMPLINE_INBOX__SETTLE_AFTER_CLOSE": "50ms",
    "JUMPLINE_INBOX__RESCAN_EVERY": "1s",
    "JUMPLINE_LOCALE__LANGUAGE": "en",
}


def opened(database_url: str, data: Path, **more: str) -> House:
    """A house with a broker that is away."""
    read = settings.read(CONFIG, {**QUICK, "JUMPLINE_DATABASE__URL": database_url, **more}, data)
    celery.prepare(read, CONFIG)
    return house.open(read, CONFIG)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[House]:
    """A house on SQLite."""
    one = opened("", tmp_path)
    database.migrate(one.engine)
    yield one
    one.engine.dispose()


@pytest.fixture
def anywhere(database_url: str, tmp_path: Path) -> Iterator[House]:
    """A house on each kind of database."""
    one = opened(database_url, tmp_path)
    yield one
    one.engine.dispose()


@contextmanager
def running(here: House, processes: int = 1) -> Iterator[None]:
    """The inbox process at work; several of them, if asked for."""
    stop = threading.Event()
    threads = [threading.Thread(target=intake.run, args=(here, stop)) for _ in range(processes)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(SOON)
        assert not any(thread.is_alive() for thread in threads)


def until(tell: Callable[[], T | None]) -> T:
    """What is told as soon as it is anything."""
    deadline = time.monotonic() + SOON
    while not (told := tell()):
        assert time.monotonic() < deadline, "it did not come in time"
        time.sleep(0.02)
    return told


def rows(here: House) -> list[Delivery]:
    """All deliveries, as they came."""
    with here.look() as session:
        return list(session.scalars(select(Delivery).order_by(Delivery.id)))


def recorded(here: House, count: int) -> list[Delivery]:
    """All deliveries, as soon as there are so many."""
    return until(lambda: found if len(found := rows(here)) >= count else None)


def ended(here: House, stage: Stage, reason: str | None = None) -> None:
    """Every delivery that has not ended ends so: the worker's part."""
    with here.write() as session:
        for row in session.scalars(select(Delivery).where(Delivery.stage == Stage.RECEIVED)):
            held = ledger.lease(session, row.id, "w", now=house.now(), until=house.now(), attempts=3)
            assert held is not None
            assert ledger.end(session, held, stage, house.now(), reason=reason)


def handed_back(here: House) -> list[Path | None]:
    """Where all files lie, as soon as none is outstanding."""

    def places_now() -> list[Path | None] | None:
        found = rows(here)
        if not found or any(row.handed_back_at is None for row in found):
            return None
        return [Path(os.fsdecode(row.handed_to)) if row.handed_to else None for row in found]

    return until(places_now)


def test_a_dropped_file_is_kept_recorded_and_handed_back_with_a_report(anywhere: House) -> None:
    inbox = anywhere.settings.inboxes[0]
    with running(anywhere):
        until(inbox.is_dir)
        (inbox / "焦作日报-2022-08-15-A02.md").write_text("words")
        (row,) = recorded(anywhere, 1)
        assert (row.name, row.stage, row.bytes) == ("焦作日报-2022-08-15-A02.md", Stage.RECEIVED, 5)
        assert row.inbox == str(inbox)
        assert anywhere.blobs.read(row.sha256) == b"words"
        assert list((inbox.parent / "processing").rglob("*.md"))
        ended(anywhere, Stage.STORED)
        (place,) = handed_back(anywhere)
    assert place is not None
    today = rows(anywhere)[0].ended_at
    assert today is not None
    day = today.astimezone(anywhere.settings.locale.zone).date().isoformat()
    assert place == inbox.parent / "done" / day / "焦作日报-2022-08-15-A02.md"
    assert place.read_text() == "words"
    assert "is stored" in place.with_name(f"{place.name}.report.md").read_text()
    assert list(inbox.iterdir()) == []
    assert list((inbox.parent / "processing").iterdir()) == []


def test_files_of_every_kind_are_recorded_like_any_other(here: House) -> None:
    inbox = here.settings.inboxes[0]
    inbox.mkdir()
    dropped = {
        b"empty.md": b"",
        b"random.md": os.urandom(5000),
        b"gb.txt": "焦作日报".encode("gb18030"),
        b"page.xyz": b"?",
        b"no extension": b"?",
        b"\xbd\xb9\xd7\xf7.txt": b"a name that is not UTF-8",
        b"a\nb\x1b.md": b"a name that moves the cursor",
        b"x" * 255: b"a name of full length",
    }
    for name, data in dropped.items():
        with open(os.path.join(os.fsencode(inbox), name), "wb") as file:
            file.write(data)
    with running(here):
        came = {row.raw_name: here.blobs.read(row.sha256) for row in recorded(here, len(dropped))}
        assert came == dropped
        ended(here, Stage.REJECTED, "It cannot be read.")
        found = handed_back(here)
    assert {os.fsencode(place.name) for place in found if place} == dropped.keys()


def test_links_and_pipes_stay_where_they_are_and_are_told(here: House, tmp_path: Path) -> None:
    inbox = here.settings.inboxes[0]
    inbox.mkdir()
    (tmp_path / "secret").write_text("root")
    (inbox / "link.md").symlink_to(tmp_path / "secret")
    os.mkfifo(inbox / "pipe.md")
    (inbox / "A02.md").write_text("words")
    with running(here):
        assert [row.name for row in recorded(here, 1)] == ["A02.md"]
        detail = told_of_ignored(here)
    assert detail["ignored"] == 2
    assert detail["ignored_why"] == {"symbolic link": 1, "named pipe": 1}
    assert detail["ignored_names"] == ["link.md", "pipe.md"]
    assert sorted(path.name for path in inbox.iterdir()) == ["link.md", "pipe.md"]


def told_of_ignored(here: House) -> dict[str, Any]:
    """What the inbox process says of itself, as soon as it says that something is left alone."""

    def told() -> dict[str, Any] | None:
        with here.look() as session:
            beat = heartbeats.latest(session, "inbox")
        return beat.detail if beat and beat.detail["ignored"] else None

    return until(told)


def test_a_file_claimed_before_a_crash_is_taken_up(here: House) -> None:
    around = places.around(here.settings.inboxes[0])
    (around.inbox / "A02.md").write_text("words")
    claim = claiming.claim(around, Path("A02.md"))
    assert isinstance(claim, Claim)
    with running(here):
        (row,) = recorded(here, 1)
    assert (row.claim, row.name) == (claim.id, "A02.md")


def test_a_file_recorded_before_a_crash_is_not_recorded_twice(here: House) -> None:
    inbox = here.settings.inboxes[0]
    inbox.mkdir()
    (inbox / "A02.md").write_text("words")
    with running(here):
        recorded(here, 1)
    ended(here, Stage.DUPLICATE)
    with running(here):
        (place,) = handed_back(here)
    assert place is not None
    assert place.parts[-3] == "duplicate"


def test_a_claim_whose_file_never_came_leaves_nothing(here: House) -> None:
    around = places.around(here.settings.inboxes[0])
    folder = around.processing / f"{'0' * 32}-{around.tag}"
    folder.mkdir()
    with running(here):
        until(lambda: not folder.exists())
    assert rows(here) == []


def test_while_the_database_is_away_files_wait_in_processing(anywhere: House) -> None:
    inbox = anywhere.settings.inboxes[0]
    rename(anywhere, "deliveries", "away")
    with running(anywhere):
        until(inbox.is_dir)
        (inbox / "A02.md").write_text("words")
        until(lambda: list((inbox.parent / "processing").rglob("A02.md")))
        rename(anywhere, "away", "deliveries")
        assert [row.name for row in recorded(anywhere, 1)] == ["A02.md"]


def rename(here: House, table: str, name: str) -> None:
    with here.write() as session:
        session.execute(text(f"ALTER TABLE {table} RENAME TO {name}"))


class FullDisk(blobs.Folder):
    """A disk without room, until somebody makes some."""

    has_room = False

    def keep(self, file: BinaryIO) -> blobs.Kept:
        if not self.has_room:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().keep(file)


def test_while_the_disk_is_full_intake_pauses_and_says_so(here: House) -> None:
    disk = FullDisk(here.settings.blobs_dir)
    inbox = here.settings.inboxes[0]
    inbox.mkdir()
    (inbox / "A02.md").write_text("words")
    with running(replace(here, blobs=disk)):

        def told() -> str | None:
            with here.look() as session:
                beat = heartbeats.latest(session, "inbox")
            return next(iter(beat.detail["trouble"]), None) if beat else None

        assert until(told).startswith("The disk is full")
        disk.has_room = True
        assert [row.name for row in recorded(here, 1)] == ["A02.md"]


def test_a_claimed_file_that_cannot_be_read_any_more_does_not_stop_the_others() -> None:
    # pytest's own folders are closed to other users.
    with tempfile.TemporaryDirectory(prefix="jumpline-intake-") as folder:
        here = opened("", Path(folder))
        database.migrate(here.engine)
        around = places.around(here.settings.inboxes[0])
        (around.inbox / "A01.md").write_text("what it needs is imported with this one: nobody may not read our code")
        with running(here):
            recorded(here, 1)
        (around.inbox / "A02.md").write_text("words")
        claim = claiming.claim(around, Path("A02.md"))
        assert isinstance(claim, Claim)
        claim.file.chmod(0)
        (around.inbox / "A03.md").write_text("words too")
        with rights.nobody_special(Path(folder)), running(here):
            assert [row.name for row in recorded(here, 2)] == ["A01.md", "A03.md"]
            assert told_of_ignored(here)["ignored_names"] == [f"processing/{claim.id}/A02.md"]
            claim.file.chmod(0o600)
            assert [row.name for row in recorded(here, 3)] == ["A01.md", "A03.md", "A02.md"]
        here.engine.dispose()


def test_what_a_killed_process_left_half_written_is_removed_at_the_start(here: House) -> None:
    left = here.blobs.root / "tmp" / "tmpabc"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half a page")
    os.utime(left, (0, 0))
    with running(here):
        until(lambda: not left.exists())


def test_a_folder_that_was_dropped_goes_when_its_files_have_been_taken(here: House) -> None:
    inbox = here.settings.inboxes[0]
    (inbox / "2022-08-15").mkdir(parents=True)
    (inbox / "2022-08-15" / "A02.md").write_text("words")
    with running(here):
        assert [row.name for row in recorded(here, 1)] == ["2022-08-15/A02.md"]
        until(lambda: not (inbox / "2022-08-15").exists())


def test_files_that_cannot_be_handed_back_do_not_keep_the_others_waiting(here: House) -> None:
    around = places.around(here.settings.inboxes[0])
    around.final(Stage.FAILED).rmdir()
    around.final(Stage.FAILED).write_text("somebody else's file is in the way")
    with ThreadPoolExecutor(1) as hands:
        intake = Intake(here, around.inbox, hands, None)
        claimed_and_ended(here, around, [f"{number}.md" for number in range(steps.BATCH)], Stage.REJECTED)
        claimed_and_ended(here, around, ["A02.md"], Stage.STORED)
        intake.work(0)
        assert not list(around.final(Stage.STORED).rglob("A02.md"))
        intake.work(steps.CALM)
        assert list(around.final(Stage.STORED).rglob("A02.md"))
        around.final(Stage.FAILED).unlink()
        intake.work(steps.AGAIN * 2)
        intake.close()
    assert len(handed_back(here)) == steps.BATCH + 1


def claimed_and_ended(here: House, around: Places, names: list[str], stage: Stage) -> None:
    """Files that were dropped, claimed and recorded, and whose deliveries have ended."""
    arrivals = []
    for name in names:
        (around.inbox / name).write_text("words")
        claim = claiming.claim(around, Path(name))
        assert isinstance(claim, Claim)
        arrivals.append(ledger.Arrival(claim.id, str(around.inbox), claim.name, claim.raw_name, "0" * 64, 5))
    with here.write() as session:
        ledger.record(session, arrivals, house.now())
    ended(here, stage)


class StillWritten(blobs.Folder):
    """Keeps files while their writer, who never stopped, goes on writing to the first of them."""

    writer: BinaryIO | None = None

    def keep(self, file: BinaryIO) -> blobs.Kept:
        kept = super().keep(file)
        if self.writer:
            self.writer.write(b" and more")
            self.writer.close()
            self.writer = None
        return kept


def test_a_file_that_grows_while_it_is_kept_is_recorded_when_it_is_whole(here: House) -> None:
    slow = StillWritten(here.settings.blobs_dir)
    inbox = here.settings.inboxes[0]
    inbox.mkdir()
    slow.writer = (inbox / "A02.md").open("wb", buffering=0)
    slow.writer.write(b"words")
    with running(replace(here, blobs=slow)):
        (row,) = recorded(here, 1)
    assert here.blobs.read(row.sha256) == b"words and more"


def test_an_inbox_that_is_deleted_is_made_again_and_watched(here: House) -> None:
    inbox = here.settings.inboxes[0]
    with running(here):
        until(inbox.is_dir)
        inbox.rename(inbox.parent / "old")
        until(inbox.is_dir)
        (inbox / "A02.md").write_text("words")
        assert [row.name for row in recorded(here, 1)] == ["A02.md"]


def test_two_files_of_one_name_are_two_deliveries(here: House) -> None:
    inbox = here.settings.inboxes[0]
    with running(here):
        until(inbox.is_dir)
        for words in ("first", "second"):
            (inbox / "A02.md").write_text(words)
            until(lambda: not (inbox / "A02.md").exists())
        recorded(here, 2)
        ended(here, Stage.STORED)
        found = handed_back(here)
    assert {place.name: place.read_text() for place in found if place} == {"A02.md": "first", "A02 (2).md": "second"}


def test_two_processes_on_one_inbox_take_each_file_once(anywhere: House) -> None:
    inbox = anywhere.settings.inboxes[0]
    inbox.mkdir()
    for number in range(50):
        (inbox / f"A{number:02}.md").write_text(f"words {number}")
    with running(anywhere, processes=2):
        assert len(recorded(anywhere, 50)) == 50
        ended(anywhere, Stage.STORED)
        found = handed_back(anywhere)
    assert sorted(place.name for place in found if place) == [f"A{number:02}.md" for number in range(50)]
    assert len(rows(anywhere)) == 50


def test_a_failed_delivery_that_is_tried_again_moves_from_failed_to_done(here: House) -> None:
    inbox = here.settings.inboxes[0]
    inbox.mkdir()
    (inbox / "A02.md").write_text("words")
    with running(here):
        (row,) = recorded(here, 1)
        ended(here, Stage.FAILED, "The disk was full.")
        (failed,) = handed_back(here)
        with here.write() as session:
            ledger.try_again(session, [row.id])
        ended(here, Stage.STORED)
        (done,) = handed_back(here)
    assert failed is not None
    assert done is not None
    assert (failed.parts[-3], done.parts[-3]) == ("failed", "done")
    assert list(failed.parent.iterdir()) == []


def test_a_file_that_a_person_took_from_processing_does_not_stop_the_others(here: House) -> None:
    inbox = here.settings.inboxes[0]
    inbox.mkdir()
    (inbox / "A02.md").write_text("words")
    (inbox / "A03.md").write_text("words too")
    with running(here):
        recorded(here, 2)
        next((inbox.parent / "processing").rglob("A02.md")).unlink()
        ended(here, Stage.STORED)
        assert sorted(place.name for place in handed_back(here) if place) == ["A03.md"]


def test_an_inbox_that_cannot_be_opened_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("a file where a folder should be")
    paths = f'["{tmp_path / "blocked"}", "{tmp_path / "open" / "inbox"}"]'
    here = opened("", tmp_path, JUMPLINE_INBOX__PATHS=paths)
    database.migrate(here.engine)
    (tmp_path / "open" / "inbox").mkdir(parents=True)
    (tmp_path / "open" / "inbox" / "A02.md").write_text("words")
    with running(here):
        assert [row.inbox for row in recorded(here, 1)] == [str(tmp_path / "open" / "inbox")]
    here.engine.dispose()


def test_a_burst_is_recorded_whole(here: House) -> None:
    inbox = here.settings.inboxes[0]
    with running(here):
        until(inbox.is_dir)
        for number in range(500):
            (inbox / f"{number}.md").write_text(f"words {number}")

        def count() -> bool:
            with here.look() as session:
                return session.scalar(select(func.count()).select_from(Delivery)) == 500

        until(count)
    assert len({row.name for row in rows(here)}) == 500


def test_after_a_fault_the_work_goes_on_more_slowly_and_then_as_before() -> None:
    ills: list[Exception] = [ValueError("a bug"), OSError(errno.EIO, "ill", "/disk"), KeyError("another")]
    times: list[int] = []

    def work(now: int) -> bool:
        times.append(now)
        if ills:
            raise ills.pop(0)
        return True

    rounds = Rounds(work)
    troubles = [(rounds.take(now), rounds.trouble) for now in range(0, 4001, 250)]
    assert times == [0, 500, 1500, 3500, 3750, 4000]
    assert troubles[0] == (False, "ValueError: a bug")
    assert troubles[2] == (False, "ill: /disk.")
    assert troubles[6] == (False, "KeyError: 'another'")
    assert troubles[-1] == (True, None)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (OSError(errno.ENOSPC, "No space left"), "The disk is full"),
        (OSError(errno.EDQUOT, "Quota exceeded"), "The disk is full"),
        (PermissionError(errno.EACCES, "Permission denied", b"/in/\xff"), "Permission denied"),
        (OSError(errno.EBADF, "Bad file", 7), "Bad file"),
        (OSError("without a number"), "without a number"),
        (RuntimeError("one line\nand another"), "RuntimeError: one line"),
        (RuntimeError(), "RuntimeError"),
    ],
)
def test_every_fault_is_told_in_one_sentence(fault: Exception, words: str) -> None:
    assert words in sentence(fault)
    assert "\n" not in sentence(fault)


def test_the_day_of_a_file_is_that_of_the_time_zone(here: House) -> None:
    inbox = here.settings.inboxes[0]
    inbox.mkdir()
    (inbox / "A02.md").write_text("words")
    with running(here):
        (row,) = recorded(here, 1)
        ended(here, Stage.STORED)
        with here.write() as session:
            session.get_one(Delivery, row.id).ended_at = house.now().replace(year=2022, month=8, day=14, hour=17)
        places_now = handed_back(here)
    assert places_now[0] is not None
    assert date.fromisoformat(places_now[0].parent.name) == date(2022, 8, 15)


ALONE = """
import sys, threading
from pathlib import Path
from worker import celery, house, intake, settings
config, data = Path(sys.argv[1]), Path(sys.argv[2])
read = settings.read(config, None, data)
celery.prepare(read, config)
intake.run(house.open(read, config), threading.Event())
"""


def test_a_process_killed_in_a_burst_loses_nothing_and_takes_nothing_twice(here: House) -> None:
    inbox = here.settings.inboxes[0]
    inbox.mkdir()
    for number in range(400):
        (inbox / f"{number}.md").write_text(f"words {number}")
    command = [sys.executable, "-c", ALONE, str(CONFIG), str(here.settings.data_dir)]
    with subprocess.Popen(command, env={**os.environ, **QUICK}, stdout=subprocess.DEVNULL) as process:
        recorded(here, 1)
        process.kill()
    assert 0 < len(rows(here)) <= 400
    with running(here):
        found = recorded(here, 400)
    assert sorted(row.name for row in found) == sorted(f"{number}.md" for number in range(400))
    assert all(here.blobs.read(row.sha256) == f"words {row.name.removesuffix('.md')}".encode() for row in found)
