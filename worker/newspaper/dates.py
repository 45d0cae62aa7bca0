"""Dates as newspapers and file names print them; a date that is in no calendar is none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from worker.newspaper.labels import HAN_DIGITS, han_number

_YEARS = range(1800, 2200)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"

_WRITTEN = re.compile(r"(?<!\d)(?P<year>\d{4})\s?年\s?(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?日")
# 二〇二二年八月十五日
_HAN = re.compile(
    rf"(?P<year>[{''.join(HAN_DIGITS)}○]{{4}})年(?P<month>[一二三四五六七八九十]{{1,3}})月(?P<day>[一二三四五六七八九十廿]{{1,3}})日"
)
_IN_NAMES = (
    _WRITTEN,
    # 2022-08-15, 2022_8_15, 2022.08.15, 2022-08/15, 2022 08 15
    re.compile(r"(?<![0-9A-Za-z])(?P<year>\d{4})(?P<sep>[-_./ ])(?P<month>\d{1,2})[-_./ ](?P<day>\d{1,2})(?!\d)"),
    # 20220815, rmrb20251020, 20220815A02; not the digits within 52dbe719001a33ae
    re.compile(r"(?<![0-9])(?<![0-9][A-Za-z])(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?!\d|[a-z])"),
    # 20 01 2026, 20-01-2026
    re.compile(r"(?<![0-9A-Za-z])(?P<day>\d{1,2})[-_./ ](?P<month>\d{1,2})[-_./ ](?P<year>\d{4})(?!\d)"),
    # January 20, 2026
    re.compile(rf"(?<![A-Za-z]){_MONTH}[ _-]?(?P<day>\d{{1,2}}),?[ _-]?(?P<year>\d{{4}})(?!\d)", re.IGNORECASE),
    # 20 January 2026
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})[ _-]?{_MONTH},?[ _-]?(?P<year>\d{{4}})(?!\d)", re.IGNORECASE),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A date and the characters that print it, from `start` to `end` (exclusive)."""

    date: date
    start: int
    end: int


def in_name(name: str) -> Found | None:
    """The first date in a file's or folder's name, in any of the orders that people use there."""
    for form in _IN_NAMES:
        for match in form.finditer(name):
            if found := _dated(match):
                return found
    return None


def in_text(text: str) -> Iterator[Found]:
    """Each date that a text prints with its year: 2022年8月15日, 二〇二二年八月十五日."""
    if "年" not in text:
        return
    for form in (_WRITTEN, _HAN):
        for match in form.finditer(text):
            if found := _dated(match):
                yield found


def alone(text: str) -> date | None:
    """The date of a text that is nothing but a date."""
    words = text.strip()
    return next((found.date for found in in_text(words) if (found.start, found.end) == (0, len(words))), None)


def _dated(match: re.Match[str]) -> Found | None:
    """The date that a match prints, when the calendar has it."""
    year, month, day = (_number(match[part]) for part in ("year", "month", "day"))
    if year not in _YEARS:
        return None
    try:
        return Found(date(year, month, day), match.start(), match.end())
    except ValueError:
        return None


def _number(printed: str) -> int:
    if printed.isdecimal():
        return int(printed)
    if printed[:3].lower() in _MONTHS:
        return _MONTHS.index(printed[:3].lower()) + 1
    return han_number(printed.replace("○", "〇"))
