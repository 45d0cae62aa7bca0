"""Findings, as people are shown them: what a rule says, where, and whether it still holds."""

import datetime as dt
from collections.abc import Iterable

from pydantic import Field
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from worker import rows, tables
from worker.newspaper import model, rules
from worker.newspaper.rules import Language
from worker.tables import FindingState
from worker.views import ids, shown


class Finding(shown.Shown):
    """What a rule says about a delivery, a page or an issue."""

    id: str = Field(examples=["f7"])
    code: str = Field(description="The rule's code, which never changes its meaning.", examples=["C001"])
    name: str = Field(description="The rule's name.", examples=["unmatched-continuation"])
    severity: model.Severity = Field(
        description="error: a person must act; warning: probably wrong; info: worth knowing."
    )
    state: FindingState = Field(description="open: it holds; resolved: it has been mended; ignored: a person said so.")
    issue: str | None = Field(description="The issue's id.", examples=["i3"])
    page: str | None = Field(description="The page's label.", examples=["A02"])
    line: int | None = Field(description="The line of the page's text, from 1.", examples=[69])
    message: str = Field(description="What is wrong, in one sentence.")
    delivery: str | None = Field(description="The delivery that it came with.", examples=["d12"])
    first_seen: dt.datetime
    resolved_at: dt.datetime | None
    page_id: str | None = Field(description="The page's id.", examples=["p4"])
    article: int | None = Field(description="The article's position on its page.")
    column: int | None = Field(description="The first character of the place, from 1.")
    end_line: int | None
    end_column: int | None = Field(description="The character after the last one.")
    excerpt: str = Field(description="The words themselves.")
    paper: str | None = Field(None, description="The paper of its issue, where that is known.")
    date: dt.date | None = Field(None, description="The date of its issue, where that is known.")
    file: str | None = Field(None, description="The name of the file it came with.")

    @property
    def is_open(self) -> bool:
        """Whether it still holds."""
        return self.state is FindingState.OPEN


class FindingWhole(Finding):
    """A finding with what its rule has to say."""

    why: str = Field(description="Why it matters.")
    example: str = Field(description="What it looks like.")
    help: str = Field(description="How to mend it.")


def listed(
    session: Session,
    language: Language,
    *,
    state: FindingState | None = None,
    severity: model.Severity | None = None,
    at_least: model.Severity | None = None,
    code: str | None = None,
    issue: int | None = None,
    page: int | None = None,
    delivery: int | None = None,
    among: Iterable[int] | None = None,
    limit: int = shown.LIMIT,
) -> list[Finding]:
    """Give findings, newest first; `at_least` leaves out the less severe, 0 as the limit gives all."""
    query = _rows()
    wanted = (
        (tables.Finding.state, state),
        (tables.Finding.severity, severity),
        (tables.Finding.code, code.upper() if code else None),
        (tables.Finding.issue_id, issue),
        (tables.Finding.page_id, page),
        (tables.Finding.delivery_id, delivery),
    )
    query = query.where(*(column == value for column, value in wanted if value is not None))
    if at_least is not None:
        grave = [one for one in model.Severity if one.rank <= at_least.rank]
        query = query.where(tables.Finding.severity.in_(grave))
    if among is not None:
        query = query.where(tables.Finding.id.in_(among))
    return [_view(*row, language) for row in session.execute(shown.newest(query, tables.Finding.id, limit))]


def single(session: Session, number: int, language: Language) -> FindingWhole | None:
    """Give one finding, whole; None if there is none of this number."""
    found = session.execute(_rows().where(tables.Finding.id == number)).first()
    if found is None:
        return None
    view = _view(*found, language)
    rule = rules.CATALOGUE.get(view.code)
    return FindingWhole(
        **view.model_dump(),
        why=rule.why.words(language) if rule else "",
        example=rule.example.words(language) if rule else "",
        help=mend(view.code, language),
    )


def mend(code: str, language: Language) -> str:
    """Say how to mend what a rule finds; empty for a rule that this version does not know."""
    rule = rules.CATALOGUE.get(code)
    return rule.mend.words(language) if rule else ""


def by_place(findings: Iterable[Finding]) -> list[Finding]:
    """Give findings as a reader wants them: open ones first, by page and line, the gravest first on one line.

    A note that no longer holds is left out: a jump line that has ceased to wait may be unmatched now, not mended.
    """
    worth = [one for one in findings if one.is_open or one.severity is not model.Severity.INFO]
    return sorted(worth, key=lambda one: (not one.is_open, one.page or "", one.line or 0, one.severity.rank, one.code))


def _rows() -> Select[tables.Finding, str | None, dt.date | None, str | None]:
    return (
        select(tables.Finding, tables.Issue.paper, tables.Issue.date, tables.Delivery.name)
        .outerjoin(tables.Issue, tables.Finding.issue_id == tables.Issue.id)
        .outerjoin(tables.Delivery, tables.Finding.delivery_id == tables.Delivery.id)
    )


def _view(row: tables.Finding, paper: str | None, day: dt.date | None, file: str | None, language: Language) -> Finding:
    return Finding(
        id=ids.finding(row.id),
        code=row.code,
        name=rules.name(row.code),
        severity=model.Severity(row.severity),
        state=FindingState(row.state),
        issue=ids.issue(row.issue_id) if row.issue_id else None,
        page=row.page or None,
        line=row.line,
        message=rules.message(rows.finding(row), language),
        delivery=ids.delivery(row.delivery_id) if row.delivery_id else None,
        first_seen=row.first_seen,
        resolved_at=row.resolved_at,
        page_id=ids.page(row.page_id) if row.page_id else None,
        article=row.article,
        column=row.column,
        end_line=row.end_line,
        end_column=row.end_column,
        excerpt=row.excerpt,
        paper=paper,
        date=day,
        file=file,
    )
