"""An issue out of the tables as a value, and what assembling found back into them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session, defer

from worker.archive import values
from worker.archive.settling import Change, Standing, settle
from worker.newspaper import model
from worker.tables import Article as ArticleRow
from worker.tables import Finding as FindingRow
from worker.tables import FindingState, Issue, IssueState, Link
from worker.tables import Page as PageRow


@dataclass(frozen=True, slots=True)
class Ids:
    """Where the pages (by label, "" for none) and articles (by label and position) of an issue are in the tables."""

    pages: Mapping[str, Standing]
    articles: Mapping[tuple[str, int], int]
    stories: Mapping[int, int | None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """An issue as it is now.

    `found` is what the page rules said, by label; `unmatched` page and fingerprint of each C001 that people know of.
    """

    issue: model.Issue
    code: str | None
    found: Mapping[str, tuple[model.Finding, ...]]
    ids: Ids
    changed: int
    is_open: bool
    unmatched: frozenset[tuple[str, str]]


def pending(session: Session, limit: int = 1000) -> list[int]:
    """Give the issues that have changed since they were assembled last, the longest waiting first."""
    return list(
        session.scalars(
            select(Issue.id).where(Issue.assembled < Issue.changed).order_by(Issue.last_page_at).limit(limit)
        )
    )


def load(session: Session, issue_id: int) -> Loaded | None:
    """Give the issue, locked until the end of the transaction; None when nothing has changed since it was assembled."""
    row = session.scalar(select(Issue).where(Issue.id == issue_id, Issue.assembled < Issue.changed).with_for_update())
    if row is None:
        return None
    pages = session.scalars(
        select(PageRow)
        .where(PageRow.issue_id == issue_id, PageRow.current)
        .order_by(PageRow.sequence, PageRow.label)
        .options(defer(PageRow.identity))
    ).all()
    articles: dict[int, list[ArticleRow]] = {page.id: [] for page in pages}
    for article in session.scalars(
        select(ArticleRow).where(ArticleRow.page_id.in_(articles)).order_by(ArticleRow.page_id, ArticleRow.position)
    ):
        articles[article.page_id].append(article)
    issue = model.Issue(
        paper=row.paper,
        date=row.date,
        edition=row.edition,
        pages=tuple(page_value(page, articles[page.id]) for page in pages),
        # No page can join an issue that has no name, so a provisional one waits for nothing.
        closed=row.state in {IssueState.CLOSED, IssueState.PROVISIONAL},
    )
    ids = Ids(
        pages={page.label or "": Standing(page.id, page.delivery_id) for page in pages},
        articles={(page.label or "", article.position): article.id for page in pages for article in articles[page.id]},
        stories={article.id: article.story_id for page in pages for article in articles[page.id]},
    )
    found = {page.label or "": values.findings_from_json(page.checked) for page in pages}
    unmatched = session.execute(
        select(FindingRow.page, FindingRow.fingerprint).where(
            FindingRow.place == f"i{issue_id}", FindingRow.code == "C001", FindingRow.state == FindingState.OPEN
        )
    )
    return Loaded(
        issue=issue,
        code=row.code,
        found=found,
        ids=ids,
        changed=row.changed,
        is_open=row.state == IssueState.OPEN,
        unmatched=frozenset((page, fingerprint) for page, fingerprint in unmatched),
    )


def page_value(row: PageRow, articles: Sequence[ArticleRow]) -> model.Page:
    """Give a page and its articles as they were read."""
    return model.Page(
        label=row.label,
        sequence=row.sequence,
        name=row.name,
        articles=tuple(values.article_from_json(article.data) for article in articles),
        source=tuple(row.source.split("\n")),
        repairs=values.repairs_from_json(row.repairs),
        furniture=tuple(row.furniture),
        ordinal=row.ordinal,
    )


def write(
    session: Session,
    issue_id: int,
    loaded: Loaded,
    links: Sequence[model.Link],
    stories: Sequence[Sequence[model.Place]],
    findings: Sequence[model.Finding],
    now: datetime,
) -> Change:
    """Write the difference between what assembling found and what was there; gives the findings that changed."""
    _write_links(session, issue_id, loaded.ids, links)
    _write_stories(session, loaded.ids, stories)
    change = settle(session, f"i{issue_id}", findings, loaded.ids.pages, now, issue=issue_id)
    session.execute(update(Issue).where(Issue.id == issue_id).values(assembled=loaded.changed))
    return change


def _write_links(session: Session, issue_id: int, ids: Ids, links: Sequence[model.Link]) -> None:
    wanted = {
        (
            ids.articles[link.head.page, link.head.article],
            link.head.line,
            ids.articles[link.tail.page, link.tail.article],
            link.tail.line,
        ): link
        for link in links
    }
    for row in session.scalars(select(Link).where(Link.issue_id == issue_id)):
        link = wanted.pop((row.head_id, row.head_line, row.tail_id, row.tail_line), None)
        if link is None:
            session.execute(delete(Link).where(Link.id == row.id))
        elif (row.state, row.score, row.evidence) != (link.state, link.score, list(link.evidence)):
            row.state, row.score, row.evidence = link.state, link.score, list(link.evidence)
    if wanted:
        session.execute(
            insert(Link),
            [
                {
                    "issue_id": issue_id,
                    "head_id": ends[0],
                    "head_line": ends[1],
                    "tail_id": ends[2],
                    "tail_line": ends[3],
                    "state": link.state,
                    "score": link.score,
                    "evidence": list(link.evidence),
                }
                for ends, link in wanted.items()
            ],
        )


def _write_stories(session: Session, ids: Ids, stories: Sequence[Sequence[model.Place]]) -> None:
    """A story is known by its first article; an article alone is a story of its own."""
    wanted = {article: article for article in ids.stories}
    for parts in stories:
        first = ids.articles[parts[0].page, parts[0].article]
        wanted |= {ids.articles[part.page, part.article]: first for part in parts}
    for article, story in wanted.items():
        if ids.stories[article] != story:
            session.execute(update(ArticleRow).where(ArticleRow.id == article).values(story_id=story))
