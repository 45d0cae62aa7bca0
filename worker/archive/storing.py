"""Pages and articles into the archive: which issue they belong to, which version of a page stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from worker.archive import values
from worker.newspaper.model import Finding, Identity, Page, Reading
from worker.tables import Article as ArticleRow
from worker.tables import Delivery, Issue, IssueState, Stage
from worker.tables import Page as PageRow


@dataclass(frozen=True, slots=True)
class Filed:
    """Where a reading went: the issues that have changed by it."""

    issues: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """The delivery whose bytes these are already, and the issues that learn from this one that it stands again."""

    delivery: int
    issues: tuple[int, ...]


def key_of(identity: Identity, label: str | None, delivery: int, ordinal: int) -> tuple[str, bool]:
    """Give the key of the issue that a page belongs to, and whether it is a provisional one."""
    if identity.paper and identity.date and label:
        return f"{identity.code or identity.paper}/{identity.date}/{identity.edition or ''}", False
    return f"delivery/{delivery}/{ordinal}", True


def lock_bytes(session: Session, sha256: str) -> None:
    """Let only one transaction at a time decide about these bytes. (SQLite has one writer anyway.)"""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": int(sha256[:15], 16)})


def already(session: Session, reading: Reading, delivery: int) -> Known | None:
    """Say whether these bytes are in the archive already, under this name or with nothing new said of them.

    The version received last stands: the same bytes come again count as received now.
    """
    lock_bytes(session, reading.source.sha256)
    rows = session.execute(
        select(PageRow, Issue)
        .join(Issue, PageRow.issue_id == Issue.id)
        .join(Delivery, PageRow.delivery_id == Delivery.id)
        .where(Delivery.sha256 == reading.source.sha256, Delivery.stage == Stage.STORED, Delivery.id != delivery)
        .order_by(Delivery.id, PageRow.ordinal)
    ).all()
    if not rows:
        return None
    keys = {key_of(reading.identity, page.label, delivery, page.ordinal) for page in reading.pages}
    if any(is_provisional for _, is_provisional in keys):
        return Known(rows[0][0].delivery_id, ())
    labels = {(key, page.label) for key, _ in keys for page in reading.pages}
    same = [(page, issue) for page, issue in rows if (issue.key, page.label) in labels]
    if not same:
        return None
    changed = []
    for page, issue in same:
        if page.rank < delivery:
            page.rank = delivery
            changed.append(issue.id)
    session.flush()
    for issue_id in set(changed):
        choose_current(session, issue_id)
        session.execute(update(Issue).where(Issue.id == issue_id).values(changed=Issue.changed + 1))
    return Known(same[0][0].delivery_id, tuple(sorted(set(changed))))


def file(
    session: Session,
    reading: Reading,
    found: Mapping[int, Sequence[Finding]],
    delivery: int,
    now: datetime,
) -> Filed:
    """Store a reading's pages and articles in their issues; `found` is what the page rules said, by ordinal."""
    issues: dict[str, int] = {}
    for page in reading.pages:
        key, is_provisional = key_of(reading.identity, page.label, delivery, page.ordinal)
        if key not in issues:
            issues[key] = _issue(session, key, reading.identity, now, is_provisional=is_provisional)
        _page(session, page, reading.identity, found.get(page.ordinal, ()), issues[key], delivery)
    for issue_id in issues.values():
        choose_current(session, issue_id)
    return Filed(tuple(sorted(issues.values())))


def issue_for(session: Session, identity: Identity, label: str | None, now: datetime) -> int:
    """Find or make the issue of a page that is fully named."""
    key, _ = key_of(identity, label, 0, 0)
    return _issue(session, key, identity, now, is_provisional=False)


def _issue(session: Session, key: str, identity: Identity, now: datetime, *, is_provisional: bool) -> int:
    """Find or make the issue, locked until the end of the transaction, and note that it has changed."""
    values_ = {
        "key": key,
        "code": identity.code,
        "paper": identity.paper,
        "date": identity.date,
        "edition": identity.edition,
        "state": IssueState.PROVISIONAL if is_provisional else IssueState.OPEN,
        "created_at": now,
        "last_page_at": now,
        "changed": 0,
        "assembled": 0,
    }
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(dialect.insert(Issue).values(values_).on_conflict_do_nothing(index_elements=["key"]))
    changes: dict[str, object] = {"changed": Issue.changed + 1, "last_page_at": now}
    if not is_provisional:
        changes["state"] = IssueState.OPEN  # a late page opens a closed issue again
    return session.execute(update(Issue).where(Issue.key == key).values(changes).returning(Issue.id)).scalar_one()


def _page(
    session: Session, page: Page, identity: Identity, found: Sequence[Finding], issue: int, delivery: int
) -> None:
    row = PageRow(
        issue_id=issue,
        delivery_id=delivery,
        ordinal=page.ordinal,
        label=page.label,
        sequence=page.sequence,
        name=page.name,
        rank=delivery,
        source="\n".join(page.source),
        furniture=list(page.furniture),
        repairs=values.repairs_to_json(page.repairs),
        identity=values.identity_to_json(identity),
        checked=values.findings_to_json(tuple(found)),
    )
    session.add(row)
    session.flush()
    articles = [
        {
            "page_id": row.id,
            "position": article.position,
            "kind": article.kind,
            "headline": article.title,
            "text": article.text,
            "chars": len(article.text),
            "data": values.article_to_json(article),
        }
        for article in page.articles
    ]
    if articles:
        session.execute(insert(ArticleRow), articles)


def choose_current(session: Session, issue: int) -> None:
    """Of the pages with one label let the one of the highest rank stand, and only it."""
    rows = session.execute(
        select(PageRow.id, PageRow.label, PageRow.current)
        .where(PageRow.issue_id == issue)
        .order_by(PageRow.label, PageRow.rank, PageRow.ordinal)
    ).all()
    standing = {row.label: row.id for row in rows}
    for row in rows:
        stands = standing[row.label] == row.id
        if row.current != stands:
            session.execute(update(PageRow).where(PageRow.id == row.id).values(current=stands))


def withdraw_namesakes(session: Session, sha256: str, delivery: int) -> tuple[int, ...]:
    """Let a delivery that says what it is replace earlier ones of the same bytes that did not.

    Those become duplicates of it, as if they had come after it; gives the provisional issues that are now empty.
    """
    rows = session.execute(
        select(PageRow, Issue)
        .join(Issue, PageRow.issue_id == Issue.id)
        .join(Delivery, PageRow.delivery_id == Delivery.id)
        .where(Delivery.sha256 == sha256, Delivery.id != delivery, Issue.state == IssueState.PROVISIONAL)
    ).all()
    for page, issue in rows:
        page.current = False
        issue.changed += 1
        session.execute(
            update(Delivery)
            .where(Delivery.id == page.delivery_id)
            .values(stage=Stage.DUPLICATE, duplicate_of=delivery, handed_back_at=None)
        )
    session.flush()
    return tuple(sorted({issue.id for _, issue in rows}))
