"""Telling people what is wrong and when it is mended: what is due, how it is said, through which channels."""

from worker.alerts.channel import Channel, Refused, Unreachable
from worker.alerts.message import Notice
from worker.alerts.outbox import Change, due, gather, raise_for, say, take
from worker.alerts.policy import Terms
from worker.alerts.reminders import repeats
from worker.alerts.sending import deliver, send_due, try_out

__all__ = [
    "Change",
    "Channel",
    "Notice",
    "Refused",
    "Terms",
    "Unreachable",
    "deliver",
    "due",
    "gather",
    "raise_for",
    "repeats",
    "say",
    "send_due",
    "take",
    "try_out",
]
