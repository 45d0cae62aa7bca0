"""What jump lines mean among the pages of an issue: the page they name, their marks, and the chains they make."""

import re
import unicodedata
from collections.abc import Iterable

from worker.newspaper import labels
from worker.newspaper.model import Certainty, Link, Place

_FRONT = "A"  # the letter of the front section, whose pages may also be labelled by their bare numbers


def page_meant(named: str, seen_on: str | None, present: Iterable[str]) -> str:
    """The label among those present that a jump line on the page `seen_on` means by `named`; all in normal form.

    A bare number means another page of the same section or, failing that, one of the front section. When none of
    them is meant, what is named is given back as it is.
    """
    by_parts = {_parts(label): label for label in present}
    section, number = _parts(named)
    sections = [section, ""] if section == _FRONT else [section]
    if not section:
        own, own_number = _parts(seen_on) if seen_on else ("", 0)
        inner = own not in ("", _FRONT) and number != own_number
        sections = [own, "", _FRONT] if inner else ["", _FRONT]
    return next((by_parts[one, number] for one in sections if (one, number) in by_parts), named)


def same_mark(one: str | None, other: str | None) -> bool:
    """Whether two marks of jump lines are one: ① is ❶, ⑴ and (1); ▲ is only ▲. Two lines without marks share none."""
    return one is not None and other is not None and folded(one) == folded(other)


def folded(mark: str) -> str:
    """A mark by its number, if it has one: 1 for ①, ❶, ⑴ and (1)."""
    bare = unicodedata.normalize("NFKC", mark).strip("()[]【】〔〕 ")
    value = unicodedata.numeric(bare, None) if len(bare) == 1 else None
    return bare if value is None else f"{value:g}"


def chains(links: Iterable[Link]) -> tuple[tuple[Place, ...], ...]:
    """The chains that made links form, each in the order of reading; a loop is read once, from its first half on.

    Every half has the place at which a reader comes to it: its `from` line, or the `to` line of the first one.
    """
    made = [link for link in links if link.state is Certainty.MADE]
    following = {_half(link.head): link.tail for link in made}
    begun = {_half(link.tail) for link in made}
    firsts = sorted((link.head for link in made), key=lambda place: (_half(place) in begun, *_half(place)))
    seen: set[tuple[str, int]] = set()
    found = []
    for first in firsts:
        chain: list[Place] = []
        place: Place | None = first
        while place is not None and _half(place) not in seen:
            seen.add(_half(place))
            chain.append(place)
            place = following.get(_half(place))
        if chain:
            found.append(tuple(chain))
    return tuple(found)


def _half(place: Place) -> tuple[str, int]:
    """The article that stands there."""
    return (place.page, place.article)


def _parts(label: str) -> tuple[str, int]:
    """A02 is ("A", 2)."""
    return labels.section(label), labels.number(label) if re.search(r"\d", label) else 0
