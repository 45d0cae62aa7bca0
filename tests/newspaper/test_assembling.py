"""Issues put together from readings."""

from itertools import permutations

from tests.newspaper.build import KNOWN, SOURCE, THE_DAY, article, jump, page
from worker.newspaper import assembling, rules
from worker.newspaper.model import Identity, Kind, Page, Reading, Unreadable
from worker.newspaper.paper import GENERIC

UNKNOWN = Identity(None, None, None, missing=("paper", "date", "page"))


def as_read(*pages: Page, identity: Identity = KNOWN) -> Reading:
    found = tuple(one for each in pages for one in rules.check_page(each, identity, GENERIC))
    return Reading(SOURCE, identity, pages, found)


FRONT = page(article("今天召开。", goes=jump("to", "A02", "①", 3)), label="A01", file="A01.md")
SECOND = page(
    article("接着说。", title=None, kind=Kind.CONTINUATION, comes=jump("from", "A01", "①", 1)),
    article(title="没有正文的标题", position=2, line=5),
    label="A02",
    file="A02.md",
)


def told(readings: list[Reading]) -> list[list[tuple[str, str | None]]]:
    """The findings of each issue, as codes and pages."""
    return [
        [(one.code, one.page) for one in assembling.assemble(group.issue, group.found, GENERIC).findings]
        for group in assembling.group(readings)
    ]


def test_the_pages_of_a_paper_and_a_date_are_one_closed_issue() -> None:
    (group,) = assembling.group([as_read(SECOND), as_read(FRONT)])
    assert (group.issue.paper, group.issue.date, group.issue.closed) == ("焦作日报", THE_DAY, True)
    assert [one.label for one in group.issue.pages] == ["A01", "A02"]
    assert group.identity == KNOWN


def test_an_issue_is_assembled_with_what_its_pages_told() -> None:
    assert told([as_read(FRONT), as_read(SECOND)]) == [[("A001", "A02")]]
    assert told([as_read(SECOND)]) == [[("C001", "A02"), ("A001", "A02")]]


def test_one_file_or_two_make_no_difference() -> None:
    assert told([as_read(FRONT, SECOND)]) == told([as_read(SECOND), as_read(FRONT)])


def test_the_order_of_arrival_makes_no_difference() -> None:
    third = page(article("今天召开。", comes=jump("from", "A02", None, 1)), label="A03", file="A03.md")
    readings = [as_read(FRONT), as_read(SECOND), as_read(third)]
    assemblies = [
        assembling.assemble(group.issue, group.found, GENERIC)
        for order in permutations(readings)
        for group in assembling.group(order)
    ]
    assert all(one == assemblies[0] for one in assemblies)


def test_a_reading_that_cannot_be_told_is_an_issue_of_its_own() -> None:
    nameless = page(*SECOND.articles, label=None)
    issues = told([as_read(nameless, identity=UNKNOWN), as_read(FRONT), as_read(nameless, identity=UNKNOWN)])
    assert [[code for code, _ in found] for found in issues] == [
        ["P001", "C001", "A001"],
        ["C001"],
        ["P001", "C001", "A001"],
    ]


def test_a_rejected_file_keeps_its_finding() -> None:
    rejected = Reading(SOURCE, UNKNOWN, (), (rules.rejection(Unreadable("F001"), SOURCE),))
    assert told([rejected]) == [[("F001", None)]]


def test_of_two_readings_of_a_page_the_last_stands_with_its_findings() -> None:
    mended = page(SECOND.articles[0], label="A02", file="A02-2.md")
    (group,) = assembling.group([as_read(FRONT), as_read(SECOND), as_read(mended)])
    assert [one.file for one in group.issue.pages] == ["A01.md", "A02-2.md"]
    assert told([as_read(FRONT), as_read(SECOND), as_read(mended)]) == [[]]


def test_no_readings_make_no_issue() -> None:
    assert assembling.group([]) == ()
