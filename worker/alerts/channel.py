"""A channel: one way to reach people, and the two ways in which it can fail.

The sentence of a failure does not name the channel: wherever it is shown, the channel's name stands beside it.
"""

from typing import Protocol

from worker.alerts.message import Notice

# How long a channel may keep us waiting for one answer, in seconds.
PATIENCE = 10


class Refused(Exception):
    """The notice will not be taken, however often it is sent: the address or the settings are wrong. One sentence."""


class Unreachable(Exception):
    """The notice could not be handed over now; trying again can help. One sentence."""


class Channel(Protocol):
    """One way to reach people. `name` tells it from the others in settings, tables and messages."""

    @property
    def name(self) -> str:
        """What people call it."""
        ...

    def send(self, notice: Notice) -> None:
        """Hand the notice over; raises Refused or Unreachable."""
        ...
