"""How often one alert is tried on one channel, when again, and when we give up: pure decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from worker.tables import AlertState

# How long a channel is left alone after each try that failed.
BACKOFF = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
)

MINUTE = timedelta(minutes=1)


class Outcome(StrEnum):
    """How far one alert has got on one channel."""

    OPEN = "open"  # to be sent
    TAKEN = "taken"  # the channel has it
    GIVEN_UP = "given up"  # refused, or out of reach in every try


@dataclass(frozen=True, slots=True)
class Try:
    """One try that was made: whether the channel took it and, if not, whether trying again can help."""

    at: datetime
    ok: bool
    again: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one alert has got on one channel; while it is open, when the channel may be tried (None: at once)."""

    outcome: Outcome
    not_before: datetime | None = None

    def is_ready(self, now: datetime) -> bool:
        """Whether it is to be sent now."""
        return self.outcome is Outcome.OPEN and (self.not_before is None or self.not_before <= now)

    def after(self, *times: datetime | None) -> "Standing":
        """Give the same, but not before any of these times."""
        known = [time for time in (self.not_before, *times) if time is not None]
        return Standing(self.outcome, max(known, default=None))


def retry_after(attempt: int) -> timedelta:
    """Give how long to wait after the try of this number (from 1) has failed."""
    return BACKOFF[min(attempt, len(BACKOFF)) - 1]


def standing(tries: Sequence[Try], attempts: int) -> Standing:
    """Tell from its tries, oldest first, how far an alert has got on a channel that is tried `attempts` times."""
    if any(one.ok for one in tries):
        return Standing(Outcome.TAKEN)
    if len(tries) >= attempts or any(not one.again for one in tries):
        return Standing(Outcome.GIVEN_UP)
    if not tries:
        return Standing(Outcome.OPEN)
    return Standing(Outcome.OPEN, tries[-1].at + retry_after(len(tries)))


def room_at(newest: Sequence[datetime], per_minute: int) -> datetime | None:
    """Give when a channel has room for one more, from the times of its newest tries, newest first; None: it has."""
    return newest[per_minute - 1] + MINUTE if len(newest) >= per_minute else None


def verdict(channels: Mapping[str, Standing], now: datetime) -> tuple[AlertState, datetime | None]:
    """Say what an alert's state is, by its channels; while it is due, also when it is to be looked at next."""
    still_open = [one.not_before or now for one in channels.values() if one.outcome is Outcome.OPEN]
    if still_open:
        return AlertState.DUE, min(still_open)
    given_up = any(one.outcome is Outcome.GIVEN_UP for one in channels.values())
    return (AlertState.FAILED if given_up else AlertState.SENT), None
