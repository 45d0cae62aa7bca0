"""Names of files: which are left alone, how any bytes are shown, and a name that is free and not too long."""

import os
import re
import unicodedata
from collections.abc import Callable
from pathlib import PurePath

# The longest name that Linux file systems take, in bytes.
LONGEST = 255

# The longest name that the ledger takes, in characters.
SHOWN = 1024

# Names that people and programs give to what is not finished.
UNFINISHED = re.compile(
    r"""
      \.                                     # .hidden, .A02.md.Ab12Cd (rsync), ._A02.md (macOS)
    | ~\$                                    # ~$page.docx (an office program has it open)
    | .* \. (?: part | tmp | crdownload ) $  # A02.md.part, A02.tmp, A02.md.crdownload
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)

# Control, format (they turn writing round) and surrogate characters, line and paragraph ends: they would not be seen.
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def left_alone(path: PurePath) -> bool:
    """Say whether a file is not for us by its name, or lies in a folder that is not; `path` is below the inbox."""
    return any(UNFINISHED.match(part) for part in path.parts)


def printable(raw: bytes) -> str:
    r"""Give a name of any bytes as text that can be stored and shown; what is no character is shown as \xNN."""
    text = "".join(_shown(character) for character in raw.decode("utf-8", "surrogateescape"))
    return text if len(text) <= SHOWN else "…" + text[1 - SHOWN :]


def beside(name: str, ending: str) -> str:
    """Give the name with an ending of ours, shortened where the file system would not take it."""
    return _fitted(name, ending)


def free(name: str, is_taken: Callable[[str], bool]) -> str:
    """Give the name itself if it is free, else the first free of `A02 (2).md`, `A02 (3).md` …"""
    path = PurePath(name)
    number = 1
    while is_taken(name):
        number += 1
        name = _fitted(path.stem, f" ({number}){path.suffix}")
    return name


def _shown(character: str) -> str:
    if unicodedata.category(character) not in UNSEEN:
        return character
    return "".join(f"\\x{byte:02x}" for byte in os.fsencode(character))


def _fitted(stem: str, ending: str) -> str:
    """Cut the stem, at a character, until both fit; an ending that is too long for any name is cut first."""
    while len(os.fsencode(stem + ending)) > LONGEST:
        if len(stem) > 1:
            stem = stem[:-1]
        else:
            ending = ending[:-1]
    return stem + ending
