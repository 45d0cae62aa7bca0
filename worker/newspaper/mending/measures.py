"""How alike two texts of a page are: by their rare bigrams, and by the places that they name."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from worker.newspaper import similarity

_PLACE_WEIGHT = 0.9  # of the rarest place, beside all bigrams together, which weigh 1

# 解放区, 修武县, 清化镇: a report keeps to its places; found wherever they could stand, for none is known by name.
_PLACE = re.compile(r"(?=([\u4e00-\u9fff]{2}[县区市镇乡村州]))")


@dataclass(frozen=True, slots=True)
class Measure:
    """How much each bigram and each place of a page tells."""

    rarity: similarity.Rarity
    places: Mapping[str, float]


def measure(texts: Sequence[str]) -> Measure:
    """Count how rare the bigrams and places of these texts are."""
    having: Counter[str] = Counter()
    for text in texts:
        having.update(set(_PLACE.findall(text)))
    most = math.log(len(texts) + 1) or 1.0
    places = {place: math.log((len(texts) + 1) / (count + 1)) / most for place, count in having.items()}
    return Measure(similarity.rarity(texts), places)


def vector(text: str, by: Measure) -> similarity.Vector:
    """A text as its bigrams and places; the squares add up to 1."""
    bigrams = similarity.vector(text, by.rarity)
    places = {f"{place}·": _PLACE_WEIGHT * by.places.get(place, 1.0) for place in set(_PLACE.findall(text))}
    length = math.sqrt(1 + sum(weight * weight for weight in places.values()))
    return {word: weight / length for word, weight in {**bigrams, **places}.items()}
