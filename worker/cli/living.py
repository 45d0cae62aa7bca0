"""Whether a process lives: asked by health checks every few seconds, so it imports no more than it needs."""

import socket
from datetime import UTC, datetime

from sqlalchemy import select

from worker import database
from worker.cli import door
from worker.cli.door import Place
from worker.tables import Heartbeat
from worker.views.health import SILENT


def silence(here: Place, kind: str) -> str | None:
    """Say in a sentence that no process of this kind (or of "any") on this host lives; None when one does."""
    door.see_that_there_is_one(here)
    engine = database.connect(here.settings.database_url)
    own = select(Heartbeat).where(Heartbeat.process.contains(f"@{socket.gethostname()}:", autoescape=True))
    with door.trouble_told(), database.look(engine) as session:
        last = max((row.at for row in session.scalars(own) if kind in {row.kind, "any"}), default=None)
    engine.dispose()
    name = "process" if kind == "any" else kind
    if last is None:
        return f"No {name} of this host has ever given a sign of life."
    age = datetime.now(UTC) - last
    return f"The last sign of life of the {name} is {age.total_seconds():.0f} s old." if age > SILENT else None
