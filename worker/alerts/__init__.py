"""Telling people what is wrong and when it is mended: what is due, how it is said, through which channels."""

from worker.alerts.channel import Channel, Refused, Unreachable
from worker.alerts.message import Notice
from worker.alerts.outbox import Change
from worker.alerts.policy import Terms

__all__ = ["Change", "Channel", "Notice", "Refused", "Terms", "Unreachable"]
