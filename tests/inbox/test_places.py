"""Where the places of an inbox are."""

import fcntl
import os
from pathlib import Path

import pytest

from worker.inbox import places
from worker.inbox.places import Places
from worker.tables import Stage


def test_the_places_lie_beside_the_inbox(tmp_path: Path) -> None:
    around = places.around(tmp_path / "data" / "inbox")
    assert around == Places(tmp_path / "data" / "inbox", tmp_path / "data")
    assert around.processing == tmp_path / "data" / "processing"
    assert around.processing.is_dir()
    assert list(around.inbox.iterdir()) == []


def test_where_nothing_can_be_renamed_beside_the_inbox_the_places_lie_inside(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (tmp_path / "processing").write_text("somebody else's file is in the way")
    around = places.around(inbox)
    assert around.home == inbox / ".jumpline"
    assert around.processing.is_dir()
    assert [path.name for path in inbox.iterdir()] == [".jumpline"]


def test_an_inbox_on_another_file_system_than_its_parent_has_its_places_inside(tmp_path: Path) -> None:
    memory = Path("/dev/shm")
    if not memory.is_dir() or memory.stat().st_dev == tmp_path.stat().st_dev:
        return
    inbox = tmp_path / "inbox"
    inbox.symlink_to(memory / f"jumpline-{tmp_path.name}-{id(inbox)}")
    inbox.readlink().mkdir()
    try:
        around = places.around(inbox)
        assert around.home == inbox / ".jumpline"
    finally:
        for name in ("processing", "done", "duplicate", "failed"):
            (around.home / name).rmdir()
        around.home.rmdir()
        inbox.readlink().rmdir()


def test_people_find_the_folders_that_files_come_back_to_before_the_first_has(tmp_path: Path) -> None:
    places.around(tmp_path / "inbox")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["done", "duplicate", "failed", "inbox", "processing"]


def test_a_folder_to_come_back_to_that_cannot_be_made_does_not_close_the_inbox(tmp_path: Path) -> None:
    (tmp_path / "done").symlink_to("a disk that is not mounted yet")
    assert places.around(tmp_path / "inbox").processing.is_dir()


def test_each_end_has_its_folder(tmp_path: Path) -> None:
    around = Places(tmp_path / "inbox", tmp_path)
    ends = {stage: around.final(stage).name for stage in Stage if stage is not Stage.RECEIVED}
    assert ends == {
        Stage.STORED: "done",
        Stage.DUPLICATE: "duplicate",
        Stage.REJECTED: "failed",
        Stage.FAILED: "failed",
    }
    assert {around.final(stage) for stage in ends} <= around.own


def test_one_process_at_a_time_hands_back(tmp_path: Path) -> None:
    around = places.around(tmp_path / "inbox")
    other = os.open(around.processing, os.O_RDONLY)
    with places.locked(around), pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(other)
