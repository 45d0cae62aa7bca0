"""Original bytes: kept whole, once, under the name of what they are."""

import hashlib
import io
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from worker import blobs

WORDS = "(上接A01版①)".encode()
NOW = datetime(2022, 8, 15, tzinfo=UTC)
NAME = hashlib.sha256(WORDS).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> blobs.Folder:
    return blobs.Folder(tmp_path / "blobs")


def test_bytes_are_kept_under_their_sha256(folder: blobs.Folder) -> None:
    assert folder.keep(io.BytesIO(WORDS)) == blobs.Kept(NAME, len(WORDS))
    assert folder.path(NAME) == folder.root / NAME[:2] / NAME[2:4] / NAME
    assert folder.read(NAME) == WORDS


def test_a_file_of_no_bytes_is_kept_too(folder: blobs.Folder) -> None:
    kept = folder.keep(io.BytesIO(b""))
    assert folder.read(kept.sha256) == b""


def test_a_file_larger_than_one_chunk_is_kept_whole(folder: blobs.Folder) -> None:
    large = os.urandom(blobs.CHUNK * 2 + 17)
    kept = folder.keep(io.BytesIO(large))
    assert kept.bytes == len(large)
    assert folder.read(kept.sha256) == large


def test_bytes_that_are_here_already_are_not_written_again(folder: blobs.Folder) -> None:
    folder.keep(io.BytesIO(WORDS))
    before = folder.path(NAME).stat()
    folder.keep(io.BytesIO(WORDS))
    after = folder.path(NAME).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_nothing_half_written_is_left_behind(folder: blobs.Folder) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(5, "the disk is ill")

    folder.keep(io.BytesIO(WORDS))
    folder.keep(io.BytesIO(WORDS))
    with pytest.raises(blobs.Unreadable, match="the disk is ill"):
        folder.keep(Broken())
    assert [path for path in folder.root.rglob("*") if path.is_file()] == [folder.path(NAME)]


def test_what_was_left_half_written_is_removed_after_a_while(folder: blobs.Folder) -> None:
    assert folder.forget_unfinished(NOW) == 0
    folder.keep(io.BytesIO(WORDS))
    for name, age in (("killed", 2), ("under way", 0)):
        (folder.root / "tmp" / name).write_bytes(WORDS[:3])
        then = (NOW - timedelta(days=age)).timestamp()
        os.utime(folder.root / "tmp" / name, (then, then))
    assert folder.forget_unfinished(NOW - timedelta(days=1)) == 1
    assert [path.name for path in (folder.root / "tmp").iterdir()] == ["under way"]
    assert folder.read(NAME) == WORDS


@pytest.mark.parametrize("damage", [b"(" * len(WORDS), WORDS[:3]])
def test_a_blob_damaged_by_somebody_is_mended_when_its_bytes_come_again(folder: blobs.Folder, damage: bytes) -> None:
    folder.keep(io.BytesIO(WORDS))
    folder.path(NAME).chmod(0o644)
    folder.path(NAME).write_bytes(damage)
    folder.keep(io.BytesIO(WORDS))
    assert folder.read(NAME) == WORDS


def test_a_name_that_another_process_put_there_is_made_durable_too(
    folder: blobs.Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.path(NAME).parent.mkdir(parents=True)
    folder.path(NAME).write_bytes(WORDS)  # and died before it could sync the folders
    synced: list[int] = []
    real = os.fsync

    def noting(descriptor: int) -> None:
        synced.append(os.fstat(descriptor).st_ino)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", noting)
    folder.keep(io.BytesIO(WORDS))
    above = [folder.path(NAME).parent, folder.path(NAME).parent.parent, folder.root]
    assert synced == [path.stat().st_ino for path in above]
    folder.keep(io.BytesIO(WORDS))
    assert synced == [path.stat().st_ino for path in (*above, above[0])]


def test_bytes_that_are_not_here_are_missing(folder: blobs.Folder) -> None:
    assert not folder.has(NAME)
    with pytest.raises(blobs.Missing, match=NAME):
        folder.read(NAME)


def test_damaged_bytes_are_never_given_out(folder: blobs.Folder) -> None:
    folder.keep(io.BytesIO(WORDS))
    folder.path(NAME).chmod(0o644)
    folder.path(NAME).write_bytes(b"other words")
    with pytest.raises(blobs.Missing, match="damaged"):
        folder.read(NAME)
