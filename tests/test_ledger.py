"""The ledger: each delivery is recorded once, held by one worker at a time, and ends once."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from worker import database, ledger
from worker.tables import Delivery, Stage

NOON = datetime(2022, 8, 15, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def arrival(claim: str) -> ledger.Arrival:
    return ledger.Arrival(claim, "/in", f"{claim}.md", f"{claim}.md".encode(), "0" * 64, 10)


def recorded(session: Session, *claims: str) -> list[int]:
    return ledger.record(session, [arrival(claim) for claim in claims], NOON)


def leased(session: Session, delivery: int, worker: str = "w", now: datetime = NOON) -> ledger.Lease:
    held = ledger.lease(session, delivery, worker, now=now, until=now + MINUTE, attempts=3)
    assert held is not None
    return held


def test_a_claim_recorded_twice_is_one_delivery(engine: Engine) -> None:
    with database.write(engine) as session:
        first = recorded(session, "a", "b")
    with database.write(engine) as session:
        assert recorded(session, "b", "c", "a") == [first[1], first[1] + 1, first[0]]


def test_a_delivery_is_held_by_one_worker_at_a_time(engine: Engine) -> None:
    with database.write(engine) as session:
        (delivery,) = recorded(session, "a")
        leased(session, delivery, "one")
        assert ledger.lease(session, delivery, "two", now=NOON, until=NOON + MINUTE, attempts=3) is None


def test_a_lease_that_has_run_out_goes_to_the_next_and_the_first_can_no_longer_end_it(engine: Engine) -> None:
    with database.write(engine) as session:
        (delivery,) = recorded(session, "a")
        first = leased(session, delivery, "one")
        second = leased(session, delivery, "two", NOON + MINUTE)
        assert (second.attempt, first.holder != second.holder) == (2, True)
        assert not ledger.end(session, first, Stage.STORED, NOON)
        assert ledger.end(session, second, Stage.STORED, NOON)
        assert not ledger.end(session, second, Stage.FAILED, NOON)


def test_an_attempt_is_counted_before_the_work(engine: Engine) -> None:
    with database.write(engine) as session:
        (delivery,) = recorded(session, "a")
        attempts = [leased(session, delivery, now=NOON + count * MINUTE).attempt for count in range(3)]
        assert attempts == [1, 2, 3]
        late = NOON + 3 * MINUTE
        assert ledger.lease(session, delivery, "w", now=late, until=late + MINUTE, attempts=3) is None


def test_what_has_had_all_its_attempts_is_failed_with_a_reason_and_can_be_tried_again(engine: Engine) -> None:
    with database.write(engine) as session:
        (delivery,) = recorded(session, "a")
        for count in range(3):
            leased(session, delivery, now=NOON + count * MINUTE)
        assert ledger.give_up(session, NOON + 2 * MINUTE, 3) == []
        (row,) = ledger.give_up(session, NOON + 3 * MINUTE, 3)
        assert (row.stage, row.ended_at, bool(row.reason)) == (Stage.FAILED, NOON + 3 * MINUTE, True)
        assert ledger.failed(session) == [delivery]
        assert ledger.try_again(session, [delivery]) == [delivery]
        assert leased(session, delivery).attempt == 1


def test_only_what_failed_is_tried_again(engine: Engine) -> None:
    with database.write(engine) as session:
        (delivery,) = recorded(session, "a")
        assert ledger.try_again(session, [delivery]) == []


def test_what_is_put_off_is_left_alone_until_its_time(engine: Engine) -> None:
    with database.write(engine) as session:
        (delivery,) = recorded(session, "a")
        ledger.put_off(session, leased(session, delivery), NOON + 2 * MINUTE, "the disk is full")
        assert ledger.lease(session, delivery, "w", now=NOON + MINUTE, until=NOON + 2 * MINUTE, attempts=3) is None
        again = leased(session, delivery, now=NOON + 2 * MINUTE)
        assert (again.attempt, again.troubles) == (1, 1)


def test_only_its_holder_puts_a_delivery_off(engine: Engine) -> None:
    with database.write(engine) as session:
        (delivery,) = recorded(session, "a")
        lost = leased(session, delivery)
        held = leased(session, delivery, now=NOON + MINUTE)
        ledger.put_off(session, lost, NOON + 9 * MINUTE, "the disk is full")
        assert ledger.holders(session) == {delivery: held.holder}
        assert ledger.end(session, held, Stage.STORED, NOON + MINUTE)


def test_a_house_that_is_at_fault_for_a_day_is_given_up(engine: Engine) -> None:
    with database.write(engine) as session:
        (delivery,) = recorded(session, "a")
        for count in range(ledger.TROUBLES):
            assert ledger.give_up(session, NOON, 3) == []
            ledger.put_off(session, leased(session, delivery), NOON, f"the disk is full, {count}")
        assert ledger.lease(session, delivery, "w", now=NOON, until=NOON + MINUTE, attempts=3) is None
        (row,) = ledger.give_up(session, NOON, 3)
        assert (row.stage, row.attempts, row.reason) == (Stage.FAILED, 0, f"the disk is full, {ledger.TROUBLES - 1}")
        ledger.try_again(session, [delivery])
        assert leased(session, delivery).troubles == 0


def test_what_was_announced_lately_or_is_held_is_not_undone(engine: Engine) -> None:
    with database.write(engine) as session:
        never, lately, long_ago, held = recorded(session, "a", "b", "c", "d")
        ledger.announced(session, [lately], NOON)
        ledger.announced(session, [long_ago], NOON - MINUTE)
        leased(session, held)
        assert ledger.undone(session, NOON) == [never, long_ago]


def test_a_dead_holder_loses_its_lease_but_a_new_one_does_not(engine: Engine) -> None:
    with database.write(engine) as session:
        dead, alive = recorded(session, "a", "b")
        holder = leased(session, dead, "host:1").holder
        leased(session, alive, "host:2")
        assert set(ledger.holders(session, [dead, alive])) == {dead, alive}
        ledger.let_go(session, {dead: holder, alive: "somebody/else"}, NOON, "it was lost")
        assert set(ledger.holders(session, [dead, alive])) == {alive}


def test_only_what_has_ended_is_handed_back_and_only_once(engine: Engine) -> None:
    with database.write(engine) as session:
        ended, running = recorded(session, "a", "b")
        ledger.end(session, leased(session, ended), Stage.REJECTED, NOON, reason="empty")
        leased(session, running)
        (row,) = ledger.to_hand_back(session, "/in", NOON)
        assert row.id == ended
        assert ledger.to_hand_back(session, "/another", NOON) == []
        assert ledger.handed_back(session, row, b"/failed/a.md", NOON)
        assert ledger.to_hand_back(session, "/in", NOON) == []


def test_what_is_tried_again_while_its_file_is_moved_is_handed_back_once_more(engine: Engine) -> None:
    with database.write(engine) as session:
        (delivery,) = recorded(session, "a")
        ledger.end(session, leased(session, delivery), Stage.FAILED, NOON)
    with database.look(engine) as session:
        (seen,) = ledger.to_hand_back(session, "/in", NOON)
    with database.write(engine) as session:
        ledger.try_again(session, [delivery])
    with database.write(engine) as session:
        assert not ledger.handed_back(session, seen, b"/failed/a.md", NOON)
        ledger.end(session, leased(session, delivery, now=NOON + MINUTE), Stage.STORED, NOON + MINUTE)
        assert [row.id for row in ledger.to_hand_back(session, "/in", NOON + MINUTE)] == [delivery]


def record_and_fail(engine: Engine) -> None:
    with database.write(engine) as session:
        recorded(session, "a")
        raise ZeroDivisionError


def test_a_transaction_that_fails_leaves_nothing(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError):
        record_and_fail(engine)
    with database.look(engine) as session:
        assert session.query(Delivery).count() == 0
