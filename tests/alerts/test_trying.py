"""How often an alert is tried on a channel, and when again."""

from datetime import UTC, datetime, timedelta

import pytest

from worker.alerts.trying import Outcome, Standing, Try, retry_after, room_at, standing, verdict
from worker.tables import AlertState

NOW = datetime(2022, 8, 15, 6, 0, tzinfo=UTC)
LATER = NOW + timedelta(seconds=10)
OPEN, TAKEN, GIVEN_UP = Standing(Outcome.OPEN), Standing(Outcome.TAKEN), Standing(Outcome.GIVEN_UP)

TOOK = Try(NOW, ok=True, again=False)
REFUSED = Try(NOW, ok=False, again=False)
OUT_OF_REACH = Try(NOW, ok=False, again=True)


@pytest.mark.parametrize(
    ("attempt", "seconds"), [(1, 10), (2, 60), (3, 300), (4, 900), (5, 3600), (6, 3600), (100, 3600)]
)
def test_the_wait_after_a_failure_grows_up_to_an_hour(attempt: int, seconds: int) -> None:
    assert retry_after(attempt).total_seconds() == seconds


@pytest.mark.parametrize(
    ("tries", "expected"),
    [
        ([], OPEN),
        ([TOOK], TAKEN),
        ([OUT_OF_REACH, TOOK], TAKEN),
        ([REFUSED], GIVEN_UP),
        ([OUT_OF_REACH], Standing(Outcome.OPEN, NOW + timedelta(seconds=10))),
        ([OUT_OF_REACH] * 2, Standing(Outcome.OPEN, NOW + timedelta(minutes=1))),
        ([OUT_OF_REACH] * 3, GIVEN_UP),
    ],
)
def test_a_channel_is_tried_until_it_takes_or_refuses_or_all_tries_are_used(
    tries: list[Try], expected: Standing
) -> None:
    assert standing(tries, attempts=3) == expected


@pytest.mark.parametrize(
    ("state", "ready"),
    [(OPEN, True), (OPEN.after(NOW), True), (OPEN.after(LATER), False), (TAKEN, False), (GIVEN_UP, False)],
)
def test_only_what_is_open_and_has_waited_is_ready(state: Standing, ready: bool) -> None:
    assert state.is_ready(NOW) is ready


@pytest.mark.parametrize(
    ("channels", "state", "due_at"),
    [
        ({}, AlertState.SENT, None),
        ({"log": TAKEN}, AlertState.SENT, None),
        ({"log": TAKEN, "mail": GIVEN_UP}, AlertState.FAILED, None),
        ({"log": GIVEN_UP, "mail": OPEN}, AlertState.DUE, NOW),
        ({"log": OPEN.after(LATER), "mail": OPEN.after(NOW, LATER + timedelta(hours=1))}, AlertState.DUE, LATER),
    ],
)
def test_an_alert_is_due_until_every_channel_has_taken_it_or_given_up(
    channels: dict[str, Standing], state: AlertState, due_at: datetime | None
) -> None:
    assert verdict(channels, NOW) == (state, due_at)


@pytest.mark.parametrize(
    ("seconds_ago", "waits"),
    [([], None), ([1, 2], None), ([1, 2, 3], 57), ([1, 2, 60], 0), ([1, 2, 90], -30)],
)
def test_a_channel_has_room_again_when_the_oldest_of_its_minute_is_past(
    seconds_ago: list[int], waits: int | None
) -> None:
    newest = [NOW - timedelta(seconds=ago) for ago in seconds_ago]
    assert room_at(newest, per_minute=3) == (None if waits is None else NOW + timedelta(seconds=waits))
