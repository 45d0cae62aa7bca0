"""The ladder of encodings: real text climbs it, noise and other files do not."""

import io
import random
import zipfile
import zlib
from pathlib import Path

import pytest

from worker.newspaper.formats import decoding
from worker.newspaper.model import Unreadable

SAMPLE = (Path(__file__).parents[1] / "samples" / "焦作日报-2022-08-15-A02.md").read_text("utf-8")
TRADITIONAL = "全國文明城市創建工作推進會召開,市領導出席會議。這個國家的人們都說,時間過得很快。"


@pytest.mark.parametrize(
    ("data", "encoding", "rung"),
    [
        (SAMPLE.encode(), "UTF-8", "utf-8"),
        (SAMPLE.encode("utf-8-sig"), "UTF-8", "bom"),
        (SAMPLE.encode("utf-16"), "UTF-16", "bom"),
        (b"\xfe\xff" + SAMPLE.encode("utf-16-be"), "UTF-16", "bom"),
        (SAMPLE.encode("gb18030"), "GB18030", "gb18030"),
    ],
)
def test_the_sample_is_read_in_every_encoding(data: bytes, encoding: str, rung: str) -> None:
    assert decoding.decode(data) == decoding.Decoded(SAMPLE, encoding, rung)


@pytest.mark.parametrize(("codec", "encoding"), [("big5", "Big5"), ("gb18030", "GB18030"), ("utf-8", "UTF-8")])
def test_traditional_text_is_told_apart(codec: str, encoding: str) -> None:
    decoded = decoding.decode(TRADITIONAL.encode(codec))
    assert (decoded.text, decoded.encoding) == (TRADITIONAL, encoding)


@pytest.mark.parametrize("words", ["焦作日报", "我市召开会议", "标题\n\n正文很短。", "①②", "会议", "“一带一路”"])
def test_short_texts_of_gb18030_are_read(words: str) -> None:
    assert decoding.decode(words.encode("gb18030")).text == words


def test_plain_ascii_is_utf_8() -> None:
    assert decoding.decode(b"Continued on Page A6\r\n").encoding == "UTF-8"


@pytest.mark.parametrize("seed", range(200))
def test_random_bytes_are_never_text(seed: int) -> None:
    data = random.Random(seed).randbytes(64 + seed * 20)
    with pytest.raises(Unreadable) as refused:
        decoding.decode(data)
    assert refused.value.code in {"F002", "F007"}


@pytest.mark.parametrize("seed", range(100))
def test_random_bytes_above_ascii_are_never_text(seed: int) -> None:
    dice = random.Random(seed)
    data = bytes(dice.randrange(0x81, 0xFF) for _ in range(200))
    with pytest.raises(Unreadable, match="F002"):
        decoding.decode(data)


def _zip() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("A02.md", SAMPLE)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"%PDF-1.7\n1 0 obj << >> endobj", "PDF"),
        (_zip(), "ZIP"),
        (b"\x89PNG\r\n\x1a\n" + zlib.compress(SAMPLE.encode()), "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (b"\x00\x01\x02\x03" * 100, "binary"),
    ],
)
def test_other_files_are_of_no_known_format(data: bytes, found: str) -> None:
    with pytest.raises(Unreadable) as refused:
        decoding.decode(data)
    assert (refused.value.code, refused.value.facts) == ("F007", {"found": found})


@pytest.mark.parametrize(
    ("data", "guess"),
    [
        (SAMPLE.encode("gb18030")[:4001] + b"\xff" + SAMPLE.encode("gb18030")[4001:], "GB18030"),
        (SAMPLE.encode()[:4000] + b"\xff\xfe" + SAMPLE.encode()[4000:], "UTF-8"),
        (SAMPLE.encode("utf-16-le"), "UTF-16"),
        ("今日は第三面に続く記事があります。".encode("shift_jis"), "Shift_JIS"),
        (b"\xff\xfe\x00", "UTF-16"),
    ],
)
def test_damaged_or_foreign_text_is_refused_with_a_guess(data: bytes, guess: str) -> None:
    with pytest.raises(Unreadable) as refused:
        decoding.decode(data)
    assert (refused.value.code, refused.value.facts) == ("F002", {"guess": guess})
