"""Ids as people type them: d12 is a delivery, i3 an issue, p4 a page, a45 an article, f7 a finding, n9 an alert."""

import re
from enum import StrEnum

# What a 64-bit key can hold: a larger number names nothing, and would be an error in the database.
LARGEST = 2**63 - 1


class Kind(StrEnum):
    """What an id names, by its letter."""

    DELIVERY = "d"
    ISSUE = "i"
    PAGE = "p"
    ARTICLE = "a"
    FINDING = "f"
    ALERT = "n"


class WrongId(ValueError):
    """One sentence that says what an id looks like."""


def parse(text: str) -> tuple[Kind, int]:
    """Give what `text` names and its number; raises WrongId."""
    match = re.fullmatch(r"([dipafn])([0-9]{1,19})", text.strip().lower())  # d12
    if match is None or not 0 < int(match[2]) <= LARGEST:
        shown = text if len(text) <= 40 else f"{text[:39]}…"
        raise WrongId(
            f"{shown!r} is no id: d12 is a delivery, i3 an issue, p4 a page, a45 an article, f7 a finding, n9 an alert."
        )
    return Kind(match[1]), int(match[2])


def number(text: str, kind: Kind) -> int:
    """Give the number of an id that must name a `kind`; the bare number is taken too. Raises WrongId."""
    if re.fullmatch(r"[0-9]{1,19}", text.strip()):
        text = f"{kind}{text.strip()}"
    named, found = parse(text)
    if named is not kind:
        raise WrongId(f"{text} names {_A[named]}, and {_A[kind]} is asked for (such as {kind}12).")
    return found


def delivery(number: int) -> str:
    """Give a delivery's id."""
    return f"{Kind.DELIVERY}{number}"


def issue(number: int) -> str:
    """Give an issue's id."""
    return f"{Kind.ISSUE}{number}"


def page(number: int) -> str:
    """Give a page's id."""
    return f"{Kind.PAGE}{number}"


def article(number: int) -> str:
    """Give an article's id."""
    return f"{Kind.ARTICLE}{number}"


def finding(number: int) -> str:
    """Give a finding's id."""
    return f"{Kind.FINDING}{number}"


def alert(number: int) -> str:
    """Give an alert's id."""
    return f"{Kind.ALERT}{number}"


_A = {
    Kind.DELIVERY: "a delivery",
    Kind.ISSUE: "an issue",
    Kind.PAGE: "a page",
    Kind.ARTICLE: "an article",
    Kind.FINDING: "a finding",
    Kind.ALERT: "an alert",
}
