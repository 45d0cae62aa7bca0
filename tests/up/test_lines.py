"""Which of the children's log lines reach the terminal."""

from zoneinfo import ZoneInfo

import pytest

from worker.up import lines

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            '{"event": "stored", "delivery": 12, "name": "A02.md", "level": "info", "at": "2026-11-23T20:26:04.1Z"}',
            ("04:26:04  worker     stored  delivery=12  name=A02.md", ""),
        ),
        (
            '{"event": "The broker is away.", "level": "warning", "at": "2026-11-23T20:26:04.1Z"}',
            ("04:26:04  worker     The broker is away.", "yellow"),
        ),
        (
            '{"event": "gave up", "level": "error", "exception": "Traceback …", "at": "2026-11-23T20:26:04.1Z"}',
            ("04:26:04  worker     gave up", "red"),
        ),
        ('{"event": "two\\nlines", "level": "warning"}', ("--:--:--  worker     two", "yellow")),
        ('{"event": "started", "level": "info", "at": "2026-11-23T20:26:04.1Z"}', None),
        ("some words of a library", None),
        ("[1, 2]", None),
        ('{"no": "event"}', None),
    ],
)
def test_a_line_is_told_when_it_is_about_somebodys_file_or_a_warning(line: str, told: tuple[str, str] | None) -> None:
    assert lines.told("worker", line, SHANGHAI) == told
