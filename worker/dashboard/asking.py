"""What people and programs may ask with: ids in paths, filters in queries, each checked before a table is asked."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from fastapi import Depends, HTTPException, Path, Query
from pydantic import AwareDatetime, BeforeValidator, Field, StringConstraints

from worker.newspaper.model import Kind, Severity
from worker.tables import AlertKind, AlertState, FindingState, IssueState, Stage
from worker.views import ids, shown


def _unsaid(value: Any) -> Any:
    """A form sends an empty field for a filter that nobody chose."""
    return None if value == "" else value


_Unsaid = BeforeValidator(_unsaid)

# NUL cannot be stored by PostgreSQL, so nothing that contains it can be found.
Words = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$", strip_whitespace=True)]
Given = Annotated[Words | None, _Unsaid]

Limit = Annotated[int, Query(ge=0, le=100_000, description="How many to give at most, newest first; 0 for all.")]
Name = Annotated[Given, Query(description="A part of the file's name.")]
StageAsked = Annotated[Stage | None, _Unsaid, Query(alias="stage", description="How far they have got.")]
Since = Annotated[
    Annotated[AwareDatetime, Field(ge=datetime(1970, 1, 1, tzinfo=UTC), le=datetime(9000, 1, 1, tzinfo=UTC))] | None,
    _Unsaid,
    Query(description="Received then or later; a time with its zone, such as 2026-01-31T08:00:00Z."),
]
Paper = Annotated[Given, Query(description="A part of the paper's name, or its code.")]
On = Annotated[date | None, _Unsaid, Query(alias="date", description="The issue's date, such as 2022-08-15.")]
IssueStateAsked = Annotated[IssueState | None, _Unsaid, Query(alias="state", description="Whether pages may come.")]
KindAsked = Annotated[Kind | None, _Unsaid, Query(alias="kind", description="What it is to its reader.")]
Text = Annotated[Given, Query(description="A part of the headline.")]
FindingStateAsked = Annotated[FindingState | None, _Unsaid, Query(alias="state", description="Whether it holds.")]
SeverityAsked = Annotated[Severity | None, _Unsaid, Query(alias="severity", description="How much it asks of people.")]
# The page of findings opens on what asks something of people; "all" is an empty field there.
FindingStateChosen = Annotated[FindingState | None, _Unsaid, Query(alias="state")]
SeverityChosen = Annotated[Severity | Literal["grave"] | None, _Unsaid, Query(alias="severity")]
Code = Annotated[Given, Query(description="The rule's code, such as C001.")]
AlertStateAsked = Annotated[AlertState | None, _Unsaid, Query(alias="state", description="Whether people were told.")]
AlertKindAsked = Annotated[AlertKind | None, _Unsaid, Query(alias="kind", description="What it tells.")]
Group = Annotated[Given, Query(description="What it is gathered by: i3, d12 or system.")]


def _named(kind: ids.Kind) -> Callable[[str], int]:
    def number(which: Annotated[str, Path(alias="id", description="Its id.", examples=[f"{kind}12"])]) -> int:
        try:
            return ids.number(which, kind)
        except ids.WrongId as wrong:
            raise HTTPException(404, str(wrong)) from None

    return number


def _filter(kind: ids.Kind, name: str) -> Callable[[str | None], int | None]:
    def number(
        which: Annotated[Given, Query(alias=name, description="Its id.", examples=[f"{kind}12"])] = None,
    ) -> int | None:
        try:
            return ids.number(which, kind) if which else None
        except ids.WrongId as wrong:
            raise HTTPException(422, f"The parameter {name} is wrong: {wrong}") from None

    return number


DeliveryNumber = Annotated[int, Depends(_named(ids.Kind.DELIVERY))]
IssueNumber = Annotated[int, Depends(_named(ids.Kind.ISSUE))]
PageNumber = Annotated[int, Depends(_named(ids.Kind.PAGE))]
ArticleNumber = Annotated[int, Depends(_named(ids.Kind.ARTICLE))]
FindingNumber = Annotated[int, Depends(_named(ids.Kind.FINDING))]
AlertNumber = Annotated[int, Depends(_named(ids.Kind.ALERT))]

OfIssue = Annotated[int | None, Depends(_filter(ids.Kind.ISSUE, "issue"))]
OfPage = Annotated[int | None, Depends(_filter(ids.Kind.PAGE, "page"))]

DEFAULT = shown.LIMIT
