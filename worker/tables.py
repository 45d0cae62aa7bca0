"""The tables: what the database remembers, and nothing else.

Times are UTC and aware. `position`, `line` and `column` are 1-based. JSON columns hold plain values only.
"""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Stage(StrEnum):
    """How far a delivery has got."""

    RECEIVED = "received"  # its bytes are safe and it is in the ledger
    STORED = "stored"  # its pages are in the archive; nothing is left to do
    DUPLICATE = "duplicate"  # the same bytes are in the archive already
    REJECTED = "rejected"  # the delivery is at fault; trying again will not help
    FAILED = "failed"  # the house is at fault and gave up; `jumpline retry` tries again


class IssueState(StrEnum):
    """Whether pages may still come."""

    OPEN = "open"  # pages may still come
    CLOSED = "closed"  # all expected pages are here, or the wait is over
    PROVISIONAL = "provisional"  # one delivery whose paper, date or page cannot be told; awaits `jumpline identify`


class FindingState(StrEnum):
    """Whether a finding still holds."""

    OPEN = "open"  # it holds
    RESOLVED = "resolved"  # it has been mended
    IGNORED = "ignored"  # a person said that it does not matter


class AlertKind(StrEnum):
    """What an alert tells people."""

    PROBLEM = "problem"  # something is wrong
    RESOLVED = "resolved"  # what was told before has been mended
    OVERDUE = "overdue"  # a paper due today has not come
    SYSTEM = "system"  # the house itself is in trouble, or a person asked for a test


class AlertState(StrEnum):
    """Whether people have been told."""

    DUE = "due"  # to be sent when its time comes
    SENT = "sent"  # every channel has taken it
    FAILED = "failed"  # at least one channel would not take it, after all tries


class Moment(TypeDecorator[datetime]):
    """An aware UTC datetime, also where the database keeps none (SQLite)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times: they would be taken for somebody's local ones."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back what was stored, in UTC."""
        del dialect
        return None if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# A name or a path as the file system has it, which need not be text.
Raw = bytes

