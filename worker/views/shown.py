"""What all views have in common: frozen values with described fields, counts by severity, the newest of a list."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVarTuple

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from worker.newspaper.model import Severity
from worker.tables import Finding, FindingState

Columns = TypeVarTuple("Columns")

# How many a list gives when nobody says.
LIMIT = 50


class Shown(BaseModel):
    """A value that people or programs are shown."""

    model_config = ConfigDict(frozen=True)


class Counts(Shown):
    """How many open findings there are of each severity."""

    error: int = 0
    warning: int = 0
    info: int = 0

    @property
    def all(self) -> int:
        """How many there are altogether."""
        return self.error + self.warning + self.info


class Link(Shown):
    """Two articles that belong together: the head goes on in the tail."""

    head: str = Field(description="The article that goes on elsewhere.", examples=["a3"])
    head_page: str | None = Field(description="The label of its page.", examples=["A01"])
    head_page_id: str = Field(description="That page.", examples=["p1"])
    head_line: int = Field(description="The line of its 下转 marker.")
    head_title: str | None = Field(description="Its headline.")
    tail: str = Field(description="The article that it goes on in.", examples=["a45"])
    tail_page: str | None = Field(description="The label of its page.", examples=["A02"])
    tail_page_id: str = Field(description="That page.", examples=["p4"])
    tail_line: int = Field(description="The line of its 上接 marker.")
    tail_title: str | None = Field(description="Its headline.")
    state: str = Field(description="made: they are one story; proposed: a person is asked.", examples=["made"])
    score: float = Field(description="How well they fit, from 0 to 1.")
    evidence: list[str] = Field(description="What speaks for it.")


def newest(query: Select[*Columns], key: InstrumentedAttribute[int], limit: int) -> Select[*Columns]:
    """Give the query for the `limit` newest rows, newest first; 0 for all."""
    query = query.order_by(key.desc())
    return query.limit(limit) if limit > 0 else query


def open_findings(
    session: Session, by: InstrumentedAttribute[int | None], among: Select[int] | Iterable[int]
) -> dict[int, Counts]:
    """Count open findings by the column `by`, for those of its values that are `among` these."""
    counted: dict[int, dict[str, int]] = defaultdict(dict)
    rows = session.execute(
        select(by, Finding.severity, func.count())
        .where(Finding.state == FindingState.OPEN, by.in_(among))
        .group_by(by, Finding.severity)
    )
    for place, severity, count in rows:
        if place is not None:
            counted[place][Severity(severity).value] = count
    return {place: Counts(**counts) for place, counts in counted.items()}
