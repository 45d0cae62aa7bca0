"""Which page a jump line means, when marks are one, and the chains that links form."""

import pytest

from worker.newspaper import jumps
from worker.newspaper.model import Certainty, Link, Place


@pytest.mark.parametrize(
    ("named", "seen_on", "present", "meant"),
    [
        ("A02", "A01", ["A01", "A02"], "A02"),
        ("02", "01", ["01", "02"], "02"),
        ("02", "A01", ["A01", "A02", "B02"], "A02"),  # a bare number: the same section
        ("02", "B01", ["A01", "A02", "B01", "B02"], "B02"),
        ("03", "B01", ["A01", "A03", "B01"], "A03"),  # else the front section
        ("A02", "01", ["01", "02"], "02"),  # the front section printed without its letter
        ("A02", "B01", ["02", "B01", "B02"], "02"),
        ("02", "B02", ["A02", "B02"], "A02"),  # no page goes on on itself: the front section is meant
        ("02", "B02", ["B02"], "02"),
        ("02", "A02", ["A02"], "A02"),  # unless it says so
        ("B02", "A01", ["A01", "02"], "B02"),
        ("A03", "A01", ["A01", "A02"], "A03"),  # not here: as it is named
        ("03", "A01", ["A01", "B03"], "03"),
        ("02", None, ["A01", "A02"], "A02"),  # seen on a page of which nothing is known
    ],
)
def test_a_jump_line_means_a_page(named: str, seen_on: str | None, present: list[str], meant: str) -> None:
    assert jumps.page_meant(named, seen_on, present) == meant


@pytest.mark.parametrize(
    ("one", "other"), [("①", "①"), ("①", "❶"), ("①", "⑴"), ("⑵", "(2)"), ("（2）", "②"), ("[3]", "③"), ("▲", "▲")]
)
def test_marks_that_are_one(one: str, other: str) -> None:
    assert jumps.same_mark(one, other)
    assert jumps.same_mark(other, one)


@pytest.mark.parametrize(("one", "other"), [("①", "②"), ("▲", "●"), ("①", None), (None, None), ("(1)", "(11)")])
def test_marks_that_are_not_one(one: str | None, other: str | None) -> None:
    assert not jumps.same_mark(one, other)


def place(at: str) -> Place:
    page, article = at.split(".")
    return Place(page, int(article), 10)


def link(head: str, tail: str, state: Certainty = Certainty.MADE) -> Link:
    return Link(place(head), place(tail), state, 1.0, ())


@pytest.mark.parametrize(
    ("links", "chains"),
    [
        ([], []),
        ([("A01.1", "A02.3")], [["A01.1", "A02.3"]]),
        ([("A02.3", "A03.1"), ("A01.1", "A02.3")], [["A01.1", "A02.3", "A03.1"]]),
        ([("A05.1", "A01.2")], [["A05.1", "A01.2"]]),  # backward is a story too
        ([("A01.1", "A02.1"), ("A02.1", "A01.1")], [["A01.1", "A02.1"]]),  # a loop is read once
        ([("A01.1", "A02.1"), ("A01.2", "A02.2")], [["A01.1", "A02.1"], ["A01.2", "A02.2"]]),
    ],
)
def test_links_form_chains_in_whatever_order_they_are_given(
    links: list[tuple[str, str]], chains: list[list[str]]
) -> None:
    expected = tuple(tuple(map(place, chain)) for chain in chains)
    assert jumps.chains([link(*ends) for ends in links]) == expected
    assert jumps.chains([link(*ends) for ends in reversed(links)]) == expected


def test_a_proposed_link_forms_no_chain() -> None:
    assert jumps.chains([link("A01.1", "A02.1", Certainty.PROPOSED)]) == ()
