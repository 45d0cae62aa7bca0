"""The command line: `jumpline`. What a command needs is imported when it is called, so that all start quickly."""

import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import Annotated

import typer
from typer.exceptions import Abort, TyperException

from worker.cli import checkup, desk, door, lists, processes, reading
from worker.newspaper.paper import WrongPaper
from worker.settings import WrongSettings

app = typer.Typer(
    name="jumpline",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 fine; 1 errors were found, or what was asked for failed; 2 wrong usage.",
)
alerts = typer.Typer(invoke_without_command=True, help="List what people were told, and whether it got through.")

RUN = "Running"
FILES = "Files and rules"
LOOK = "What is in the database"
ACT = "Acting on it"
CARE = "Looking after it"

COMMANDS: tuple[tuple[str, tuple[Callable[..., None], ...]], ...] = (
    (RUN, (processes.up, processes.inbox, processes.worker, processes.beat, processes.dashboard)),
    (FILES, (desk.drop, reading.read, reading.check, reading.rules)),
    (LOOK, (lists.deliveries, lists.issues, lists.articles, lists.findings, lists.show)),
    (ACT, (desk.retry, desk.identify)),
    (CARE, (checkup.doctor, checkup.migrate)),
)
for panel, commands in COMMANDS:
    for command in commands:
        app.command(rich_help_panel=panel)(command)
app.add_typer(alerts, name="alerts", rich_help_panel=LOOK)
alerts.command("test")(desk.try_alerts)
alerts.callback()(lists.alerts)


def _version(asked: bool) -> None:  # noqa: FBT001 (typer gives it so)
    if asked:
        sys.stdout.write(f"jumpline {version('jumpline')}\n")
        raise typer.Exit


@app.callback()
def jumpline(
    *,
    show_version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """Takes newspaper pages in from a drop folder, reads them into articles, checks them, and tells people."""
    del show_version  # its callback has said it


def run(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command; gives its exit code. What is wrong is one sentence on standard error."""
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        return int(app(arguments, prog_name="jumpline", standalone_mode=False) or 0)
    except door.WrongValue as wrong:
        return _refused(f"{wrong} See `{_command(arguments)} --help`.", wrong.code)
    except door.Trouble as trouble:
        return _refused(str(trouble), trouble.code)
    except (WrongSettings, WrongPaper) as wrong:
        return _refused(str(wrong), door.WRONG_USAGE)
    except TyperException as wrong:
        command = getattr(getattr(wrong, "ctx", None), "command_path", "jumpline")
        sentence = _wrong_value(wrong) or wrong.format_message().removesuffix(".")
        return _refused(f"{sentence}{'' if sentence.endswith('?') else '.'} See `{command} --help`.", wrong.exit_code)
    except (Abort, KeyboardInterrupt):
        return 130


def _command(arguments: Sequence[str]) -> str:
    """The command that was called, with its parent: jumpline alerts test."""
    known = {command.__name__.replace("_", "-") for _, commands in COMMANDS for command in commands} | {"alerts"}
    called = next((word for word in arguments if word in known), "")
    return f"jumpline {called}".rstrip()


def _wrong_value(wrong: TyperException) -> str:
    """Say in our words what an option takes that was given something else; empty for other mistakes."""
    options = getattr(getattr(wrong, "param", None), "opts", None)
    if not options or type(wrong).__name__ != "BadParameter":
        return ""
    takes = door.TAKES.get(options[0])
    return (
        f"{options[0]} takes {takes}"
        if takes
        else f"{options[0]}: {wrong}".replace("Value error, ", "").removesuffix(".")
    )


def main() -> None:
    """The entry point of the `jumpline` command."""
    door.speak_anyhow()
    sys.excepthook = door.last_resort
    sys.exit(run())


def _refused(sentence: str, code: int) -> int:
    sys.stderr.write(f"jumpline: {sentence}\n")
    return code
