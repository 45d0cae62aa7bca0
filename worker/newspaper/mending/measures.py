"""How well the parts of an article hold together: by the rare bigrams that they share, and by the places they name."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_PLACE_WEIGHT = 10.0  # of a place beside one bigram: a report keeps to its places
_PLACE = re.compile(r"[县区市镇乡村州]")  # 解放区, 修武县: any two characters before, for no place is known by name


@dataclass(frozen=True, slots=True)
class Measure:
    """How much each word of a page tells, by how few of its paragraphs have it.

    `having` counts the paragraphs that have a word; `bigrams` and `places` are the weights by that count. `known` are
    the words of each paragraph, so that none is taken apart twice.
    """

    having: Mapping[str, int]
    bigrams: Sequence[float]
    places: Sequence[float]
    known: Mapping[str, frozenset[str]]

    def words(self, text: str) -> frozenset[str]:
        """The words of a paragraph."""
        return self.known[text] if text in self.known else words(text)

    def weight(self, bigram: str) -> float:
        """How much one bigram tells; one that no paragraph has tells the most."""
        return self.bigrams[self.having.get(bigram, 0)]


@dataclass(frozen=True, slots=True)
class Hold:
    """How two parts of an article hold together above one of its paragraphs.

    `cut` is the normalised cut (Shi and Malik 2000): what the parts have in common, as a share of all that each has in
    common with anything; 0 for two articles, about 1 for one. `cohesion` is the cosine of the two.
    """

    cut: float
    cohesion: float


def words(text: str) -> frozenset[str]:
    """The bigrams and places of a text."""
    pairs = {text[at : at + 2] for at in range(len(text) - 1)}
    return frozenset(pairs.union(text[found.start() - 2 : found.end()] for found in _PLACE.finditer(text, 2)))


def measure(paragraphs: Iterable[str]) -> Measure:
    """Count how rare the words of these paragraphs are."""
    known = {text: words(text) for text in paragraphs}
    having: Counter[str] = Counter()
    for text in known.values():
        having.update(text)
    count = len(known)
    bigrams = [math.log((1 + count) / (1 + seen)) + 1 for seen in range(count + 1)]
    places = [_PLACE_WEIGHT * weight * (weight - 1) / bigrams[0] for weight in bigrams]
    return Measure(having, bigrams, places, known)


def holds(parts: Sequence[frozenset[str]], by: Measure) -> list[Hold]:
    """How an article holds together above each of its parts but the first, in time that grows with its length.

    What two parts have in common is the product of their vectors; what one side has in common within itself follows
    from the sum of its vectors, so that no pair of parts need be compared.
    """
    if len(parts) < 2:
        return []
    vectors = _vectors(parts, by)
    pairs, total = 0.0, _Sum()
    for vector in vectors:
        pairs += total.add(vector)
    above, upper, across = _Sum(), 0.0, 0.0
    found: list[Hold] = []
    for at, vector in enumerate(vectors):
        if at:
            lower = max(0.0, pairs - upper - across)
            found.append(_hold(across, upper, lower, at, len(vectors) - at))
        inside = above.add(vector)
        upper += inside
        across += total.product(vector) - sum(weight * weight for weight in vector.values()) - 2 * inside
    return found


class _Sum:
    """A sum of vectors."""

    __slots__ = ("weights",)

    def __init__(self) -> None:
        self.weights: dict[str, float] = {}

    def product(self, vector: Mapping[str, float]) -> float:
        """What it has in common with a vector."""
        return sum([weight * self.weights.get(word, 0.0) for word, weight in vector.items()])

    def add(self, vector: Mapping[str, float]) -> float:
        """Add a vector; gives what the two have in common."""
        common = self.product(vector)
        for word, weight in vector.items():
            self.weights[word] = self.weights.get(word, 0.0) + weight
        return common


def _vectors(parts: Sequence[frozenset[str]], by: Measure) -> list[dict[str, float]]:
    """Each part as the words that another part has too, weighted by their rarity; the longer a part, the less each."""
    count: Counter[str] = Counter()
    for part in parts:
        count.update(part)
    recurring = {word for word, seen in count.items() if seen > 1}
    vectors = []
    for part in parts:
        length = by.bigrams[0] * math.sqrt(len(part) or 1)
        having, bigrams, places = by.having, by.bigrams, by.places
        vectors.append(
            {word: (places if len(word) > 2 else bigrams)[having.get(word, 0)] / length for word in part & recurring}
        )
    return vectors


def _hold(across: float, upper: float, lower: float, above: int, below: int) -> Hold:
    """From what both sides have in common, what the parts of each have, and how many parts each has."""
    if across < _NOTHING:
        return Hold(0.0, 0.0)
    cut = across / (across + upper) + across / (across + lower)
    return Hold(cut, across / math.sqrt((above + 2 * upper) * (below + 2 * lower)))


_NOTHING = 1e-9
