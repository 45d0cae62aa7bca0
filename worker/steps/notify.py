"""Notify: alerts that are due are sent through every channel, each try recorded."""

from worker import house
from worker.alerts import sending
from worker.house import House


def notify(here: House, worker: str) -> int:
    """Send what is due; gives how many alerts were taken up."""
    return sending.send_due(
        here.write,
        here.channels,
        worker,
        now=house.now,
        language=here.language,
        base_url=here.base_url,
        routes=here.routes,
    )
