"""Sending: each leased alert through each channel that has not taken it yet, every try on record.

A crash between a try and its record sends the alert again with the same key: rather twice than never.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from types import MappingProxyType
from uuid import uuid4

import structlog
from sqlalchemy.orm import Session

from worker.alerts import composing, errand, outbox, trying
from worker.alerts.channel import Channel, Refused, Unreachable
from worker.alerts.message import Notice, one_line
from worker.alerts.trying import Try
from worker.newspaper.rules import Language, Text
from worker.tables import AlertKind

# A person reads what is in the tables; a server's answer may be long.
LONGEST_ERROR = 300

# Every paper's alerts go to all channels.
NO_ROUTES: Mapping[str, Collection[str]] = MappingProxyType({})

# Long enough for every channel to run out of patience once.
LEASE = timedelta(minutes=2)

_TEST_TITLE = Text("Jumpline：测试通知", "Jumpline: a test")
_TEST = Text(
    "这是一条测试通知：收到它，说明这个渠道可以用。", "This is a test: as you can read it, this channel works."
)


def send_due(
    write: Callable[[], AbstractContextManager[Session]],
    channels: Sequence[Channel],
    worker: str,
    *,
    now: Callable[[], datetime],
    language: Language,
    base_url: str,
    routes: Mapping[str, Collection[str]] = NO_ROUTES,
) -> int:
    """Take what is due and send it, until nothing is; gives how many alerts were taken.

    `write` opens a transaction that commits at its end; `worker` names the process; `routes` see `errand.Run`.
    """
    taken = 0
    while True:
        holder = f"{worker}/{uuid4().hex[:12]}"
        with write() as session:
            alerts = outbox.take(session, holder, now(), now() + LEASE)
        if not alerts:
            return taken
        taken += len(alerts)
        deliver(write, alerts, channels, worker=holder, now=now, language=language, base_url=base_url, routes=routes)


def deliver(
    write: Callable[[], AbstractContextManager[Session]],
    alerts: Iterable[int],
    channels: Sequence[Channel],
    *,
    worker: str,
    now: Callable[[], datetime],
    language: Language,
    base_url: str,
    attempts: int = 5,
    per_minute: int = 30,
    routes: Mapping[str, Collection[str]] = NO_ROUTES,
) -> None:
    """Send the alerts that `worker` has taken, each at most `attempts` times, `per_minute` of them through one channel.

    A channel that is out of reach is left alone for the rest of this run, so that the others need not wait for it
    again and again. What cannot be sent now is due again later; no transaction is open while a channel is spoken to.
    """
    run = errand.Run(worker, tuple(channel.name for channel in channels), attempts, per_minute, LEASE, routes)
    for alert_id in alerts:
        with write() as session:
            begun = errand.begin(session, alert_id, run, now())
            if begun is None:
                continue
            alert, ready = begun
            notice = composing.compose(session, alert, language, base_url)
        for channel in channels:
            if channel.name not in ready:
                continue
            tried, error = _try(channel, notice, now)
            if tried.again:
                run.resting[channel.name] = tried.at + trying.retry_after(1)
            with write() as session:
                errand.record(session, alert_id, channel.name, tried, error)
        with write() as session:
            state = errand.finish(session, alert_id, run, now())
        structlog.get_logger().info("alert tried", alert=notice.id, state=state and state.value)


def try_out(
    channels: Sequence[Channel], language: Language, base_url: str, now: datetime
) -> list[tuple[str, bool, str | None]]:
    """Send a test through every channel at once; gives for each its name, whether it took it and, if not, why."""
    results = []
    for channel in channels:
        notice = Notice(
            key=uuid4().hex,
            id="test",
            kind=AlertKind.SYSTEM,
            group="system",
            created_at=now,
            paper=None,
            date=None,
            title=_TEST_TITLE.words(language),
            text=_TEST.words(language),
            url=base_url,
        )
        tried, error = _try(channel, notice, lambda: now)
        results.append((channel.name, tried.ok, error))
    return results


def _try(channel: Channel, notice: Notice, now: Callable[[], datetime]) -> tuple[Try, str | None]:
    try:
        channel.send(notice)
    except (Refused, Unreachable) as failure:
        error = one_line(str(failure), LONGEST_ERROR)
        again = isinstance(failure, Unreachable)
        structlog.get_logger().warning(
            "alert not taken", alert=notice.id, channel=channel.name, error=error, again=again
        )
        return Try(now(), ok=False, again=again), error
    return Try(now(), ok=True, again=False), None
