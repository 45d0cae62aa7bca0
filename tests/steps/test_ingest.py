"""Ingest: each delivery ends once, in the right stage, whatever happens to those who work on it."""

import dataclasses
import itertools
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import SAMPLE
from tests.steps.conftest import Desk
from worker import blobs, house, ledger, processes, steps
from worker.steps.ingest import TELL_AFTER, wait_after
from worker.tables import Alert, AlertKind, Delivery, IssueState, Stage

PAGE = SAMPLE.read_bytes()
A02 = SAMPLE.name
NAMELESS = "000_52dbe719001a33ae.txt"


def test_the_sample_is_stored_with_its_thirteen_articles(desk: Desk) -> None:
    delivery = desk.delivery(desk.drop(A02, PAGE))
    assert (delivery.stage, delivery.reason, delivery.encoding, delivery.attempts) == (Stage.STORED, None, "UTF-8", 1)
    assert len(desk.articles()) == 13
    assert [(issue.paper, str(issue.date), issue.state) for issue in desk.issues()] == [
        ("焦作日报", "2022-08-15", IssueState.OPEN)
    ]


def test_the_same_bytes_again_are_a_duplicate(desk: Desk) -> None:
    first, second = desk.drop(A02, PAGE), desk.drop(A02, PAGE)
    duplicate = desk.delivery(second)
    assert (duplicate.stage, duplicate.duplicate_of) == (Stage.DUPLICATE, first)
    assert f"d{first}" in (duplicate.reason or "")
    assert len(desk.articles()) == 13


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_an_old_version_that_comes_again_stands_again(desk: Desk, order: tuple[int, ...]) -> None:
    corrected = PAGE.replace("推进会召开".encode(), "推进会闭幕".encode())
    first, second, third = (desk.record(A02, data) for data in (PAGE, corrected, PAGE))
    desk.work(*[(first, second, third)[place] for place in order])
    assert [desk.delivery(number).stage for number in (first, second, third)].count(Stage.DUPLICATE) == 1
    assert "推进会召开" in desk.standing_text()
    assert "推进会闭幕" not in desk.standing_text()


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_versions_the_one_received_last_stands(desk: Desk, order: tuple[int, int]) -> None:
    corrected = PAGE.replace("官松奇指出".encode(), "官松奇强调".encode())
    received = [desk.record(A02, PAGE), desk.record(A02, corrected)]
    desk.work(*(received[place] for place in order))
    assert len(desk.articles()) == 13
    assert "官松奇强调,目前创建工作" in desk.standing_text()


@pytest.mark.parametrize("names", [(NAMELESS, A02), (A02, NAMELESS)])
def test_a_name_that_tells_nothing_yields_to_one_that_does_in_either_order(desk: Desk, names: tuple[str, str]) -> None:
    deliveries = {name: desk.drop(name, PAGE) for name in names}
    assert desk.delivery(deliveries[A02]).stage == Stage.STORED
    assert desk.delivery(deliveries[NAMELESS]).stage == Stage.DUPLICATE
    assert desk.delivery(deliveries[NAMELESS]).duplicate_of == deliveries[A02]
    assert {issue for issue, _, _ in desk.articles()} == {"jiaozuo-daily/2022-08-15/"}
    assert ("P001", "", None) not in desk.findings()


def test_what_is_withdrawn_while_its_file_is_moved_is_handed_back_once_more(desk: Desk) -> None:
    nameless = desk.drop(NAMELESS, PAGE)
    with desk.here.look() as session:
        (seen,) = ledger.to_hand_back(session, "/in", house.now())
    named = desk.drop(A02, PAGE)
    with desk.here.write() as session:
        assert not ledger.handed_back(session, seen, b"/done/x", house.now())
        assert {row.id for row in ledger.to_hand_back(session, "/in", house.now())} == {nameless, named}
    assert f"d{named}" in (desk.delivery(nameless).reason or "")


def test_what_is_withdrawn_after_its_file_was_moved_is_handed_back_once_more(desk: Desk) -> None:
    nameless = desk.drop(NAMELESS, PAGE)
    with desk.here.write() as session:
        (seen,) = ledger.to_hand_back(session, "/in", house.now())
        assert ledger.handed_back(session, seen, b"/done/x", house.now())
    named = desk.drop(A02, PAGE)
    with desk.here.look() as session:
        assert {row.id for row in ledger.to_hand_back(session, "/in", house.now())} == {nameless, named}


def test_a_name_that_tells_nothing_gives_a_provisional_issue_with_everything_in_it(desk: Desk) -> None:
    desk.drop(NAMELESS, PAGE)
    (issue,) = desk.issues()
    assert (issue.state, issue.paper, issue.date) == (IssueState.PROVISIONAL, None, None)
    assert len(desk.articles()) == 13
    codes = [code for code, _, _ in desk.findings()]
    assert (codes.count("P001"), codes.count("C001")) == (1, 2)
    assert set(desk.told(AlertKind.PROBLEM)) >= {"P001", "C001"}


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("焦作日报-2022-08-15-A03.md", b"", "F001"),
        ("焦作日报-2022-08-15-A03.md", bytes(range(256)) * 40, "F002"),
        ("焦作日报-2022-08-15-A03.docx", b"PK\x03\x04", "F007"),
    ],
)
def test_a_broken_file_is_rejected_at_once_and_people_are_told(desk: Desk, name: str, data: bytes, code: str) -> None:
    delivery = desk.delivery(desk.drop(name, data))
    assert (delivery.stage, delivery.attempts) == (Stage.REJECTED, 1)
    assert delivery.reason
    assert [found for found, _, _ in desk.findings()] in ([code], ["F007"])
    assert desk.told(AlertKind.PROBLEM) == [found for found, _, _ in desk.findings()]


