"""What speaks for a proposal: the first line of a page's text by which a person can judge it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from worker.newspaper import dates, markers, naming
from worker.newspaper.model import Direction
from worker.newspaper.paper import Papers


@dataclass(frozen=True, slots=True)
class Ground:
    """The words that speak for a proposed value, and the line that they stand on."""

    words: str
    line: int


def grounds(lines: Sequence[str], proposed: Mapping[str, str], papers: Papers) -> dict[str, Ground]:
    """Give what speaks for each proposed paper, date and page, as far as a line of the text does."""
    places = [naming.place_of(style)] if (style := papers.by_name(proposed.get("paper"))) else []
    found = {
        "paper": _named(lines, [name for name in (proposed.get("paper", ""), *places) if name]),
        "date": _dated(lines, proposed.get("date", "")),
        "page": _sent_on(lines, barred(proposed)),
    }
    return {term: ground for term, ground in found.items() if ground}


def barred(proposed: Mapping[str, str]) -> str:
    """Give the labels that the page cannot have, since its stories come from there: "not A01, A03" -> A01, A03."""
    said = proposed.get("page", "")
    return said.removeprefix("not ") if said.startswith("not ") else ""


def _named(lines: Sequence[str], names: Iterable[str]) -> Ground | None:
    """The paper's own name says more than the name of its place, wherever it stands."""
    told = (Ground(name, number) for name in names for number, line in enumerate(lines, 1) if name in line)
    return next(told, None)


def _dated(lines: Sequence[str], day: str) -> Ground | None:
    for number, line in enumerate(lines, 1):
        for found in dates.in_text(line):
            if found.date.isoformat() == day:
                return Ground(line[found.start : found.end], number)
    return None


def _sent_on(lines: Sequence[str], labels: str) -> Ground | None:
    """The first jump line that says that a story comes from one of these pages."""
    for number, line in enumerate(lines, 1):
        for jump in markers.find(line, number):
            if jump.direction is Direction.FROM and jump.page and jump.page in labels.split(", "):
                return Ground(jump.raw, number)
    return None
