"""What was found rightly, found wrongly and missed, and the three shares that say how well that is."""

from collections.abc import Hashable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass


@dataclass(slots=True)
class Tally:
    """Found rightly, found wrongly, missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, other: "Tally") -> None:
        """Add another tally to this one."""
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 when there was nothing to find and nothing was found."""
        everything = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / everything if everything else 1.0

    @property
    def precision(self) -> float:
        """How much of what was found is right."""
        found = self.right + self.wrong
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """How much of what is true was found."""
        wanted = self.right + self.missed
        return self.right / wanted if wanted else 1.0


def compare(found: AbstractSet[Hashable], wanted: AbstractSet[Hashable]) -> Tally:
    """What two sets have in common and what each has alone."""
    return Tally(len(found & wanted), len(found - wanted), len(wanted - found))
