"""What became of a delivery, gathered from the tables for the report that is put beside its file."""

from collections import Counter
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from worker import rows, tables
from worker.inbox.report import Brought, Outcome, Piece, Repaired, Told
from worker.newspaper import model, rules
from worker.newspaper.rules import Language
from worker.tables import FindingState, Stage
from worker.views import ids, links


def outcome(session: Session, delivery: tables.Delivery, language: Language, zone: tzinfo, now: datetime) -> Outcome:
    """Give what became of a delivery that has ended, as it stands now; days and times are those of the zone."""
    brought = session.execute(
        select(tables.Page, tables.Issue)
        .join(tables.Issue, tables.Page.issue_id == tables.Issue.id)
        .where(tables.Page.delivery_id == delivery.id)
        .order_by(tables.Page.ordinal)
    ).all()
    before = session.get(tables.Delivery, delivery.duplicate_of) if delivery.duplicate_of else None
    return Outcome(
        delivery=delivery.id,
        name=delivery.name,
        sha256=delivery.sha256,
        bytes=delivery.bytes,
        stage=Stage(delivery.stage),
        at=now.astimezone(zone),
        reason=delivery.reason,
        earlier=(before.id, before.received_at.astimezone(zone).date()) if before else None,
        pages=tuple(_brought(session, page, issue) for page, issue in brought),
        told=_told(session, delivery.id, [page.id for page, _ in brought], language),
    )


def _brought(session: Session, page: tables.Page, issue: tables.Issue) -> Brought:
    articles = session.execute(
        select(tables.Article.position, tables.Article.kind, tables.Article.headline, tables.Article.text)
        .add_columns(tables.Article.data)
        .where(tables.Article.page_id == page.id)
        .order_by(tables.Article.position)
    )
    return Brought(
        id=ids.page(page.id),
        paper=issue.paper,
        date=issue.date,
        label=page.label,
        stands=page.current,
        missing=_missing(page),
        proposed=dict(page.identity.get("proposed", {})),
        articles=tuple(
            Piece(
                position=position,
                kind=model.Kind(kind),
                headline=headline,
                opening=text[:60],
                continued_from=_jump(data.get("continued_from")),
                continued_to=_jump(data.get("continued_to")),
            )
            for position, kind, headline, text, data in articles
        ),
        repairs=tuple(
            Repaired(model.RepairKind(one["kind"]), tuple(one["lines"]), model.Certainty(one["state"]))
            for one in page.repairs
        ),
        joined=_joined(session, page),
    )


def _joined(session: Session, page: tables.Page) -> tuple[tuple[str, int], ...]:
    """The other pages that stories of this page stand on too, each with how many, in the order of their labels."""
    own = session.scalars(select(tables.Article.id).where(tables.Article.page_id == page.id))
    made = [link for link in links.of_articles(session, own) if link.state == model.Certainty.MADE]
    ends = (link.head_page if link.tail_page == page.label else link.tail_page for link in made)
    return tuple(sorted(Counter(label for label in ends if label).items()))


def _missing(page: tables.Page) -> tuple[str, ...]:
    named = tuple(term for term in ("paper", "date") if term in page.identity.get("missing", ()))
    return named if page.label else (*named, "page")


def _jump(value: dict[str, Any] | None) -> str | None:
    """The page that a jump line names and its mark; what is printed where it names none."""
    if not value:
        return None
    return f"{value['page']}{value['mark'] or ''}" if value["page"] else str(value["raw"])


def _told(session: Session, delivery: int, pages: list[int], language: Language) -> tuple[Told, ...]:
    """What is open about the delivery and its pages, the gravest first, then in the order of the page."""
    found = session.scalars(
        select(tables.Finding).where(
            or_(tables.Finding.delivery_id == delivery, tables.Finding.page_id.in_(pages)),
            tables.Finding.state == FindingState.OPEN,
        )
    )
    told = [(rows.finding(row), row.page or None) for row in found]
    told.sort(key=lambda one: (one[0].severity.rank, one[1] or "", one[0].line or 0, one[0].code))
    several = len(pages) > 1
    return tuple(
        Told(
            code=finding.code,
            severity=finding.severity,
            page=page if several else None,
            line=finding.line,
            says=rules.message(finding, language),
            mend=rules.help_text(finding, language),
        )
        for finding, page in told
    )
