"""Ids as people type them."""

import pytest

from worker.views import ids
from worker.views.ids import Kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("d12", (Kind.DELIVERY, 12)),
        ("i3", (Kind.ISSUE, 3)),
        ("p4", (Kind.PAGE, 4)),
        ("a45", (Kind.ARTICLE, 45)),
        ("f7", (Kind.FINDING, 7)),
        ("n9", (Kind.ALERT, 9)),
        (" D12\n", (Kind.DELIVERY, 12)),
        ("a9223372036854775807", (Kind.ARTICLE, 2**63 - 1)),
    ],
)
def test_an_id_says_what_it_names(text: str, expected: tuple[Kind, int]) -> None:
    assert ids.parse(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "12", "x12", "d", "d0", "d-1", "d1.5", "dd1", "d 1", "d１２", "d9223372036854775808", "d" + "9" * 99, "\x00"],
)
def test_what_is_no_id_is_told_with_examples(text: str) -> None:
    with pytest.raises(ids.WrongId, match="is no id: d12 is a delivery"):
        ids.parse(text)


@pytest.mark.parametrize("text", ["12", "d12", " 12 "])
def test_where_the_kind_is_clear_the_number_will_do(text: str) -> None:
    assert ids.number(text, Kind.DELIVERY) == 12


def test_an_id_of_another_kind_is_refused() -> None:
    with pytest.raises(ids.WrongId, match=r"a12 names an article, and a delivery is asked for \(such as d12\)\."):
        ids.number("a12", Kind.DELIVERY)
