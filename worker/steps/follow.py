"""Follow: what people were told of a page's findings goes with them to the issue that they are in now."""

from datetime import datetime

from sqlalchemy.orm import Session

from worker import archive
from worker.alerts import moving
from worker.house import House


def follow(session: Session, here: House, move: archive.Move, now: datetime) -> None:
    """Let the alerts go where the findings have gone, and then what is left empty."""
    moving.moved(session, move.old, move.new, move.same, here.terms, now, is_gone=move.leaves_nothing)
    archive.clear(session, move)
