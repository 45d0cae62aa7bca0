"""Handing back: to the place of its end, over nothing, and to the same place after any crash."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from worker.inbox import claiming, handing
from worker.inbox.claiming import Claim
from worker.inbox.handing import Ended
from worker.inbox.places import Places
from worker.tables import Stage

TODAY = date(2022, 8, 15)


def ended(around: Places, path: str = "A02.md", stage: Stage = Stage.STORED, words: str = "words") -> Ended:
    """A file that was dropped, claimed, and whose delivery has ended."""
    file = around.inbox / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(words)
    claim = claiming.claim(around, Path(path))
    assert isinstance(claim, Claim)
    return Ended(claim, stage, TODAY, f"the report on {words}")


def lies(folder: Path) -> dict[str, str]:
    """All that lies in a folder, with what it says."""
    return {path.name: path.read_text() for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("stage", "folder"),
    [
        (Stage.STORED, "done"),
        (Stage.DUPLICATE, "duplicate"),
        (Stage.REJECTED, "failed"),
        (Stage.FAILED, "failed"),
    ],
)
def test_a_file_goes_to_the_folder_of_its_end_with_a_report_beside_it(
    around: Places, stage: Stage, folder: str
) -> None:
    one = ended(around, stage=stage)
    assert handing.hand_back(around, one) == around.home / folder / "2022-08-15" / "A02.md"
    assert lies(around.home / folder / "2022-08-15") == {
        "A02.md": "words",
        "A02.md.report.md": "the report on words",
    }
    claiming.forget(one.claim)
    assert list(around.processing.iterdir()) == []


def test_a_second_file_of_a_name_never_takes_the_place_of_the_first(around: Places) -> None:
    for words in ("first", "second", "third"):
        handing.hand_back(around, ended(around, words=words))
    assert lies(around.home / "done" / "2022-08-15") == {
        "A02.md": "first",
        "A02.md.report.md": "the report on first",
        "A02 (2).md": "second",
        "A02 (2).md.report.md": "the report on second",
        "A02 (3).md": "third",
        "A02 (3).md.report.md": "the report on third",
    }


def test_a_report_never_takes_the_place_of_a_file_of_its_name(around: Places) -> None:
    handing.hand_back(around, ended(around, "A02.md.report.md", words="a page named like a report"))
    handing.hand_back(around, ended(around, "A02.md"))
    assert lies(around.home / "done" / "2022-08-15") == {
        "A02.md.report.md": "a page named like a report",
        "A02.md.report.md.report.md": "the report on a page named like a report",
        "A02 (2).md": "words",
        "A02 (2).md.report.md": "the report on words",
    }


def test_handing_back_twice_is_handing_back_once(around: Places) -> None:
    one = ended(around)
    place = handing.hand_back(around, one)
    assert handing.hand_back(around, one) == place
    assert lies(around.home / "done" / "2022-08-15").keys() == {"A02.md", "A02.md.report.md"}


class PowerCut(BaseException):
    """The machine stops here."""


# The steps that leave a trace on the disk, in order; the machine may stop after any number of them.
STEPS = ((Path, "mkdir"), (Path, "write_bytes"), (Path, "rename"), (Path, "open"), (Path, "unlink"), (os, "fsync"))


def cut_after(steps: int, patched: pytest.MonkeyPatch) -> None:
    """Let the machine stop after so many steps."""
    left = iter(range(steps))
    for owner, name in STEPS:
        real = getattr(owner, name)

        def cut(*arguments: object, real: object = real, **named: object) -> object:
            if next(left, None) is None:
                raise PowerCut
            assert callable(real)
            return real(*arguments, **named)

        patched.setattr(owner, name, cut)


@pytest.mark.parametrize("steps", range(14))
def test_after_a_crash_at_any_step_the_same_steps_lead_to_the_same_place(
    around: Places, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    one = ended(around)
    with monkeypatch.context() as patched:
        cut_after(steps, patched)
        with suppress(PowerCut):
            handing.hand_back(around, one)
    assert handing.hand_back(around, one) == around.home / "done" / "2022-08-15" / "A02.md"
    claiming.forget(one.claim)
    assert lies(around.home / "done" / "2022-08-15") == {
        "A02.md": "words",
        "A02.md.report.md": "the report on words",
    }
    assert list(around.processing.iterdir()) == []


@pytest.fixture
def mounted(around: Places, tmp_path: Path) -> Iterator[Path]:
    """A done/ that lies on another mount than processing/."""
    memory = Path("/dev/shm")
    if not memory.is_dir() or memory.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no second file system here")
    done = around.home / "done"
    done.rmdir()
    with tempfile.TemporaryDirectory(prefix="jumpline-handing-", dir=memory) as elsewhere:
        done.symlink_to(elsewhere)
        yield done


def test_a_file_is_handed_back_to_another_mount(around: Places, mounted: Path) -> None:
    one = ended(around)
    os.utime(one.claim.file, ns=(1, 2))
    place = handing.hand_back(around, one)
    assert place == mounted / "2022-08-15" / "A02.md"
    assert place.stat().st_mtime_ns == 2
    assert not one.claim.file.exists()
    assert lies(place.parent) == {"A02.md": "words", "A02.md.report.md": "the report on words"}


def test_a_failed_file_that_was_tried_again_moves_on_to_another_mount(around: Places, mounted: Path) -> None:
    one = ended(around, stage=Stage.FAILED)
    failed = handing.hand_back(around, one)
    claiming.forget(one.claim)
    handing.hand_back(around, replace(one, stage=Stage.STORED, lay_at=failed))
    assert lies(around.home / "failed" / "2022-08-15") == {}
    assert lies(mounted / "2022-08-15").keys() == {"A02.md", "A02.md.report.md"}


@pytest.mark.parametrize("steps", range(18))
def test_after_a_crash_on_the_way_to_another_mount_there_is_one_file(
    around: Places, mounted: Path, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    one = ended(around)
    with monkeypatch.context() as patched:
        cut_after(steps, patched)
        with suppress(PowerCut):
            handing.hand_back(around, one)
    assert handing.hand_back(around, one) == mounted / "2022-08-15" / "A02.md"
    claiming.forget(one.claim)
    assert lies(mounted / "2022-08-15") == {"A02.md": "words", "A02.md.report.md": "the report on words"}
    assert list(around.processing.iterdir()) == []


def test_a_name_taken_between_crash_and_repetition_is_not_overwritten(around: Places) -> None:
    one = ended(around)
    (one.claim.folder / handing.NOTE).write_bytes(os.fsencode(around.home / "done" / "2022-08-15" / "A02.md"))
    handing.hand_back(around, ended(around, words="another"))
    assert handing.hand_back(around, one) == around.home / "done" / "2022-08-15" / "A02 (2).md"


def test_a_file_that_somebody_took_away_is_handed_nowhere(around: Places) -> None:
    one = ended(around)
    one.claim.file.unlink()
    assert handing.hand_back(around, one) is None
    assert list((around.home / "done").iterdir()) == []


def test_a_failed_file_that_was_tried_again_moves_on_from_where_it_lies(around: Places) -> None:
    one = ended(around, stage=Stage.FAILED)
    failed = handing.hand_back(around, one)
    claiming.forget(one.claim)
    again = replace(one, stage=Stage.STORED, report="now it is stored", lay_at=failed)
    assert handing.hand_back(around, again) == around.home / "done" / "2022-08-15" / "A02.md"
    claiming.forget(one.claim)
    assert lies(around.home / "failed" / "2022-08-15") == {}
    assert lies(around.home / "done" / "2022-08-15") == {"A02.md": "words", "A02.md.report.md": "now it is stored"}


def test_a_file_that_fails_again_on_the_same_day_stays_with_a_new_report(around: Places) -> None:
    one = ended(around, stage=Stage.FAILED)
    failed = handing.hand_back(around, one)
    claiming.forget(one.claim)
    assert handing.hand_back(around, replace(one, report="still failed", lay_at=failed)) == failed
    assert lies(around.home / "failed" / "2022-08-15") == {"A02.md": "words", "A02.md.report.md": "still failed"}


def test_a_file_from_a_folder_is_handed_back_under_its_own_name(around: Places) -> None:
    one = ended(around, "2022-08-15/A02.md")
    assert handing.hand_back(around, one) == around.home / "done" / "2022-08-15" / "A02.md"


@pytest.mark.parametrize("name", [b"\xbd\xb9\xd7\xf7.txt", b"x" * 255, "版".encode() * 85])
def test_names_of_any_bytes_are_handed_back(around: Places, name: bytes) -> None:
    place = handing.hand_back(around, ended(around, os.fsdecode(name)))
    assert place is not None
    assert os.fsencode(place.name) == name
    assert handing.report_of(place).read_text() == "the report on words"
