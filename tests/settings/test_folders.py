"""Where the configuration folder is, and what it holds."""

from pathlib import Path

import pytest

from worker import settings
from worker.newspaper.paper import WrongPaper
from worker.settings import WrongSettings

SHIPPED = Path(__file__).parents[2] / "config"


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_folder_given_wins(elsewhere: Path) -> None:
    (elsewhere / "mine").mkdir()
    assert settings.config_dir(Path("mine"), {"JUMPLINE_CONFIG": "other"}) == Path("mine")


def test_the_environment_names_the_folder(elsewhere: Path) -> None:
    (elsewhere / "other").mkdir()
    assert settings.config_dir(None, {"JUMPLINE_CONFIG": "other"}) == Path("other")


def test_a_folder_that_is_not_there_is_said(elsewhere: Path) -> None:
    with pytest.raises(WrongSettings, match="mine is no folder: --config"):
        settings.config_dir(Path("mine"), {})


def test_a_config_folder_here_is_used_when_it_is_jumplines(elsewhere: Path) -> None:
    (elsewhere / "config" / "papers").mkdir(parents=True)
    assert settings.config_dir(None, {}) == Path("config")


def test_a_config_folder_of_another_program_is_left_alone(elsewhere: Path) -> None:
    (elsewhere / "config").mkdir()
    (elsewhere / "config" / "webpack.js").touch()
    assert settings.config_dir(None, {}) == SHIPPED


def test_anywhere_else_it_is_the_one_that_comes_with_jumpline(elsewhere: Path) -> None:
    assert settings.config_dir(None, {}) == SHIPPED


def test_the_shipped_papers_can_be_read() -> None:
    assert "焦作日报" in [paper.name for paper in settings.papers(SHIPPED)]


def test_a_folder_without_papers_knows_only_the_generic_one(tmp_path: Path) -> None:
    assert list(settings.papers(tmp_path)) == []


def test_a_paper_that_is_not_text_is_said(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "x.toml").write_bytes("name = '焦作日报'".encode("gb18030"))
    with pytest.raises(WrongPaper, match=r"x\.toml is not UTF-8 text: save it as UTF-8\."):
        settings.papers(tmp_path)
