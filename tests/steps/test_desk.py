"""The desk: what a person decides about pages, and what is asked before anything is overwritten."""

from datetime import date

import pytest

from tests.conftest import FRONT_PAGE, SAMPLE
from tests.steps.conftest import Desk
from worker import desk as decisions
from worker.tables import AlertKind, FindingState

A01, A02 = FRONT_PAGE.name, SAMPLE.name
FRONT, SECOND = FRONT_PAGE.read_bytes(), SAMPLE.read_bytes()
NAMELESS = "000_52dbe719001a33ae.txt"
DAY = date(2022, 8, 15)
JUMPS = [("C001", "A02", 69), ("C001", "A02", 149)]


def jumps(desk: Desk, state: FindingState) -> list[tuple[str, str, int | None]]:
    return [finding for finding in desk.findings(state) if finding[0] == "C001"]


def test_a_nameless_page_moves_with_its_findings_to_its_issue(desk: Desk) -> None:
    desk.drop(A01, FRONT)
    delivery = desk.drop(NAMELESS, SECOND)
    desk.send()
    decisions.identify(desk.here, f"d{delivery}", "焦作日报", DAY, "A2")
    assert [issue.key for issue in desk.issues()] == ["jiaozuo-daily/2022-08-15/"]
    assert [tail for _, tail in desk.links()] == [69, 149]
    assert jumps(desk, FindingState.RESOLVED) == JUMPS
    assert desk.told(AlertKind.RESOLVED) == ["C001", "C001", "P001"]


def test_what_is_still_missing_is_said(desk: Desk) -> None:
    delivery = desk.drop(NAMELESS, SECOND)
    with pytest.raises(decisions.Refused, match="say --date and --page too"):
        decisions.identify(desk.here, f"d{delivery}", "焦作日报", None, None)


def test_a_page_that_stands_gives_way_only_when_the_person_says_so(desk: Desk) -> None:
    first = desk.drop(A02, SECOND)
    other = desk.drop("scan.txt", FRONT)
    with pytest.raises(decisions.Occupied, match=rf"A02 of 焦作日报 2022-08-15 .* with 13 articles \(d{first}\)"):
        decisions.identify(desk.here, f"d{other}", "焦作日报", DAY, "A02")
    assert len([page for _, page, _ in desk.articles() if page == "A02"]) == 13
    decisions.identify(desk.here, f"d{other}", "焦作日报", DAY, "A02", replace=True)
    assert "沁阳" in desk.standing_text()
    assert "推进会召开" not in desk.standing_text()


def test_a_page_that_was_placed_wrongly_can_be_moved_and_the_one_it_had_replaced_stands_again(desk: Desk) -> None:
    desk.drop(A01, FRONT)
    desk.drop(A02, SECOND)
    wrong = desk.drop("scan.txt", b"# A headline\n\n" + "市图书馆宣布延长开放时间,读者可以多留一小时。".encode())
    decisions.identify(desk.here, f"d{wrong}", "焦作日报", DAY, "A01", replace=True)
    assert jumps(desk, FindingState.OPEN) == JUMPS  # page A01 is here, and without its jump lines
    assert desk.links() == []
    decisions.identify(desk.here, f"d{wrong}", None, None, "A05")
    assert [tail for _, tail in desk.links()] == [69, 149]
    assert {page for _, page, _ in desk.articles()} == {"A01", "A02", "A05"}


def test_a_moved_page_takes_its_words_out_of_the_issue_that_it_leaves(desk: Desk) -> None:
    desk.drop(A01, FRONT)
    delivery = desk.drop(A02, SECOND)
    decisions.identify(desk.here, f"d{delivery}", None, date(2022, 8, 16), None)
    assert [(issue.key, issue.assembled == issue.changed) for issue in desk.issues()] == [
        ("jiaozuo-daily/2022-08-15/", True),
        ("jiaozuo-daily/2022-08-16/", True),
    ]
    assert desk.links() == []
    places = {(issue, page) for issue, page, _ in desk.articles()}
    assert places == {("jiaozuo-daily/2022-08-15/", "A01"), ("jiaozuo-daily/2022-08-16/", "A02")}


def test_the_last_page_of_an_issue_leaves_nothing_behind(desk: Desk) -> None:
    delivery = desk.drop(A02, SECOND)
    desk.send()
    decisions.identify(desk.here, f"d{delivery}", None, date(2022, 8, 16), None)
    assert [issue.key for issue in desk.issues()] == ["jiaozuo-daily/2022-08-16/"]
    assert desk.told(AlertKind.RESOLVED) == []


def test_a_paper_nobody_knows_is_asked_about(desk: Desk) -> None:
    delivery = desk.drop(NAMELESS, SECOND)
    with pytest.raises(decisions.UnknownPaper, match=r"No paper here is called 焦作日抱\. Did you mean 焦作日报\?"):
        decisions.identify(desk.here, f"d{delivery}", "焦作日抱", DAY, "A02")
    decisions.identify(desk.here, f"d{delivery}", "某某周报", DAY, "A02", new_paper=True)
    assert [issue.paper for issue in desk.issues()] == ["某某周报"]
    again = desk.drop("scan.txt", FRONT)
    decisions.identify(desk.here, f"d{again}", "某某周报", DAY, "A01")  # it is known now


def test_a_delivery_that_brought_no_page_cannot_be_identified(desk: Desk) -> None:
    delivery = desk.drop("empty.md", b"")
    with pytest.raises(decisions.Refused, match="no page that stands"):
        decisions.identify(desk.here, f"d{delivery}", "焦作日报", DAY, "A2")


def test_only_failed_deliveries_are_tried_again(desk: Desk) -> None:
    stored = desk.drop(A02, SECOND)
    assert decisions.retry(desk.here, [stored]) == []
    assert decisions.failed(desk.here) == []
