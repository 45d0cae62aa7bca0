"""The signs of life of the inbox process, with what it can say of its inboxes."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from worker import heartbeats, house
from worker.house import House
from worker.inbox.looking import Ignored
from worker.intake.rounds import Rounds
from worker.intake.steps import Intake

# How often this process says that it lives, in milliseconds.
PULSE = 5000

# How many of the files that are left alone it names.
NAMED = 20


class Pulse:
    """The signs of life of this process; when its inboxes get into trouble, or out of it, it says so at once."""

    def __init__(self, here: House, intakes: Sequence[Intake], rounds: Sequence[Rounds]) -> None:
        self.here = here
        self.intakes = intakes
        self.rounds = rounds
        self._started_at = house.now()
        self._told: list[str] = []
        self._next = 0

    def beat(self, now: int) -> bool:
        """Say that this process lives, and how its inboxes are, if it is time; never leaves more to do."""
        trouble = [one.trouble for one in self.rounds if one.trouble]
        if now < self._next and trouble == self._told:
            return False
        with self.here.write() as session:
            heartbeats.beat(session, "inbox", self._started_at, house.now(), {**self._detail(now), "trouble": trouble})
        self._next, self._told = now + PULSE, trouble
        return False

    def _detail(self, now: int) -> dict[str, Any]:
        opened = [intake.inbox for intake in self.intakes if intake.inbox]
        ignored: Counter[str] = Counter()
        ignored_names: list[str] = []
        for inbox in opened:
            ignored.update(inbox.counted())
            ignored_names += inbox.names_ignored()
        for intake in self.intakes:
            ignored[Ignored.CLOSED.value] += len(intake.unreadable)
            ignored_names += [f"processing/{claim.id}/{claim.name}" for claim in intake.unreadable.values()]
        return {
            "inboxes": [intake.name for intake in self.intakes],
            "observer": sorted({inbox.watch.kind for inbox in opened}),
            "waiting": sum(len(inbox.settling.waiting) for inbox in opened),
            "oldest_seconds": max((inbox.settling.oldest(now) for inbox in opened), default=0) / 1000,
            "ignored": ignored.total(),
            "ignored_why": dict(+ignored),
            "ignored_names": ignored_names[:NAMED],
            "outstanding": sum(len(intake.outstanding) for intake in self.intakes),
        }
