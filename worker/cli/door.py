"""The door of the command line: what every command is given, and the one sentence that people get when it fails."""

import io
import logging
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from worker import settings
from worker.settings import Settings

if TYPE_CHECKING:
    from worker.house import House

Data = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", show_default=False, help="The data folder; else JUMPLINE_DATA, else ./var."),
]
Config = Annotated[
    Path | None,
    typer.Option(
        "--config", metavar="DIR", show_default=False, help="The settings' folder; else JUMPLINE_CONFIG, else ./config."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
Day = Annotated[datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="The date of the issue.")]
Limit = Annotated[int, typer.Option("--limit", min=0, metavar="N", help="How many, newest first; 0 for all.")]

WRONG_USAGE = 2

# What the options that are no plain words take.
TAKES = {
    "--date": "a day such as 2022-08-15",
    "--limit": "a whole number, 0 or more",
    "--processes": "a whole number, 1 or more",
    "--wait": "a number of seconds, 0 to 3600",
}

# Where a crash is written down, once the settings have said where that is.
_logs: ContextVar[Path] = ContextVar("_logs")


class Trouble(Exception):
    """What was asked for failed: one sentence that says whose fault it is and what to do."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(sentence)
        self.code = code


class WrongValue(Trouble):
    """An option was given a value that it does not take: the command's help says what it does."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, WRONG_USAGE)


@dataclass(frozen=True, slots=True)
class Place:
    """The installation that a command is about."""

    settings: Settings
    config_dir: Path

    @property
    def language(self) -> Literal["zh", "en"]:
        """The language to speak."""
        return settings.spoken(self.settings)


def place(data: Path | None, config: Path | None) -> Place:
    """Give the installation that the options and the environment name."""
    folder = settings.config_dir(config)
    read = settings.read(folder, data_dir=data)
    _logs.set(read.data_dir / "logs")
    return Place(read, folder)


@contextmanager
def opened(here: Place, *, needs_tables: bool = True) -> Iterator["House"]:
    """Open the house's rooms; a database that is away, or not there yet, is said in one sentence."""
    import structlog

    from worker import house, logs

    if not structlog.is_configured():  # the processes have seen to it; other commands say what matters themselves
        logs.start("cli", sys.stderr, logging.ERROR)
    if needs_tables:
        see_that_there_is_one(here)
    rooms = house.open(here.settings, here.config_dir)
    try:
        with trouble_told():
            yield rooms
    finally:
        rooms.engine.dispose()


def see_that_there_is_one(here: Place) -> None:
    """Raise Trouble where no database is: connecting would make an empty one, in what may be a mistyped folder."""
    file = here.settings.data_dir / "jumpline.db"
    if not here.settings.database.url.get_secret_value() and not file.exists():
        raise Trouble(
            f"There is nothing of Jumpline's in {here.settings.data_dir} yet: "
            "start `jumpline up`, or name another folder with --data."
        )


@contextmanager
def trouble_told() -> Iterator[None]:
    """Say in one sentence that the database cannot be used, if that is what happens in the block."""
    from sqlalchemy.exc import OperationalError, ProgrammingError

    try:
        yield
    except (OperationalError, ProgrammingError) as wrong:
        raise Trouble(_about_the_database(wrong)) from None


def _about_the_database(wrong: Exception) -> str:
    reason = str(getattr(wrong, "orig", None) or wrong).strip().splitlines()[0].rstrip(".")
    if "no such table" in reason or "no such column" in reason or "does not exist" in reason:
        return f"The database's tables are not those of this version ({reason}): run `jumpline migrate`."
    return f"The database cannot be used ({reason}): see whether it runs and [database] url is right."


def speak_anyhow() -> None:
    """Let standard output and error show as codes what they cannot write: a terminal may know no Chinese."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def last_resort(kind: type[BaseException], wrong: BaseException, trace: TracebackType | None) -> None:
    """Write an unforeseen error down and say where, in place of a traceback; for sys.excepthook."""
    told = "".join(traceback.format_exception(kind, wrong, trace))
    for folder in (_logs.get(None), Path(tempfile.gettempdir())):
        try:
            if folder:
                with (folder / "errors.log").open("a", encoding="utf-8", errors="backslashreplace") as file:
                    file.write(f"{datetime.now(UTC).isoformat()} {' '.join(sys.argv)}\n{told}\n")
                break
        except OSError:
            continue
    said = f"{folder}/errors.log" if folder else "nowhere"
    sys.stderr.write(
        f"jumpline: Jumpline itself is at fault ({kind.__name__}); what happened is written down in {said}.\n"
    )
