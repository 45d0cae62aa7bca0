"""The channel for people who watch a terminal: one line in the worker's log."""

from dataclasses import dataclass

import structlog

from worker.alerts.message import NAMED, Notice


@dataclass(frozen=True, slots=True)
class Log:
    """Writes each notice as one line of the log."""

    name: str = "log"

    def send(self, notice: Notice) -> None:
        """Write the notice; this cannot fail."""
        structlog.get_logger().warning(
            notice.title,
            alert=notice.id,
            kind=notice.kind.value,
            group=notice.group,
            said=notice.text.split("\n")[: NAMED + 1],
            url=notice.url,
        )
