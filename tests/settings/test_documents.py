"""The settings file that ships, and the page that describes it, are whole and true."""

import re
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest

from worker import settings
from worker.settings import manual, units
from worker.settings.sections import Settings
from worker.settings.sources import keys_of

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "config" / "jumpline.toml"


def with_defaults_in_force() -> str:
    """The shipped file, the "#" taken away from each key."""
    return re.sub(r"^# (?=[a-z_]+ = )", "", SHIPPED.read_text("utf-8"), flags=re.MULTILINE)


def test_the_shipped_file_changes_nothing() -> None:
    assert settings.read(SHIPPED.parent, {}) == Settings()


def test_the_defaults_in_the_shipped_file_are_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "jumpline.toml").write_text(with_defaults_in_force(), "utf-8")
    assert settings.read(tmp_path, {}) == Settings()


def test_the_shipped_file_has_every_key() -> None:
    table = tomllib.loads(with_defaults_in_force())
    for name, field in Settings.model_fields.items():
        assert name in table
        assert not keys_of(field.annotation) or set(keys_of(field.annotation)) == set(table[name])


def test_every_key_of_the_shipped_file_follows_a_comment_of_its_own() -> None:
    blocks = SHIPPED.read_text("utf-8").split("\n\n")
    keys = [block.splitlines() for block in blocks if re.search(r"^# [a-z_]+ = ", block, re.MULTILINE)]
    assert keys
    assert all(len(lines) > 1 and lines[0].startswith("# ") for lines in keys)


def test_the_settings_page_is_what_the_code_says() -> None:
    assert (ROOT / "docs" / "settings.md").read_text("utf-8") == manual.page(), "run `make docs`"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (timedelta(0), "0s"),
        (timedelta(milliseconds=300), "300ms"),
        (timedelta(seconds=90), "90s"),
        (timedelta(minutes=15), "15m"),
        (timedelta(days=1), "24h"),
        (timedelta(days=7), "7d"),
    ],
)
def test_a_duration_is_written_as_a_person_would(value: timedelta, written: str) -> None:
    assert units.duration(value) == written


@pytest.mark.parametrize(("value", "written"), [(1, "1B"), (200_000, "200KB"), (64_000_000, "64MB")])
def test_a_size_is_written_as_a_person_would(value: int, written: str) -> None:
    assert units.size(value) == written
