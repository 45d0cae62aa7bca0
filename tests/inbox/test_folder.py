"""One inbox with a real folder and integers for time: hints and scans lead to claims."""

import errno
import logging
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog

from worker.inbox.folder import Inbox
from worker.inbox.places import Places
from worker.inbox.settling import Hint, Waits
from worker.inbox.watching import OVERFLOW_LOGGER

WAITS = Waits(closed=3, seen=20, open=300)


@pytest.fixture
def inbox(around: Places) -> Iterator[Inbox]:
    inbox = Inbox(around, "native", WAITS, own=[around.inbox / "var"])
    inbox.open()
    yield inbox
    inbox.close()


def until(is_so: Callable[[], object]) -> None:
    """Wait until it is so."""
    deadline = time.monotonic() + 5
    while not is_so():
        assert time.monotonic() < deadline, "it did not come in time"
        time.sleep(0.01)


def seen(inbox: Inbox, count: int) -> None:
    """Wait until so many files are known."""

    def are_known() -> bool:
        inbox.notice(0)
        return len(inbox.settling.waiting) >= count

    until(are_known)


def hint_at(inbox: Inbox, name: str) -> Hint | None:
    """What is known of a file's writer by now."""
    inbox.notice(0)
    waiting = inbox.settling.waiting.get(Path(name))
    return waiting.hint if waiting else None


def test_a_dropped_file_settles_and_is_claimed(inbox: Inbox) -> None:
    (inbox.places.inbox / "A02.md").write_text("words")
    until(lambda: hint_at(inbox, "A02.md") is Hint.CLOSED)
    assert inbox.take(0, 100) == []
    assert [claim.name for claim in inbox.take(20, 100)] == ["A02.md"]
    assert inbox.take(20, 100) == []


def test_folders_emptied_by_claiming_are_removed_after_a_while_and_others_are_not(inbox: Inbox) -> None:
    root = inbox.places.inbox
    (root / "2022-08-15" / "late").mkdir(parents=True)
    (root / "2022-08-15" / "late" / "A02.md").write_text("words")
    (root / "2022-08-16").mkdir()
    (root / "2022-08-16" / "A01.md").write_text("words")
    (root / "people's own").mkdir()
    inbox.scan(0)
    assert len(inbox.take(20, 100)) == 2
    (root / "2022-08-16" / ".A02.md.part").write_text("on its way")
    inbox.tidy(29, after=10)
    assert (root / "2022-08-15" / "late").is_dir()
    inbox.tidy(30, after=10)
    assert sorted(path.name for path in root.iterdir()) == ["2022-08-16", "people's own"]


def test_a_writer_that_pauses_is_waited_for_until_it_closes_the_file(inbox: Inbox) -> None:
    with (inbox.places.inbox / "A02.md").open("wb", buffering=0) as slow:
        slow.write(b"half a page")
        until(lambda: hint_at(inbox, "A02.md") is Hint.OPEN)
        assert inbox.take(299, 100) == []
    until(lambda: hint_at(inbox, "A02.md") is Hint.CLOSED)
    assert [claim.name for claim in inbox.take(299, 100)] == ["A02.md"]


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


def test_after_events_were_lost_a_file_that_seems_open_is_waited_for_no_longer_than_any_other(inbox: Inbox) -> None:
    overflow = logging.getLogger(OVERFLOW_LOGGER)
    with (
        (inbox.places.inbox / "A02.md").open("wb", buffering=0) as early,
        (inbox.places.inbox / "A03.md").open("wb", buffering=0) as late,
    ):
        early.write(b"its close will be lost")
        until(lambda: hint_at(inbox, "A02.md") is Hint.OPEN)
        overflow.warning("Inotify queue overflowed; filesystem events were lost")
        inbox.notice(0)
        late.write(b"its close was lost already")
        until(lambda: hint_at(inbox, "A03.md") is Hint.SEEN and inbox.settling.waiting[Path("A03.md")].fingerprint.size)
        assert sorted(claim.name for claim in inbox.take(20, 100)) == ["A02.md", "A03.md"]


def test_a_file_that_cannot_be_moved_is_told_once_and_taken_as_soon_as_it_can(
    around: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = Inbox(around, "native", WAITS)
    for name in ("A02.md", "A03.md"):
        (around.inbox / name).write_text("words")
    real = os.rename

    def sticky(source: str, target: Path, **named: int) -> None:
        if source == "A02.md":
            raise PermissionError(errno.EPERM, "Operation not permitted", source)
        real(source, target, **named)

    with monkeypatch.context() as patched, structlog.testing.capture_logs() as logs:
        patched.setattr(os, "rename", sticky)
        inbox.scan(0)
        assert [claim.name for claim in inbox.take(20, 100)] == ["A03.md"]
        inbox.scan(30)
        assert inbox.take(50, 100) == []
    assert inbox.counted() == {"cannot be moved from there": 1}
    assert [line["name"] for line in logs] == ["A02.md"]
    inbox.scan(60)
    assert [claim.name for claim in inbox.take(80, 100)] == ["A02.md"]
    assert inbox.counted() == {}


def test_what_is_ignored_is_counted_by_reason_until_it_is_gone(inbox: Inbox) -> None:
    link = inbox.places.inbox / "link.md"
    link.symlink_to("/etc/passwd")
    inbox.scan(0)
    inbox.scan(1)
    assert inbox.counted() == {"symbolic link": 1}
    assert inbox.names_ignored() == ["link.md"]
    link.unlink()
    inbox.scan(2)
    assert inbox.counted() == {}
