"""Articles, as people are shown them: one piece as it was read, and the whole story that it belongs to."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ConfigDict, Field
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from worker import tables
from worker.newspaper import rules
from worker.newspaper.model import BlockKind, Certainty, Ends, Kind, Reason, RepairKind, Sign, Starts
from worker.newspaper.rules import Language
from worker.views import ids, links, shown

# Characters of its text that an article without a headline is known by.
OPENING = 24


class Headline(shown.Shown):
    """引题, 主题 and 副题."""

    kicker: str | None = None
    main: str
    sub: str | None = None
    lines: tuple[int, ...] = ()


class Byline(shown.Shown):
    """One person named as author, photographer or helper."""

    name: str = Field(examples=["朱晓琳"])
    role: str = Field(examples=["记者"])
    organisation: str | None = None
    raw: str = Field(description="What is printed.", examples=["记者朱晓琳"])
    line: int


class Dateline(shown.Shown):
    """What a lead opens with."""

    agency: str | None = Field(None, examples=["本报讯"])
    place: str | None = None
    date: str | None = None


class Jump(shown.Shown):
    """A jump line: where a story goes on, or comes from."""

    page: str | None = Field(description="The page it names.", examples=["A01"])
    mark: str | None = Field(examples=["①"])
    raw: str = Field(description="What is printed.", examples=["(上接A01版①)"])
    line: int


class Block(shown.Shown):
    """One paragraph, subhead, caption, credit, table, signature or marker."""

    kind: BlockKind
    text: str
    lines: list[int]
    rows: list[list[str]] | None = Field(None, description="The cells of a table, as printed.")


class Reading(shown.Shown):
    """An article as it was read. What a later version of the reading adds is shown as it is."""

    model_config = ConfigDict(frozen=True, extra="allow")

    position: int = Field(description="Its place on the page, from 1.")
    kind: Kind
    column: str | None = Field(None, description="The standing column that it appears under.")
    headline: Headline | None = None
    bylines: tuple[Byline, ...] = ()
    dateline: Dateline | None = None
    credits: tuple[Byline, ...] = ()
    signed_by: str | None = None
    signed_on: dt.date | None = None
    continued_from: Jump | None = None
    continued_to: Jump | None = None
    starts: Starts = Starts.CLEAN
    ends: Ends = Ends.CLEAN
    lines: list[int] = Field(description="All lines that carry its words, in the order of reading.")
    body: tuple[Block, ...] = ()
    text: str = Field("", description="The words of its body, one block a line.")

    @property
    def title(self) -> str | None:
        """Its main headline."""
        return self.headline.main if self.headline else None

    @property
    def opening(self) -> str:
        """The first words of its text."""
        return opening(self.text)


class Repair(shown.Shown):
    """What was done, or is proposed, to the order or the breaks of a text; words are never changed."""

    kind: RepairKind
    lines: list[int]
    to: int = Field(description="The position of the article that it helps.")
    score: float
    state: Certainty
    evidence: list[str]


class Article(shown.Shown):
    """One piece, in a list."""

    id: str = Field(examples=["a45"])
    issue: str = Field(examples=["i3"])
    page: str | None = Field(description="The label of its page.", examples=["A02"])
    position: int = Field(description="Its place on the page, from 1.")
    kind: Kind
    headline: str | None = Field(description="Its main headline.")
    opening: str = Field(description="The first words of its text.")
    bylines: list[Byline]
    story: str = Field(description="The first article of the story that it belongs to.", examples=["a45"])
    chars: int
    page_id: str = Field(examples=["p4"])


class Part(shown.Shown):
    """One article of a story, with the page it stands on."""

    id: str = Field(examples=["a45"])
    page: str | None = Field(examples=["A02"])
    page_id: str = Field(examples=["p4"])
    article: Reading
    repairs: list[Repair]


class ArticleWhole(Reading):
    """An article, whole, with all parts of its story in the order of reading."""

    id: str = Field(examples=["a45"])
    issue: str = Field(examples=["i3"])
    page: str | None = Field(examples=["A02"])
    page_id: str = Field(examples=["p4"])
    delivery: str = Field(examples=["d12"])
    paper: str | None = Field(description="The paper of its issue.")
    date: dt.date | None = Field(description="The date of its issue.")
    edition: str | None
    story: str = Field(examples=["a45"])
    chars: int
    repairs: list[Repair] = Field(description="The repairs of its page that concern it.")
    parts: list[Part] = Field(description="The whole story: this article and those it is continued in or from.")
    links: list[shown.Link] = Field(description="The links, made and proposed, of all its parts.")

    @property
    def story_title(self) -> str | None:
        """The first headline of the story."""
        return next((part.article.title for part in self.parts if part.article.title), None)


def listed(
    session: Session,
    *,
    issue: int | None = None,
    page: int | None = None,
    kind: Kind | None = None,
    text: str | None = None,
    limit: int = shown.LIMIT,
) -> list[Article]:
    """Give the articles of the pages that stand, newest first; `text` is a part of the headline."""
    query = _rows()
    if page is None:
        query = query.where(tables.Page.current)
    else:
        query = query.where(tables.Article.page_id == page)
    if issue is not None:
        query = query.where(tables.Page.issue_id == issue)
    if kind is not None:
        query = query.where(tables.Article.kind == kind)
    if text:
        query = query.where(tables.Article.headline.icontains(text, autoescape=True))
    return [
        Article(
            id=ids.article(row.id),
            issue=ids.issue(page.issue_id),
            page=page.label,
            position=row.position,
            kind=Kind(row.kind),
            headline=row.headline,
            opening=opening(row.text),
            bylines=row.data.get("bylines", []),
            story=ids.article(row.story_id or row.id),
            chars=row.chars,
            page_id=ids.page(page.id),
        )
        for row, page in session.execute(shown.newest(query, tables.Article.id, limit))
    ]


def single(session: Session, number: int, language: Language) -> ArticleWhole | None:
    """Give one article with its whole story; None if there is none of this number."""
    found = session.execute(_rows().where(tables.Article.id == number)).first()
    if found is None:
        return None
    row, page = found
    issue = session.get_one(tables.Issue, page.issue_id)
    story = row.story_id or row.id
    members = {
        article.id: (article, on) for article, on in session.execute(_rows().where(tables.Article.story_id == story))
    } or {row.id: (row, page)}
    joined = links.of_articles(session, members)
    order = in_reading_order(
        {number: _place(*member) for number, member in members.items()},
        {
            ids.number(link.head, ids.Kind.ARTICLE): ids.number(link.tail, ids.Kind.ARTICLE)
            for link in joined
            if link.state == Certainty.MADE
        },
    )
    return ArticleWhole(
        **reading(row).model_dump(),
        id=ids.article(row.id),
        issue=ids.issue(page.issue_id),
        page=page.label,
        page_id=ids.page(page.id),
        delivery=ids.delivery(page.delivery_id),
        paper=issue.paper,
        date=issue.date,
        edition=issue.edition,
        story=ids.article(story),
        chars=row.chars,
        repairs=_repairs(row, page, language),
        parts=[_part(*members[number], language) for number in order],
        links=joined,
    )


def reading(row: tables.Article) -> Reading:
    """Give the article as it was read."""
    return Reading.model_validate(row.data)


def in_reading_order(places: Mapping[int, tuple[int, str, int]], following: Mapping[int, int]) -> list[int]:
    """Order the parts of a story: along its links, and where these do not lead, by page and position.

    `places` holds sequence, label and position of each part, `following` which part each one goes on in.
    """
    by_place = sorted(places, key=lambda number: places[number])
    tails = set(following.values())
    order: list[int] = []
    for start in [number for number in by_place if number not in tails] + by_place:
        part: int | None = start
        while part is not None and part in places and part not in order:
            order.append(part)
            part = following.get(part)
    return order


def _rows() -> Select[tables.Article, tables.Page]:
    return select(tables.Article, tables.Page).join(tables.Page, tables.Article.page_id == tables.Page.id)


def opening(text: str) -> str:
    """Give the first words of a text."""
    first = text.strip().partition("\n")[0]
    return first if len(first) <= OPENING else f"{first[:OPENING]}…"


def _place(row: tables.Article, page: tables.Page) -> tuple[int, str, int]:
    return (page.sequence or 0, page.label or "", row.position)


def _part(row: tables.Article, page: tables.Page, language: Language) -> Part:
    return Part(
        id=ids.article(row.id),
        page=page.label,
        page_id=ids.page(page.id),
        article=reading(row),
        repairs=_repairs(row, page, language),
    )


def _repairs(row: tables.Article, page: tables.Page, language: Language) -> list[Repair]:
    return [one for one in repairs(page.repairs, language) if one.to == row.position]


def repairs(values: Iterable[dict[str, Any]], language: Language) -> list[Repair]:
    """Give the repairs of a page, with what speaks for each in words."""
    return [
        Repair.model_validate({**value, "evidence": [_reason(one, language) for one in value["evidence"]]})
        for value in values
    ]


def _reason(value: dict[str, Any], language: Language) -> str:
    return rules.reason(Reason(Sign(value["sign"]), value["facts"]), language)
