"""The dashboard's words: its Chinese catalogue, which language a person reads, times and sizes as they are written."""

import gettext
import io
import re
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale, dates, negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from worker.newspaper.rules import Language

CATALOGUE = Path(__file__).parent / "locales" / "zh" / "LC_MESSAGES" / "messages.po"

# How the two languages are named to browsers and to babel.
TAGS: dict[Language, str] = {"zh": "zh-Hans", "en": "en"}

# What they call themselves, for those who read only the other; and where a browser keeps which one was chosen.
NAMES: dict[Language, str] = {"zh": "中文", "en": "English"}
COOKIE = "jumpline-language"


@cache
def translations(language: Language) -> gettext.NullTranslations:
    """Give the catalogue; English is what the pages are written in and needs none."""
    if language == "en":
        return gettext.NullTranslations()
    with CATALOGUE.open("rb") as file:
        compiled = io.BytesIO()
        write_mo(compiled, read_po(file, locale="zh"))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def language(setting: Literal["auto", "zh", "en"], accept: str | None) -> Language:
    """Give the language that is set, or with "auto" the one that a browser's Accept-Language wants most."""
    if setting != "auto":
        return setting
    wanted = [tag.partition("-")[0] for tag in _by_preference(accept or "")]
    return "zh" if negotiate_locale(wanted, ["zh", "en"]) == "zh" else "en"


def _by_preference(accept: str) -> list[str]:
    """zh-CN,zh;q=0.9,en;q=0.8 -> zh-CN, zh, en"""
    weighted = []
    for part in accept.split(","):
        match = re.fullmatch(r"\s*([A-Za-z-]{2,35})\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*", part)
        if match:
            weighted.append((-float(match[2] or 1), match[1]))
    return [tag for _, tag in sorted(weighted, key=lambda one: one[0])]


def moment(when: datetime, now: datetime, zone: ZoneInfo, language: Language) -> str:
    """Write a time: of today its clock, of another day its date too."""
    local = when.astimezone(zone)
    today = now.astimezone(zone)
    if local.date() == today.date():
        return local.strftime("%H:%M:%S")
    pattern = {"zh": "M月d日 HH:mm", "en": "d MMM HH:mm"}[language]
    if local.year != today.year:
        pattern = {"zh": "y年M月d日 HH:mm", "en": "d MMM y HH:mm"}[language]
    return dates.format_datetime(local, pattern, locale=Locale.parse(language))


def in_full(when: datetime, zone: ZoneInfo, language: Language) -> str:
    """Write a time with everything there is to say of it."""
    return dates.format_datetime(when.astimezone(zone), "full", locale=Locale.parse(language))


def day(when: date, language: Language) -> str:
    """Write the date of an issue, with its weekday."""
    return dates.format_date(when, {"zh": "y年M月d日 EEEE", "en": "EEEE, d MMMM y"}[language], Locale.parse(language))


def span(seconds: float, language: Language) -> str:
    """Write how long something takes or took: 40 ms, 3.2 s, 5 minutes."""
    if seconds < 1:
        return f"{seconds * 1000:.0f} {'毫秒' if language == 'zh' else 'ms'}"
    if seconds < 60:
        return f"{seconds:.{1 if seconds < 10 else 0}f} {'秒' if language == 'zh' else 's'}"
    return dates.format_timedelta(timedelta(seconds=seconds), threshold=1.5, locale=Locale.parse(language))


def size(count: int) -> str:
    """Write a number of bytes: 812 B, 16.9 kB, 3.1 MB."""
    if count < 1000:
        return f"{count} B"
    return f"{count / 1000:.1f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


# What would move, hide or reorder the letters around it: controls but tab and newline, zero-width and bidi marks.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")


def seen(text: object) -> object:
    """Write characters that cannot be seen so that they can: ␀ for NUL, ⟨U+202E⟩ for a right-to-left override."""
    if type(text) is not str:  # markup has been through this already
        return text
    return _UNSEEN.sub(lambda match: _sign(match[0]), text)


def _sign(character: str) -> str:
    code = ord(character)
    return chr(0x2400 + code) if code < 0x20 else f"⟨U+{code:04X}⟩"
