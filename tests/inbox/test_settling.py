"""Settling, with a dict for a disk and integers for time."""

from pathlib import Path

from worker.inbox.settling import Fingerprint, Hint, Settling, Waits

WAITS = Waits(closed=3, seen=20, open=300)
PAGE = Path("A02.md")
OTHER = Path("A03.md")
ALL = 100


class Disk(dict[Path, Fingerprint]):
    """What lies in an inbox; each file of a size is a fingerprint of its own."""

    def write(self, path: Path, size: int, mtime: int = 0, inode: int = 1) -> None:
        self[path] = Fingerprint(size, mtime, inode)


def watched(*paths: Path, hint: Hint) -> tuple[Disk, Settling]:
    """A disk with these files, seen at time 0."""
    disk = Disk()
    for path in paths:
        disk.write(path, 1)
    settling = Settling(WAITS, disk.get)
    settling.hint(dict.fromkeys(paths, hint), 0)
    return disk, settling


def test_a_file_found_by_a_scan_waits_the_long_time() -> None:
    _, settling = watched(PAGE, hint=Hint.SEEN)
    assert settling.ready(19, ALL) == []
    assert settling.ready(20, ALL) == [PAGE]


def test_a_file_that_was_closed_waits_the_short_time() -> None:
    _, settling = watched(PAGE, hint=Hint.CLOSED)
    assert settling.ready(2, ALL) == []
    assert settling.ready(3, ALL) == [PAGE]


def test_a_file_found_first_and_closed_later_waits_the_short_time_from_its_last_change() -> None:
    _, settling = watched(PAGE, hint=Hint.SEEN)
    settling.hint({PAGE: Hint.CLOSED}, 1)
    assert settling.ready(3, ALL) == [PAGE]


def test_a_file_still_growing_is_not_settled() -> None:
    disk, settling = watched(PAGE, hint=Hint.SEEN)
    for now in range(1, 200):
        disk.write(PAGE, size=now)
        settling.hint({PAGE: Hint.SEEN}, now)
        assert settling.ready(now, ALL) == []
    assert settling.ready(199 + 20, ALL) == [PAGE]


def test_a_growing_file_that_no_event_tells_of_is_not_settled() -> None:
    disk, settling = watched(PAGE, hint=Hint.SEEN)
    disk.write(PAGE, size=2)
    assert settling.ready(20, ALL) == []
    assert settling.ready(39, ALL) == []
    assert settling.ready(40, ALL) == [PAGE]


def test_a_file_written_to_again_after_it_was_closed_waits_the_long_time() -> None:
    disk, settling = watched(PAGE, hint=Hint.CLOSED)
    disk.write(PAGE, size=2)
    settling.hint({PAGE: Hint.SEEN}, 2)
    assert settling.ready(5, ALL) == []
    assert settling.ready(22, ALL) == [PAGE]


def test_a_file_that_its_writer_has_open_is_waited_for_through_long_pauses() -> None:
    disk, settling = watched(PAGE, hint=Hint.OPEN)
    assert settling.ready(100, ALL) == []
    disk.write(PAGE, size=2)
    settling.hint({PAGE: Hint.OPEN}, 100)
    assert settling.ready(350, ALL) == []
    settling.hint({PAGE: Hint.CLOSED}, 351)
    assert settling.ready(351, ALL) == [PAGE]


def test_a_scan_does_not_make_an_open_file_look_closed() -> None:
    disk, settling = watched(PAGE, hint=Hint.OPEN)
    settling.hint({PAGE: Hint.SEEN}, 10)
    disk.write(PAGE, size=2)
    settling.hint({PAGE: Hint.SEEN}, 20)
    assert settling.ready(319, ALL) == []


def test_a_file_that_is_never_closed_is_taken_all_the_same() -> None:
    _, settling = watched(PAGE, hint=Hint.OPEN)
    assert settling.ready(299, ALL) == []
    assert settling.ready(300, ALL) == [PAGE]


def test_a_file_that_only_looks_older_has_changed_all_the_same() -> None:
    disk, settling = watched(PAGE, hint=Hint.CLOSED)
    disk.write(PAGE, size=1, mtime=-1_000_000)
    settling.hint({PAGE: Hint.CLOSED}, 2)
    assert settling.ready(3, ALL) == []
    assert settling.ready(5, ALL) == [PAGE]


def test_another_file_of_the_same_name_size_and_time_begins_anew() -> None:
    disk, settling = watched(PAGE, hint=Hint.CLOSED)
    disk.write(PAGE, size=1, inode=2)
    settling.hint({PAGE: Hint.CLOSED}, 2)
    assert settling.ready(4, ALL) == []


def test_a_file_that_is_gone_is_forgotten() -> None:
    disk, settling = watched(PAGE, hint=Hint.CLOSED)
    del disk[PAGE]
    assert settling.ready(100, ALL) == []
    assert settling.waiting == {}


def test_a_file_is_given_out_once() -> None:
    _, settling = watched(PAGE, hint=Hint.CLOSED)
    assert settling.ready(3, ALL) == [PAGE]
    assert settling.ready(100, ALL) == []


def test_a_hint_at_nothing_means_nothing() -> None:
    settling = Settling(WAITS, Disk().get)
    settling.hint({PAGE: Hint.CLOSED}, 0)
    assert settling.waiting == {}


def test_a_batch_is_no_larger_than_asked_for_and_the_rest_comes_next() -> None:
    _, settling = watched(PAGE, OTHER, hint=Hint.CLOSED)
    assert settling.ready(3, 1) == [PAGE]
    assert settling.ready(3, 1) == [OTHER]


def test_what_a_scan_does_not_see_is_no_longer_waited_for() -> None:
    _, settling = watched(PAGE, OTHER, hint=Hint.CLOSED)
    settling.keep_only([OTHER])
    assert list(settling.waiting) == [OTHER]


def test_the_longest_wait_counts_from_when_a_file_was_first_seen() -> None:
    disk, settling = watched(PAGE, hint=Hint.SEEN)
    disk.write(PAGE, size=2)
    settling.hint({PAGE: Hint.SEEN}, 15)
    assert settling.oldest(18) == 18
    assert Settling(WAITS, disk.get).oldest(18) == 0
