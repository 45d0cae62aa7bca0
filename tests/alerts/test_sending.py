"""Sending: every channel is tried until it has taken the alert, each on its own, and each try is on record."""

from datetime import timedelta

import pytest

from tests.alerts.conftest import Newsroom, Told
from worker import alerts
from worker.alerts import Refused, Unreachable
from worker.newspaper.rules import Language
from worker.tables import AlertKind, AlertState

DUE, SENT, FAILED = AlertState.DUE, AlertState.SENT, AlertState.FAILED


def states(newsroom: Newsroom) -> list[AlertState]:
    return [state for _, state, _ in newsroom.alerts()]


def down(times: int = 1) -> list[BaseException]:
    return [Unreachable("It is down.") for _ in range(times)]


def test_an_alert_goes_through_every_channel_and_is_sent(newsroom: Newsroom) -> None:
    alert = newsroom.say("It failed.")
    one, two = Told("one"), Told("two")
    assert newsroom.send(one, two) == 1
    assert newsroom.tries() == [(alert, "one", True), (alert, "two", True)]
    assert states(newsroom) == [SENT]
    assert newsroom.send(one, two) == 0


def test_nothing_is_sent_before_it_is_due(newsroom: Newsroom) -> None:
    channel = Told()
    newsroom.change(opened=newsroom.find("C001"))
    assert newsroom.send(channel) == 0
    newsroom.clock.move(seconds=30)
    assert newsroom.send(channel) == 1


def test_a_paper_that_names_its_channels_is_told_through_them_alone(newsroom: Newsroom) -> None:
    everyone, desk = Told("everyone"), Told("desk")
    newsroom.change(opened=newsroom.find("C001"))
    newsroom.clock.move(seconds=30)
    newsroom.send(everyone, desk, routes={"jiaozuo-daily": ["desk"], "another": ["everyone"]})
    assert (len(everyone.notices), len(desk.notices)) == (0, 1)
    assert states(newsroom) == [SENT]


def test_what_speaks_of_no_one_paper_goes_to_all(newsroom: Newsroom) -> None:
    everyone, desk = Told("everyone"), Told("desk")
    newsroom.open_rejected("a.jpg")
    newsroom.clock.move(seconds=30)
    newsroom.send(everyone, desk, routes={"jiaozuo-daily": ["desk"]})
    assert (len(everyone.notices), len(desk.notices)) == (1, 1)


def test_a_reminder_goes_to_its_papers_channels(newsroom: Newsroom) -> None:
    everyone, desk, routes = Told("everyone"), Told("desk"), {"jiaozuo-daily": ["desk"]}
    newsroom.change(opened=newsroom.find("C001"))
    newsroom.clock.move(seconds=30)
    newsroom.send(everyone, desk, routes=routes)
    newsroom.clock.move(hours=24)
    newsroom.repeat()
    newsroom.send(everyone, desk, routes=routes)
    assert (len(everyone.notices), len(desk.notices)) == (0, 2)


def test_without_channels_nothing_is_left_waiting(newsroom: Newsroom) -> None:
    newsroom.say("It failed.")
    newsroom.send()
    assert states(newsroom) == [SENT]


def test_only_the_channel_that_failed_is_tried_again_with_the_same_key(newsroom: Newsroom) -> None:
    alert = newsroom.say("It failed.")
    good, bad = Told("good"), Told("bad", fails=down())
    newsroom.send(bad, good)
    assert (states(newsroom), newsroom.due_in()) == ([DUE], [10])
    newsroom.clock.move(seconds=10)
    newsroom.send(bad, good)
    assert newsroom.tries() == [(alert, "bad", False), (alert, "good", True), (alert, "bad", True)]
    assert states(newsroom) == [SENT]
    assert len({notice.key for notice in bad.notices}) == 1


def test_a_channel_out_of_reach_is_given_up_after_its_tries(newsroom: Newsroom) -> None:
    newsroom.say("It failed.")
    channel, waits = Told(fails=down(5)), []
    while states(newsroom) == [DUE]:
        newsroom.send(channel)
        waits += newsroom.due_in()
        newsroom.clock.move(seconds=waits[-1])
    assert waits == [10, 60, 300, 900]
    assert (len(channel.notices), states(newsroom)) == (5, [FAILED])


def test_a_refusal_fails_that_channel_at_once_while_others_go_on(newsroom: Newsroom) -> None:
    newsroom.say("It failed.")
    wrong, slow = Told("wrong", fails=[Refused("Its address is wrong.")]), Told("slow", fails=down())
    newsroom.send(wrong, slow)
    assert states(newsroom) == [DUE]
    newsroom.clock.move(seconds=10)
    newsroom.send(wrong, slow)
    assert (len(wrong.notices), len(slow.notices)) == (1, 2)
    assert states(newsroom) == [FAILED]
    assert newsroom.errors() == ["Its address is wrong.", "It is down.", None]


