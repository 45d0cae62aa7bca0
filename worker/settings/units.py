"""The kinds of values that settings have, each with the words for what it allows."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, SecretStr

# Seconds and bytes in one of each unit, the largest unit last.
UNITS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400}
SIZES = {"B": 1, "KB": 1000, "MB": 1000**2, "GB": 1000**3}


def _duration(value: object) -> object:
    """300ms, 1.5s, 15m, 2h, 7d."""
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)\s*", value) if isinstance(value, str) else None
    if match:
        return timedelta(seconds=float(match[1]) * UNITS[match[2]])
    if isinstance(value, timedelta):
        return value
    raise ValueError("it must be a duration such as 300ms, 15m or 2h")


def _longer_than_nothing(value: timedelta) -> timedelta:
    if not value:
        raise ValueError("it must be longer than nothing, such as 10s")
    return value


def bytes_of(value: object) -> object:
    """Read a size: 64MB, 200KB."""
    match = re.fullmatch(r"\s*(\d+)\s*(B|KB|MB|GB)\s*", value, re.IGNORECASE) if isinstance(value, str) else None
    size = int(match[1]) * SIZES[match[2].upper()] if match else value
    if type(size) is int and size > 0:
        return size
    raise ValueError("it must be a size such as 200KB or 64MB")


def _zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError("it must be a time zone such as Asia/Shanghai or UTC")
    return value


def _folder(value: Path) -> Path:
    return value.expanduser().absolute()


def _apart(folders: tuple[Path, ...]) -> tuple[Path, ...]:
    """A file in a folder inside another one would be taken twice."""
    for folder in folders:
        if folders.count(folder) > 1 or any(parent in folders for parent in folder.parents):
            raise ValueError(f"{folder} is in the list twice, or lies inside another folder of it")
    return folders


def _database(value: SecretStr) -> SecretStr:
    return _beginning(value, "postgresql+psycopg://", "sqlite:///")


def _broker(value: SecretStr) -> SecretStr:
    return _beginning(value, "redis://", "rediss://", "redis+socket://")


def _web(value: SecretStr) -> SecretStr:
    return _beginning(value, "https://", "http://")


def _beginning(value: SecretStr, *allowed: str) -> SecretStr:
    text = value.get_secret_value()
    if text and not text.startswith(allowed):
        raise ValueError(f"it must begin with {' or '.join(allowed)}")
    return value


def _plain_folder(value: str) -> str:
    if "://" in value:
        raise ValueError("it must be a folder's path")
    return value


Duration = Annotated[timedelta, BeforeValidator(_duration)]
Period = Annotated[Duration, AfterValidator(_longer_than_nothing)]
Size = Annotated[int, BeforeValidator(bytes_of)]
Zone = Annotated[str, AfterValidator(_zone)]
Folder = Annotated[Path, AfterValidator(_folder)]
Folders = Annotated[tuple[Folder, ...], AfterValidator(_apart)]
FolderOrNothing = Annotated[str, AfterValidator(_plain_folder)]
DatabaseAddress = Annotated[SecretStr, AfterValidator(_database)]
BrokerAddress = Annotated[SecretStr, AfterValidator(_broker)]
WebAddress = Annotated[SecretStr, AfterValidator(_web)]


def duration(value: timedelta) -> str:
    """Write a duration as a person would in the settings: 300ms, 15m, 24h, 7d."""
    milliseconds = round(value.total_seconds() * 1000)
    units = [unit for unit in reversed(UNITS) if unit != "d" or value > timedelta(days=1)] if value else ["s"]
    unit = next(unit for unit in units if milliseconds % round(UNITS[unit] * 1000) == 0)
    return f"{milliseconds // round(UNITS[unit] * 1000)}{unit}"


def size(value: int) -> str:
    """Write a number of bytes as a person would in the settings: 64MB."""
    unit = next(unit for unit in reversed(SIZES) if value % SIZES[unit] == 0)
    return f"{value // SIZES[unit]}{unit}"
