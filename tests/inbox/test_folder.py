"""One inbox with a real folder and integers for time: hints and scans lead to claims."""

import logging
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from worker.inbox.folder import Inbox
from worker.inbox.places import Places
from worker.inbox.settling import Waits
from worker.inbox.watching import OVERFLOW_LOGGER

WAITS = Waits(closed=3, found=20)


@pytest.fixture
def inbox(around: Places) -> Iterator[Inbox]:
    inbox = Inbox(around, "native", WAITS, own=[around.inbox / "var"])
    inbox.open()
    yield inbox
    inbox.close()


def seen(inbox: Inbox, count: int, now: int = 0) -> None:
    """Wait until so many files are known."""
    deadline = time.monotonic() + 5
    while len(inbox.settling.waiting) < count:
        assert time.monotonic() < deadline, f"only {list(inbox.settling.waiting)} were seen"
        inbox.notice(now)
        time.sleep(0.01)


def test_a_dropped_file_settles_and_is_claimed(inbox: Inbox) -> None:
    (inbox.places.inbox / "A02.md").write_text("words")
    seen(inbox, 1)
    assert inbox.take(0, 100) == []
    assert [claim.name for claim in inbox.take(20, 100)] == ["A02.md"]
    assert inbox.take(20, 100) == []


def test_files_that_lay_there_before_are_found_by_a_scan(inbox: Inbox) -> None:
    (inbox.places.inbox / "2022-08-15").mkdir()
    (inbox.places.inbox / "2022-08-15" / "A02.md").write_text("words")
    (inbox.places.inbox / ".A03.md.tmp").write_text("words")
    inbox.watch.hints()
    inbox.scan(0)
    assert [claim.name for claim in inbox.take(20, 100)] == ["2022-08-15/A02.md"]


def test_a_folder_moved_in_brings_its_files_and_they_are_whole(inbox: Inbox) -> None:
    outside = inbox.places.home / "2022-08-15"
    (outside / "late").mkdir(parents=True)
    (outside / "A01.md").write_text("words")
    (outside / "late" / "A02.md").write_text("words")
    outside.rename(inbox.places.inbox / "2022-08-15")
    seen(inbox, 2)
    assert sorted(claim.name for claim in inbox.take(3, 100)) == ["2022-08-15/A01.md", "2022-08-15/late/A02.md"]


def test_our_own_folder_below_an_inbox_is_no_drop(inbox: Inbox) -> None:
    (inbox.places.inbox / "var").mkdir()
    (inbox.places.inbox / "var" / "jumpline.db").write_text("rows")
    (inbox.places.inbox / "A02.md").write_text("words")
    seen(inbox, 1)
    inbox.scan(0)
    assert list(inbox.settling.waiting) == [Path("A02.md")]


def test_lost_events_are_told_and_a_scan_finds_what_they_spoke_of(inbox: Inbox) -> None:
    assert not inbox.notice(0)
    (inbox.places.inbox / "A02.md").write_text("words")
    seen(inbox, 1)
    inbox.settling.waiting.clear()
    logging.getLogger(OVERFLOW_LOGGER).warning("Inotify queue overflowed; filesystem events were lost")
    assert inbox.notice(0)
    inbox.scan(0)
    assert list(inbox.settling.waiting) == [Path("A02.md")]


def test_what_is_ignored_is_counted_by_reason_until_it_is_gone(inbox: Inbox) -> None:
    link = inbox.places.inbox / "link.md"
    link.symlink_to("/etc/passwd")
    inbox.scan(0)
    inbox.scan(1)
    assert inbox.counted() == {"symbolic link": 1}
    link.unlink()
    inbox.scan(2)
    assert inbox.counted() == {}
