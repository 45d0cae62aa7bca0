"""The bench in small: what the reading reaches on a few generated pages, and that the bench itself can count."""

import pytest

from tests import bench_reading
from tests.bench_reading import MARKED, UNMARKED, Bench
from tests.corpus import pages
from tests.corpus.scoring import BYLINES, DISPLACEMENTS, JUMPS, REPAIRS
from tests.corpus.tally import Tally, compare

# Below the targets of `make bench-reading`, which reads far more pages: a small corpus must not fail by chance.
FLOORS = {MARKED: 0.93, UNMARKED: 0.35, BYLINES: 0.95, JUMPS: 0.98, REPAIRS: 0.80, DISPLACEMENTS: 0.05}


@pytest.fixture(scope="module")
def bench() -> Bench:
    return bench_reading.measure(pages.samples(15, 96))


@pytest.mark.parametrize("name", FLOORS)
def test_the_reading_stays_above_the_floor(bench: Bench, name: str) -> None:
    assert bench.share(name) >= FLOORS[name]


def test_every_generated_file_is_read(bench: Bench) -> None:
    assert [sample.name for sample in bench.unread] == []


def test_every_measure_has_something_to_measure(bench: Bench) -> None:
    assert [name for name in FLOORS if bench.measures[name].right + bench.measures[name].missed < 10] == []


def test_shares_are_counted_from_right_wrong_and_missed() -> None:
    tally = compare({1, 2, 3}, {2, 3, 4, 5})
    assert tally == Tally(right=2, wrong=1, missed=2)
    assert (tally.precision, tally.recall, tally.f1) == (2 / 3, 0.5, 4 / 7)
    assert Tally().f1 == 1.0
