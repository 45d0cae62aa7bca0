"""Page labels: A1, Ａ０１, 第一版 and Page Three in one normal form."""

import re
import unicodedata

HAN_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_TENS = {"十": 10, "廿": 20, "卅": 30, "百": 100}
HAN_NUMERAL = "[" + "".join((*HAN_DIGITS, *_TENS)) + "]"

_ENGLISH = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

# A01, a-1, 第2版, 12页; after NFKC, upper case and without white space.
_LABEL = re.compile(r"第?([A-Z]{0,2})-?(\d{1,3})[版页頁面面]?")
# 第十二版, 二、三版 (the first of several), 三
_HAN_LABEL = re.compile(rf"第?({HAN_NUMERAL}{{1,5}})(?:[、,]{HAN_NUMERAL}{{1,5}}){{0,4}}[版页頁面]?")


def normal_label(printed: str) -> str | None:
    """A page's label in normal form: upper-case section and at least two digits (A01, 02); None when it is none."""
    label = re.sub(r"\s+", "", unicodedata.normalize("NFKC", printed)).upper()
    if found := _LABEL.fullmatch(label):
        return f"{found[1]}{int(found[2]):02}"
    if found := _HAN_LABEL.fullmatch(label):
        return f"{han_number(found[1]):02}"
    if label.lower() in _ENGLISH:
        return f"{_ENGLISH.index(label.lower()) + 1:02}"
    return None


def number(label: str) -> int:
    """The number in a label of normal form: 2 for A02."""
    return int(re.sub(r"\D", "", label))


def section(label: str) -> str:
    """The section's letters in a label of normal form: A for A02, nothing for 02."""
    return re.sub(r"\d", "", label)


def han_number(printed: str) -> int:
    """The number that Han numerals write: 12 for 十二, 22 for 廿二, 2022 for 二〇二二."""
    if not any(digit in _TENS for digit in printed):
        return int("".join(str(HAN_DIGITS[digit]) for digit in printed))
    total, ones = 0, 0
    for digit in printed:
        if digit in _TENS:
            total += (ones or 1) * _TENS[digit]
            ones = 0
        else:
            ones = HAN_DIGITS[digit]
    return total + ones


def sequence(label: str | None) -> int | None:
    """A page's place in its issue, as far as its label alone tells: only the front section counts from 1."""
    return number(label) if label and section(label) in {"", "A"} else None
