"""Which of the children's log lines a person at the terminal sees, and how."""

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

# What a line is about: one that names none of these, and is no warning, tells of the machinery only.
ABOUT = ("delivery", "issue", "alert")

# Keys that are shown in front, or not at all.
FRAME = frozenset({"at", "level", "event", "process", "logger", "exception", "stack"})

LOUD = {"warning": "yellow", "error": "red", "critical": "red"}


def parsed(line: str) -> dict[str, Any] | None:
    """Give a log line's keys; None for a line that is not one of ours."""
    try:
        read = json.loads(line)
    except ValueError:
        return None
    return read if isinstance(read, dict) and "event" in read else None


def told(child: str, line: str, zone: ZoneInfo) -> tuple[str, str] | None:
    """Give the text for the terminal and its style, or None for what only the log file keeps."""
    said = parsed(line)
    if said is None:
        return None
    style = LOUD.get(str(said.get("level")), "")
    if not style and not any(about in said for about in ABOUT):
        return None
    facts = "  ".join(f"{key}={value}" for key, value in said.items() if key not in FRAME and value is not None)
    first = str(said["event"]).partition("\n")[0]
    return f"{_clock(said.get('at'), zone)}  {child:<9}  {first}  {facts}".rstrip(), style


def _clock(at: object, zone: ZoneInfo) -> str:
    """2026-11-23T20:26:04.1Z -> 04:26:04 in Shanghai."""
    try:
        return datetime.fromisoformat(str(at)).astimezone(zone).strftime("%H:%M:%S")
    except ValueError:
        return "--:--:--"