# SQLite counts rowids by itself only for INTEGER keys.
Id = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """The tables' common registry; constraints have names so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 (SQLAlchemy reads it as a class variable)
        datetime: Moment,
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }


class Delivery(Base):
    """One file as it came. `claim` is the name of its folder in processing/, and makes recording repeatable."""

    __tablename__ = "deliveries"
    __table_args__ = (
        Index("ix_deliveries_stage_lease", "stage", "lease_until"),
        Index("ix_deliveries_handed_back", "inbox", "handed_back_at", "ended_at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    claim: Mapped[str] = mapped_column(String(64), unique=True)
    inbox: Mapped[str] = mapped_column(String(1024))  # the folder it was dropped into
    name: Mapped[str] = mapped_column(String(1024))  # printable; bytes that are not UTF-8 are shown as \\xNN
    raw_name: Mapped[Raw] = mapped_column(LargeBinary)  # the name as the file system has it, below the inbox
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    bytes: Mapped[int] = mapped_column(BigInteger)
    stage: Mapped[Stage] = mapped_column(String(16), default=Stage.RECEIVED)
    reason: Mapped[str | None] = mapped_column(Text)  # why it ended as it did, a sentence in English
    attempts: Mapped[int] = mapped_column(default=0)  # tries that the house was at fault in are not counted
    troubles: Mapped[int] = mapped_column(default=0)  # how often the house was at fault
    leased_by: Mapped[str | None] = mapped_column(String(128))
    lease_until: Mapped[datetime | None]
    next_try_at: Mapped[datetime | None]  # not before then: backoff after a fault of the house
    encoding: Mapped[str | None] = mapped_column(String(32))
    format: Mapped[str | None] = mapped_column(String(32))
    trouble_told: Mapped[bool] = mapped_column(default=False)  # people know that it failed, or that it has to wait
    duplicate_of: Mapped[int | None] = mapped_column(ForeignKey("deliveries.id"))
    received_at: Mapped[datetime]
    announced_at: Mapped[datetime | None]
    began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    handed_back_at: Mapped[datetime | None]  # the file has been moved to done/, duplicate/ or failed/
    handed_to: Mapped[Raw | None] = mapped_column(LargeBinary)  # where it lies since, as the file system names it
    timings: Mapped[dict[str, Any]] = mapped_column(default=dict)  # milliseconds by step: read, check, store


class Issue(Base):
    """One paper on one date (and edition), or one delivery that could not be told (`provisional`).

    `changed` counts the changes to its pages, `assembled` the count that assemble has seen: they differ while work is
    left. `key` is "paper/date/edition", or "delivery/12/1" for the first page of a delivery that cannot be told.
    """

    __tablename__ = "issues"
    # A number that was another issue's once would lead people, and what they were told, to the wrong one.
    __table_args__ = (Index("ix_issues_state_last_page", "state", "last_page_at"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(512), unique=True)
    code: Mapped[str | None] = mapped_column(String(64))  # the paper's profile
    paper: Mapped[str | None] = mapped_column(String(256))
    date: Mapped[date | None]
    edition: Mapped[str | None] = mapped_column(String(64))
    state: Mapped[IssueState] = mapped_column(String(16), default=IssueState.OPEN)
    created_at: Mapped[datetime]
    last_page_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]  # when it closed last; kept when a late page opens it again
    changed: Mapped[int] = mapped_column(default=0)
    assembled: Mapped[int] = mapped_column(default=0)


class Page(Base):
    """One page of one delivery. Of several with one label in an issue the one of the highest `rank` is `current`.

    `rank` is the id of the last delivery that brought these bytes under this name, so that the version received last
    stands, whichever was worked on last.
    """

    __tablename__ = "pages"
    __table_args__ = (
        UniqueConstraint("delivery_id", "ordinal"),
        Index("ix_pages_issue_label", "issue_id", "label"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issues.id"))
    delivery_id: Mapped[int] = mapped_column(ForeignKey("deliveries.id"))
    ordinal: Mapped[int]  # its place in the file, from 1
    label: Mapped[str | None] = mapped_column(String(32))
    sequence: Mapped[int | None]
    name: Mapped[str | None] = mapped_column(String(128))
    rank: Mapped[int] = mapped_column(BigInteger)
    current: Mapped[bool] = mapped_column(default=True)
    source: Mapped[str] = mapped_column(Text)  # the decoded text, line ends as \n
    furniture: Mapped[list[Any]] = mapped_column(default=list)  # lines that belong to no article
    repairs: Mapped[list[Any]] = mapped_column(default=list)
    identity: Mapped[dict[str, Any]] = mapped_column(
        default=dict
    )  # how paper, date and page are known, what is missing
    checked: Mapped[list[Any]] = mapped_column(default=list)  # what the page's own rules said, as values


class Article(Base):
    """One article of one page. `story_id` is the first article of the story it belongs to (itself, if it is alone)."""

    __tablename__ = "articles"
    __table_args__ = (UniqueConstraint("page_id", "position"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    headline: Mapped[str | None] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    chars: Mapped[int]
    story_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id"), index=True)
    data: Mapped[dict[str, Any]]  # the whole article, as a value


class Link(Base):
    """A pair of jump lines that belong together."""

    __tablename__ = "links"
    __table_args__ = (
        UniqueConstraint("issue_id", "head_id", "head_line", "tail_id", "tail_line", name="uq_links_ends"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issues.id"))
    head_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    head_line: Mapped[int]
    tail_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), index=True)
    tail_line: Mapped[int]
    state: Mapped[str] = mapped_column(String(16))
    score: Mapped[float]
    evidence: Mapped[list[Any]] = mapped_column(default=list)


class Finding(Base):
    """What a rule says. It belongs to an issue, or, where nothing could be read, to a delivery alone.

    `place` is "i3" or "d12"; with `page` and `fingerprint` it keeps a finding's identity over time.
    """

    __tablename__ = "findings"
    __table_args__ = (
        UniqueConstraint("place", "page", "fingerprint"),
        Index("ix_findings_state_code", "state", "code"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    place: Mapped[str] = mapped_column(String(32))
    page: Mapped[str] = mapped_column(String(32), default="")  # its label, "" where there is none
    fingerprint: Mapped[str] = mapped_column(String(64))
    code: Mapped[str] = mapped_column(String(8))
    severity: Mapped[str] = mapped_column(String(16))
    state: Mapped[FindingState] = mapped_column(String(16), default=FindingState.OPEN)
    issue_id: Mapped[int | None] = mapped_column(ForeignKey("issues.id"), index=True)
    page_id: Mapped[int | None] = mapped_column(ForeignKey("pages.id"), index=True)
    delivery_id: Mapped[int | None] = mapped_column(ForeignKey("deliveries.id"), index=True)
    article: Mapped[int | None]  # its position on the page
    line: Mapped[int | None]
    column: Mapped[int | None]
    end_line: Mapped[int | None]
    end_column: Mapped[int | None]
    excerpt: Mapped[str] = mapped_column(Text, default="")
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    first_seen: Mapped[datetime]
    resolved_at: Mapped[datetime | None]


class Alert(Base):
    """What is sent to people: one row in the transaction that gives cause for it.

    `group` is what notifications are gathered by: an issue ("i3"), "inbox" for what belongs to no known issue,
    "reminder/CODE" for a paper's errors that still stand, or "system". `key` goes with every try, so that a receiver
    can tell a repetition. An alert about several issues or deliveries has no `issue_id` and no `delivery_id`.
    """

    __tablename__ = "alerts"
    __table_args__ = (
        Index("ix_alerts_state_due", "state", "due_at"),
        Index("ix_alerts_group", "group", "created_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    group: Mapped[str] = mapped_column(String(128))
    kind: Mapped[AlertKind] = mapped_column(String(16))
    state: Mapped[AlertState] = mapped_column(String(16), default=AlertState.DUE)
    text: Mapped[str] = mapped_column(Text, default="")  # its own sentences, one a line, for alerts without findings
    title: Mapped[str | None] = mapped_column(Text)  # what people were told, kept at the first try; None until then
    said: Mapped[str | None] = mapped_column(Text)  # the words below that title, likewise
    issue_id: Mapped[int | None] = mapped_column(ForeignKey("issues.id"))
    delivery_id: Mapped[int | None] = mapped_column(ForeignKey("deliveries.id"))
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    leased_by: Mapped[str | None] = mapped_column(String(128))
    lease_until: Mapped[datetime | None]


class AlertFinding(Base):
    """Which findings an alert speaks of."""

    __tablename__ = "alert_findings"

    alert_id: Mapped[int] = mapped_column(ForeignKey("alerts.id"), primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"), primary_key=True, index=True)


class Notification(Base):
    """One try to send one alert through one channel."""

    __tablename__ = "notifications"
    __table_args__ = (Index("ix_notifications_alert_channel", "alert_id", "channel"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    alert_id: Mapped[int] = mapped_column(ForeignKey("alerts.id"))
    channel: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    ok: Mapped[bool]
    error: Mapped[str | None] = mapped_column(Text)
    again: Mapped[bool] = mapped_column(default=False)  # trying again can help


class Heartbeat(Base):
    """The last sign of life of one process, with what it can say of its work."""

    __tablename__ = "heartbeats"

    process: Mapped[str] = mapped_column(String(256), primary_key=True)  # kind@host:pid
    kind: Mapped[str] = mapped_column(String(32))  # inbox, worker, beat, dashboard
    at: Mapped[datetime]
    started_at: Mapped[datetime]
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
