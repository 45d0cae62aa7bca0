"""How `jumpline` is typed for one installation, so that a command which is printed can be copied and run."""

import shlex
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from worker.settings import SHIPPED, Settings, config_dir


@dataclass(frozen=True, slots=True)
class Command:
    """`program` as a shell reads it, and the options that name the installation's folders where it would not guess."""

    program: str = "jumpline"
    options: tuple[str, ...] = ()

    def typed(self, *words: str) -> str:
        """Give the line that a person types: jumpline retry d12 --data /srv/news."""
        return " ".join([self.program, *map(shlex.quote, (*words, *self.options))])


def anywhere(settings: Settings, config: Path | None) -> Command:
    """Give the command as it is typed in any folder, as in a report that is read where it lies."""
    options = ["--data", str(settings.data_dir)]
    if config and config.absolute() not in SHIPPED:
        options += ["--config", str(config.absolute())]
    return Command(_program(None), tuple(options))


def here(settings: Settings, config: Path, folder: Path) -> Command:
    """Give the command as it is typed in this folder, the one that we run in: what it finds by itself is left out."""
    options = []
    if settings.data_dir != folder / "var":
        options += ["--data", _short(settings.data_dir, folder)]
    if config.absolute() != config_dir(environment={}).absolute():
        options += ["--config", _short(config.absolute(), folder)]
    return Command(_program(folder), tuple(options))


def _program(folder: Path | None) -> str:
    """The program's name where the shell finds it, else its path, short below `folder`."""
    own = Path(sys.executable).with_name("jumpline")
    found = shutil.which("jumpline")
    if found and (not own.exists() or own.samefile(found)):
        return "jumpline"
    if own.exists():
        return shlex.quote(_short(own, folder) if folder else str(own))
    return f"{shlex.quote(sys.executable)} -m worker.cli"


def _short(path: Path, folder: Path) -> str:
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else str(path)
