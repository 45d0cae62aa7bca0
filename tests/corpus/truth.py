"""What is true of a made-up file: whose each line is, whom it names, where it jumps, what was torn apart."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tests.corpus.layouts import Row
from tests.corpus.pieces import Genre, Jump, Person, Placed, Role

Paragraph = tuple[int, int]  # an owner and the place of one of its parts


@dataclass(frozen=True, slots=True)
class Displaced:
    """Lines that stand under another article than their own."""

    lines: frozenset[int]
    owner: int


@dataclass(frozen=True, slots=True)
class Truth:
    """The truth of one file; lines are 1-based. Lines of pure markup are in none of these."""

    articles: dict[int, frozenset[int]]  # by owner, without displaced lines
    genres: dict[int, Genre]
    furniture: frozenset[int]
    displaced: tuple[Displaced, ...]
    paragraphs: dict[int, Paragraph]  # by line
    splits: frozenset[tuple[int, int]]  # the last line of a paragraph's first half and the first of its second
    merged: frozenset[int]  # rows whose first cell belongs to the row above
    people: frozenset[tuple[Paragraph, Person]]
    jumps: frozenset[tuple[Paragraph, Jump]]

    @property
    def moved(self) -> frozenset[int]:
        """All displaced lines."""
        return frozenset(line for one in self.displaced for line in one.lines)


@dataclass(frozen=True, slots=True)
class Sample:
    """A file with its truth; `form` and `faults` are for the tables of the bench."""

    name: str
    data: bytes
    form: str
    marked: bool
    truth: Truth
    faults: frozenset[str] = field(default_factory=frozenset)


def tell(rows: Sequence[Row], genres: dict[int, Genre]) -> Truth:
    """The truth of a file of these lines, whose articles are of these genres."""
    placed = {line: row.placed for line, row in enumerate(rows, 1) if row.placed is not None}
    own: dict[int, set[int]] = defaultdict(set)
    moved: dict[int, set[int]] = defaultdict(set)
    for line, one in placed.items():
        (moved if one.displaced else own)[one.owner].add(line)
    furniture = {line for owner, lines in own.items() if genres[owner] is Genre.FURNITURE for line in lines}
    return Truth(
        articles={owner: frozenset(lines) for owner, lines in own.items() if genres[owner] is not Genre.FURNITURE},
        genres=genres,
        furniture=frozenset(furniture),
        displaced=tuple(Displaced(frozenset(lines), owner) for owner, lines in moved.items()),
        paragraphs={line: (one.owner, one.at) for line, one in placed.items()},
        splits=frozenset(_splits(placed)),
        merged=frozenset(line for line, one in placed.items() if one.part.is_merged),
        people=frozenset(
            ((one.owner, one.at), person)
            for one in placed.values()
            for person in one.part.people
            if one.part.role is not Role.FURNITURE
        ),
        jumps=frozenset(((one.owner, one.at), one.part.jump) for one in placed.values() if one.part.jump),
    )


def _splits(placed: dict[int, Placed]) -> Iterable[tuple[int, int]]:
    """Where one paragraph was cut in two parts."""
    lines = sorted(placed)
    for upper, lower in pairwise(lines):
        above, below = placed[upper], placed[lower]
        if (above.owner, above.at) == (below.owner, below.at) and above.part is not below.part:
            yield upper, lower
