"""Jump lines that are wrong, waiting or without a partner: C001, C002, C004, C006, C011."""

from collections.abc import Sequence

import pytest

from tests.newspaper.build import KNOWN, article, issue, jump, page
from worker.newspaper import linking, rules
from worker.newspaper.model import Article, Continuation, Finding, Issue, Kind, Page, Severity
from worker.newspaper.paper import GENERIC


def going(*jumps: Continuation) -> Sequence[Article]:
    return [article("今天召开。", position=at, line=at * 10, goes=one) for at, one in enumerate(jumps, 1)]


def coming(*jumps: Continuation) -> Sequence[Article]:
    return [
        article("接着说。", title=None, kind=Kind.CONTINUATION, position=at, line=at * 10, comes=one)
        for at, one in enumerate(jumps, 1)
    ]


def of_page(one: Page, code: str) -> list[Finding]:
    return [finding for finding in rules.check_page(one, KNOWN, GENERIC) if finding.code == code]


def of_issue(whole: Issue) -> list[Finding]:
    return list(rules.check_issue(whole, linking.link(whole), {}, GENERIC))


A01 = page(*going(jump("to", "A02", "①", 12), jump("to", "A02", "②", 22)), label="A01")
A02 = page(*coming(jump("from", "A01", "①", 10), jump("from", "A01", "②", 20)), label="A02")


def test_while_the_issue_is_open_a_continuation_waits_for_its_page() -> None:
    found = of_issue(issue(A02, closed=False))
    assert [(one.code, one.severity, one.page, one.line) for one in found] == [
        ("C002", Severity.INFO, "A02", 10),
        ("C002", Severity.INFO, "A02", 20),
    ]
    assert rules.message(found[0], "en") == "(上接A01版①) is waiting for page A01, which has not come yet."


def test_when_the_issue_closes_it_is_unmatched() -> None:
    found = of_issue(issue(A02))
    assert [(one.code, one.severity, one.line) for one in found] == [
        ("C001", Severity.ERROR, 10),
        ("C001", Severity.ERROR, 20),
    ]
    assert rules.message(found[1], "en") == "(上接A01版②) continues from page A01, and page A01 is not here."


def test_when_its_page_comes_nothing_is_left_to_say() -> None:
    assert of_issue(issue(A01, A02, closed=False)) == of_issue(issue(A02, A01)) == []


@pytest.mark.parametrize(
    ("pages", "closed", "message"),
    [
        pytest.param(
            [page(*going(jump("to", "A02", "①", 12)), label="A01")],
            True,
            "(下转A02版①) goes on on page A02, and page A02 is not here.",
            id="the other page is not here",
        ),
        pytest.param(
            [page(label="A01"), page(*coming(jump("from", "A01", "①", 10)), label="A02")],
            False,
            "(上接A01版①) continues from page A01, and nothing on page A01 says that it goes on here.",
            id="the other page is here and says nothing, though the issue is open",
        ),
        pytest.param(
            [page(*going(jump("to", "A02", None, 12)), label="A01"), page(label="A02")],
            True,
            "(下转A02版) goes on on page A02, and nothing on page A02 says that it continues from here.",
            id="nothing comes",
        ),
    ],
)
def test_an_unmatched_continuation_says_why(pages: list[Page], closed: bool, message: str) -> None:
    assert [rules.message(one, "en") for one in of_issue(issue(*pages, closed=closed))] == [message]


def test_marks_that_contradict_leave_both_unmatched() -> None:
    whole = issue(
        page(*going(jump("to", "A02", "①", 12)), label="A01"),
        page(*coming(jump("from", "A01", "②", 10)), label="A02"),
    )
    assert [(one.code, one.page) for one in of_issue(whole)] == [("C001", "A01"), ("C001", "A02")]


def test_a_pair_that_is_only_proposed_is_told_as_doubtful() -> None:
    whole = issue(
        page(*going(jump("to", None, None, 12)), label="A01"),
        page(*coming(jump("from", "A01", None, 10)), label="A02"),
    )
    assert [rules.message(one, "en") for one in of_issue(whole)] == [
        "(上接A01版) may belong to the jump line on page A01, line 12, but that is not certain."
    ]


@pytest.mark.parametrize(
    "pages",
    [
        pytest.param([A01, A02], id="both here"),
        pytest.param([page(*going(jump("to", None, None, 12)), label="A01")], id="its number is lost: C011 says so"),
        pytest.param([page(*going(jump("to", "A01", None, 12)), label="A01")], id="to its own page: C006 says so"),
        pytest.param([page(article("没有转版。"))], id="no jump line"),
    ],
)
def test_what_is_matched_or_told_otherwise_is_not_unmatched(pages: list[Page]) -> None:
    assert of_issue(issue(*pages)) == []


@pytest.mark.parametrize(
    "pages",
    [
        pytest.param([A01, A02], id="both here"),
        pytest.param([page(label="A01"), A02], id="its page is here, without a partner"),
        pytest.param([page(article("没有转版。"))], id="no jump line"),
    ],
)
def test_nothing_waits_for_a_page_that_is_here(pages: list[Page]) -> None:
    assert "C002" not in {one.code for one in of_issue(issue(*pages, closed=False))}