def test_a_channel_out_of_reach_is_tried_once_a_run(newsroom: Newsroom) -> None:
    """Ten alerts must not cost ten time-outs."""
    for number in range(10):
        newsroom.say(f"Number {number}.", group=f"d{number}")
    dead, good = Told("dead", fails=down(10)), Told("good")
    newsroom.send(dead, good)
    assert (len(dead.notices), len(good.notices)) == (1, 10)
    assert newsroom.due_in() == [10] * 10


def test_no_channel_is_given_more_than_its_share_a_minute(newsroom: Newsroom) -> None:
    for number in range(40):
        newsroom.say(f"Number {number}.", group=f"d{number}")
    channel = Told()
    newsroom.send(channel)
    assert (len(channel.notices), states(newsroom).count(DUE)) == (30, 10)
    newsroom.clock.move(seconds=59)
    newsroom.send(channel)
    assert len(channel.notices) == 30
    newsroom.clock.move(seconds=1)
    newsroom.send(channel)
    assert (len(channel.notices), states(newsroom)) == (40, [SENT] * 40)


def test_a_channel_hears_of_the_trouble_before_its_mending(newsroom: Newsroom) -> None:
    found = newsroom.find("C001")
    newsroom.change(opened=found)
    newsroom.clock.move(seconds=30)
    good, bad = Told("good"), Told("bad", fails=down(2))
    newsroom.send(good, bad)
    newsroom.change(resolved=found)
    for _ in range(10):
        newsroom.clock.move(seconds=20)
        newsroom.send(good, bad)
    assert [notice.kind for notice in good.notices] == [AlertKind.PROBLEM, AlertKind.RESOLVED]
    assert [notice.kind for notice in bad.notices] == [AlertKind.PROBLEM] * 3 + [AlertKind.RESOLVED]
    assert states(newsroom) == [SENT, SENT]


class Crash(BaseException):
    """The process is gone."""


def test_a_crash_between_sending_and_recording_sends_again_with_the_same_key(newsroom: Newsroom) -> None:
    newsroom.say("It failed.")
    channel = Told(fails=[Crash()])
    with pytest.raises(Crash):
        newsroom.send(channel)
    assert (newsroom.tries(), newsroom.send(channel)) == ([], 0)
    newsroom.clock.move(minutes=2)
    newsroom.send(channel)
    assert states(newsroom) == [SENT]
    assert len(channel.notices) == 2
    assert len({notice.key for notice in channel.notices}) == 1


def test_what_changes_while_it_is_sent_is_told_afterwards(newsroom: Newsroom) -> None:
    """No transaction is open while a channel is spoken to, and what it is being told is not taken back."""
    found = newsroom.find("C001")
    newsroom.change(opened=found)
    newsroom.clock.move(seconds=30)
    newsroom.send(Told(meanwhile=lambda: newsroom.change(resolved=found)))
    assert newsroom.alerts() == [(AlertKind.PROBLEM, SENT, found), (AlertKind.RESOLVED, DUE, found)]


def test_a_worker_that_lost_its_lease_sends_nothing_and_changes_nothing(newsroom: Newsroom) -> None:
    newsroom.say("It failed.")
    now, channel = newsroom.clock.now(), Told()
    with newsroom.write() as session:
        taken = alerts.take(session, "slow", now, now)
    with newsroom.write() as session:
        alerts.take(session, "quick", now, now + timedelta(minutes=2))
    alerts.deliver(newsroom.write, taken, [channel], worker="slow", now=newsroom.clock.now, language="en", base_url="")
    assert (channel.notices, newsroom.tries(), states(newsroom)) == ([], [], [DUE])


@pytest.mark.parametrize(("language", "title"), [("zh", "Jumpline：测试通知"), ("en", "Jumpline: a test")])
def test_a_test_tells_what_each_channel_does(newsroom: Newsroom, language: Language, title: str) -> None:
    good, bad = Told("good"), Told("bad", fails=[Refused("Its address is wrong.")])
    results = alerts.try_out([good, bad], language, "http://127.0.0.1:8600", newsroom.clock.now())
    assert results == [("good", True, None), ("bad", False, "Its address is wrong.")]
    assert good.notices[0].title == title
    assert newsroom.alerts() == []


def test_an_error_is_kept_as_one_short_line(newsroom: Newsroom) -> None:
    newsroom.say("It failed.")
    newsroom.send(Told(fails=[Refused("One\r\ntwo " + "x" * 1000)]))
    (error,) = newsroom.errors()
    assert error
    assert (len(error), error[:7]) == (300, "One two")
