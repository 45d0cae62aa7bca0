"""Links, as people are shown them: which article goes on in which, and how sure that is."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, aliased

from worker import tables
from worker.views import ids, shown


def of_issue(session: Session, issue: int) -> list[shown.Link]:
    """Give all links of an issue, in the order of its pages."""
    return _links(session, tables.Link.issue_id == issue)


def of_articles(session: Session, articles: Iterable[int]) -> list[shown.Link]:
    """Give the links that begin or end in one of these articles."""
    wanted = list(articles)
    return _links(session, or_(tables.Link.head_id.in_(wanted), tables.Link.tail_id.in_(wanted)))


def _links(session: Session, condition: ColumnElement[bool]) -> list[shown.Link]:
    head, tail = aliased(tables.Article), aliased(tables.Article)
    head_page, tail_page = aliased(tables.Page), aliased(tables.Page)
    rows = session.execute(
        select(tables.Link, head.headline, head_page.label, tail.headline, tail_page.label)
        .join(head, tables.Link.head_id == head.id)
        .join(tail, tables.Link.tail_id == tail.id)
        .join(head_page, head.page_id == head_page.id)
        .join(tail_page, tail.page_id == tail_page.id)
        .where(condition)
        .order_by(head_page.sequence, head_page.label, tables.Link.head_line)
    )
    return [
        shown.Link(
            head=ids.article(link.head_id),
            head_page=head_label,
            head_line=link.head_line,
            head_title=head_title,
            tail=ids.article(link.tail_id),
            tail_page=tail_label,
            tail_line=link.tail_line,
            tail_title=tail_title,
            state=link.state,
            score=link.score,
            evidence=[str(reason) for reason in link.evidence],
        )
        for link, head_title, head_label, tail_title, tail_label in rows
    ]
