"""The files that a command is given: names, folders, and standard input as `-`."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from worker.cli.door import Trouble
from worker.inbox import names

Files = Annotated[
    list[str], typer.Argument(metavar="FILE", help="Files or folders; - reads standard input.", show_default=False)
]


@dataclass(frozen=True, slots=True)
class Given:
    """One file as it was given: `name` is what people call it, `data` its bytes; `met` in a folder, not named."""

    name: str
    data: bytes
    met: bool = False


def gather(given: Sequence[str]) -> Iterator[Given]:
    """Read the files, those of a folder in the order of their names; raises Trouble for one that cannot be read."""
    for one in given:
        if one == "-":
            yield Given("standard input.md", sys.stdin.buffer.read())
            continue
        path = Path(one)
        is_folder = path.is_dir()
        files = sorted(_below(path)) if is_folder else [path]
        if not files:
            raise Trouble(f"The folder {one} holds no files that Jumpline would take.")
        for file in files:
            yield Given(_printable(file), _read(file), is_folder)


def say_passed_over(names: Sequence[str]) -> None:
    """Say on standard error how many files of a folder are of types that Jumpline does not read, and which types."""
    if not names:
        return
    kinds = ", ".join(sorted({Path(name).suffix or "without an ending" for name in names}))
    many = f"{len(names)} files of other types were" if len(names) > 1 else "1 file of another type was"
    sys.stderr.write(f"{many} passed over ({kinds}).\n")


def _below(folder: Path) -> Iterator[Path]:
    """What the inbox would leave alone is left alone here, too."""
    for file in folder.rglob("*"):
        if file.is_file() and not names.left_alone(file.relative_to(folder)):
            yield file


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as wrong:
        raise Trouble(f"{_printable(file)} cannot be read: {wrong.strerror}.", 2) from None


def _printable(file: Path) -> str:
    return names.printable(bytes(file))
