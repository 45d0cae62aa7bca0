"""Tells the person at the terminal what happens to the children, and greets when all of them are ready."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from worker import database, heartbeats
from worker.settings import Settings, spoken
from worker.up import greeting, lines

# The processes of a house, besides its broker; the one that takes longest to start comes first.
KINDS = ("worker", "beat", "dashboard", "inbox")

# How long they may take until people are told what is missing, in seconds.
STARTING = 20.0


def log_file(data_dir: Path, name: str) -> Path:
    """Give the file that keeps what a child says."""
    return data_dir / "logs" / f"{name}.log"


@dataclass(slots=True)
class Teller:
    """Tells the person at the terminal what the children do, and greets when all of them are ready."""

    settings: Settings
    engine: Engine
    since: datetime
    drop_sample: str | None
    say: Callable[[str, str], None]
    began: float = field(default_factory=time.monotonic)
    looked: float = 0.0
    greeted: bool = False
    complained: bool = False

    def said(self, child: str, line: str) -> None:
        """Pass on what matters."""
        if told := lines.told(child, line, self.settings.locale.zone):
            self.say(*told)

    def died(self, child: str, status: int, last: str, wait: float) -> None:
        """Say that a child ended, why if it said so in a sentence, and when it is started again."""
        ours, _, sentence = last.partition("jumpline: ")
        why = sentence if sentence and not ours else f"its log is {log_file(self.settings.data_dir, child)}"
        how = f"signal {-status}" if status < 0 else f"status {status}"
        self.say(f"The {child} ended ({how}) and is started again in {wait:.0f} s: {why}", "yellow")

    def look(self) -> None:
        """Greet when the dashboard answers and the others are alive; complain once when that takes too long."""
        now = time.monotonic()
        if self.greeted or now - self.looked < 0.1:
            return
        self.looked = now
        missing, address = self._missing()
        if not missing:
            self.greeted = True
            language = spoken(self.settings)
            self.say(greeting.text(language, self.settings.inboxes, address, self.drop_sample), "")
        elif not self.complained and now - self.began > STARTING:
            self.complained = True
            logs = self.settings.data_dir / "logs"
            self.say(f"Still waiting for {', '.join(missing)}: their logs are in {logs}.", "yellow")

    def _missing(self) -> tuple[list[str], str]:
        """Who has not given a sign of life since the start, and the dashboard's address."""
        try:
            with database.look(self.engine) as session:
                beats = {kind: heartbeats.latest(session, kind) for kind in KINDS}
        except database.AWAY:
            return ["the database"], ""
        missing = [kind for kind, beat in beats.items() if beat is None or beat.started_at < self.since]
        if missing:
            return missing, ""
        try:
            told = json.loads((self.settings.data_dir / "dashboard.json").read_text("utf-8"))
        except (OSError, ValueError):
            return ["dashboard"], ""
        return [], f"{told['url']}/?token={told['token']}"
