"""The outbox: alerts follow their findings, nothing is said twice and nothing is left unsaid."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.alerts.conftest import TERMS, Newsroom, Told
from worker import alerts
from worker.newspaper.model import Severity
from worker.tables import Alert, AlertKind, AlertState, Finding

PROBLEM, RESOLVED = AlertKind.PROBLEM, AlertKind.RESOLVED
DUE, SENT, FAILED = AlertState.DUE, AlertState.SENT, AlertState.FAILED


def test_the_findings_of_an_issue_are_gathered_in_one_alert(newsroom: Newsroom) -> None:
    first = newsroom.find("C001", "C001")
    newsroom.change(opened=first)
    newsroom.clock.move(seconds=20)
    second = newsroom.find("A001")
    newsroom.change(opened=second)
    assert newsroom.alerts() == [(PROBLEM, DUE, [*first, *second])]
    assert newsroom.due_in() == [10]


def test_mending_what_was_told_brings_one_alert_that_names_it_all(newsroom: Newsroom) -> None:
    both = newsroom.find("C001", "C001")
    newsroom.change(opened=both)
    newsroom.clock.move(seconds=30)
    newsroom.send(Told())
    newsroom.change(resolved=both[:1])
    newsroom.change(resolved=both[1:])
    assert newsroom.alerts() == [(PROBLEM, SENT, both), (RESOLVED, DUE, both)]


def test_what_is_mended_before_it_is_told_is_never_told(newsroom: Newsroom) -> None:
    both = newsroom.find("C001", "A001")
    newsroom.change(opened=both)
    newsroom.change(resolved=both[:1])
    assert newsroom.alerts() == [(PROBLEM, DUE, both[1:])]
    newsroom.change(resolved=both[1:])
    assert newsroom.alerts() == []


def test_what_opens_again_before_its_mending_is_told_stays_as_people_know_it(newsroom: Newsroom) -> None:
    found = newsroom.find("C001")
    newsroom.change(opened=found)
    newsroom.clock.move(seconds=30)
    newsroom.send(Told())
    newsroom.change(resolved=found)
    newsroom.change(opened=found)
    assert newsroom.alerts() == [(PROBLEM, SENT, found)]


def test_a_finding_is_told_as_often_as_it_turns(newsroom: Newsroom) -> None:
    found, channel = newsroom.find("C001"), Told()
    for _ in range(2):
        newsroom.change(opened=found)
        newsroom.clock.move(minutes=10)
        newsroom.send(channel)
        newsroom.change(resolved=found)
        newsroom.clock.move(minutes=10)
        newsroom.send(channel)
    assert [notice.kind for notice in channel.notices] == [PROBLEM, RESOLVED, PROBLEM, RESOLVED]


def test_a_group_that_was_told_lately_is_left_in_peace_for_the_interval(newsroom: Newsroom) -> None:
    newsroom.change(opened=newsroom.find("C001"))
    newsroom.clock.move(seconds=30)
    newsroom.send(Told())
    newsroom.clock.move(minutes=1)
    newsroom.change(opened=newsroom.find("A001"))
    assert newsroom.due_in() == [240]


def test_once_tried_an_alert_keeps_its_findings(newsroom: Newsroom) -> None:
    """A channel that failed may have heard all the same: what is mended is withdrawn, not unsaid."""
    found = newsroom.find("C001")
    newsroom.change(opened=found)
    newsroom.clock.move(seconds=30)
    newsroom.send(Told(fails=[alerts.Unreachable("It is down.")]))
    newsroom.change(resolved=found)
    assert newsroom.alerts() == [(PROBLEM, DUE, found), (RESOLVED, DUE, found)]


def test_what_no_channel_took_needs_no_withdrawal(newsroom: Newsroom) -> None:
    found = newsroom.find("C001")
    newsroom.change(opened=found)
    newsroom.clock.move(seconds=30)
    newsroom.send(Told(fails=[alerts.Refused("No.")]))
    newsroom.change(resolved=found)
    assert newsroom.alerts() == [(PROBLEM, FAILED, found)]


def test_lesser_findings_are_not_told(newsroom: Newsroom) -> None:
    newsroom.change(opened=newsroom.find("C002", severity=Severity.INFO))
    assert newsroom.alerts() == []


def test_what_has_no_known_issue_is_told_together(newsroom: Newsroom) -> None:
    """A wrong folder of pictures, and a page whose name tells nothing."""
    newsroom.open_rejected(*(f"{number}.jpg" for number in range(7)))
    newsroom.clock.move(seconds=20)
    issue, found = newsroom.come_without_a_name("000.txt", "P001", "C001")
    newsroom.change(opened=found, issue=issue)
    ((kind, state, findings),) = newsroom.alerts()
    assert (kind, state, len(findings)) == (PROBLEM, DUE, 9)
    assert newsroom.due_in() == [10]


def test_a_known_issue_is_told_by_itself(newsroom: Newsroom) -> None:
    newsroom.open_rejected("a.jpg")
    newsroom.change(opened=newsroom.find("C001"))
    assert len(newsroom.alerts()) == 2


@pytest.mark.parametrize("together", [False, True])
def test_a_page_that_was_told_and_is_identified_withdraws_what_that_mends(newsroom: Newsroom, together: bool) -> None:
    if together:
        newsroom.open_rejected("a.jpg")
    issue, found = newsroom.come_without_a_name("000.txt", "P001", "C001")
    newsroom.change(opened=found, issue=issue)
    newsroom.clock.move(seconds=30)
    newsroom.send(channel := Told())
    identify(newsroom, found)
    newsroom.change(resolved=found)
    newsroom.clock.move(seconds=30)
    newsroom.send(channel)
    assert [(notice.kind, notice.group) for notice in channel.notices] == [
        (PROBLEM, "inbox"),
        (RESOLVED, f"i{newsroom.issue}"),
    ]
    assert newsroom.alerts()[-1] == (RESOLVED, SENT, found)


def test_a_page_that_is_identified_before_it_is_told_is_not_told_as_unknown(newsroom: Newsroom) -> None:
    newsroom.open_rejected("a.jpg")
    issue, found = newsroom.come_without_a_name("000.txt", "P001")
    newsroom.change(opened=found, issue=issue)
    identify(newsroom, found)
    newsroom.change(resolved=found)
    ((kind, state, findings),) = newsroom.alerts()
    assert (kind, state, len(findings)) == (PROBLEM, DUE, 1)
    assert found[0] not in findings


def test_nobody_hears_of_the_mending_before_the_trouble_whatever_their_groups(newsroom: Newsroom) -> None:
    issue, found = newsroom.come_without_a_name("000.txt", "P001")
    newsroom.change(opened=found, issue=issue)
    newsroom.clock.move(seconds=30)
    newsroom.send(shaky := Told(fails=[alerts.Unreachable("It is down."), alerts.Unreachable("It is down.")]))
    identify(newsroom, found)
    newsroom.change(resolved=found)
    for _ in range(10):
        newsroom.clock.move(seconds=31)
        newsroom.send(shaky)
    assert [notice.kind for notice in shaky.notices] == [PROBLEM, PROBLEM, PROBLEM, RESOLVED]


def identify(newsroom: Newsroom, findings: list[int]) -> None:
    """A page's findings go with it to the issue that it belongs to."""
    with newsroom.write() as session:
        for row in session.scalars(select(Finding).where(Finding.id.in_(findings))):
            row.issue_id, row.place, row.page = newsroom.issue, f"i{newsroom.issue}", "A02"


