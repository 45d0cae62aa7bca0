"""Bytes to text by a ladder of encodings, each strict; what climbs none of its rungs is refused, never guessed at."""

import codecs
import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache

from worker.newspaper.model import Unreadable

_BOMS = (  # UTF-32 before UTF-16, whose mark begins the same
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)

_SIGNATURES = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG", "PNG"),
    (b"GIF8", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"\x1f\x8b", "GZIP"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"\xd0\xcf\x11\xe0", "Microsoft Office"),
    (b"\x7fELF", "ELF"),
    (b"SQLite format 3", "SQLite"),
    (b"RIFF", "RIFF"),
    (b"{\\rtf", "RTF"),
)

_STRAY_AT_MOST = 0.02  # control characters among all: a NUL in a page is a stray one, one in ten is no text
_COMMON_AT_LEAST = 0.9  # frequent characters among all that are not ASCII: 0.99 in newspapers, about 0.3 in noise
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x19\x1b-\x1f\x7f-\x84\x86-\x9f]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_SAMPLE = 20_000  # characters looked at; noise shows within a few hundred


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, the encoding it was in, and the rung of the ladder that took it."""

    text: str
    encoding: str
    rung: str


def decode(data: bytes) -> Decoded:
    """The text of these bytes: by BOM, else strict UTF-8, GB18030 or Big5; raises Unreadable F002 or F007.

    A NUL, which no database takes as text, becomes its picture ␀ in the same place.
    """
    decoded = _decoded(data)
    return replace(decoded, text=decoded.text.replace("\x00", "␀")) if "\x00" in decoded.text else decoded


def _decoded(data: bytes) -> Decoded:
    for signature, found in _SIGNATURES:
        if data.startswith(signature):
            raise Unreadable("F007", found=found)
    for bom, codec, encoding in _BOMS:
        if data.startswith(bom):
            return _by_bom(data, codec, encoding)
    text = _strictly(data, "utf-8")
    if text is not None:
        if _is_binary(text):
            raise Unreadable("F007", found="binary")
        return Decoded(text, "UTF-8", "utf-8")
    for rung, encoding in (("gb18030", "GB18030"), ("big5", "Big5")):
        text = _strictly(data, rung)
        if text is not None and _is_plausible(text):
            return Decoded(text, encoding, rung)
    raise _refused(data)


def _by_bom(data: bytes, codec: str, encoding: str) -> Decoded:
    text = _strictly(data, codec)
    if text is None or _is_binary(text):
        raise Unreadable("F002", guess=encoding)
    return Decoded(text, encoding, "bom")


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeError:
        return None


def _refused(data: bytes) -> Unreadable:
    """Say what bytes that climbed no rung look most like: damaged text of an encoding, or no text at all."""
    sample = data[:_SAMPLE]
    for codec, guess in (("utf-8", "UTF-8"), ("gb18030", "GB18030"), ("big5", "Big5"), ("utf-16-le", "UTF-16"),
                         ("utf-16-be", "UTF-16"), ("shift_jis", "Shift_JIS"), ("euc_kr", "EUC-KR")):  # fmt: skip
        text = sample.decode(codec, errors="replace")
        readable = text.replace("\ufffd", "")
        if len(readable) > 0.9 * len(text) and _is_plausible(readable):
            return Unreadable("F002", guess=guess)
    return Unreadable("F002")


def _is_binary(text: str) -> bool:
    """Whether too many characters are controls for this to be text."""
    return _strays(text) > _STRAY_AT_MOST * len(text)


def _is_plausible(text: str) -> bool:
    """Whether decoded characters look like words that people print, and not like noise that happens to decode."""
    beyond = "".join(_BEYOND_ASCII.findall(text))[:_SAMPLE]  # scripts may stand before the first word of a page
    if not beyond or _strays(text[:_SAMPLE]):
        return False
    common = _common()
    return sum(letter in common for letter in beyond) >= _COMMON_AT_LEAST * len(beyond)


def _strays(text: str) -> int:
    """How many characters of the text are controls; tabs, line ends and form feeds are none."""
    return sum(1 for _ in _CONTROL.finditer(text))


@cache
def _common() -> frozenset[str]:
    """The frequent characters of Chinese print: GB 2312's first level, Big5's first level, kana, marks and forms."""
    gb = _table("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF))
    big5 = _table("big5", range(0xA4, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
    marks = {chr(code) for block in ((0x3000, 0x3100), (0xFF00, 0xFFF0), (0x2010, 0x2600)) for code in range(*block)}
    printed = {letter for letter in marks if unicodedata.category(letter) not in {"Cn", "Cf", "Co"}}
    return frozenset(gb | big5 | printed | set("·×°÷±§ \u00a0é"))


def _table(codec: str, leads: range, trails: range | tuple[int, ...]) -> set[str]:
    letters = (bytes((lead, trail)).decode(codec, errors="ignore") for lead in leads for trail in trails)
    return {letter for letter in letters if len(letter) == 1}
