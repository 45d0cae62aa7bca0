"""Which of the children's log lines a person at the terminal sees, and how."""

import json
from typing import Any

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


def told(child: str, line: str) -> tuple[str, str] | None:
    """Give the text for the terminal and its style, or None for what only the log file keeps."""
    said = parsed(line)
    if said is None:
        return None
    style = LOUD.get(str(said.get("level")), "")
    if not style and not any(about in said for about in ABOUT):
        return None
    facts = "  ".join(f"{key}={value}" for key, value in said.items() if key not in FRAME and value is not None)
    at = str(said.get("at", ""))[11:19]
    return f"{at}  {child:<9}  {said['event']}  {facts}".rstrip(), style
