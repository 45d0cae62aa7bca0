"""Assemble: an issue's jump lines are linked and its rules run, and the difference to before is written."""

from collections.abc import Collection, Iterable
from dataclasses import replace

import structlog
from sqlalchemy.orm import Session

from worker import archive, house
from worker.alerts import outbox
from worker.house import House
from worker.newspaper import assembling
from worker.newspaper.model import Finding

log = structlog.get_logger()


def assemble(here: House, issue: int) -> bool:
    """Bring this issue up to date; False when nothing has changed since the last time."""
    now = house.now()
    with here.write() as session:
        loaded = archive.load(session, issue)
        if loaded is None:
            return False
        paper = here.paper(loaded.code)
        if _is_complete(loaded.issue.labels, paper.expected_pages) and archive.close(session, issue, now):
            loaded = archive.load(session, issue) or loaded
        result = assembling.assemble(loaded.issue, loaded.found, paper)
        findings = result.findings
        if loaded.is_open and loaded.unmatched:
            strict = assembling.assemble(replace(loaded.issue, closed=True), loaded.found, paper)
            findings = keep_unmatched(findings, strict.findings, loaded.unmatched)
        change = archive.write(session, issue, loaded, result.links, result.stories, findings, now)
        _tell(session, here, issue, change)
    log.info(
        "assembled", issue=issue, links=len(result.links), opened=len(change.opened), resolved=len(change.resolved)
    )
    return True


def keep_unmatched(
    waiting: Iterable[Finding], unmatched: Iterable[Finding], said: Collection[tuple[str, str]]
) -> tuple[Finding, ...]:
    """Let a jump line that has been said to be unmatched stay so while its issue is open again for a late page.

    `waiting` is what is found in the open issue, `unmatched` what is found in the closed one, `said` the page and
    fingerprint of each unmatched jump line that people know of. Only what the late page mends is withdrawn.
    """
    kept = {_spot(one): one for one in unmatched if one.code == "C001" and (one.page or "", one.fingerprint) in said}
    return tuple(kept.get(_spot(one), one) if one.code == "C002" else one for one in waiting)


def _spot(finding: Finding) -> tuple[str | None, int | None, int | None]:
    return finding.page, finding.line, finding.column


def _is_complete(labels: Collection[str], expected: Collection[str]) -> bool:
    return bool(expected) and set(expected) <= set(labels)


def _tell(session: Session, here: House, issue: int, change: archive.Change) -> None:
    told = outbox.Change(issue, None, change.opened, change.resolved)
    outbox.raise_for(session, told, here.terms, house.now())
