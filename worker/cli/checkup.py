"""The commands that look after the house: doctor and migrate."""

from enum import StrEnum
from typing import Annotated

import typer
from rich.text import Text

from worker.cli import showing
from worker.cli.door import AsJson, Config, Data, Trouble, opened, place


class Process(StrEnum):
    """A process that says that it lives."""

    INBOX = "inbox"
    WORKER = "worker"
    BEAT = "beat"
    DASHBOARD = "dashboard"
    ANY = "any"  # whichever it is: a container holds one


One = Annotated[
    Process | None,
    typer.Option("--process", help="Only ask whether this process, of this host, lives: for health checks."),
]


def doctor(*, process: One = None, as_json: AsJson = False, data: Data = None, config: Config = None) -> None:
    """Look whether everything is as it should be, and say what to do where it is not; 1 if something is wrong."""
    here = place(data, config)
    if process:
        from worker.cli import living

        if trouble := living.silence(here, process):
            raise Trouble(trouble)
        return
    from worker.cli import examining

    checked = list(examining.everything(here))
    if as_json:
        showing.as_json(
            [{"what": one.what, "ok": one.trouble is None, "told": one.trouble or one.told} for one in checked]
        )
    else:
        for one in checked:
            mark = Text("trouble  ", "red") if one.trouble else Text("ok       ", "green")
            showing.say(Text.assemble(mark, f"{one.what:<10}  {showing.printable(one.trouble or one.told)}"))
    if any(one.trouble for one in checked):
        raise typer.Exit(1)


Wait = Annotated[int, typer.Option(min=0, max=3600, help="Wait so many seconds for a database that is starting.")]


def migrate(*, wait: Wait = 0, data: Data = None, config: Config = None) -> None:
    """Bring the database's tables up to date. Safe to repeat."""
    from worker import database

    place(data, config).settings.data_dir.mkdir(parents=True, exist_ok=True)
    with opened(place(data, config), needs_tables=False) as here:
        database.await_answer(here.engine, wait)
        revision = database.migrate(here.engine)
    showing.say(f"The tables are at revision {revision}.")
