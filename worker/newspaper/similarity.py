"""How much two texts have in common, and which of several belong together: rare character bigrams, one to one."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Vector = Mapping[str, float]  # the weight of each bigram of a text; the squares add up to 1

_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Rarity:
    """How much each bigram tells, by how few texts have it; `rarest` is what one tells that none of them has."""

    weights: Mapping[str, float]
    rarest: float


def rarity(texts: Sequence[str]) -> Rarity:
    """Count how rare the bigrams of these texts are (the smoothed inverse document frequency)."""
    having: Counter[str] = Counter()
    for text in texts:
        having.update(set(_bigrams(text)))
    by_count = [math.log((1 + len(texts)) / (1 + count)) + 1 for count in range(len(texts) + 1)]
    return Rarity({bigram: by_count[count] for bigram, count in having.items()}, by_count[0])


def vector(text: str, rarity: Rarity) -> Vector:
    """A text as its bigrams, each weighted by how often it comes and how rare it is."""
    weights = {
        bigram: (1 + math.log(count)) * rarity.weights.get(bigram, rarity.rarest)
        for bigram, count in Counter(_bigrams(text)).items()
    }
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {bigram: weight / length for bigram, weight in weights.items()}


def likeness(one: Vector, other: Vector) -> float:
    """What two texts have in common: 0 for nothing, 1 for all (the cosine of their vectors)."""
    fewer, more = sorted((one, other), key=len)
    return sum(weight * more[bigram] for bigram, weight in fewer.items() if bigram in more)


def assign(scores: Sequence[Sequence[float]]) -> tuple[tuple[int, int], ...]:
    """Pairs of row and column, one to one, whose scores add up to the most; as many pairs as the shorter side has.

    The Hungarian method with potentials, exact: for n rows and m columns its time grows with n * n * m.
    """
    if not scores or not scores[0]:
        return ()
    if len(scores) > len(scores[0]):
        return tuple(sorted((row, column) for column, row in assign(list(zip(*scores, strict=True)))))
    rows, columns = len(scores), len(scores[0])
    row_price, column_price = [0.0] * (rows + 1), [0.0] * (columns + 1)
    row_of = [0] * (columns + 1)  # the row that each column is given to; rows and columns count from 1, 0 is none
    for row in range(1, rows + 1):
        came_from = _cheapest_path(row, scores, row_price, column_price, row_of)
        column = came_from.pop()
        while column:  # each column on the path takes the row of the one before
            before = came_from[column]
            row_of[column] = row_of[before]
            column = before
    return tuple(sorted((row_of[column] - 1, column - 1) for column in range(1, columns + 1) if row_of[column]))


def _cheapest_path(
    row: int, scores: Sequence[Sequence[float]], row_price: list[float], column_price: list[float], row_of: list[int]
) -> list[int]:
    """Find the cheapest way to seat one more row, changing the prices; gives the way back, then the free column."""
    columns = len(column_price)
    slack, came_from, used = [math.inf] * columns, [0] * columns, [False] * columns
    row_of[0] = row
    here = 0
    while True:
        used[here] = True
        reached, best, ahead = row_of[here], math.inf, 0
        for column in range(1, columns):
            if used[column]:
                continue
            cost = -scores[reached - 1][column - 1] - row_price[reached] - column_price[column]
            if cost < slack[column]:
                slack[column], came_from[column] = cost, here
            if slack[column] < best:
                best, ahead = slack[column], column
        for column in range(columns):
            if used[column]:
                row_price[row_of[column]] += best
                column_price[column] -= best
            else:
                slack[column] -= best
        here = ahead
        if row_of[here] == 0:
            return [*came_from, here]


def _bigrams(text: str) -> Iterable[str]:
    """Every two characters that follow each other, white space left out."""
    text = _BLANKS.sub("", text)
    return map("".join, pairwise(text))
