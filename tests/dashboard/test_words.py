"""The dashboard's words in both languages; times, spans, sizes, and characters that cannot be seen."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from worker.dashboard import words
from worker.newspaper.rules import Language

TEMPLATES = words.CATALOGUE.parents[3] / "templates"
SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)


def used() -> set[Any]:
    options = {"extensions": "jinja2.ext.i18n,jinja2.ext.do", "trim_blocks": "true"}
    found = extract_from_dir(str(TEMPLATES), method_map=[("**.html", "jinja2")], options_map={"**.html": options})
    return {(context, message) for _, _, message, _, context in found}


def test_every_message_of_the_templates_is_said_in_chinese_and_no_other() -> None:
    with words.CATALOGUE.open("rb") as file:
        catalogue = read_po(file, abort_invalid=True)
    translated = {
        (message.context, message.id if isinstance(message.id, str) else tuple(message.id))
        for message in catalogue
        if message.id and message.string and not message.fuzzy
    }
    assert used() - translated == set()
    assert translated - used() == set()


def test_no_template_carries_style_or_script_of_its_own() -> None:
    for template in Path(TEMPLATES).glob("*.html"):
        text = template.read_text("utf-8")
        assert [
            word for word in ("style=", "<style", "onclick", "javascript:", "| safe", "|safe") if word in text
        ] == []


@pytest.mark.parametrize(
    ("setting", "accept", "expected"),
    [
        ("zh", "en", "zh"),
        ("en", "zh-CN", "en"),
        ("auto", "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("auto", "zh-TW", "zh"),
        ("auto", "en-GB,en;q=0.9,zh;q=0.1", "en"),
        ("auto", "en;q=0.2, zh;q=0.9", "zh"),
        ("auto", "fr", "en"),
        ("auto", None, "en"),
        ("auto", ";;q=zh,,=\x00", "en"),
    ],
)
def test_the_language_is_the_one_set_or_the_one_a_browser_wants(
    setting: Any, accept: str | None, expected: Language
) -> None:
    assert words.language(setting, accept) == expected


@pytest.mark.parametrize(
    ("when", "language", "expected"),
    [
        (NOON, "zh", "12:00:00"),
        (datetime(2026, 11, 22, 17, tzinfo=UTC), "en", "01:00:00"),
        (datetime(2026, 11, 22, 4, tzinfo=UTC), "zh", "11月22日 12:00"),
        (datetime(2026, 11, 22, 4, tzinfo=UTC), "en", "22 Nov 12:00"),
        (datetime(2022, 8, 15, 4, tzinfo=UTC), "zh", "2022年8月15日 12:00"),
    ],
)
def test_a_time_is_written_as_short_as_it_is_clear(when: datetime, language: Language, expected: str) -> None:
    assert words.moment(when, NOON, SHANGHAI, language) == expected


@pytest.mark.parametrize(
    ("seconds", "language", "expected"),
    [
        (0.0402, "en", "40 ms"),
        (0.0402, "zh", "40 毫秒"),
        (3.21, "en", "3.2 s"),
        (42, "zh", "42 秒"),
        (300, "en", "5 minutes"),
        (7200, "zh", "2小时"),
    ],
)
def test_a_span_is_written_in_its_own_unit(seconds: float, language: Language, expected: str) -> None:
    assert words.span(seconds, language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("焦作日报\t①\n", "焦作日报\t①\n"),
        ("a\x00b", "a␀b"),
        ("a\x1b[31m", "a␛[31m"),
        ("a\u202eb", "a⟨U+202E⟩b"),
        ("\ufeffa\u200bb", "⟨U+FEFF⟩a⟨U+200B⟩b"),
    ],
)
def test_characters_that_cannot_be_seen_are_shown(text: str, expected: str) -> None:
    assert words.seen(text) == expected
