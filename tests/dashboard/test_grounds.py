"""What speaks for a proposal, found in the page's text."""

from pathlib import Path

import pytest

from worker.dashboard.grounds import Ground, barred, grounds
from worker.newspaper.paper import Papers
from worker.settings import papers

KNOWN: Papers = papers(Path(__file__).parents[2] / "config")
LINES = [
    "# 解放区创建",
    "焦作市于8月15日开会。",
    "2022年8月15日",
    "本报焦作讯。焦作日报社",
    "(上接A01版①)续文",
    "(下转A03版)",
]


@pytest.mark.parametrize(
    ("proposed", "expected"),
    [
        ({"paper": "焦作日报"}, {"paper": Ground("焦作日报", 4)}),
        ({"date": "2022-08-15"}, {"date": Ground("2022年8月15日", 3)}),
        ({"page": "not A01"}, {"page": Ground("(上接A01版①)", 5)}),
        ({"page": "not A03"}, {}),
        ({"paper": "不见经传报", "date": "2022-08-16"}, {}),
        ({}, {}),
    ],
)
def test_the_first_line_that_speaks_for_a_value_is_told(proposed: dict[str, str], expected: dict[str, Ground]) -> None:
    assert grounds(LINES, proposed, KNOWN) == expected


def test_a_paper_that_is_not_named_is_proposed_for_its_place() -> None:
    assert grounds(LINES[:2], {"paper": "焦作日报"}, KNOWN) == {"paper": Ground("焦作", 2)}


@pytest.mark.parametrize(
    ("proposed", "labels"), [({"page": "not A01, A03"}, "A01, A03"), ({"page": "A02"}, ""), ({}, "")]
)
def test_labels_that_a_page_cannot_have_are_told_from_one_that_is_proposed(
    proposed: dict[str, str], labels: str
) -> None:
    assert barred(proposed) == labels
