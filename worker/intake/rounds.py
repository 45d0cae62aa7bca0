"""Work that goes on after any fault: the inbox must never go unwatched."""

import errno
import os
from collections.abc import Callable

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError

from worker.inbox import names

log = structlog.get_logger()

# The longest pause after a fault, in milliseconds.
LONGEST_PAUSE = 30_000


class Rounds:
    """Work done again and again, which goes on after any fault, more slowly while the fault lasts."""

    def __init__(self, work: Callable[[int], bool], **about: str) -> None:
        self.trouble: str | None = None
        self._work = work
        self._log = log.bind(**about)
        self._faults = 0
        self._next = 0

    def take(self, now: int) -> bool:
        """Do the work if it is time; True says that there is more to do at once."""
        if now < self._next:
            return False
        try:
            is_busy = self._work(now)
        except Exception as fault:  # noqa: BLE001 (a watcher that has died of one fault sees nothing any more)
            self._faults += 1
            pause = min(250 * 2**self._faults, LONGEST_PAUSE)
            self._next = now + pause
            self.trouble = sentence(fault)
            is_understood = isinstance(fault, OSError | OperationalError | InterfaceError)
            self._log.error(self.trouble, again_in_seconds=pause / 1000, exc_info=None if is_understood else fault)
            return False
        if self.trouble:
            self._log.info("the trouble is over", trouble=self.trouble)
        self.trouble, self._faults = None, 0
        return is_busy


def sentence(fault: Exception) -> str:
    """Say what is wrong, whose fault it is, and that nothing is lost by it."""
    if isinstance(fault, OSError) and fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return "The disk is full: nothing is taken in until there is room; what was dropped stays where it is."
    if isinstance(fault, OperationalError | InterfaceError):
        why = str(fault.orig).splitlines()[0] if str(fault.orig) else "no reason given"
        return f"The database does not answer ({why}): what was dropped waits in processing/ and is taken up later."
    if isinstance(fault, OSError):
        where = fault.filename if isinstance(fault.filename, str | bytes) else ""
        return f"{fault.strerror or fault}: {names.printable(os.fsencode(where))}."
    return f"{type(fault).__name__}: {fault}".splitlines()[0]
