"""Deliveries, as people are shown them: one file as it came, how far it has got, and what became of it."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from pydantic import Field
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from worker import tables
from worker.newspaper.rules import Language
from worker.tables import Stage
from worker.views import findings, ids, shown


class Delivery(shown.Shown):
    """One file as it came."""

    id: str = Field(examples=["d12"])
    name: str = Field(description="The file's name, in printable form.", examples=["焦作日报-2022-08-15-A02.md"])
    sha256: str = Field(description="The hash of its bytes, by which they are kept.")
    stage: Stage = Field(description="How far it has got.", examples=["stored"])
    reason: str | None = Field(description="Why it ended as it did.")
    attempts: int = Field(description="How often it has been begun; tries that the house was at fault in do not count.")
    issue: str | None = Field(description="The issue that its first page belongs to.", examples=["i3"])
    page: str | None = Field(description="The label of its first page.", examples=["A02"])
    received_at: datetime = Field(description="When its bytes were safe.")
    ended_at: datetime | None = Field(description="When nothing was left to do with it.")
    pages: list[str] = Field(description="The labels of all its pages.", examples=[["A02"]])
    bytes: int
    encoding: str | None
    format: str | None
    duplicate_of: str | None = Field(description="The delivery that brought the same bytes before.")
    began_at: datetime | None
    handed_back_at: datetime | None = Field(description="When its file left the inbox's care.")
    next_try_at: datetime | None = Field(description="When it is tried again, after a fault of the house.")
    timings: dict[str, float] = Field(description="Milliseconds by step.", examples=[{"read": 4.1, "store": 2.7}])
    findings: shown.Counts = Field(description="Its open findings, counted.")


class DeliveredPage(shown.Shown):
    """One page that a delivery brought."""

    id: str = Field(examples=["p4"])
    label: str | None
    issue: str = Field(examples=["i3"])
    current: bool = Field(description="Whether it stands, or a later delivery took its place.")
    articles: int
    findings: shown.Counts


class DeliveryWhole(Delivery):
    """A delivery with its pages and findings, and where its file lies now."""

    lies_in: str | None = Field(
        description="Where its file was put back, below the folder of its inbox.",
        examples=["done/2026-01-31/焦作日报-2022-08-15-A02.md"],
    )

    delivered: list[DeliveredPage] = Field(description="The pages it brought.")
    told: list[findings.Finding] = Field(description="What the rules say about it.")


def listed(
    session: Session,
    *,
    stage: Stage | None = None,
    name: str | None = None,
    since: datetime | None = None,
    limit: int = shown.LIMIT,
) -> list[Delivery]:
    """Give deliveries, newest first; `name` is a part of the file's name, `since` an aware time."""
    chosen = select(tables.Delivery.id)
    if stage is not None:
        chosen = chosen.where(tables.Delivery.stage == stage)
    if name:
        chosen = chosen.where(tables.Delivery.name.icontains(name, autoescape=True))
    if since is not None:
        chosen = chosen.where(tables.Delivery.received_at >= since)
    return _views(session, shown.newest(chosen, tables.Delivery.id, limit))


def single(session: Session, number: int, language: Language) -> DeliveryWhole | None:
    """Give one delivery, whole; None if there is none of this number."""
    views = _views(session, select(tables.Delivery.id).where(tables.Delivery.id == number))
    if not views:
        return None
    row = session.get_one(tables.Delivery, number)
    return DeliveryWhole(
        **dict(views[0]),
        lies_in=_below_home(row.handed_to) if row.handed_to else None,
        delivered=_delivered(session, number),
        told=findings.by_place(findings.listed(session, language, delivery=number, limit=0)),
    )


def _views(session: Session, chosen: Select[int]) -> list[Delivery]:
    rows = list(
        session.scalars(
            select(tables.Delivery).where(tables.Delivery.id.in_(chosen)).order_by(tables.Delivery.id.desc())
        )
    )
    # What a duplicate would have brought stands where the first of its kind brought it.
    origins = select(func.coalesce(tables.Delivery.duplicate_of, tables.Delivery.id)).where(
        tables.Delivery.id.in_(chosen)
    )
    pages: dict[int, list[tuple[int, str | None]]] = defaultdict(list)
    for delivery, issue, label in session.execute(
        select(tables.Page.delivery_id, tables.Page.issue_id, tables.Page.label)
        .where(tables.Page.delivery_id.in_(origins))
        .order_by(tables.Page.delivery_id, tables.Page.ordinal)
    ):
        pages[delivery].append((issue, label))
    counts = shown.open_findings(session, tables.Finding.delivery_id, chosen)
    return [_view(row, pages[row.duplicate_of or row.id], counts.get(row.id, shown.Counts())) for row in rows]


def _view(row: tables.Delivery, pages: list[tuple[int, str | None]], counts: shown.Counts) -> Delivery:
    return Delivery(
        id=ids.delivery(row.id),
        name=row.name,
        sha256=row.sha256,
        stage=Stage(row.stage),
        reason=row.reason,
        attempts=row.attempts,
        issue=ids.issue(pages[0][0]) if pages else None,
        page=pages[0][1] if pages else None,
        received_at=row.received_at,
        ended_at=row.ended_at,
        pages=[label for _, label in pages if label],
        bytes=row.bytes,
        encoding=row.encoding,
        format=row.format,
        duplicate_of=ids.delivery(row.duplicate_of) if row.duplicate_of else None,
        began_at=row.began_at,
        handed_back_at=row.handed_back_at,
        next_try_at=row.next_try_at,
        timings=_numbers(row.timings),
        findings=counts,
    )


def _numbers(timings: dict[str, Any]) -> dict[str, float]:
    return {step: round(float(spent), 1) for step, spent in timings.items() if isinstance(spent, int | float)}


def _below_home(place: tables.Raw) -> str:
    """/home/desk/var/done/2026-01-31/A02.md -> done/2026-01-31/A02.md; bytes that are not UTF-8 are shown as \\xNN."""
    return "/".join(place.decode("utf-8", "backslashreplace").rsplit("/", 3)[-3:])


def _delivered(session: Session, number: int) -> list[DeliveredPage]:
    of_this = select(tables.Page.id).where(tables.Page.delivery_id == number)
    counts = shown.open_findings(session, tables.Finding.page_id, of_this)
    articles = (
        select(func.count()).where(tables.Article.page_id == tables.Page.id).correlate(tables.Page).scalar_subquery()
    )
    rows = session.execute(
        select(tables.Page.id, tables.Page.label, tables.Page.issue_id, tables.Page.current, articles)
        .where(tables.Page.delivery_id == number)
        .order_by(tables.Page.ordinal)
    )
    return [
        DeliveredPage(
            id=ids.page(page),
            label=label,
            issue=ids.issue(issue),
            current=current,
            articles=count,
            findings=counts.get(page, shown.Counts()),
        )
        for page, label, issue, current, count in rows
    ]
