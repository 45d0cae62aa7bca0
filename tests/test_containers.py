"""The container files speak of settings that exist."""

import re
from pathlib import Path

import pytest

from worker.settings import manual

ROOT = Path(__file__).parents[1]
NAMED = re.compile(r"^[# ]*(JUMPLINE_[A-Z_]+)\s*[:=]", re.MULTILINE)  # "# JUMPLINE_LOCALE__LANGUAGE=zh"


@pytest.mark.parametrize("file", ["docker-compose.yml", ".env.example"])
def test_every_setting_named_in_it_is_one(file: str) -> None:
    named = {name.removesuffix("_FILE") for name in NAMED.findall((ROOT / file).read_text("utf-8"))}
    assert len(named) > 3
    known = set(re.findall(r"`(JUMPLINE_\w+)`", manual.page())) | {"JUMPLINE_CONFIG", "JUMPLINE_DATA"}
    assert named - known == set()


def test_the_image_holds_what_the_build_asks_for_and_nothing_else() -> None:
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = re.findall(r"^COPY (?!--)(.+) \./?\S*$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert {word for line in copied for word in line.split()} == allowed
