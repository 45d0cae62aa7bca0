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
    begin, end = aliased(tables.Page), aliased(tables.Page)
    rows = session.execute(
        select(tables.Link, head.headline, begin.id, begin.label, tail.headline, end.id, end.label)
        .join(head, tables.Link.head_id == head.id)
        .join(tail, tables.Link.tail_id == tail.id)
        .join(begin, head.page_id == begin.id)
        .join(end, tail.page_id == end.id)
        .where(condition)
        .order_by(begin.sequence, begin.label, tables.Link.head_line)
    )
    return [
        shown.Link(
            head=ids.article(link.head_id),
            head_page=begin_label,
            head_page_id=ids.page(begin_id),
            head_line=link.head_line,
            head_title=head_title,
            tail=ids.article(link.tail_id),
            tail_page=end_label,
            tail_page_id=ids.page(end_id),
            tail_line=link.tail_line,
            tail_title=tail_title,
            state=link.state,
            score=link.score,
            evidence=[str(reason) for reason in link.evidence],
        )
        for link, head_title, begin_id, begin_label, tail_title, end_id, end_label in rows
    ]
