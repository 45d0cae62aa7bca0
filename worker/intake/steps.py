"""The six steps of intake for one inbox, from a file that has settled to one that is handed back."""

import errno
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

import structlog
from sqlalchemy.orm import Session

from worker import blobs, celery, house, ledger
from worker.house import House
from worker.inbox import claiming, handing, looking, names, places, report
from worker.inbox.claiming import Claim
from worker.inbox.folder import Inbox
from worker.inbox.handing import Ended
from worker.inbox.settling import Waits
from worker.intake import rounds
from worker.ledger import Arrival
from worker.settings import commands
from worker.tables import Delivery, Stage
from worker.views import outcomes

log = structlog.get_logger()

# How many files are recorded with one commit and announced at once.
BATCH = 200

# What says that one file cannot be read, whatever becomes of the others.
OF_ONE_FILE = frozenset({errno.EACCES, errno.EPERM, errno.ESTALE, errno.EIO})

# A file that its writer still has open is waited for this many times as long as one found by a scan.
PATIENCE = 15

# All of these are milliseconds.
TICK = 100  # how often hints are looked at, and the ledger while something that came lately is under way
CALM = 1000  # how often the ledger is asked otherwise, and whether the inbox is still the same folder
LATELY = 30_000
AGAIN = 5000  # a broker that was away, or a file that could not be moved, is left alone for so long


