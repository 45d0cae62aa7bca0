"""Closing: an issue waits for its pages as long as its paper says, and closes only when none has come since."""

import dataclasses
from datetime import timedelta

from sqlalchemy import select

from tests.conftest import FRONT_PAGE, SAMPLE
from tests.steps.conftest import Desk
from worker import archive, house, steps
from worker.newspaper.paper import Papers
from worker.tables import Issue, IssueState

A01, A02 = FRONT_PAGE.name, SAMPLE.name
FRONT, SECOND = FRONT_PAGE.read_bytes(), SAMPLE.read_bytes()
MINUTE = timedelta(minutes=1)


def test_a_page_that_comes_while_the_sweep_looks_keeps_its_issue_open(desk: Desk) -> None:
    desk.drop(A02, SECOND)
    later = house.now() + 60 * MINUTE
    with desk.here.look() as session:
        ((issue, seen),) = archive.closable(session, later, 15 * MINUTE)
    desk.drop(A01, FRONT)
    with desk.here.write() as session:
        assert not archive.close(session, issue, later, seen=seen)
    assert [one.state for one in desk.issues()] == [IssueState.OPEN]


def test_each_page_that_comes_makes_its_issue_wait_anew(desk: Desk) -> None:
    desk.drop(A02, SECOND)
    with desk.here.write() as session:
        issue = session.scalars(select(Issue)).one()
        before = issue.last_page_at = issue.last_page_at - 60 * MINUTE
    desk.work(desk.record(A01, FRONT))
    (after,) = desk.issues()
    assert after.state == IssueState.OPEN
    assert after.last_page_at >= before + 59 * MINUTE


def test_a_paper_waits_as_long_as_it_says_itself(desk: Desk) -> None:
    desk.drop(A02, SECOND)
    now = house.now() + 30 * MINUTE
    own = {"jiaozuo-daily": 120 * MINUTE}
    with desk.here.look() as session:
        assert [one for one, _ in archive.closable(session, now, 15 * MINUTE)] == [desk.issues()[0].id]
        assert archive.closable(session, now, 15 * MINUTE, own) == []
        assert len(archive.closable(session, now + 90 * MINUTE, 15 * MINUTE, own)) == 1


def test_a_paper_may_wait_less_than_the_others(desk: Desk) -> None:
    desk.drop(A02, SECOND)
    now = house.now() + 5 * MINUTE
    with desk.here.look() as session:
        assert archive.closable(session, now, 15 * MINUTE) == []
        assert len(archive.closable(session, now, 15 * MINUTE, {"jiaozuo-daily": MINUTE})) == 1


def test_an_issue_closes_once_and_a_provisional_one_never(desk: Desk) -> None:
    desk.drop(A02, SECOND)
    desk.drop("scan.txt", FRONT)
    named, provisional = sorted(desk.issues(), key=lambda one: one.state == IssueState.PROVISIONAL)
    with desk.here.write() as session:
        closed = [archive.close(session, one.id, house.now()) for one in (named, named, provisional)]
    assert closed == [True, False, False]
    assert steps.assemble(desk.here, named.id)


def test_an_issue_closes_when_all_the_pages_that_its_paper_expects_are_here(desk: Desk) -> None:
    style = dataclasses.replace(desk.here.paper("jiaozuo-daily"), expected_pages=("A01", "A02"))
    desk.here = dataclasses.replace(desk.here, papers=Papers((style,)))
    desk.drop(A02, SECOND)
    assert [issue.state for issue in desk.issues()] == [IssueState.OPEN]
    desk.drop(A01, FRONT)
    assert [issue.state for issue in desk.issues()] == [IssueState.CLOSED]
