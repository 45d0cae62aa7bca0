"""The parts of a story in the order of reading."""

import pytest

from worker.views.articles import in_reading_order

PLACES = {1: (1, "A01", 1), 2: (2, "A02", 9), 3: (3, "A03", 4)}


@pytest.mark.parametrize(
    ("following", "expected"),
    [
        ({1: 2, 2: 3}, [1, 2, 3]),
        ({3: 1, 1: 2}, [3, 1, 2]),  # a story that goes on on an earlier page
        ({1: 3}, [1, 3, 2]),
        ({}, [1, 2, 3]),
        ({1: 2, 2: 1}, [3, 1, 2]),  # a loop is entered at its first page
        ({1: 99}, [1, 2, 3]),
    ],
)
def test_a_story_follows_its_links_and_else_its_pages(following: dict[int, int], expected: list[int]) -> None:
    assert in_reading_order(PLACES, following) == expected
