"""How the house is, as people are shown it: which processes live, what waits, and for how long."""

from datetime import datetime, timedelta

from pydantic import BaseModel, Field
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from worker import tables
from worker.tables import AlertState, Stage
from worker.views import shown

# A process that has said nothing for so long is taken to be gone.
SILENT = timedelta(seconds=45)

# What a working house consists of, besides its dashboard.
NEEDED = ("inbox", "worker", "beat")


class ProcessKind(shown.Shown):
    """The processes of one kind."""

    kind: str = Field(examples=["worker"])
    ok: bool = Field(description="Whether at least one of them lives.")
    alive: int = Field(description="How many of them live.")
    at: datetime | None = Field(description="The last sign of life.")
    age_seconds: float | None
    started_at: datetime | None = Field(description="When the one that gave it was started.")


class Inbox(shown.Shown):
    """The drop folders of one process, as it told last. Its troubles are counted: their sentences may name folders."""

    ok: bool = Field(description="The process lives and its folders are in no trouble.")
    waiting: int = Field(description="Files that are there and not yet taken.")
    oldest_seconds: float | None = Field(description="How long the oldest of them has been waiting.")
    outstanding: int = Field(description="Files that are taken and not yet handed back.")
    ignored: int = Field(description="What is left alone because it is no regular file, or cannot be read.")
    ignored_why: dict[str, int] = Field(description="The same by reason.", examples=[{"symbolic link": 1}])
    ignored_names: list[str] = Field(description="Their names below the inbox, the first of them.")
    observer: list[str] = Field(description="How changes are seen: native or polling.", examples=[["native"]])
    troubles: int = Field(description="How many folders cannot be worked on; the log and `jumpline doctor` say why.")


class Health(shown.Shown):
    """The state of the house."""

    ok: bool = Field(description="The broker answers, every needed process lives, and no inbox is in trouble.")
    at: datetime
    broker: bool = Field(description="Whether the broker answers.")
    processes: list[ProcessKind]
    inboxes: list[Inbox]
    stages: dict[Stage, int] = Field(description="How many deliveries there are at each stage.")
    waiting: int = Field(description="Deliveries that have not ended.")
    oldest_waiting_seconds: float | None = Field(description="How long the oldest of them has been waiting.")
    alerts_due: int
    alerts_failed: int


def read(session: Session, now: datetime, *, broker: bool) -> Health:
    """Give the state of the house; `broker` says whether the broker answers."""
    beats = list(session.scalars(select(tables.Heartbeat).order_by(tables.Heartbeat.at.desc())))
    kinds = [*NEEDED, *sorted({beat.kind for beat in beats} - set(NEEDED))]
    processes = [_kind(kind, [beat for beat in beats if beat.kind == kind], now) for kind in kinds]
    counted = dict(session.execute(select(tables.Delivery.stage, func.count()).group_by(tables.Delivery.stage)).all())
    oldest = session.scalar(
        select(func.min(tables.Delivery.received_at)).where(tables.Delivery.stage == Stage.RECEIVED)
    )
    alerts = dict(session.execute(select(tables.Alert.state, func.count()).group_by(tables.Alert.state)).all())
    inboxes = [_inbox(beat, now) for beat in beats if beat.kind == "inbox" and _lives(beat, now)]
    return Health(
        ok=broker
        and all(one.ok for one in processes if one.kind in NEEDED)
        and not any(inbox.troubles for inbox in inboxes),
        at=now,
        broker=broker,
        processes=processes,
        inboxes=inboxes,
        stages={stage: counted.get(stage, 0) for stage in Stage},
        waiting=counted.get(Stage.RECEIVED, 0),
        oldest_waiting_seconds=(now - oldest).total_seconds() if oldest else None,
        alerts_due=alerts.get(AlertState.DUE, 0),
        alerts_failed=alerts.get(AlertState.FAILED, 0),
    )


def _kind(kind: str, beats: list[tables.Heartbeat], now: datetime) -> ProcessKind:
    """`beats` are the newest first."""
    alive = sum(_lives(beat, now) for beat in beats)
    last = beats[0] if beats else None
    return ProcessKind(
        kind=kind,
        ok=alive > 0,
        alive=alive,
        at=last.at if last else None,
        age_seconds=max((now - last.at).total_seconds(), 0) if last else None,
        started_at=last.started_at if last else None,
    )


def _lives(beat: tables.Heartbeat, now: datetime) -> bool:
    return now - beat.at <= SILENT


def _inbox(beat: tables.Heartbeat, now: datetime) -> Inbox:
    told = _Told.model_validate(beat.detail)
    return Inbox(
        ok=_lives(beat, now) and not told.trouble,
        waiting=told.waiting,
        oldest_seconds=told.oldest_seconds if told.waiting else None,
        outstanding=told.outstanding,
        ignored=told.ignored,
        ignored_why=told.ignored_why,
        ignored_names=told.ignored_names,
        observer=told.observer,
        troubles=len(told.trouble),
    )


class _Told(BaseModel):
    """What an inbox says of itself with its signs of life; one of an older version says less."""

    waiting: int = 0
    oldest_seconds: float = 0
    outstanding: int = 0
    ignored: int = 0
    ignored_why: dict[str, int] = Field(default_factory=dict)
    ignored_names: list[str] = Field(default_factory=list)
    observer: list[str] = Field(default_factory=list)
    trouble: list[str] = Field(default_factory=list)
