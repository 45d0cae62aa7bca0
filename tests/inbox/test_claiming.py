"""Claiming: one winner, only regular files, and everything that is needed to go on after a crash."""

import os
import tempfile
from pathlib import Path

import pytest

from tests.rights import nobody_special
from worker.inbox import claiming, places
from worker.inbox.claiming import Claim
from worker.inbox.looking import Ignored
from worker.inbox.places import Places

PAGE = Path("A02.md")


def claimed(around: Places, path: Path = PAGE, words: bytes = b"words") -> Claim:
    """A file that was dropped and claimed."""
    file = around.inbox / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(words)
    claim = claiming.claim(around, path)
    assert isinstance(claim, Claim)
    return claim


def test_a_claimed_file_lies_alone_in_a_folder_of_its_own(around: Places) -> None:
    claim = claimed(around)
    assert not (around.inbox / PAGE).exists()
    assert claim.file == around.processing / claim.id / "A02.md"
    assert claim.file.read_bytes() == b"words"


def test_a_file_in_a_folder_keeps_its_way_in_its_name(around: Places) -> None:
    claim = claimed(around, Path("2022-08-15/晚报/A02.md"))
    assert claim.raw_name == "2022-08-15/晚报/A02.md".encode()
    assert claiming.lying(around) == [claim]


def test_whoever_comes_second_sees_the_file_gone(around: Places) -> None:
    claimed(around)
    assert claiming.claim(around, PAGE) is None
    assert claiming.claim(around, Path("no/such/folder/A02.md")) is None
    assert len(list(around.processing.iterdir())) == 1


def test_links_pipes_and_folders_are_not_touched(around: Places, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("root")
    (around.inbox / "link.md").symlink_to(tmp_path / "secret")
    os.mkfifo(around.inbox / "pipe.md")
    (around.inbox / "folder").mkdir()
    assert claiming.claim(around, Path("link.md")) == Ignored.LINK
    assert claiming.claim(around, Path("pipe.md")) == Ignored.FIFO
    assert claiming.claim(around, Path("folder")) is None
    assert len(list(around.inbox.iterdir())) == 3
    assert list(around.processing.iterdir()) == []


def test_a_file_behind_a_linked_folder_stays_where_it_is(around: Places, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "passwd").write_text("root")
    (around.inbox / "folder").symlink_to(tmp_path / "secret")
    assert claiming.claim(around, Path("folder/passwd")) is None
    assert (tmp_path / "secret" / "passwd").read_text() == "root"


def test_a_file_that_we_may_not_read_stays_where_it_is() -> None:
    # pytest's own folders are closed to other users.
    with tempfile.TemporaryDirectory(prefix="jumpline-claiming-") as folder:
        inbox = Path(folder) / "inbox"
        inbox.mkdir()
        (inbox / PAGE).write_text("words")
        (inbox / PAGE).chmod(0)
        with nobody_special(Path(folder)):
            assert claiming.claim(places.around(inbox), PAGE) == Ignored.CLOSED
        assert (inbox / PAGE).exists()


def test_a_file_in_somebody_elses_folder_stays_where_it_is_for_a_reason() -> None:
    with tempfile.TemporaryDirectory(prefix="jumpline-claiming-") as folder:
        around = places.around(Path(folder) / "inbox")
        batch = around.inbox / "batch"
        with nobody_special(Path(folder)):
            (around.inbox / PAGE).write_text("words")
            batch.mkdir()
            (batch / PAGE).write_text("words")
        batch.chmod(0o555)
        with nobody_special(Path(folder)):
            assert claiming.claim(around, Path("batch/A02.md")) == Ignored.IMMOVABLE
            assert list(around.processing.iterdir()) == []
            assert isinstance(claiming.claim(around, PAGE), Claim)
        batch.chmod(0o755)


def test_a_file_that_would_lie_too_deep_in_processing_stays_where_it_is(around: Places) -> None:
    deepest = os.pathconf("/", "PC_PATH_MAX") - 10
    below = Path()
    while len(str(around.inbox / below)) < deepest - 210:
        below /= "x" * 200
    (around.inbox / below).mkdir(parents=True)
    path = below / ("y" * (deepest - len(str(around.inbox / below))))
    (around.inbox / path).write_text("words")
    assert claiming.claim(around, path) == Ignored.IMMOVABLE
    assert list(around.processing.iterdir()) == []


def test_a_hard_link_is_a_file_like_any_other(around: Places, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.md").write_bytes(b"words")
    os.link(tmp_path / "elsewhere.md", around.inbox / PAGE)
    claim = claiming.claim(around, PAGE)
    assert isinstance(claim, Claim)
    assert claim.file.read_bytes() == b"words"
    assert (tmp_path / "elsewhere.md").read_bytes() == b"words"


@pytest.mark.parametrize("name", [b"\xbd\xb9\xd7\xf7.txt", b"a\nb.md", b"x" * 255, "版".encode() * 85])
def test_names_of_any_bytes_are_claimed_and_found_again(around: Places, name: bytes) -> None:
    claim = claimed(around, Path(os.fsdecode(name)))
    assert claim.raw_name == name
    assert claiming.lying(around) == [claim]
    with claiming.open_file(claim) as file:
        assert file.read() == b"words"


def test_neighbours_share_a_folder_but_not_their_claims(around: Places, tmp_path: Path) -> None:
    neighbour = Places(tmp_path / "evening", around.home)
    ours, theirs = claimed(around), claimed(neighbour)
    assert claiming.lying(around) == [ours]
    assert claiming.lying(neighbour) == [theirs]


def test_claims_that_are_known_need_not_be_looked_into(around: Places) -> None:
    first, second = claimed(around), claimed(around, Path("A03.md"))
    assert claiming.lying(around, known={first.id}) == [second]


def test_what_is_not_ours_in_processing_is_left_there(around: Places) -> None:
    (around.processing / "notes").mkdir()
    (around.processing / "readme.txt").write_text("mine")
    assert claiming.lying(around) == []


def test_a_link_slipped_in_after_the_claim_is_not_followed_and_goes_back(around: Places, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("root")
    claim = claimed(around)
    claim.file.unlink()
    claim.file.symlink_to(tmp_path / "secret")
    with pytest.raises(claiming.NotAFile):
        claiming.open_file(claim)
    claiming.give_back(around, claim)
    assert (around.inbox / PAGE).is_symlink()
    assert not claim.folder.exists()


def test_a_pipe_slipped_in_after_the_claim_does_not_block(around: Places) -> None:
    claim = claimed(around)
    claim.file.unlink()
    os.mkfifo(claim.file)
    with pytest.raises(claiming.NotAFile):
        claiming.open_file(claim)


def test_a_claim_with_its_file_is_never_forgotten(around: Places) -> None:
    claim = claimed(around, Path("2022-08-15/A02.md"))
    claiming.forget(claim)
    assert claim.file.read_bytes() == b"words"


def test_a_claim_with_a_link_to_a_folder_in_it_is_left_without_a_fault(around: Places, tmp_path: Path) -> None:
    claim = claimed(around)
    claim.file.unlink()
    claim.file.symlink_to(tmp_path)
    claiming.forget(claim)
    assert claim.file.is_symlink()


def test_an_empty_claim_leaves_nothing(around: Places) -> None:
    claim = claimed(around, Path("2022-08-15/A02.md"))
    (claim.folder / ".handing").write_text("a note of ours")
    claim.file.unlink()
    (empty,) = claiming.lying(around)
    assert empty.is_empty
    claiming.forget(empty)
    claiming.forget(empty)
    assert list(around.processing.iterdir()) == []
