"""How many files wait for the next start."""

from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from worker import database
from worker.inbox import looking
from worker.settings import Settings
from worker.tables import Delivery, Stage


def count(settings: Settings) -> int:
    """Count what lies in the inboxes, and what is recorded and not ended; what cannot be counted is left out."""
    lying = sum(len(looking.scan(inbox, Path(), _own(settings, inbox)).files) for inbox in settings.inboxes)
    engine = database.connect(settings.database_url)
    try:
        with database.look(engine) as session:
            query = select(func.count()).select_from(Delivery).where(Delivery.stage == Stage.RECEIVED)
            return lying + (session.scalar(query) or 0)
    except OperationalError:
        return lying
    finally:
        engine.dispose()


def _own(settings: Settings, inbox: Path) -> frozenset[Path]:
    """The folders below an inbox that hold no drops."""
    ours = {settings.data_dir, settings.blobs_dir, *settings.inboxes, inbox / ".jumpline"}
    return frozenset(folder for folder in ours if inbox in folder.parents)
