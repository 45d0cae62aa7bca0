"""What the command line prints: tables for people, JSON for programs, colour on a terminal only."""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel
from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from worker.newspaper.rules import Language

# Where no terminal says how wide it is, nothing is cut.
UNCUT = 10_000

STYLES = {
    "error": "red",
    "错误": "red",
    "failed": "red",
    "rejected": "red",
    "warning": "yellow",
    "警告": "yellow",
    "provisional": "yellow",
    "stored": "green",
    "sent": "green",
    "resolved": "green",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom things are shown to: where the clock hangs, and the language."""

    zone: ZoneInfo
    language: "Language"


def console() -> Console:
    """Give the console that standard output is now."""
    width = None if sys.stdout.isatty() else UNCUT
    return Console(highlight=False, markup=False, emoji=False, soft_wrap=True, width=width)


def say(text: str | Text, style: str = "") -> None:
    """Print a text."""
    console().print(text, style=style)


def as_json(value: object) -> None:
    """Print one JSON value, indented."""
    sys.stdout.write(json.dumps(plain(value), ensure_ascii=_knows_ascii_only(), indent=2) + "\n")


def as_json_line(value: object) -> None:
    """Print one JSON value in one line."""
    sys.stdout.write(json.dumps(plain(value), ensure_ascii=_knows_ascii_only()) + "\n")


def _knows_ascii_only() -> bool:
    """JSON has escapes of its own, which programs read whatever the terminal can write."""
    return not (sys.stdout.encoding or "").lower().startswith("utf")


def plain(value: Any) -> Any:
    """Give what JSON can hold of a view, or of a list of views."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


def table(columns: Sequence[str], rows: Iterable[Sequence[str | None]], empty: str) -> None:
    """Print rows under columns; the last column takes the room that is left. `empty` is said when there is none."""
    listed = [[printable(cell or "") for cell in row] for row in rows]
    if not listed:
        say(empty)
        return
    drawn = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for number, column in enumerate(columns):
        last = number == len(columns) - 1
        drawn.add_column(column, no_wrap=not last, overflow="fold" if last else "ellipsis")
    for row in listed:
        drawn.add_row(*(Text(cell, STYLES.get(cell, "")) for cell in row))
    Console(highlight=False, markup=False, emoji=False, width=console().width).print(drawn)


def facts(rows: Iterable[tuple[str, str | None]]) -> None:
    """Print names and their values, those that are there."""
    listed = [(name, printable(value)) for name, value in rows if value]
    width = max((len(name) for name, _ in listed), default=0)
    for name, value in listed:
        say(Text.assemble((f"{name:<{width}}  ", "dim"), (value, STYLES.get(value, ""))))


def moment(when: datetime | None, zone: ZoneInfo) -> str:
    """Give a time as people of this zone write it."""
    return when.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S") if when else ""


def printable(text: str) -> str:
    """Give a text without what could steer a terminal: a file's name may hold anything."""
    return "".join(character if character.isprintable() or character == "\n" else "�" for character in text)
