"""Archives of pages (.zip, .tar, .tar.gz): their files one by one, in memory, within limits; names are only names."""

import io
import re
import struct
import tarfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from worker.newspaper.model import Unreadable

_ENTRIES_AT_MOST = 2_000  # an issue has a few hundred files, pictures counted
_LEVELS_AT_MOST = 2  # an archive may hold archives, those may not
_BYTES_AT_MOST = 64_000_000  # of all files together, where nobody says otherwise
_RATIO_AT_MOST = 200  # text packs 3 to 20 times smaller, zeros a thousand times
_RATIO_FROM = 1_000_000  # bytes: below it the ratio does not matter
_DIRECTORY_AT_MOST = 8_000_000  # bytes of a ZIP's list of files: what is longer is not even listed
_MEMBERS_AT_MOST = 100  # streams of one gzip file, each of which costs a copy of the rest
_CHUNK = 1_000_000

# What lies beside pages and is none: pictures, what a browser needs, what file managers leave.
_BESIDE = re.compile(
    r"(?:^|/)(?:__MACOSX/|\.|~\$|Thumbs\.db$|desktop\.ini$)"
    r"|\.(?:jpe?g|png|gif|bmp|webp|svg|tiff?|ico|css|js|woff2?|ttf|eot|map)$",
    re.IGNORECASE,
)
_EXTENSION = re.compile(r"\.(?:zip|tar\.gz|tgz|tar|gz)$", re.IGNORECASE)
_UTF8_NAME = 0x800  # a ZIP entry's flag; without it a name is in whatever its maker used
_ENCRYPTED = 0x1
_BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    struct.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    OverflowError,
    RecursionError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of an archive under its archive's name; `fault` says why its bytes could not be had."""

    name: str
    data: bytes
    fault: Unreadable | None = None


@dataclass(slots=True)
class _Budget:
    """What may still be taken out of a delivery."""

    entries: int
    bytes: int
    limit: int

    def entry(self) -> None:
        """Count one more entry."""
        self.entries -= 1
        if self.entries < 0:
            raise Unreadable("F008", limit=f"{_ENTRIES_AT_MOST} entries")

    def take(self, size: int) -> None:
        """Count bytes that were taken out."""
        self.bytes -= size
        if self.bytes < 0:
            raise Unreadable("F008", limit=f"{self.limit} bytes")


def kind(data: bytes) -> str | None:
    """Which kind of archive these bytes are ("zip", "tar", "tar.gz"), None for any other file."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return "zip"
    if data.startswith(b"\x1f\x8b"):
        return "tar.gz"
    return "tar" if data[257:262] == b"ustar" else None


def entries(name: str, data: bytes, max_bytes: int | None = None) -> Iterator[Entry]:
    """The files of an archive, each when it is asked for; raises Unreadable when the whole is broken or too large.

    A file that alone is broken or too large comes with its fault. Pictures and what else lies beside pages are passed
    over; an archive that holds nothing else raises F001.
    """
    limit = max_bytes if max_bytes is not None else _BYTES_AT_MOST
    budget = _Budget(_ENTRIES_AT_MOST, limit, limit)
    if len(data) > limit:
        raise Unreadable("F008", limit=f"{limit} bytes", bytes=len(data))
    count = 0
    for entry in _entries(name, data, budget, 1):
        count += 1
        yield entry
    if not count:
        raise Unreadable("F001")


def _entries(name: str, data: bytes, budget: _Budget, level: int) -> Iterator[Entry]:
    form = kind(data)
    folder = _EXTENSION.sub("", name)
    try:
        found = _of_zip(data, budget) if form == "zip" else _of_tar(data, budget, is_packed=form == "tar.gz")
        for own, content in found:
            inside = f"{folder}/{harmless(own)}" if own else folder
            if _BESIDE.search(inside[len(folder) :].removeprefix("/") if own else ""):
                continue
            if isinstance(content, Unreadable):
                yield Entry(inside, b"", content)
            elif kind(content) is None:
                yield Entry(inside, content)
            elif level >= _LEVELS_AT_MOST:
                yield Entry(inside, content, Unreadable("F008", limit=f"{_LEVELS_AT_MOST} levels"))
            else:
                yield from _nested(inside, content, budget, level + 1)
    except _BROKEN:
        raise Unreadable("F007", found=f"damaged {(form or '').upper()}") from None


def _nested(name: str, data: bytes, budget: _Budget, level: int) -> Iterator[Entry]:
    """An archive within the archive; when it is broken, the others are read all the same."""
    try:
        yield from _entries(name, data, budget, level)
    except Unreadable as unreadable:
        if unreadable.code == "F008":
            raise
        yield Entry(name, data, unreadable)


def _of_zip(data: bytes, budget: _Budget) -> Iterator[tuple[str, bytes | Unreadable]]:
    """Each file's name and bytes, or why they could not be had."""
    _weigh_directory(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        listed = [info for info in archive.infolist() if not info.is_dir()]
        if len(listed) > budget.entries:
            raise Unreadable("F008", limit=f"{_ENTRIES_AT_MOST} entries")
        for info in listed:
            budget.entry()
            name = _zip_name(info)
            if _BESIDE.search(harmless(name)):
                continue
            try:
                yield name, _unzipped(archive, info, budget)
            except _BROKEN:
                yield name, Unreadable("F007", found="damaged ZIP")


def _weigh_directory(data: bytes) -> None:
    """Refuse a list of files that would take long to read, before it is read."""
    at = data.rfind(b"PK\x05\x06")
    size = int.from_bytes(data[at + 12 : at + 16], "little") if at >= 0 else 0
    is_large = size == 0xFFFFFFFF and len(data) > _DIRECTORY_AT_MOST  # ZIP64 keeps the size elsewhere
    if is_large or _DIRECTORY_AT_MOST < size < 0xFFFFFFFF:
        raise Unreadable("F008", limit=f"{_ENTRIES_AT_MOST} entries")


def _unzipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: _Budget) -> bytes | Unreadable:
    """One file's bytes; what its entry claims of its size is checked, and not believed."""
    if info.flag_bits & _ENCRYPTED:
        return Unreadable("F007", found="encrypted ZIP")
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return Unreadable("F007", found="ZIP")  # other methods unpack without end from a few bytes
    if fault := _too_large(info.file_size, info.compress_size, budget):
        return fault
    with archive.open(info) as file:
        content = file.read(info.file_size + 1)
    budget.take(len(content))
    return content


