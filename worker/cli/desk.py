"""The commands by which a person acts: drop, retry, identify, alerts test."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from worker.cli import showing
from worker.cli.door import AsJson, Config, Data, Day, Trouble, opened, place

if TYPE_CHECKING:
    from worker.house import House

Inbox = Annotated[
    Path | None,
    typer.Option("--inbox", metavar="DIR", help="Which inbox, where there are several.", show_default=False),
]
What = Annotated[str, typer.Argument(metavar="ID", help="d12, i3 or p4: what could not be told.", show_default=False)]


def drop(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", show_default=False, help="Files to put in.")],
    *,
    wait: Annotated[bool, typer.Option("--wait", help="Follow them to their end; 1 if one has errors.")] = False,
    inbox: Inbox = None,
    as_json: AsJson = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Put files into the inbox, each complete from its first moment there."""
    from worker import house
    from worker.cli import following
    from worker.inbox import dropping

    here = place(data, config)
    chosen = inbox or here.settings.inboxes[0]
    if chosen.expanduser().absolute() not in here.settings.inboxes:
        known = ", ".join(map(str, here.settings.inboxes))
        raise Trouble(f"{chosen} is no inbox of this installation, which has {known}.", 2)
    for file in files:
        if trouble := _cannot_be_dropped(file):
            raise Trouble(f"{showing.printable(str(file))} {trouble}.", 2)
    since = house.now()
    try:
        dropped = dropping.drop(files, chosen)
    except OSError as wrong:
        raise Trouble(f"{wrong.filename or chosen} cannot be read or written: {wrong.strerror}.") from None
    if not wait:
        if as_json:
            showing.as_json([{"file": showing.printable(str(file))} for file in dropped])
        else:
            showing.say("\n".join(f"Dropped {showing.printable(str(file))}" for file in dropped))
        return
    with opened(here) as rooms:
        ended = following.follow(rooms, [file.name for file in dropped], since, quiet=as_json)
    if as_json:
        showing.as_json(ended)
    if any(following.is_bad(one) for one in ended):
        raise typer.Exit(1)


def _cannot_be_dropped(file: Path) -> str | None:
    """Say of a file why it cannot be dropped, as the inbox would not take it; None when it can."""
    from worker.inbox import looking

    try:
        seen = looking.judge(file.lstat())
    except OSError:
        return "is not there: name files that exist"
    if seen is None:
        return f"is a folder: name its files, such as {showing.printable(str(file))}/*"
    if seen is looking.Ignored.LINK:
        return "is a symbolic link, which may lead anywhere: name the file itself"
    if isinstance(seen, looking.Ignored):
        return f"is no regular file but a {seen}: name files"
    return None


def retry(
    deliveries: Annotated[list[str] | None, typer.Argument(metavar="ID", show_default=False)] = None,
    *,
    failed: Annotated[bool, typer.Option("--failed", help="All deliveries that failed.")] = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Try deliveries again that failed through a fault of the house."""
    from worker import celery, desk
    from worker.views import ids

    if bool(deliveries) == failed:
        raise Trouble("Say which deliveries (such as d12), or --failed for all that failed.", 2)
    try:
        wanted = [ids.number(one, ids.Kind.DELIVERY) for one in deliveries or []]
    except ids.WrongId as wrong:
        raise Trouble(str(wrong), 2) from None
    at = place(data, config)
    celery.prepare(at.settings, at.config_dir)
    with opened(at) as here:
        stages = _stages(here, wanted)
        again = desk.retry(here, desk.failed(here) if failed else wanted)
    for one in again:
        showing.say(f"{ids.delivery(one)} is tried again.")
    left = [f"{ids.delivery(one)} {_NOT_AGAIN[stages[one]]}." for one in wanted if one not in again]
    if left:
        raise Trouble(" ".join(left))
    if not again:
        showing.say("No delivery has failed.")


def _stages(here: "House", deliveries: Sequence[int]) -> dict[int, str]:
    """How far each delivery has got; raises Trouble for one that there is not."""
    from worker.tables import Delivery
    from worker.views import ids

    with here.look() as session:
        rows = {number: session.get(Delivery, number) for number in deliveries}
    for number, row in rows.items():
        if row is None:
            raise Trouble(f"There is no {ids.delivery(number)}: `jumpline deliveries` lists what there is.")
    return {number: row.stage for number, row in rows.items() if row}


# Why a delivery of this stage is not tried again; one that had failed may be under way again meanwhile.
_NOT_AGAIN = {
    "received": "is being worked on, or will be",
    "stored": "is stored, so there is nothing to try again",
    "duplicate": "is a duplicate, so there is nothing to try again",
    "rejected": "was rejected: the file is at fault, so mend it and drop it again",
    "failed": "is being worked on, or will be",
}


def identify(
    what: What,
    *,
    paper: Annotated[str | None, typer.Option(metavar="NAME", help="Its name, or its code.")] = None,
    day: Day = None,
    page: Annotated[str | None, typer.Option(metavar="LABEL", help="Its page, such as A02.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Take the place of the page that stands there.")] = False,
    new_paper: Annotated[bool, typer.Option("--new-paper", help="The paper is a new one, not a slip.")] = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Say which paper, date and page something is that could not be told, or stands wrongly; it moves to its issue."""
    from worker import desk
    from worker.views import ids

    with opened(place(data, config)) as here:
        try:
            on = day.date() if day else None
            issue = desk.identify(here, what, paper, on, page, replace=replace, new_paper=new_paper)
        except ids.WrongId as wrong:
            raise Trouble(str(wrong), 2) from None
        except desk.Occupied as there:
            raise Trouble(f"{there} If this page is to take its place, say so: --replace.") from None
        except desk.UnknownPaper as unknown:
            raise Trouble(f"{unknown} If it is a new one, say so: --new-paper.") from None
        except desk.Refused as refused:
            raise Trouble(str(refused)) from None
    showing.say(f"{what} is in {ids.issue(issue)} now.")


def try_alerts(*, as_json: AsJson = False, data: Data = None, config: Config = None) -> None:
    """Send a test through every channel at once, and say what became of it."""
    from worker import desk

    with opened(place(data, config), needs_tables=False) as here:
        tried = desk.test_alert(here)
    if as_json:
        showing.as_json([{"channel": name, "ok": ok, "error": error} for name, ok, error in tried])
    else:
        rows = ((name, "sent" if ok else "failed", error) for name, ok, error in tried)
        showing.table(("CHANNEL", "RESULT", "ERROR"), rows, "No channel is set: [alerts] channels in jumpline.toml.")
    if not tried or not all(ok for _, ok, _ in tried):
        raise typer.Exit(1)
