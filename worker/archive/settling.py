"""Findings over time: which are new, which have gone, which are the same as before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from worker.newspaper.model import Finding
from worker.tables import Finding as FindingRow
from worker.tables import FindingState

Key = tuple[str, str]  # a page's label and a fingerprint


@dataclass(frozen=True, slots=True)
class Change:
    """Ids of findings that have opened (or opened again), and of those that have been resolved."""

    opened: tuple[int, ...] = ()
    resolved: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a page's findings stand in the tables."""

    page: int | None
    delivery: int | None


def settle(
    session: Session,
    place: str,
    findings: Sequence[Finding],
    standing: Mapping[str, Standing],
    now: datetime,
    *,
    issue: int | None = None,
) -> Change:
    """Make the findings of a place ("i3", "d12") these, and say what has changed.

    `standing` tells, by page label, which page and delivery a finding speaks of. An ignored finding stays ignored.
    """
    before = {
        (row.page, row.fingerprint): row for row in session.scalars(select(FindingRow).where(FindingRow.place == place))
    }
    wanted: dict[Key, Finding] = {(finding.page or "", finding.fingerprint): finding for finding in findings}
    opened, resolved, added = [], [], []
    for key, finding in wanted.items():
        row = before.get(key)
        if row is None:
            row = FindingRow(place=place, page=key[0], fingerprint=key[1], first_seen=now, issue_id=issue)
            session.add(row)
            added.append(row)
        elif row.state == FindingState.RESOLVED:
            row.state, row.resolved_at = FindingState.OPEN, None
            opened.append(row.id)
        _describe(row, finding, standing.get(key[0], Standing(None, None)))
    for key, row in before.items():
        if key not in wanted and row.state == FindingState.OPEN:
            row.state, row.resolved_at = FindingState.RESOLVED, now
            resolved.append(row.id)
    session.flush()
    return Change((*opened, *(row.id for row in added)), tuple(resolved))


def _describe(row: FindingRow, finding: Finding, standing: Standing) -> None:
    """Write what the finding says now; SQLAlchemy sends only what differs."""
    row.code, row.severity = finding.code, finding.severity
    row.page_id, row.delivery_id = standing.page, standing.delivery
    row.article = finding.article
    row.line, row.column, row.end_line, row.end_column = (
        finding.line,
        finding.column,
        finding.end_line,
        finding.end_column,
    )
    row.excerpt = finding.excerpt
    if row.facts != dict(finding.facts):
        row.facts = dict(finding.facts)
