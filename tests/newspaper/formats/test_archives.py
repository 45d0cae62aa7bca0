"""Archives: each file by itself, in memory, within limits; a broken one does not lose the others."""

import gzip
import io
import tarfile
import time
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from worker.newspaper import paper, reader
from worker.newspaper.formats import archives
from worker.newspaper.model import Reading, Unreadable

PAGE = "# 标题\n\n文字。\n".encode()
LIMIT = 1_000_000


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


def tarred(files: Mapping[str, bytes], mode: str = "w:gz") -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode=mode) as archive:  # type: ignore[call-overload]  # the mode is a parameter
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return target.getvalue()


def read(data: bytes, name: str = "焦作日报-2022-08-15.zip") -> tuple[Reading, ...]:
    return reader.read_all(name, data, paper.Papers(), max_bytes=LIMIT)


def codes(readings: tuple[Reading, ...]) -> list[tuple[str, str]]:
    """The name of each file that could not be read, with the rule that says why."""
    return [(one.source.name, one.findings[0].code) for one in readings if not one.pages]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (zipped({"A01.md": PAGE, "A02.md": PAGE}), "zip"),
        (zipped({"A01.md": PAGE, "A02.md": PAGE}, zipfile.ZIP_STORED), "zip"),
        (tarred({"A01.md": PAGE, "A02.md": PAGE}), "tar.gz"),
        (tarred({"A01.md": PAGE, "A02.md": PAGE}, "w"), "tar"),
    ],
)
def test_each_file_of_an_archive_is_read_by_itself(data: bytes, kind: str) -> None:
    readings = read(data)
    assert [(one.source.name, one.source.archive, one.source.bytes) for one in readings] == [
        ("焦作日报-2022-08-15/A01.md", kind, len(PAGE)),
        ("焦作日报-2022-08-15/A02.md", kind, len(PAGE)),
    ]
    assert [(page.label, page.ordinal) for one in readings for page in one.pages] == [("A01", 1), ("A02", 2)]


def test_the_name_of_an_archive_is_the_folder_of_its_files() -> None:
    (reading,) = read(zipped({"A02.md": PAGE}), "inbox/2022-08-15.zip")
    assert (str(reading.identity.date), reading.identity.page, reading.identity.how["date"]) == (
        "2022-08-15",
        "A02",
        "folder",
    )


def test_a_packed_page_is_a_page() -> None:
    (reading,) = read(gzip.compress(PAGE), "焦作日报-2022-08-15-A02.md.gz")
    assert (reading.source.name, reading.pages[0].label) == ("焦作日报-2022-08-15-A02.md", "A02")


def test_one_bad_page_does_not_lose_the_others() -> None:
    files = {"A01.md": PAGE, "A02.md": b"", "A03.md": b"\x81\x82\x83\xff" * 99, "A04.pdf": b"%PDF-1.7", "A05.md": PAGE}
    readings = read(zipped(files), "x.zip")
    assert [one.source.name for one in readings if one.pages] == ["x/A01.md", "x/A05.md"]
    assert codes(readings) == [("x/A02.md", "F001"), ("x/A03.md", "F002"), ("x/A04.pdf", "F007")]
    assert len({one.findings[0].fingerprint for one in readings if not one.pages}) == 3


def test_a_page_whose_bytes_are_damaged_does_not_lose_the_others() -> None:
    data = zipped({"A01.md": PAGE, "A02.md": b"other " * 99, "A03.md": PAGE}, zipfile.ZIP_STORED)
    assert codes(read(data.replace(b"other ", b"wrong ", 1), "x.zip")) == [("x/A02.md", "F007")]


def test_pages_before_the_damage_of_a_tar_are_read() -> None:
    data = tarred({"A01.md": PAGE, "A02.md": PAGE * 200}, "w")
    readings = read(data[:2048], "x.tar")
    assert [one.source.name for one in readings if one.pages] == ["x/A01.md"]
    assert codes(readings)[0][1] in {"F007", "F008"}


@pytest.mark.parametrize("cut", [10, 40, 200, -1, -30])
@pytest.mark.parametrize("make", [zipped, tarred])
def test_a_broken_archive_is_refused_in_one_sentence(make: Callable[[Mapping[str, bytes]], bytes], cut: int) -> None:
    data = make({f"A{number:02}.md": PAGE + bytes([65 + number]) * 99 for number in range(1, 9)})
    (reading,) = [one for one in read(data[:cut], "x.zip") if not one.pages]
    assert (reading.findings[0].code, reading.source.name) == ("F007", "x.zip")


def test_pictures_and_what_file_managers_leave_are_passed_over() -> None:
    beside = ("A01.jpg", "style/page.css", "__MACOSX/._A01.md", ".DS_Store", "Thumbs.db", "~$A01.md", "._A01.md")
    readings = read(zipped(dict.fromkeys(beside, b"x") | {"A01.md": PAGE}))
    assert [one.source.name for one in readings] == ["焦作日报-2022-08-15/A01.md"]


