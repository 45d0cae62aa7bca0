"""Nothing is said twice, nothing is left unsaid: whatever opens, is mended, fails and is tried again."""

import random
import threading
from collections import defaultdict
from dataclasses import dataclass, field

import pytest

from tests.alerts.conftest import TERMS, Newsroom, Told
from worker import alerts
from worker.alerts import Notice, Unreachable
from worker.tables import AlertKind, AlertState, Finding, FindingState


@dataclass
class Shaky(Told):
    """A channel that is out of reach now and then, but takes an alert at the latest in the third try."""

    chance: random.Random = field(default_factory=random.Random)
    failed: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def send(self, notice: Notice) -> None:
        if self.failed[notice.key] < 2 and self.chance.random() < 0.4:
            self.failed[notice.key] += 1
            raise Unreachable("It is down.")
        super().send(notice)


def heard(channel: Told) -> dict[int, list[AlertKind]]:
    """What a channel was told of each finding, in its order; a finding is known by its line."""
    told: dict[int, list[AlertKind]] = defaultdict(list)
    for notice in channel.notices:
        for finding in notice.findings:
            assert finding.line
            told[finding.line].append(notice.kind)
    return told


@pytest.mark.parametrize("seed", range(3))
def test_every_channel_hears_each_turn_once_and_knows_the_truth_in_the_end(newsroom: Newsroom, seed: int) -> None:
    chance = random.Random(seed)
    channels = [Shaky("one", chance=chance), Shaky("two", chance=chance), Told("sure")]
    findings = newsroom.find("C001", "C001", "C001", "C001")
    lines = dict(zip(findings, range(69, 73), strict=True))
    is_open = dict.fromkeys(findings, False)
    for _ in range(30):
        turning = chance.sample(findings, chance.randint(1, 3))
        newsroom.change(
            opened=[finding for finding in turning if not is_open[finding]],
            resolved=[finding for finding in turning if is_open[finding]],
        )
        is_open |= {finding: not is_open[finding] for finding in turning}
        newsroom.clock.move(seconds=chance.choice([1, 10, 40, 400]))
        newsroom.send(*channels)
    while any(state is AlertState.DUE for _, state, _ in newsroom.alerts()):
        newsroom.clock.move(minutes=5)
        newsroom.send(*channels)
    for channel in channels:
        told = heard(channel)
        for finding, line in lines.items():
            turns = told[line]
            assert turns == [AlertKind.PROBLEM, AlertKind.RESOLVED] * (len(turns) // 2) + [AlertKind.PROBLEM] * (
                len(turns) % 2
            )
            assert (len(turns) % 2 == 1) is is_open[finding]


def test_the_story_of_the_sample_page(newsroom: Newsroom) -> None:
    """A02 comes and its issue closes: two jump lines are unmatched. Then A01 comes: one notice says both are mended."""
    channel, both = Told(), newsroom.find("C001", "C001")
    newsroom.change(opened=both)
    newsroom.clock.move(seconds=30)
    newsroom.send(channel)
    newsroom.clock.move(minutes=2)
    newsroom.change(resolved=both)
    newsroom.clock.move(seconds=30)
    newsroom.send(channel)
    assert [(notice.kind, [finding.code for finding in notice.findings]) for notice in channel.notices] == [
        (AlertKind.PROBLEM, ["C001", "C001"]),
        (AlertKind.RESOLVED, ["C001", "C001"]),
    ]


def test_what_is_mended_while_an_alert_is_leased_but_not_begun_is_not_told(newsroom: Newsroom) -> None:
    both, channel, now = newsroom.find("C001", "A001"), Told(), newsroom.clock.now
    newsroom.change(opened=both)
    newsroom.clock.move(seconds=30)
    with newsroom.write() as session:
        taken = alerts.take(session, "one", now(), now() + alerts.sending.LEASE)
    newsroom.change(resolved=both[:1])
    alerts.deliver(newsroom.write, taken, [channel], worker="one", now=now, language="en", base_url="")
    assert [[finding.code for finding in notice.findings] for notice in channel.notices] == [["A001"]]


def test_sending_waits_for_a_change_that_is_being_written(newsroom: Newsroom) -> None:
    found, channel, now = newsroom.find("C001"), Told(), newsroom.clock.now
    newsroom.change(opened=found)
    newsroom.clock.move(seconds=30)
    with newsroom.write() as session:
        taken = alerts.take(session, "one", now(), now() + alerts.sending.LEASE)
    arguments = {"worker": "one", "now": now, "language": "en", "base_url": ""}
    sender = threading.Thread(target=alerts.deliver, args=[newsroom.write, taken, [channel]], kwargs=arguments)
    with newsroom.write() as session:
        change = alerts.Change(newsroom.issue, None, (), found)
        alerts.raise_for(session, change, TERMS, now())
        sender.start()
        sender.join(timeout=0.2)
        assert sender.is_alive()
    sender.join()
    assert (channel.notices, newsroom.alerts()) == ([], [])


def test_a_finding_that_was_ignored_and_opens_again_is_told(newsroom: Newsroom) -> None:
    found, channel = newsroom.find("C001"), Told()
    newsroom.change(opened=found)
    with newsroom.write() as session:
        row = session.get(Finding, found[0])
        assert row
        row.state = FindingState.IGNORED
    newsroom.clock.move(seconds=30)
    newsroom.send(channel)
    newsroom.change(opened=found)
    newsroom.clock.move(seconds=30)
    newsroom.send(channel)
    assert [notice.kind for notice in channel.notices] == [AlertKind.PROBLEM]
