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
    line = " ".join(text.split())
    if len(line) > limit:
        line = line[: limit - 1] + "…"
    visible = "".join(_shown(character) for character in line)
    escaped = SPECIAL.sub(lambda found: f"\\{found[0]}", visible)
    return LINKING.sub(lambda found: f"\\{found[0]}", escaped)


def _shown(character: str) -> str:
    return f"\\u{ord(character):04x}" if unicodedata.category(character) in UNSEEN else character