class Intake:
    """The six steps for one inbox.

    `outstanding` are its deliveries that are not handed back, by claim; `unreadable` are claims that have to wait for
    somebody to mend what they lie on.
    """

    def __init__(self, here: House, path: Path, hands: Executor, config_dir: Path | None) -> None:
        self.here = here
        self.path = path
        self.name = names.printable(os.fsencode(path))
        self.inbox: Inbox | None = None
        self.outstanding: dict[str, int] = {}
        self.unreadable: dict[str, Claim] = {}
        self._hands = hands
        self._ways = report.Ways(here.base_url, commands.anywhere(here.settings, config_dir).typed)
        self._log = log.bind(inbox=self.name)
        self._due: dict[str, int] = {}
        self._immovable: dict[int, int] = {}  # deliveries whose file could not be moved, and until when it is left
        self._is_unsure = False  # a fault came between claiming and recording
        self._take_up_at: int | None = None
        self._lively_until = 0

    def work(self, now: int) -> bool:
        """Do what there is to do now; True says that there is more."""
        inbox = self._opened()
        lost_events = self._watch_the_root(inbox, now) or inbox.notice(now) or self._is_unsure
        rescan_every = _ms(self.here.settings.inbox.rescan_every)
        if self._is_due("scan", now, rescan_every) or lost_events:
            inbox.scan(now)
            inbox.tidy(now, rescan_every)
            self._take_up_at = now
        if self._take_up_at is not None and self._take_up_at <= now:
            self._take_up(inbox, now)
        self._is_unsure = True
        claims = inbox.take(now, BATCH)
        self._take_in(inbox, claims, now)
        self._is_unsure = False
        is_lively = self.outstanding and now < self._lively_until
        is_more = self._is_due("hand back", now, TICK if is_lively else CALM) and self._hand_back(inbox, now)
        return is_more or len(claims) == BATCH

    def close(self) -> None:
        """Stop watching."""
        if self.inbox:
            self.inbox.close()
            self.inbox = None

    def _opened(self) -> Inbox:
        if self.inbox is None:
            wanted = self.here.settings.inbox
            # A database that lies below an inbox is no drop.
            others = (self.here.settings.data_dir, self.here.settings.blobs_dir, *self.here.settings.inboxes)
            own = [path.absolute() for path in others if self.path in path.absolute().parents]
            found = _ms(wanted.settle_for)
            waits = Waits(closed=_ms(wanted.settle_after_close), seen=found, open=PATIENCE * found)
            inbox = Inbox(places.around(self.path), wanted.observer, waits, own)
            inbox.open()
            self.inbox = inbox
            self._log.info("watching", how=inbox.watch.kind)
        return self.inbox

    def _watch_the_root(self, inbox: Inbox, now: int) -> bool:
        """Make the folders again if somebody took them away; True when the inbox is another folder than before."""
        if not self._is_due("root", now, CALM):
            return False
        self.path.mkdir(exist_ok=True)
        inbox.places.processing.mkdir(parents=True, exist_ok=True)
        return inbox.watch.is_deaf()

    def _take_up(self, inbox: Inbox, now: int) -> None:
        """Go on with what lies in processing/ and is not under way: a process or the database went away meanwhile."""
        self._take_up_at = now
        lying = claiming.lying(inbox.places, self.outstanding)
        there = {claim.id for claim in lying if not claim.is_empty}
        self.unreadable = {each: claim for each, claim in self.unreadable.items() if each in there}
        is_all_kept = True
        for start in range(0, len(lying), BATCH):
            batch = lying[start : start + BATCH]
            with self.here.look() as session:
                known = ledger.known(session, [claim.id for claim in batch])
            under_way = {claim: row.id for claim, row in known.items() if row.handed_back_at is None}
            self.outstanding.update(under_way)
            new = [claim for claim in batch if claim.id not in known and not claim.is_empty]
            is_all_kept &= self._take_in(inbox, new, now)
            for claim in batch:
                if claim.is_empty and claim.id not in under_way:
                    claiming.forget(claim)
        self._take_up_at = None if is_all_kept else now + _ms(self.here.settings.inbox.settle_for)

    def _take_in(self, inbox: Inbox, claims: Sequence[Claim], now: int) -> bool:
        """Keep, record and announce; False when a file was still being written, and is to be taken up again."""
        if not claims:
            return True
        found = list(self._hands.map(lambda claim: self._keep(inbox, claim), claims))
        kept = [arrival for arrival in found if isinstance(arrival, Arrival)]
        for claim, fault in zip(claims, found, strict=True):
            self._note_unreadable(claim, fault if isinstance(fault, OSError) else None)
        if kept:
            with self.here.write() as session:
                ids = ledger.record(session, kept, house.now())
            for arrival, delivery in zip(kept, ids, strict=True):
                self.outstanding[arrival.claim] = delivery
                self._log.info("received", delivery=delivery, name=arrival.name, bytes=arrival.bytes)
            self._lively_until = now + LATELY
            self._announce(ids, now)
        is_all_kept = all(each is not None for each in found)
        if not is_all_kept:
            self._take_up_at = now + _ms(self.here.settings.inbox.settle_for)
        return is_all_kept

    def _keep(self, inbox: Inbox, claim: Claim) -> Arrival | OSError | None:
        """Keep a file's bytes; None when it is gone, is no file, or has changed while it was read.

        The fault of one that cannot be read is given, not raised: the others must not wait for it.
        """
        try:
            file = self._open(inbox, claim)
        except OSError as fault:
            if fault.errno not in OF_ONE_FILE:
                raise
            return fault
        if file is None:
            return None
        with file:
            before = looking.judge(os.fstat(file.fileno()))
            try:
                kept = self.here.blobs.keep(file)
            except blobs.Unreadable as fault:
                return fault
            if looking.judge(os.fstat(file.fileno())) != before:
                return None
        return Arrival(claim.id, self.name, claim.name, claim.raw_name, kept.sha256, kept.bytes)

    def _open(self, inbox: Inbox, claim: Claim) -> BinaryIO | None:
        """Open a claimed file; None when it is gone, or is no file and has gone back to the inbox."""
        try:
            return claiming.open_file(claim)
        except FileNotFoundError:
            return None
        except claiming.NotAFile:
            claiming.give_back(inbox.places, claim)
            return None

    def _note_unreadable(self, claim: Claim, fault: OSError | None) -> None:
        """Say once that a claimed file cannot be read. It is tried again with every scan."""
        if fault is None:
            self.unreadable.pop(claim.id, None)
        elif claim.id not in self.unreadable:
            self.unreadable[claim.id] = claim
            trouble = rounds.sentence(fault)
            self._log.error("a file in processing/ cannot be read", claim=claim.id, name=claim.name, trouble=trouble)

    def _announce(self, ids: Sequence[int], now: int) -> None:
        """Tell the workers; while the broker is away the sweep will do it, and nothing is lost."""
        if now < self._due.get("announce", 0):
            return
        if celery.announce(ids):
            with self.here.write() as session:
                ledger.announced(session, ids, house.now())
        else:
            self._due["announce"] = now + AGAIN
            self._log.warning("the broker is away: the workers are told later", deliveries=len(ids))

    def _hand_back(self, inbox: Inbox, now: int) -> bool:
        """Move what has ended out of processing/; True when there may be more."""
        with places.locked(inbox.places):
            with self.here.look() as session:
                # Those that could not be moved lately must not take the places of all the others.
                put_off = {delivery for delivery, until in self._immovable.items() if now < until}
                rows = ledger.to_hand_back(session, self.name, house.now(), BATCH + len(put_off))
                movable = [row for row in rows if row.id not in put_off][:BATCH]
                ended = [(row, self._ended(inbox, session, row)) for row in movable]
            if not ended:
                if len(put_off) > BATCH:
                    self._due["hand back"] = now + AGAIN  # to ask past so many is dear
                return False
            handed = list(self._moved(inbox, ended, now))
            with self.here.write() as session:
                # What was withdrawn or tried again meanwhile is handed back once more when it has ended.
                final = [
                    (row, one, at)
                    for row, one, at in handed
                    if ledger.handed_back(session, row, os.fsencode(at) if at else None, house.now())
                ]
        for row, one, place in final:
            claiming.forget(one.claim)
            self.outstanding.pop(row.claim, None)
            self._immovable.pop(row.id, None)
            to = names.printable(os.fsencode(place)) if place else None
            self._log.info("handed back", delivery=row.id, name=row.name, stage=row.stage, to=to)
        return len(ended) == BATCH

    def _ended(self, inbox: Inbox, session: Session, row: Delivery) -> Ended:
        zone = self.here.settings.locale.zone
        return Ended(
            claim=claiming.known_as(inbox.places, row.claim, Path(os.fsdecode(row.raw_name))),
            stage=Stage(row.stage),
            day=(row.ended_at or house.now()).astimezone(zone).date(),
            report=report.report(
                outcomes.outcome(session, row, self.here.language, zone, house.now()), self.here.language, self._ways
            ),
            lay_at=Path(os.fsdecode(row.handed_to)) if row.handed_to else None,
        )

    def _moved(
        self, inbox: Inbox, ended: Sequence[tuple[Delivery, Ended]], now: int
    ) -> Iterator[tuple[Delivery, Ended, Path | None]]:
        """Move each file and say where it lies now; one that cannot be moved does not keep the others waiting."""
        for row, one in ended:
            try:
                yield row, one, handing.hand_back(inbox.places, one)
            except OSError as fault:
                if row.id not in self._immovable:
                    self._log.error("a file cannot be handed back", delivery=row.id, trouble=rounds.sentence(fault))
                self._immovable[row.id] = now + AGAIN

    def _is_due(self, what: str, now: int, every: int) -> bool:
        if now < self._due.get(what, 0):
            return False
        self._due[what] = now + every
        return True


def _ms(duration: timedelta) -> int:
    return duration // timedelta(milliseconds=1)
