"""A page, as people are shown it: its lines as they came beside what was read from them and what is wrong with them."""

from datetime import date
from typing import Any

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from worker import tables
from worker.newspaper.rules import Language
from worker.tables import IssueState
from worker.views import articles, findings, ids, shown
from worker.views.articles import Repair
from worker.views.findings import Finding


class Line(shown.Shown):
    """One line of a page's text."""

    number: int = Field(description="From 1.")
    text: str
    article: int | None = Field(description="The position of the article it belongs to.")
    furniture: bool = Field(description="Whether it belongs to the page and to no article (a masthead, a folio).")


class PageArticle(articles.Reading):
    """An article of the page, as it was read."""

    id: str = Field(examples=["a45"])
    story: str = Field(examples=["a45"])


class Page(shown.Shown):
    """One page of one delivery, whole."""

    id: str = Field(examples=["p4"])
    issue: str = Field(examples=["i3"])
    paper: str | None
    date: date | None
    edition: str | None
    state: IssueState = Field(description="The state of its issue.")
    delivery: str = Field(examples=["d12"])
    file: str = Field(description="The name of the file it came in.")
    encoding: str | None
    format: str | None
    label: str | None = Field(examples=["A02"])
    sequence: int | None
    name: str | None = Field(description="版名")
    ordinal: int = Field(description="Its place in the file, from 1.")
    current: bool = Field(description="Whether it stands, or a later version took its place.")
    identity: dict[str, Any] = Field(description="How paper, date and page are known, what is missing or proposed.")
    articles: list[PageArticle]
    findings: list[Finding]
    repairs: list[Repair]
    lines: list[Line] = Field(description="Its text as it came, with the article that each line belongs to.")


def single(session: Session, number: int, language: Language) -> Page | None:
    """Give one page, whole; None if there is none of this number."""
    found = session.execute(
        select(tables.Page, tables.Issue, tables.Delivery)
        .join(tables.Issue, tables.Page.issue_id == tables.Issue.id)
        .join(tables.Delivery, tables.Page.delivery_id == tables.Delivery.id)
        .where(tables.Page.id == number)
    ).first()
    if found is None:
        return None
    row, issue, delivery = found
    read = [
        PageArticle(
            **articles.reading(article).model_dump(),
            id=ids.article(article.id),
            story=ids.article(article.story_id or article.id),
        )
        for article in session.scalars(
            select(tables.Article).where(tables.Article.page_id == number).order_by(tables.Article.position)
        )
    ]
    return Page(
        id=ids.page(row.id),
        issue=ids.issue(issue.id),
        paper=issue.paper,
        date=issue.date,
        edition=issue.edition,
        state=IssueState(issue.state),
        delivery=ids.delivery(delivery.id),
        file=delivery.name,
        encoding=delivery.encoding,
        format=delivery.format,
        label=row.label,
        sequence=row.sequence,
        name=row.name,
        ordinal=row.ordinal,
        current=row.current,
        identity=row.identity,
        articles=read,
        findings=findings.by_place(findings.listed(session, language, page=number, limit=0)),
        repairs=articles.repairs(row.repairs, language),
        lines=_lines(row.source, read, set(row.furniture)),
    )


def _lines(source: str, read: list[PageArticle], furniture: set[int]) -> list[Line]:
    owner = {line: article.position for article in read for line in article.lines}
    return [
        Line(number=number, text=text, article=owner.get(number), furniture=number in furniture)
        for number, text in enumerate(source.split("\n"), 1)
    ]
