"""Pages and articles into the archive: which issue they belong to, which version of a page stands."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, or_, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from worker.archive import values
from worker.newspaper.model import Finding, Identity, Page, Reading
from worker.tables import Article as ArticleRow
from worker.tables import Delivery, Issue, IssueState, Stage
from worker.tables import Page as PageRow


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


def lock(session: Session, sha256: str, keys: Collection[str]) -> None:
    """Let only one transaction at a time decide about these bytes and the issues that they are in or will come to.

    Issues are locked in the order of their ids, so that nobody waits for each other; one that is made later has the
    highest. (SQLite has one writer anyway.)
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": int(sha256[:15], 16)})
    home_of_them = (
        select(PageRow.issue_id).join(Delivery, PageRow.delivery_id == Delivery.id).where(Delivery.sha256 == sha256)
    )
    session.execute(
        select(Issue.id)
        .where(or_(Issue.key.in_(keys), Issue.id.in_(home_of_them)))
        .order_by(Issue.id)
        .with_for_update()
    )


def recognise(session: Session, sha256: str, readings: Sequence[Reading], delivery: int) -> Known | None:
    """Say whether these bytes are in the archive already, under this name or with nothing new said of them.

    The version received last stands: bytes that come again count as received now, and their pages stand again.
    """
    told = {
        (key, page.label)
        for reading in readings
        for page in reading.pages
        for key, is_provisional in [key_of(reading.identity, page.label, delivery, page.ordinal)]
        if not is_provisional
    }
    lock(session, sha256, {key for key, _ in told})
    rows = session.execute(
        select(PageRow, Issue)
        .join(Issue, PageRow.issue_id == Issue.id)
        .join(Delivery, PageRow.delivery_id == Delivery.id)
        .where(Delivery.sha256 == sha256, Delivery.stage == Stage.STORED, Delivery.id != delivery)
        .order_by(Delivery.id, PageRow.ordinal)
    ).all()
    if not rows:
        return None
    if not told:
        return Known(rows[0][0].delivery_id, ())
    if not told <= {(issue.key, page.label) for page, issue in rows}:
        return None
    same = [(page, issue) for page, issue in rows if (issue.key, page.label) in told]
    changed = set()
    for page, issue in same:
        if page.rank < delivery:
            page.rank = delivery
            changed.add(issue.id)
    session.flush()
    for issue_id in sorted(changed):
        choose_current(session, issue_id)
        session.execute(update(Issue).where(Issue.id == issue_id).values(changed=Issue.changed + 1))
    return Known(same[0][0].delivery_id, tuple(sorted(changed)))


def file(
    session: Session,
    readings: Sequence[Reading],
    found: Mapping[int, Sequence[Finding]],
    delivery: int,
    now: datetime,
) -> tuple[int, ...]:
    """Store the pages and articles of a delivery's readings in their issues; gives those.

    `found` is what the page rules said, by ordinal, which counts the pages of the whole delivery.
    """
    keyed = [
        (*key_of(reading.identity, page.label, delivery, page.ordinal), page, reading.identity)
        for reading in readings
        for page in reading.pages
    ]
    # Issues are locked in the order of their keys: two deliveries that share some never wait for each other.
    identities = {key: (identity, is_provisional) for key, is_provisional, _, identity in reversed(keyed)}
    issues = {
        key: _issue(session, key, identity, now, is_provisional=is_provisional)
        for key, (identity, is_provisional) in sorted(identities.items(), key=lambda one: one[0])
    }
    for key, _, page, identity in keyed:
        _page(session, page, identity, found.get(page.ordinal, ()), issues[key], delivery)
    for issue_id in issues.values():
        choose_current(session, issue_id)
    return tuple(sorted(issues.values()))


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