def test_a_page_of_no_known_label_has_its_continuations_told_too() -> None:
    nameless = page(*coming(jump("from", "A01", "①", 10)), label=None)
    assert [(one.code, one.page, one.line) for one in of_issue(issue(nameless))] == [("C001", None, 10)]


def contradiction(closed: bool, *pages: Page) -> list[tuple[str, str | None]]:
    return [(one.code, one.page) for one in of_issue(issue(*pages, closed=closed))]


FROM_A01 = page(*coming(jump("from", "A01", "①", 10)), label="A02")
TO_A03 = page(*going(jump("to", "A03", "①", 12)), label="A01")


@pytest.mark.parametrize(
    ("closed", "pages", "expected"),
    [
        pytest.param(True, [TO_A03, FROM_A01], [("C005", "A02")], id="the other page is not here"),
        pytest.param(True, [TO_A03, FROM_A01, page(label="A03")], [("C005", "A02")], id="it is, and says nothing"),
        pytest.param(False, [TO_A03, FROM_A01], [("C002", "A01"), ("C005", "A02")], id="it may still come"),
    ],
)
def test_partners_that_name_other_pages_contradict(
    closed: bool, pages: list[Page], expected: list[tuple[str, str | None]]
) -> None:
    assert contradiction(closed, *pages) == expected


def test_a_contradiction_says_what_each_prints() -> None:
    (finding,) = of_issue(issue(TO_A03, FROM_A01))
    assert rules.message(finding, "en") == (
        "(上接A01版①) continues from page A01, but (下转A03版①) there, on line 12, names page A03."
    )


@pytest.mark.parametrize(
    "pages",
    [
        pytest.param([A01, A02], id="partners agree"),
        pytest.param([TO_A03, page(*coming(jump("from", "A01", "②", 10)), label="A02")], id="another mark"),
        pytest.param([page(*going(jump("to", "A03", None, 12)), label="A01"), FROM_A01], id="no mark"),
        pytest.param(
            [TO_A03, page(*coming(jump("from", "A01", "①", 10)), label="A03"), FROM_A01], id="it has its partner"
        ),
        pytest.param([FROM_A01, TO_A03, page(FROM_A01.articles[0], label="A04")], id="two come from there"),
    ],
)
def test_what_does_not_contradict_is_not_said_to(pages: list[Page]) -> None:
    assert "C005" not in {code for code, _ in contradiction(True, *pages)}


@pytest.mark.parametrize(
    ("jumps", "lines"),
    [
        ([jump("to", "A02", "①", 12), jump("to", "A02", "①", 22)], [22]),
        ([jump("to", "A02", "①", 12), jump("to", "A02", "❶", 22)], [22]),
        ([jump("to", "A02", "①", 12), jump("to", "A02", "①", 22), jump("to", "A02", "①", 32)], [22, 32]),
        ([jump("to", "A02", "▲", 12), jump("to", None, "▲", 22)], [22]),
    ],
)
def test_a_mark_used_twice_is_told_where_it_comes_again(jumps: list[Continuation], lines: list[int]) -> None:
    found = of_page(page(*going(*jumps), label="A01"), "C004")
    assert [one.line for one in found] == lines
    assert {one.facts["line"] for one in found} == {12}


@pytest.mark.parametrize(
    "articles",
    [
        pytest.param(going(jump("to", "A02", "①", 12), jump("to", "A02", "②", 22)), id="two marks"),
        pytest.param(going(jump("to", "A02", None, 12), jump("to", "A02", None, 22)), id="no marks"),
        pytest.param(going(jump("to", "A02", "①", 12), jump("to", "A03", "①", 22)), id="two pages"),
        pytest.param(
            [article(position=1, comes=jump("from", "A02", "①", 2)), *going(jump("to", "A02", "①", 12))],
            id="two directions",
        ),
    ],
)
def test_marks_that_tell_jump_lines_apart_are_fine(articles: Sequence[Article]) -> None:
    assert of_page(page(*articles, label="A01"), "C004") == []


@pytest.mark.parametrize(("label", "named"), [("A02", "A02"), ("A02", "02"), ("02", "A02")])
def test_a_jump_line_to_its_own_page_is_told(label: str, named: str) -> None:
    assert [one.line for one in of_page(page(*going(jump("to", named, None, 12)), label=label), "C006")] == [12]


@pytest.mark.parametrize(
    ("label", "named"), [("A02", "A03"), ("A02", "B02"), ("02", "B02"), ("B02", "02"), (None, "A02")]
)
def test_a_jump_line_to_another_page_is_fine(label: str | None, named: str) -> None:
    assert of_page(page(*going(jump("to", named, None, 12)), label=label), "C006") == []


@pytest.mark.parametrize(
    "one",
    [
        going(jump("to", None, None, 12)),
        coming(jump("from", None, None, 10)),
        going(jump("to", None, "①", 12)),
    ],
)
def test_a_jump_line_without_a_page_is_told(one: Sequence[Article]) -> None:
    assert len(of_page(page(*one), "C011")) == 1


@pytest.mark.parametrize(
    "one",
    [
        going(jump("to", "A03", None, 12)),
        coming(jump("from", "01", None, 10)),
        [article("没有转版。")],
    ],
)
def test_a_jump_line_with_a_page_is_fine(one: Sequence[Article]) -> None:
    assert of_page(page(*one), "C011") == []
