"""Placing a page: what a person says that it is, and what stands against that."""

import dataclasses
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from worker import desk
from worker.house import House


class Question(StrEnum):
    """What a person is asked before a page is placed."""

    REPLACE = "replace"  # another page stands there: shall it give way?
    NEW_PAPER = "new_paper"  # nobody has heard of this paper: is it a new one?


@dataclass(frozen=True, slots=True)
class Placing:
    """What was said of a page, what was agreed to, and why it was not placed: a refusal, perhaps with a question."""

    paper: str | None = None
    date: str | None = None
    page: str | None = None
    replace: bool = False
    new_paper: bool = False
    refused: str = ""
    question: Question | None = None


def place(here: House, what: str, said: Placing) -> int | Placing:
    """Place the page and give its issue, or give what was said with what stands against it."""
    try:
        day = date.fromisoformat(said.date) if said.date else None
    except ValueError:
        return dataclasses.replace(said, refused=f"{said.date!r} is no date; dates look like 2022-08-15.")
    try:
        return desk.identify(here, what, said.paper, day, said.page, replace=said.replace, new_paper=said.new_paper)
    except desk.Occupied as refused:
        return dataclasses.replace(said, refused=str(refused), question=Question.REPLACE)
    except desk.UnknownPaper as refused:
        return dataclasses.replace(said, refused=str(refused), question=Question.NEW_PAPER)
    except desk.Refused as refused:
        return dataclasses.replace(said, refused=str(refused))
