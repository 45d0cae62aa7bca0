"""Words of a file inside Markdown of ours: always on one line, always only words, whatever they say."""

import re
import unicodedata

from worker.inbox.names import UNSEEN

# What could start emphasis, code, a link, a tag, a table cell or an entity in the middle of a line. An underscore
# within a word (000_52.txt) cannot.
SPECIAL = re.compile(r"[\\`*\[\]<>|~&@] | (?<![^\W_]) _ | _ (?![^\W_])", re.VERBOSE)

# What renderers turn into links by themselves: https://example.org, www.example.org
LINKING = re.compile(r"(?P<scheme>:)(?=//)|(?<=\bwww)\.", re.IGNORECASE)


def quoted(text: str, limit: int = 300) -> str:
    """Give the text for the middle of a line; control characters are shown, and what is very long is cut."""
    escaped = SPECIAL.sub(lambda found: f"\\{found[0]}", _visible(text, limit))
    return LINKING.sub(lambda found: f"\\{found[0]}", escaped)


def code(text: str, limit: int = 300) -> str:
    """Give a name or a command as a code span: nothing in it is escaped, so that it reads and copies as it is."""
    line = _visible(text, limit)
    fence = "`" * (max(map(len, re.findall("`+", line)), default=0) + 1)
    pad = " " if not line or "`" in (line[0], line[-1]) else ""
    return f"{fence}{pad}{line}{pad}{fence}"


def _visible(text: str, limit: int) -> str:
    """The text on one line, cut where it is very long, with its control characters shown."""
    line = " ".join(text.split())
    if len(line) > limit:
        line = line[: limit - 1] + "…"
    return "".join(_shown(character) for character in line)


def _shown(character: str) -> str:
    return f"\\u{ord(character):04x}" if unicodedata.category(character) in UNSEEN else character
