"""Signs of life: each process says now and then that it is there, and what it is at."""

import os
import socket
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from worker.tables import Heartbeat


def beat(session: Session, kind: str, started_at: datetime, now: datetime, detail: Mapping[str, Any]) -> None:
    """Say that this process, an inbox, worker, beat or dashboard, is alive."""
    process = f"{kind}@{socket.gethostname()}:{os.getpid()}"
    session.merge(Heartbeat(process=process, kind=kind, at=now, started_at=started_at, detail=dict(detail)))


def latest(session: Session, kind: str) -> Heartbeat | None:
    """Give the last sign of life of any process of this kind."""
    return session.scalar(select(Heartbeat).where(Heartbeat.kind == kind).order_by(Heartbeat.at.desc()).limit(1))


def forget(session: Session, before: datetime) -> None:
    """Drop the signs of processes that are long gone."""
    session.execute(delete(Heartbeat).where(Heartbeat.at < before))