def test_a_fault_of_the_house_costs_no_attempt_and_is_tried_again_later(desk: Desk) -> None:
    delivery = desk.record(A02, PAGE)
    place = desk.here.blobs.path(desk.delivery(delivery).sha256)
    place.unlink()
    for tries in range(1, 5):
        before = house.now()
        steps.ingest(desk.here, delivery, "worker")
        row = desk.delivery(delivery)
        assert (row.stage, row.attempts, row.troubles) == (Stage.RECEIVED, 0, tries)
        assert blobs.Missing.__name__ in (row.reason or "")
        assert row.next_try_at is not None
        assert row.next_try_at >= before + wait_after(tries)
        _let_time_pass(desk, delivery)
    steps.sweep(desk.here, house.now())
    place.write_bytes(PAGE)
    desk.work(delivery)
    assert (desk.delivery(delivery).stage, desk.delivery(delivery).reason) == (Stage.STORED, None)


def test_a_lasting_outage_is_told_once_and_together(desk: Desk) -> None:
    waiting = [desk.record(f"{number}.md", PAGE + bytes([48 + number])) for number in range(3)]
    for delivery in waiting:
        desk.here.blobs.path(desk.delivery(delivery).sha256).unlink()
    said = []
    for _ in range(TELL_AFTER + 2):
        for delivery in waiting:
            steps.ingest(desk.here, delivery, "worker")
            _let_time_pass(desk, delivery)
        with desk.here.look() as session:
            said.append([alert.text.count("could not be stored yet") for alert in session.scalars(select(Alert))])
    assert said == [[]] * (TELL_AFTER - 1) + [[3]] * 3


def test_what_the_house_could_not_do_in_a_day_has_failed_and_people_are_told(desk: Desk) -> None:
    delivery = desk.record(A02, PAGE)
    with desk.here.write() as session:
        session.get_one(Delivery, delivery).troubles = ledger.TROUBLES
    steps.ingest(desk.here, delivery, "worker")
    steps.sweep(desk.here, house.now())
    assert desk.delivery(delivery).stage == Stage.FAILED
    with desk.here.look() as session:
        alert = session.scalars(select(Alert)).one()
    assert alert.delivery_id == delivery


def test_a_worker_that_lost_its_lease_stores_nothing(desk: Desk) -> None:
    delivery = desk.record(A02, PAGE)
    now = house.now()

    class Slow(blobs.Folder):
        """A disk so slow that another worker takes over while it reads."""

        def read(self, sha256: str) -> bytes:
            with desk.here.write() as session:
                ledger.let_go(session, ledger.holders(session), now, "it was lost")
                assert ledger.lease(session, delivery, "other", now=now, until=now + timedelta(hours=1), attempts=3)
            return super().read(sha256)

    slow = dataclasses.replace(desk.here, blobs=Slow(desk.here.blobs.root))
    assert steps.ingest(slow, delivery, "first") == ()
    assert (desk.delivery(delivery).stage, desk.articles(), desk.issues()) == (Stage.RECEIVED, [], [])


def test_the_same_bytes_again_have_their_issue_assembled_when_they_change_what_stands(desk: Desk) -> None:
    first = desk.drop(A02, PAGE)
    desk.drop(A02, PAGE.replace("推进会召开".encode(), "推进会闭幕".encode()))
    (before,) = desk.issues()
    again = desk.record(A02, PAGE)
    assert steps.ingest(desk.here, again, "w") == (before.id,)
    (after,) = desk.issues()
    assert (desk.delivery(again).duplicate_of, after.changed) == (first, before.changed + 1)


def test_a_report_waits_for_its_issue_to_be_assembled_but_not_for_ever(desk: Desk) -> None:
    delivery = desk.record(A02, PAGE)
    steps.ingest(desk.here, delivery, "w")
    now = house.now()
    with desk.here.look() as session:
        assert ledger.to_hand_back(session, "/in", now) == []
        assert [row.id for row in ledger.to_hand_back(session, "/in", now + ledger.REPORT_WAITS)] == [delivery]
    desk.assemble()
    with desk.here.look() as session:
        assert [row.id for row in ledger.to_hand_back(session, "/in", now)] == [delivery]


def test_what_a_dead_process_held_is_given_back(desk: Desk) -> None:
    delivery = desk.record(A02, PAGE)
    now = house.now()
    with desk.here.write() as session:
        ledger.lease(session, delivery, processes.me(), now=now, until=now + timedelta(hours=1), attempts=3)
    neighbour = desk.record("neighbour.md", PAGE)
    assert steps.let_go(desk.here, [delivery, neighbour], ValueError("broken")) == [neighbour]
    row = desk.delivery(delivery)
    assert (row.leased_by, row.attempts, row.reason) == (None, 1, "Reading it failed: ValueError: broken")


def test_the_wait_before_another_attempt_grows_and_has_an_end() -> None:
    assert [wait_after(failures).total_seconds() for failures in (1, 2, 3, 8, 149)] == [5, 20, 80, 600, 600]


def _let_time_pass(desk: Desk, delivery: int) -> None:
    with desk.here.write() as session:
        session.get_one(Delivery, delivery).next_try_at = None