def _too_large(size: int, packed: int, budget: _Budget) -> Unreadable | None:
    if size > budget.limit:
        return Unreadable("F008", limit=f"{budget.limit} bytes", bytes=size)
    if size > _RATIO_FROM and size > _RATIO_AT_MOST * max(packed, 1):
        return Unreadable("F008", limit=f"{_RATIO_AT_MOST}:1", bytes=size)
    return None


def _of_tar(data: bytes, budget: _Budget, *, is_packed: bool) -> Iterator[tuple[str, bytes | Unreadable]]:
    """Each regular file's name and bytes; links, devices and files with holes are passed over or refused.

    Packed bytes that are no archive are one file, which has no name of its own.
    """
    raw = _gunzipped(data, budget) if is_packed else data
    if is_packed and raw[257:262] != b"ustar":
        budget.take(len(raw))
        yield "", raw
        return
    with tarfile.open(fileobj=io.BytesIO(raw), mode="r:", errors="surrogateescape") as archive:
        while (member := archive.next()) is not None:
            budget.entry()
            if not member.isreg() or _BESIDE.search(harmless(member.name)):
                continue
            if member.issparse() or member.size > len(raw):
                yield _tar_name(member.name), Unreadable("F008", limit=f"{budget.limit} bytes", bytes=member.size)
                continue
            file = archive.extractfile(member)
            content = file.read() if file else b""
            budget.take(len(content))
            yield _tar_name(member.name), content


def _gunzipped(data: bytes, budget: _Budget) -> bytes:
    """All that is packed, within the limits: a little more than its files, for their headers."""
    most = budget.bytes + _ENTRIES_AT_MOST * tarfile.BLOCKSIZE
    parts: list[bytes] = []
    size = 0
    for _ in range(_MEMBERS_AT_MOST):
        unpacking = zlib.decompressobj(wbits=31)
        while not unpacking.eof:
            part = unpacking.decompress(data, _CHUNK)
            data = unpacking.unconsumed_tail
            if not part and not data and not unpacking.eof:
                raise EOFError
            parts.append(part)
            size += len(part)
            if size > most:
                raise Unreadable("F008", limit=f"{budget.limit} bytes")
        data = unpacking.unused_data
        if not data.startswith(b"\x1f\x8b"):
            return b"".join(parts)
    raise Unreadable("F008", limit=f"{_MEMBERS_AT_MOST} entries")


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The name as its maker wrote it: UTF-8 where the entry says so, else by the ladder that pages climb."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    return _decoded(raw)


def _tar_name(name: str) -> str:
    return _decoded(name.encode("utf-8", "surrogateescape"))


def _decoded(raw: bytes) -> str:
    for codec in ("utf-8", "gb18030", "big5"):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")


def harmless(name: str) -> str:
    """A name as a path below its archive: no root, no drive, no way up, nothing that could steer a terminal."""
    shown = "".join(
        letter if unicodedata.category(letter)[0] != "C" else "_" for letter in name.replace("\\", "/")[:1000]
    )
    parts = [part for part in re.sub(r"^[A-Za-z]:", "", shown).split("/") if part.strip(". ")]
    return "/".join(parts) or "_"