@pytest.mark.parametrize("files", [{}, {"A01.jpg": b"x"}, {"folder/": b""}])
def test_an_archive_without_pages_is_empty(files: dict[str, bytes]) -> None:
    assert codes(read(zipped(files), "x.zip")) == [("x.zip", "F001")]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\Windows\\A02.md", "Windows/A02.md"),
        ("a/./b/../A02.md", "a/b/A02.md"),
        ("..", "_"),
        ("A\x1b[2J02.md", "A_[2J02.md"),
        ("A\u202e20.md", "A_20.md"),
    ],
)
def test_names_are_only_names(name: str, shown: str) -> None:
    assert archives.harmless(name) == shown


def test_nothing_is_ever_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    read(zipped({"../up.md": PAGE, "/root.md": PAGE, "plain.md": PAGE}))
    read(tarred({"../up.md": PAGE, "plain.md": PAGE}))
    assert list(tmp_path.rglob("*")) == []


def test_names_of_gbk_in_a_zip_are_read() -> None:
    data = zipped({"XXXXXXXXA02.md": PAGE}).replace(b"XXXXXXXX", "焦作日报".encode("gbk"))
    assert [one.source.name for one in read(data, "x.zip")] == ["x/焦作日报A02.md"]


def test_links_and_devices_in_a_tar_are_no_files() -> None:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE):
            info = tarfile.TarInfo("A01.md")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    assert codes(read(target.getvalue(), "x.tar")) == [("x.tar", "F001")]


def test_an_archive_may_hold_archives_and_those_may_not() -> None:
    inner = zipped({"A01.md": PAGE})
    readings = read(zipped({"day.zip": inner, "deep.zip": zipped({"deeper.zip": inner})}), "x.zip")
    assert [one.source.name for one in readings if one.pages] == ["x/day/A01.md"]
    assert codes(readings) == [("x/deep/deeper.zip", "F008")]


def test_one_page_that_is_too_large_does_not_lose_the_others() -> None:
    readings = read(zipped({"A01.md": PAGE, "A02.md": b"a" * (LIMIT + 1)}), "x.zip")
    assert [one.source.name for one in readings if one.pages] == ["x/A01.md"]
    assert codes(readings) == [("x/A02.md", "F008")]


def _lying() -> bytes:
    """A ZIP whose only file says that it is small and is not."""
    data = bytearray(zipped({"A01.md": b"a" * 900_000}))
    for signature, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.find(signature) + at
        data[start : start + 4] = (10).to_bytes(4, "little")
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("files.zip", zipped({f"{number}.md": b"" for number in range(2_001)})),
        ("files.tar", tarred({f"{number}.md": b"" for number in range(2_001)}, "w")),
        ("bytes.zip", zipped({f"{number}.md": b"a" * 600_000 for number in range(3)})),
        ("bytes.tar.gz", tarred({f"{number}.md": b"a" * 600_000 for number in range(4)})),
        ("one.md.gz", gzip.compress(b"a" * 9_000_000)),
        ("large.zip", zipped({"A01.md": bytes(range(256)) * 5_000}, zipfile.ZIP_STORED)),
    ],
)
def test_an_archive_over_the_limits_is_refused_as_a_whole(name: str, data: bytes) -> None:
    assert codes(read(data, name)) == [(name, "F008")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (zipped({"A01.md": b"a" * 5_000_000}), "F008"),
        (_lying(), "F007"),
        (zipped({"A01.md": PAGE}, zipfile.ZIP_BZIP2), "F007"),
        (zipped({"A01.md": PAGE}, zipfile.ZIP_LZMA), "F007"),
    ],
)
def test_a_file_that_cannot_be_taken_out_safely_is_refused(data: bytes, code: str) -> None:
    assert codes(read(data, "x.zip")) == [("x/A01.md", code)]


def _many_entries() -> bytes:
    """A list of a million files that are not there, as a ZIP keeps it."""
    entry = b"PK\x01\x02" + bytes(24) + (1).to_bytes(2, "little") + bytes(16) + b"a"
    listed = entry * 1_000_000
    end = b"PK\x05\x06" + bytes(8) + len(listed).to_bytes(4, "little") + bytes(6)
    return b"PK\x03\x04" + listed + end


def _chain() -> bytes:
    """A tar of a hundred thousand long names, each of which names the next."""
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 1
    return (info.tobuf() + b"a" + bytes(511)) * 20_000


@pytest.mark.parametrize(
    "data",
    [
        _many_entries(),
        _chain(),
        b"PK\x05\x06" + bytes(18),
        b"PK\x03\x04" * 100_000,
        gzip.compress(bytes(200_000_000), 1),
        gzip.compress(b"") * 200_000,
        b"\x1f\x8b" * 100_000,
    ],
)
def test_the_worst_archives_are_refused_in_time(data: bytes) -> None:
    began = time.perf_counter()
    (reading,) = reader.read_all("x.zip", data, paper.Papers(), max_bytes=64_000_000)
    assert (reading.pages, reading.findings[0].code[0]) == ((), "F")
    assert time.perf_counter() - began < 8


def test_entries_come_one_by_one() -> None:
    found = archives.entries("x.zip", zipped({"A01.md": PAGE, "A02.md": PAGE}), LIMIT)
    assert next(found).name == "x/A01.md"


def test_a_file_that_is_no_archive_is_none() -> None:
    assert archives.kind(PAGE) is None
    with pytest.raises(Unreadable, match="F001"):
        list(archives.entries("x.zip", zipped({}), LIMIT))
