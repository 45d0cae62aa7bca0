"""Dropping: whole or not at all, and never over another file."""

import os
from pathlib import Path

import pytest

from worker.inbox import dropping, names


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "A02.md"
    file.write_text("words")
    return file


def test_a_file_is_copied_into_the_inbox(page: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    assert dropping.drop([page], inbox) == [inbox / "A02.md"]
    assert (inbox / "A02.md").read_text() == "words"
    assert page.read_text() == "words"
    assert [path.name for path in inbox.iterdir()] == ["A02.md"]


def test_a_name_that_is_taken_gets_a_number(page: Path, tmp_path: Path) -> None:
    dropped = dropping.drop([page, page, page], tmp_path / "inbox")
    assert [path.name for path in dropped] == ["A02.md", "A02 (2).md", "A02 (3).md"]


@pytest.mark.parametrize("name", [".A02.md", "~$A02.md", "A02.md.part", "A02.tmp", "....", ".tmp"])
def test_a_file_that_the_inbox_would_leave_alone_is_dropped_under_a_name_that_it_takes(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_text("words")
    (dropped,) = dropping.drop([tmp_path / name], tmp_path / "inbox")
    assert not names.left_alone(Path(dropped.name))


def test_a_file_that_is_not_there_leaves_nothing_in_the_inbox(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"gone\.md"):
        dropping.drop([tmp_path / "gone.md"], tmp_path / "inbox")
    assert os.listdir(tmp_path / "inbox") == []
