"""Pages and articles built by hand, for tests of what comes after the reading."""

import datetime as dt

from worker.newspaper.model import (
    Article,
    Block,
    BlockKind,
    Continuation,
    Direction,
    Headline,
    Identity,
    Issue,
    Kind,
    Page,
    Source,
)

THE_DAY = dt.date(2022, 8, 15)
KNOWN = Identity(paper="焦作日报", code="jiaozuo-daily", date=THE_DAY, page="A02")
SOURCE = Source(name="A02.md", sha256="0" * 64, bytes=10, encoding="utf-8", format="markdown")


def jump(direction: str, page: str | None, mark: str | None = None, line: int = 1) -> Continuation:
    """A jump line alone on its line."""
    words = "下转" if direction == "to" else "上接"
    raw = f"({words}{page or '第 '}版{mark or ''})"
    return Continuation(Direction(direction), page, mark, raw, line, 1, len(raw) + 1)


def article(
    *paragraphs: str,
    title: str | None = "全市工作推进会召开",
    kind: Kind = Kind.NEWS,
    position: int = 1,
    line: int = 1,
    comes: Continuation | None = None,
    goes: Continuation | None = None,
) -> Article:
    """An article whose headline stands on `line`, with one paragraph on each line after it."""
    body = tuple(Block(BlockKind.PARAGRAPH, text, (at,)) for at, text in enumerate(paragraphs, line + 1))
    headline = Headline(title, lines=(line,)) if title else None
    lines = (line, *(block.lines[0] for block in body)) if title else tuple(block.lines[0] for block in body)
    return Article(position, kind, headline, lines, body, continued_from=comes, continued_to=goes)


def page(*articles: Article, label: str | None = "A02", **more: object) -> Page:
    """A page that prints these articles on the lines that they name."""
    source: dict[int, str] = {}
    for one in articles:
        if one.headline:
            source |= dict.fromkeys(one.headline.lines, one.headline.main)
        source |= {block.lines[0]: block.text for block in one.body}
        source |= {mark.line: mark.raw for mark in (one.continued_from, one.continued_to) if mark}
    lines = tuple(source.get(at, "") for at in range(1, max(source, default=0) + 1))
    return Page(label=label, sequence=None, name=None, articles=articles, source=lines, **more)  # type: ignore[arg-type]  # fields by name


def one_article(*paragraphs: str, label: str = "A02", **more: object) -> Page:
    """A page with one article."""
    return page(article(*paragraphs, **more), label=label)  # type: ignore[arg-type]  # fields of `article` by name


def issue(*pages: Page, closed: bool = True) -> Issue:
    """These pages as one issue."""
    return Issue(paper="焦作日报", date=THE_DAY, edition=None, pages=pages, closed=closed)
