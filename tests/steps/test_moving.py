"""What people were told goes with a page: nothing of it is told again, and nothing is called mended that is not."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.conftest import FRONT_PAGE, SAMPLE
from tests.steps.conftest import Desk
from worker import archive, house, ledger, steps
from worker import desk as decisions
from worker.newspaper import assembling, reader
from worker.newspaper.model import Reading
from worker.tables import Alert, AlertKind, AlertState, FindingState, Stage

A01, A02 = FRONT_PAGE.name, SAMPLE.name
FRONT, PAGE = FRONT_PAGE.read_bytes(), SAMPLE.read_bytes()
NAMELESS = "000_52dbe719001a33ae.txt"
DAY = date(2022, 8, 15)
CLEAN = "# 市图书馆延长开放时间\n\n本报讯(记者王小明)8月14日,市图书馆宣布延长开放时间。\n".encode()


def identify(desk: Desk, delivery: int, page: str = "A02") -> int:
    return decisions.identify(desk.here, f"d{delivery}", "焦作日报", DAY, page, replace=True)


def waiting(desk: Desk) -> int:
    with desk.here.look() as session:
        return len(session.scalars(select(Alert.id).where(Alert.state == AlertState.DUE)).all())


def test_findings_that_were_told_in_both_places_are_not_told_again(desk: Desk) -> None:
    desk.drop(A02, PAGE)
    desk.close()
    desk.send()
    nameless = desk.drop(NAMELESS, b"\n\n" + PAGE)
    desk.send()
    before = len(desk.findings())
    identify(desk, nameless)
    assert desk.told(AlertKind.RESOLVED) == ["P001"]
    assert waiting(desk) == 1
    assert len(desk.findings()) == before // 2
    assert {code for code, _, _ in desk.findings(FindingState.RESOLVED)} == {"C002", "P001"}


def test_what_waits_to_be_told_of_a_page_is_not_told_where_it_is_known(desk: Desk) -> None:
    desk.drop(A02, PAGE)
    desk.close()
    desk.send()
    told = desk.told(AlertKind.PROBLEM)
    nameless = desk.drop(NAMELESS, b"\n\n" + PAGE)
    assert waiting(desk) == 1
    identify(desk, nameless)
    assert waiting(desk) == 0
    assert desk.told(AlertKind.PROBLEM) == told


def test_what_was_mended_and_comes_again_with_a_page_stands_without_being_told_again(desk: Desk) -> None:
    desk.drop(A02, PAGE)
    desk.close()
    desk.send()
    desk.drop(A02, CLEAN)
    desk.send()
    nameless = desk.drop(NAMELESS, b"\n\n" + PAGE)
    desk.send()
    told, mended = desk.told(AlertKind.PROBLEM), desk.told(AlertKind.RESOLVED)
    identify(desk, nameless)
    assert [code for code, _, _ in desk.findings()].count("C001") == 2
    assert desk.told(AlertKind.PROBLEM) == told
    assert desk.told(AlertKind.RESOLVED) == sorted([*mended, "P001"])


def test_what_was_mended_and_comes_with_a_page_that_nobody_was_told_of_is_told(desk: Desk) -> None:
    desk.drop(A02, PAGE)
    desk.close()
    desk.send()
    desk.drop(A02, CLEAN)
    desk.send()
    told = desk.told(AlertKind.PROBLEM)
    nameless = desk.drop(NAMELESS, b"\n\n" + PAGE)
    identify(desk, nameless)
    assert desk.told(AlertKind.PROBLEM).count("C001") == told.count("C001") + 2
    assert waiting(desk) == 1


def test_the_same_bytes_under_their_name_mend_nothing_and_tell_nothing_again(desk: Desk) -> None:
    desk.drop(NAMELESS, PAGE)
    desk.send()
    told = desk.told(AlertKind.PROBLEM)
    desk.drop(A02, PAGE)
    desk.close()
    assert desk.told(AlertKind.PROBLEM) == told
    assert desk.told(AlertKind.RESOLVED) == ["P001"]
    assert [code for code, _, _ in desk.findings()].count("C001") == 2


def test_the_same_bytes_under_their_name_mend_what_is_paired_then(desk: Desk) -> None:
    desk.drop(A01, FRONT)
    desk.drop(NAMELESS, PAGE)
    desk.send()
    desk.drop(A02, PAGE)
    assert desk.told(AlertKind.RESOLVED) == ["C001", "C001", "P001"]


def test_the_issue_of_a_withdrawn_page_is_gone(desk: Desk) -> None:
    desk.drop(NAMELESS, PAGE)
    desk.drop(A02, PAGE)
    assert [issue.key for issue in desk.issues()] == ["jiaozuo-daily/2022-08-15/"]
    assert len(desk.articles()) == 13


TWO_PAGES = (
    "A01版:要闻\n# 市图书馆延长开放时间\n\n本报讯(记者王小明)8月14日,市图书馆宣布延长开放时间。\n"
    "\f\n# 另一条\n\n本报讯(记者王小明)8月14日,市图书馆宣布延长开放时间。\n"
).encode()


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_pages_under_two_dates_are_in_both_issues_in_either_order(desk: Desk, order: tuple[int, int]) -> None:
    came = [desk.record(name, TWO_PAGES) for name in ("焦作日报-2022-08-15.md", "焦作日报-2022-08-16.md")]
    desk.work(*(came[place] for place in order))
    assert [desk.delivery(one).stage for one in came] == [Stage.STORED, Stage.STORED]
    assert {key for key, page, _ in desk.articles() if page} == {
        "jiaozuo-daily/2022-08-15/",
        "jiaozuo-daily/2022-08-16/",
    }
    assert len([page for _, page, _ in desk.articles() if page is None]) == 1


def beside(work: Callable[[], object]) -> Future[object]:
    """Start work that has to wait for the transaction that is open here."""
    pool = ThreadPoolExecutor(1)
    doing = pool.submit(work)
    pool.shutdown(wait=False)
    return doing


# SQLite has one writer at a time: what these tests set side by side cannot be there.
beside_each_other = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


def under_way(desk: Desk, name: str, data: bytes) -> tuple[int, list[Reading]]:
    return desk.record(name, data), list(reader.read_all(name, data, desk.here.papers))


@beside_each_other
def test_a_page_that_is_being_assembled_is_moved_after_that(desk: Desk) -> None:
    delivery = desk.record(NAMELESS, PAGE)
    (issue,) = steps.ingest(desk.here, delivery, "w")
    with desk.here.write() as session:
        loaded = archive.load(session, issue)
        assert loaded is not None
        found = assembling.assemble(loaded.issue, loaded.found, desk.here.paper(None))
        moving = beside(lambda: identify(desk, delivery))
        desk.wait_for_a_lock()
        archive.write(session, issue, loaded, found.links, found.stories, found.findings, house.now())
    moving.result(10)
    assert [issue.key for issue in desk.issues()] == ["jiaozuo-daily/2022-08-15/"]
    assert len(desk.articles()) == 13


@beside_each_other
def test_a_page_that_is_withdrawn_while_a_person_names_it_is_refused(desk: Desk) -> None:
    nameless = desk.drop(NAMELESS, PAGE)
    named, readings = under_way(desk, A02, PAGE)
    with desk.here.write() as session:
        held = ledger.lease(session, named, "w", now=house.now(), until=house.now() + timedelta(hours=1), attempts=3)
        assert held is not None
    with desk.here.write() as session:
        assert archive.recognise(session, held.sha256, readings, named) is None
        moving = beside(lambda: identify(desk, nameless, "A03"))
        desk.wait_for_a_lock()
        now = house.now()
        archive.file(session, readings, {1: readings[0].findings}, named, now)
        for move in archive.withdraw_namesakes(session, held.sha256, named, "the same", now):
            steps.follow(session, desk.here, move, now)
        ledger.end(session, held, Stage.STORED, now)
    with pytest.raises(decisions.Refused, match="no page that stands"):
        moving.result(10)
    assert {page for _, page, _ in desk.articles()} == {"A02"}
    assert len(desk.articles()) == 13


@beside_each_other
def test_an_old_version_that_comes_again_waits_for_the_new_one_that_is_being_stored(desk: Desk) -> None:
    desk.drop(A02, PAGE)
    newer, readings = under_way(desk, A02, PAGE.replace("推进会召开".encode(), "推进会散会".encode()))
    again = desk.record(A02, PAGE)
    with desk.here.write() as session:
        sha256 = desk.delivery(newer).sha256
        assert archive.recognise(session, sha256, readings, newer) is None
        storing = beside(lambda: steps.ingest(desk.here, again, "w"))
        desk.wait_for_a_lock()
        archive.file(session, readings, {1: readings[0].findings}, newer, house.now())
    storing.result(10)
    assert (desk.delivery(again).stage, desk.delivery(again).attempts) == (Stage.DUPLICATE, 1)
    assert "推进会召开" in desk.standing_text()
