"""The house: the rooms that one process needs, opened as its settings say."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from worker import alerts, blobs, database
from worker.alerts import email, log, webhook
from worker.newspaper import paper
from worker.newspaper.model import Severity
from worker.newspaper.paper import Paper, Papers
from worker.settings import Channel, Email, Settings, Webhook, papers, spoken
from worker.settings.units import Duration

_DURATION: TypeAdapter[timedelta] = TypeAdapter(Duration)


@dataclass(frozen=True, slots=True)
class House:
    """What a process works with. `settle_after` holds the papers that wait for another time than the settings say."""

    settings: Settings
    engine: Engine
    blobs: blobs.Folder
    papers: Papers
    channels: tuple[alerts.Channel, ...]
    language: Literal["zh", "en"]
    settle_after: dict[str, timedelta]

    def write(self) -> AbstractContextManager[Session]:
        """Give a session that commits at the end, or nothing of it."""
        return database.write(self.engine)

    def look(self) -> AbstractContextManager[Session]:
        """Give a session for reading one consistent state."""
        return database.look(self.engine)

    def paper(self, code: str | None) -> Paper:
        """Give the house style of this paper, or the generic one."""
        return self.papers.by_name(code) or self.papers.generic

    @property
    def terms(self) -> alerts.Terms:
        """Who is told what, and how often."""
        told = self.settings.alerts
        return alerts.Terms(told.group_wait, told.group_interval, told.repeat_interval, Severity(told.min_severity))

    @property
    def routes(self) -> dict[str, tuple[str, ...]]:
        """The channels that a paper's alerts go to, by its code, for the papers that say so."""
        return {paper.code: paper.alerts for paper in self.papers if paper.alerts}

    @property
    def base_url(self) -> str:
        """The dashboard's address, for links in alerts; "" where only the running dashboard knows its port."""
        shown = self.settings.dashboard
        host = "127.0.0.1" if shown.host in {"0.0.0.0", "::"} else shown.host  # noqa: S104 (asked for, not listened on)
        return shown.url.rstrip("/") or (f"http://{host}:{shown.port}" if shown.port else "")


def now() -> datetime:
    """Give the time, aware and in UTC."""
    return datetime.now(UTC)


def open(settings: Settings, config_dir: Path) -> House:  # noqa: A001 (house.open reads as what it does)
    """Open the rooms; raises WrongSettings or WrongPaper with a sentence for the operator."""
    known = papers(config_dir)
    _check_routes(known, [channel.name for channel in settings.alerts.channels])
    return House(
        settings=settings,
        engine=database.connect(settings.database_url),
        blobs=blobs.Folder(settings.blobs_dir),
        papers=known,
        channels=tuple(_channel(channel) for channel in settings.alerts.channels),
        language=spoken(settings),
        settle_after={one.code: _duration(one) for one in known if one.settle_after},
    )


def _check_routes(known: Papers, channels: Sequence[str]) -> None:
    for one in known:
        for name in one.alerts:
            if name not in channels:
                there = ", ".join(channels) or "none"
                raise paper.WrongPaper(
                    f"The paper {one.code} sends its alerts to {name!r}, and there is no channel of that name; "
                    f"there are: {there}."
                )


def _duration(one: Paper) -> timedelta:
    try:
        return _DURATION.validate_python(one.settle_after)
    except ValidationError:
        raise paper.WrongPaper(
            f"The paper {one.code} waits settle_after = {one.settle_after!r}: it must be a duration such as 15m or 2h."
        ) from None


def _channel(channel: Channel) -> alerts.Channel:
    match channel:
        case Webhook():
            return webhook.Webhook(channel.name, channel.url.get_secret_value(), allow_private=channel.allow_private)
        case Email():
            return email.Email(
                channel.name,
                email.Server(
                    channel.host, channel.port, channel.security, channel.user, channel.password.get_secret_value()
                ),
                sender=channel.sender,
                to=channel.to,
            )
        case _:
            return log.Log(channel.name)