def test_files_that_fail_one_after_another_are_told_together(newsroom: Newsroom) -> None:
    newsroom.fail("a.md", "b.md")
    newsroom.clock.move(seconds=10)
    newsroom.fail("c.md")
    newsroom.open_rejected("d.jpg")
    with newsroom.write() as session:
        failed = session.scalars(select(Alert).where(Alert.text != "")).one()
    assert failed.text.split("\n") == [f"{name}.md could not be stored." for name in "abc"]
    assert (failed.group, failed.delivery_id, newsroom.due_in()[0]) == ("inbox", None, 20)


def test_workers_at_the_same_time_gather_in_one_alert(newsroom: Newsroom) -> None:
    start = threading.Barrier(4)

    def reject(worker: int) -> None:
        start.wait()
        newsroom.open_rejected(*(f"{worker}-{number}.jpg" for number in range(5)))

    threads = [threading.Thread(target=reject, args=[worker]) for worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ((_, _, findings),) = newsroom.alerts()
    assert len(findings) == 20


def test_the_alert_is_part_of_its_causes_transaction(newsroom: Newsroom) -> None:
    found = newsroom.find("C001")
    change = alerts.Change(newsroom.issue, None, found, ())
    with Session(newsroom.engine) as lost:
        alerts.raise_for(lost, change, TERMS, newsroom.clock.now())
    assert newsroom.alerts() == []


def test_a_sentence_is_due_at_once_and_findings_do_not_join_it(newsroom: Newsroom) -> None:
    newsroom.say("It failed.", PROBLEM, f"i{newsroom.issue}")
    found = newsroom.find("C001")
    newsroom.change(opened=found)
    assert newsroom.alerts() == [(PROBLEM, DUE, []), (PROBLEM, DUE, found)]
    assert newsroom.due_in() == [0, 30]


def test_an_error_that_still_stands_is_told_again_after_the_repeat_interval(newsroom: Newsroom) -> None:
    errors, channel = newsroom.find("C001", "A001", "A002"), Told()
    newsroom.change(opened=[*errors, *newsroom.find("M002", severity=Severity.WARNING)])
    newsroom.clock.move(seconds=30)
    newsroom.send(channel)
    newsroom.change(resolved=errors[2:])
    newsroom.clock.move(hours=23, minutes=59)
    assert (newsroom.repeat(), newsroom.send(channel)) == (0, 1)
    newsroom.clock.move(minutes=1)
    assert [newsroom.repeat(), newsroom.repeat()] == [1, 0]
    assert newsroom.alerts()[-1] == (PROBLEM, DUE, errors[:2])
    newsroom.send(channel)
    assert newsroom.repeat() == 0
    newsroom.clock.move(hours=24)
    assert newsroom.repeat() == 1


def test_a_paper_is_reminded_of_all_its_errors_at_once(newsroom: Newsroom) -> None:
    """What was told in the morning is told again together with what was told before it; of the latest later."""
    early, channel = newsroom.find("C001"), Told()
    for found, hours in ((early, 6), (late := newsroom.find("A001"), 17), (latest := newsroom.find("A002"), 1)):
        newsroom.change(opened=found)
        newsroom.clock.move(minutes=5)
        newsroom.send(channel)
        newsroom.clock.move(hours=hours)
    assert [newsroom.repeat(), newsroom.repeat()] == [1, 0]
    assert newsroom.alerts()[-1] == (PROBLEM, DUE, [*early, *late])
    newsroom.send(channel)
    newsroom.clock.move(hours=23)
    assert newsroom.repeat() == 0
    newsroom.clock.move(hours=1)
    assert newsroom.repeat() == 1
    assert newsroom.alerts()[-1] == (PROBLEM, DUE, [*early, *late, *latest])


def test_each_paper_is_reminded_of_its_own_errors(newsroom: Newsroom) -> None:
    newsroom.change(opened=newsroom.find("C001"))
    newsroom.open_rejected("a.jpg")
    newsroom.clock.move(seconds=30)
    newsroom.send(Told())
    newsroom.clock.move(hours=24)
    assert newsroom.repeat() == 2


def test_what_was_seen_first_long_ago_is_not_repeated(newsroom: Newsroom) -> None:
    newsroom.change(opened=newsroom.find("C001"))
    newsroom.clock.move(seconds=30)
    newsroom.send(Told())
    newsroom.clock.move(days=30)
    assert newsroom.repeat() == 0


def test_what_is_mended_is_taken_out_of_the_reminder_and_withdrawn(newsroom: Newsroom) -> None:
    both, channel = newsroom.find("C001", "A001"), Told()
    newsroom.change(opened=both)
    newsroom.clock.move(seconds=30)
    newsroom.send(channel)
    newsroom.clock.move(hours=24)
    newsroom.repeat()
    newsroom.change(resolved=both[:1])
    assert newsroom.alerts()[1:] == [(PROBLEM, DUE, both[1:]), (RESOLVED, DUE, both[:1])]


def test_an_alert_is_leased_to_one_worker_until_the_lease_runs_out(newsroom: Newsroom) -> None:
    alert, now = newsroom.say("It failed."), newsroom.clock.now()
    until = now + timedelta(minutes=2)
    with newsroom.write() as session:
        assert alerts.due(session, now) == [alert]
        assert alerts.take(session, "one", now, until) == [alert]
        assert alerts.take(session, "two", now, until) == []
        assert alerts.due(session, now) == []
        assert alerts.take(session, "two", until, until) == [alert]


def test_alerts_that_were_tried_least_are_taken_first(newsroom: Newsroom) -> None:
    first, second, third = (newsroom.say(text) for text in ("One.", "Two.", "Three."))
    with newsroom.write() as session:
        row = session.get(Alert, first)
        assert row
        row.attempts = 1
    now = newsroom.clock.now()
    with newsroom.write() as session:
        assert alerts.take(session, "one", now, now, limit=2) == [second, third]


def test_workers_at_the_same_time_take_each_alert_once(newsroom: Newsroom) -> None:
    said = [newsroom.say(f"Number {number}.") for number in range(20)]
    now = newsroom.clock.now()
    taken: list[int] = []
    start = threading.Barrier(4)

    def take(worker: str) -> None:
        start.wait()
        for _ in range(5):
            with newsroom.write() as session:
                mine = alerts.take(session, worker, now, now + timedelta(minutes=2), limit=3)
            taken.extend(mine)

    threads = [threading.Thread(target=take, args=[f"worker {number}"]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == said


def test_two_sweeps_at_the_same_time_repeat_once(newsroom: Newsroom) -> None:
    newsroom.change(opened=newsroom.find("C001"))
    newsroom.clock.move(seconds=30)
    newsroom.send(Told())
    newsroom.clock.move(hours=24)
    start, raised = threading.Barrier(3), []

    def sweep() -> None:
        start.wait()
        raised.append(newsroom.repeat())

    threads = [threading.Thread(target=sweep) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(raised) == [0, 0, 1]


def test_every_alert_has_a_key_of_its_own(newsroom: Newsroom) -> None:
    newsroom.say("One.")
    newsroom.say("Two.")
    with newsroom.write() as session:
        keys = session.scalars(select(Alert.key)).all()
    assert len(set(keys)) == 2
    assert {len(key) for key in keys} == {32}
