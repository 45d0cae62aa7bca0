"""Following dropped files to their end, for `jumpline drop --wait`."""

import time
from collections.abc import Sequence
from datetime import datetime

from worker import heartbeats, house
from worker.cli import showing
from worker.cli.door import Trouble
from worker.exports import console
from worker.house import House
from worker.inbox import names
from worker.newspaper.rules import Language
from worker.tables import Stage
from worker.views import deliveries, health, ids
from worker.views.deliveries import DeliveryWhole

# Seconds from one look to the next.
EVERY = 0.1


def follow(here: House, files: Sequence[str], since: datetime, *, quiet: bool) -> list[DeliveryWhole]:
    """Give what became of these files of the inbox, received after `since`, in the order given; says it as it goes."""
    waiting = {names.printable(name.encode("utf-8", "surrogateescape")): name for name in files}
    ended: dict[str, DeliveryWhole] = {}
    while len(ended) < len(waiting):
        for name in waiting.keys() - ended.keys():
            if one := _ended(here, name, since):
                ended[name] = one
                if not quiet:
                    _say(one, here.language)
        _see_that_somebody_works(here)
        time.sleep(EVERY)
    return [ended[name] for name in waiting]


def is_bad(one: DeliveryWhole) -> bool:
    """Say whether somebody has to act: it was not stored, or something is wrong with it."""
    return one.stage in {Stage.REJECTED, Stage.FAILED} or one.findings.error > 0


def _ended(here: House, name: str, since: datetime) -> DeliveryWhole | None:
    """What became of the file, once it has been handed back: its issue has been assembled by then."""
    with here.look() as session:
        for one in deliveries.listed(session, name=name, since=since, limit=0):
            if one.name == name and one.handed_back_at:
                return deliveries.single(session, ids.number(one.id, ids.Kind.DELIVERY), here.language)
    return None


def _see_that_somebody_works(here: House) -> None:
    with here.look() as session:
        for kind in ("inbox", "worker"):
            beat = heartbeats.latest(session, kind)
            if beat is None or house.now() - beat.at > health.SILENT:
                raise Trouble(
                    f"The file lies in the inbox and is safe, but no {kind} works in {here.settings.data_dir}: "
                    "start `jumpline up`."
                )


def _say(one: DeliveryWhole, language: Language) -> None:
    showing.say(f"{one.id}  {one.stage}  {showing.printable(one.name)}", showing.STYLES.get(one.stage, ""))
    if one.reason:
        showing.say(f"     {showing.printable(one.reason)}")
    rows = (
        (
            finding.id,
            finding.code,
            console.severity(finding.severity, language),
            finding.page,
            str(finding.line or ""),
            finding.message,
        )
        for finding in one.told
        if finding.is_open
    )
    showing.table(("ID", "CODE", "SEVERITY", "PAGE", "LINE", "MESSAGE"), rows, "     No problems found.")
