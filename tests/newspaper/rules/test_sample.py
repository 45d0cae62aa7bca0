"""The rules on the sample issue as it is really read: A02, and the A01 that its two continuations come from."""

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from tests.newspaper.build import KNOWN, article, jump, page
from worker.newspaper import assembling, reader, rules
from worker.newspaper.model import Block, BlockKind, Certainty, Page, Place, Reading, Severity
from worker.newspaper.paper import GENERIC, Papers

SAMPLES = Path(__file__).parents[2] / "samples"
ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


def sample(label: str) -> Reading:
    """A page of the sample issue, read as it would be."""
    name = f"焦作日报-2022-08-15-{label}.md"
    return reader.read(name, (SAMPLES / name).read_bytes(), Papers())


A01, A02 = sample("A01"), sample("A02")
PAGE = (SAMPLES / "焦作日报-2022-08-15-A02.md").read_bytes()


def assembled(*readings: Reading, closed: bool = True) -> assembling.Assembly:
    (group,) = assembling.group(readings)
    return assembling.assemble(replace(group.issue, closed=closed), group.found, GENERIC)


def told(assembly: assembling.Assembly) -> list[tuple[str, Severity, int | None, int | None]]:
    return [(one.code, one.severity, one.line, one.column) for one in assembly.findings]


OF_THE_PAGE = [
    ("A001", ERROR, 3, 1),
    ("A005", INFO, 9, 97),
    ("A005", INFO, 19, 84),
    ("A003", ERROR, 57, 1),
    ("A006", WARNING, 57, 1),
    ("A005", INFO, 59, 98),
    ("A004", ERROR, 109, 33),
    ("M001", ERROR, 109, 33),
    ("M005", WARNING, 113, 90),
]


def in_order(*more: tuple[str, Severity, int, int]) -> list[tuple[str, Severity, int | None, int | None]]:
    return sorted([*OF_THE_PAGE, *more], key=lambda one: (one[2], one[3], one[0]))


def test_while_the_issue_is_open_both_continuations_wait() -> None:
    assert told(assembled(A02, closed=False)) == in_order(("C002", INFO, 69, 1), ("C002", INFO, 149, 1))


def test_when_the_issue_has_closed_both_are_unmatched() -> None:
    assert told(assembled(A02)) == in_order(("C001", ERROR, 69, 1), ("C001", ERROR, 149, 1))


def test_the_front_page_has_nothing_wrong_by_itself() -> None:
    assert A01.findings == ()


def test_with_the_front_page_both_stories_read_through() -> None:
    for readings in permutations([A01, A02]):
        assembly = assembled(*readings)
        assert told(assembly) == OF_THE_PAGE
        assert [(one.head.page, one.tail.page, one.tail.line, one.state) for one in assembly.links] == [
            ("A01", "A02", 69, Certainty.MADE),
            ("A01", "A02", 149, Certainty.MADE),
        ]
        assert assembly.stories == (
            (Place("A01", 1, 17), Place("A02", 9, 69)),
            (Place("A01", 3, 33), Place("A02", 13, 149)),
        )


def test_under_a_name_that_tells_nothing_it_asks_and_tells_the_rest_all_the_same() -> None:
    nameless = reader.read("000_52dbe719001a33ae.txt", PAGE, Papers())
    codes = [one.code for one in assembled(nameless).findings]
    assert codes == ["P001", "A001", "A005", "A005", "A003", "A006", "A005", "C001", "A004", "M001", "M005", "C001"]


def test_its_fingerprints_stay_when_a_line_is_put_above() -> None:
    moved = reader.read(A02.source.name, b"\n\n" + PAGE, Papers())
    assert [one.fingerprint for one in moved.findings] == [one.fingerprint for one in A02.findings]
    assert [(one.line or 0) - 2 for one in moved.findings] == [one.line for one in A02.findings]


HOSTILE = {
    "opening marks": "《" * 20_000 + "）" * 20_000,
    "closing marks": "》" * 20_000,
    "quotations": "「" * 20_000,
    "nested pairs": "（《" * 10_000 + "》）" * 10_000,
    "blanks": " " * 40_000,
    "digits": "1 " * 20_000,
    "doubled words": "甲乙丙甲乙丙，" * 5_000,
    "one run": "甲" * 40_000,
}


@pytest.mark.timeout(10)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_checked_in_time_and_told_in_a_few_findings(text: str) -> None:
    block = Block(BlockKind.PARAGRAPH, text, (1,))
    one = replace(article(title=None), body=(block,))
    hostile = Page("A02", None, None, (one,), (text,))
    assert len(rules.check_page(hostile, KNOWN, GENERIC)) <= 42


@pytest.mark.timeout(10)
def test_a_page_of_jump_lines_is_linked_and_checked_in_time() -> None:
    heads = [article("甲", position=at, line=at * 3, goes=jump("to", "A02", None, at * 3 + 2)) for at in range(1, 2001)]
    tails = [article("甲", position=at, line=at * 3, comes=jump("from", "A01", None, at * 3)) for at in range(1, 2001)]
    readings = [
        Reading(A02.source, KNOWN, (page(*some, label=label),)) for label, some in (("A01", heads), ("A02", tails))
    ]
    assembly = assembled(*readings)
    assert (assembly.links, len(assembly.findings)) == ((), 4000)
