"""Commands as they are printed can be typed as they are."""

import shlex
import sys
from pathlib import Path

import pytest

from worker import settings
from worker.settings import commands
from worker.settings.commands import Command

CONFIG = Path(__file__).parents[2] / "config"
BESIDE_PYTHON = Path(sys.executable).with_name("jumpline")


@pytest.fixture(autouse=True)
def nothing_on_the_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


def test_a_line_is_quoted_for_the_shell() -> None:
    line = Command("jumpline", ("--data", "/my news")).typed("identify", "d1", "--paper", "焦作日报; rm -rf ~")
    assert shlex.split(line) == ["jumpline", "identify", "d1", "--paper", "焦作日报; rm -rf ~", "--data", "/my news"]


def test_anywhere_the_program_and_the_data_folder_are_named_whole(tmp_path: Path) -> None:
    read = settings.read(CONFIG, {}, tmp_path / "a b")
    line = commands.anywhere(read, CONFIG).typed("retry", "d1")
    assert shlex.split(line) == [str(BESIDE_PYTHON), "retry", "d1", "--data", f"{tmp_path}/a b"]


def test_a_config_folder_that_jumpline_would_not_find_is_named(tmp_path: Path) -> None:
    read = settings.read(tmp_path, {}, tmp_path)
    assert commands.anywhere(read, tmp_path).options == ("--data", str(tmp_path), "--config", str(tmp_path))
    assert commands.anywhere(read, None).options == ("--data", str(tmp_path))


def test_here_nothing_is_named_that_is_found_by_itself() -> None:
    command = commands.here(settings.read(CONFIG, {}), Path("config"), Path.cwd())
    assert command.options == ()
    assert (Path.cwd() / command.program).samefile(BESIDE_PYTHON)


def test_here_folders_are_named_as_short_as_can_be(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    read = settings.read(CONFIG, {}, tmp_path / "news")
    command = commands.here(read, tmp_path / "own", tmp_path)
    assert command.options == ("--data", "news", "--config", "own")


def test_a_program_on_the_path_is_called_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "jumpline").symlink_to(BESIDE_PYTHON)
    assert commands.anywhere(settings.read(CONFIG, {}, tmp_path), None).program == "jumpline"


def test_another_jumpline_on_the_path_is_not_taken_for_ours(tmp_path: Path) -> None:
    (tmp_path / "jumpline").touch(mode=0o755)
    assert commands.anywhere(settings.read(CONFIG, {}, tmp_path), None).program == str(BESIDE_PYTHON)
