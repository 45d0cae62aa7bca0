"""Assemble: pages come in any order, and the links, stories and findings are the same."""

import itertools

import pytest
from sqlalchemy import select

from tests.conftest import FRONT_PAGE, SAMPLE
from tests.steps.conftest import Desk
from worker import steps
from worker.newspaper.model import Finding, Severity
from worker.steps.assemble import keep_unmatched
from worker.tables import AlertKind, Article, FindingState, IssueState

A01, A02 = FRONT_PAGE.name, SAMPLE.name
FILES = {A01: FRONT_PAGE.read_bytes(), A02: SAMPLE.read_bytes()}
JUMPS = [("C001", "A02", 69), ("C001", "A02", 149)]
A03 = "焦作日报-2022-08-15-A03.md"
THIRD_PAGE = "# 市图书馆延长开放时间\n\n本报讯(记者王小明)8月14日,市图书馆宣布延长开放时间。\n".encode()


def unmatched(desk: Desk, state: FindingState = FindingState.OPEN) -> list[tuple[str, str, int | None]]:
    return [finding for finding in desk.findings(state) if finding[0] == "C001"]


def test_jump_lines_wait_while_the_issue_is_open_and_are_unmatched_when_it_closes(desk: Desk) -> None:
    desk.drop(A02, FILES[A02])
    waiting = [("C002", "A02", 69), ("C002", "A02", 149)]
    assert [finding for finding in desk.findings() if finding[0].startswith("C")] == waiting
    assert "C002" not in desk.told(AlertKind.PROBLEM)
    desk.close()
    assert [finding for finding in desk.findings() if finding[0].startswith("C")] == JUMPS
    assert desk.told(AlertKind.PROBLEM).count("C001") == 2
    assert [issue.state for issue in desk.issues()] == [IssueState.CLOSED]


@pytest.mark.parametrize("order", list(itertools.permutations(FILES)))
@pytest.mark.parametrize("closing", [False, True])
def test_the_links_are_made_in_either_order_before_and_after_closing(
    desk: Desk, order: tuple[str, str], closing: bool
) -> None:
    for name in order:
        desk.drop(name, FILES[name])
        if closing:
            desk.close()
    assert [tail for _, tail in desk.links()] == [69, 149]
    assert unmatched(desk) == []
    assert ("C002", "A02", 69) not in desk.findings()


def test_both_pages_worked_on_before_anything_is_assembled_give_the_same(desk: Desk) -> None:
    desk.work(*[desk.record(name, data) for name, data in FILES.items()])
    assert [tail for _, tail in desk.links()] == [69, 149]
    assert unmatched(desk, FindingState.RESOLVED) == []


def test_a_story_reads_through_its_pages(desk: Desk) -> None:
    for name, data in FILES.items():
        desk.drop(name, data)
    with desk.here.look() as session:
        texts: dict[int | None, str] = {}
        for article in session.scalars(select(Article).order_by(Article.page_id, Article.position)):
            texts[article.story_id] = texts.get(article.story_id, "") + article.text
    assert any("逻辑点一" in text and "逻辑点二 再造" in text for text in texts.values())
    assert any("助力我市坚定“两个依靠”" in text and len(text) > 400 for text in texts.values())


def test_a_late_page_withdraws_what_it_mends_and_people_are_told_once(desk: Desk) -> None:
    desk.drop(A02, FILES[A02])
    desk.close()
    desk.send()
    desk.drop(A01, FILES[A01])
    assert unmatched(desk, FindingState.RESOLVED) == JUMPS
    assert desk.told(AlertKind.RESOLVED) == ["C001", "C001"]
    desk.close()
    assert desk.told(AlertKind.RESOLVED) == ["C001", "C001"]
    assert desk.told(AlertKind.PROBLEM).count("C001") == 2


def test_a_late_page_that_mends_nothing_withdraws_nothing(desk: Desk) -> None:
    desk.drop(A02, FILES[A02])
    desk.close()
    desk.send()
    desk.drop(A03, THIRD_PAGE)
    assert [issue.state for issue in desk.issues()] == [IssueState.OPEN]
    assert unmatched(desk) == JUMPS
    desk.close()
    assert unmatched(desk) == JUMPS
    assert desk.told(AlertKind.RESOLVED) == []


def test_an_issue_that_has_not_changed_is_not_assembled_again(desk: Desk) -> None:
    desk.drop(A02, FILES[A02])
    (issue,) = desk.issues()
    assert not steps.assemble(desk.here, issue.id)


def test_a_corrected_page_keeps_its_findings(desk: Desk) -> None:
    desk.drop(A02, FILES[A02])
    before = desk.findings()
    desk.drop(A02, b"\n\n" + FILES[A02])
    moved = [(code, page, None if line is None else line + 2) for code, page, line in before]
    assert desk.findings() == sorted(moved)
    assert desk.findings(FindingState.RESOLVED) == []


def jump(code: str, line: int) -> Finding:
    return Finding(code, Severity.ERROR, "A02", line, 1, line, 9, "", {}, f"{code}-{line}")


def test_while_an_issue_is_open_again_only_what_was_said_stays_unmatched() -> None:
    waiting = (jump("C002", 69), jump("C002", 149))
    closed = (jump("C001", 69), jump("C001", 149))
    kept = keep_unmatched(waiting, closed, {("A02", "C001-69")})
    assert [finding.code for finding in kept] == ["C001", "C002"]
