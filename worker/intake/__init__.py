"""The inbox process: settle, claim, keep, record, announce, hand back.

What is claimed lies in processing/ until it is handed back, so that whatever happens to this process, to the database
or to the disk, a later round takes it up where it stopped.
"""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

from worker import house
from worker.house import House
from worker.intake.pulse import Pulse
from worker.intake.rounds import Rounds
from worker.intake.steps import TICK, Intake

# How many files are written to disk side by side: most of that time is spent waiting for the disk.
HANDS = 4

# What lies half-written for longer was left by a process that was killed.
UNFINISHED = timedelta(days=1)


def run(here: House, stop: threading.Event, config_dir: Path | None = None) -> None:
    """Serve all inboxes until `stop` is set; `config_dir` is named by the commands in reports, if it was given."""
    here.blobs.forget_unfinished(house.now() - UNFINISHED)
    with ThreadPoolExecutor(HANDS) as hands:
        intakes = [Intake(here, path.absolute(), hands, config_dir) for path in here.settings.inboxes]
        rounds = [Rounds(intake.work, inbox=intake.name) for intake in intakes]
        pulse = Rounds(Pulse(here, intakes, rounds).beat)
        try:
            while not stop.is_set():
                is_busy = [one.take(_clock()) for one in (*rounds, pulse)]
                if not any(is_busy):
                    stop.wait(TICK / 1000)
        finally:
            for intake in intakes:
                intake.close()


def _clock() -> int:
    """Milliseconds."""
    return time.monotonic_ns() // 1_000_000
