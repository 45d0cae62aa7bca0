"""Words that findings speak of, cut out of the lines they stand on."""

from datetime import UTC, datetime

import pytest

from worker.dashboard.marking import Stretch, stretches
from worker.newspaper.model import Severity
from worker.tables import FindingState
from worker.views.findings import Finding


def finding(
    line: int, column: int | None, end_line: int | None, end_column: int | None, severity: Severity = Severity.ERROR
) -> Finding:
    return Finding(
        id=f"f{line}{column or 0}",
        code="M001",
        name="unbalanced-brackets",
        severity=severity,
        state=FindingState.OPEN,
        issue=None,
        page=None,
        line=line,
        message="",
        delivery=None,
        first_seen=datetime(2026, 1, 1, tzinfo=UTC),
        resolved_at=None,
        page_id=None,
        article=None,
        column=column,
        end_line=end_line,
        end_column=end_column,
        excerpt="",
    )


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([], (Stretch("出台《支持", None),)),
        ([finding(1, 3, 1, 4)], (Stretch("出台"), Stretch("《", Severity.ERROR, ("f13",)), Stretch("支持"))),
        ([finding(1, 4, 2, 3)], (Stretch("出台《"), Stretch("支持", Severity.ERROR, ("f14",)))),
        ([finding(1, 1, 1, 99)], (Stretch("出台《支持", Severity.ERROR, ("f11",)),)),
        ([finding(1, 9, 1, 12)], (Stretch("出台《支持"),)),
        ([finding(1, None, 1, None)], (Stretch("出台《支持"),)),
        ([finding(2, 1, 2, 2)], (Stretch("出台《支持"),)),
        (
            [finding(1, 1, 1, 4, Severity.INFO), finding(1, 3, 1, 6)],
            (
                Stretch("出台", Severity.INFO, ("f11",)),
                Stretch("《", Severity.ERROR, ("f11", "f13")),
                Stretch("支持", Severity.ERROR, ("f13",)),
            ),
        ),
    ],
)
def test_a_line_is_cut_where_findings_begin_and_end(told: list[Finding], expected: tuple[Stretch, ...]) -> None:
    assert stretches(1, "出台《支持", told) == expected


def test_the_second_line_of_a_finding_is_marked_from_its_beginning() -> None:
    assert stretches(2, "高质量", [finding(1, 4, 2, 3)]) == (Stretch("高质", Severity.ERROR, ("f14",)), Stretch("量"))


def test_an_empty_line_has_nothing_to_cut() -> None:
    assert stretches(1, "", [finding(1, 1, 1, 1)]) == ()
