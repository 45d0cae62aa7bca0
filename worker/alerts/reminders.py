"""Reminders: errors that still stand are told again, all those of one paper in one alert.

A paper is reminded at most once in a repeat interval. What was told lately waits for the next reminder, so an error is
told again after half an interval at the earliest; what was seen first longer than `LONGEST` ago is told no more.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session, aliased

from worker.alerts import outbox, policy
from worker.alerts.policy import Terms
from worker.newspaper.model import Severity
from worker.tables import Alert, AlertFinding, AlertKind, Finding, FindingState, Issue

# What still stands then has been read and left; it stays in the lists, open.
LONGEST = timedelta(days=30)


def repeats(session: Session, terms: Terms, now: datetime) -> int:
    """Tell errors again that still stand a repeat interval after they were told; gives how many alerts that makes."""
    if not _to_remind(session, terms, now):
        return 0
    outbox.take_turns(session)
    raised = 0
    for paper in _to_remind(session, terms, now):  # asked again: another sweep may have been first
        standing = _standing(now - terms.repeat_interval / 2, now).where(Issue.code == paper)
        findings = session.scalars(standing).all()
        if findings:  # a person may have ignored them this moment
            alert = outbox.add(session, AlertKind.PROBLEM, policy.reminder(paper), "", due_at=now, now=now)
            outbox.put(session, alert, findings)
            raised += 1
    return raised


def _to_remind(session: Session, terms: Terms, now: datetime) -> Sequence[str | None]:
    """Give the papers, by their code, that have an error to repeat and have not been reminded for an interval."""
    before = now - terms.repeat_interval
    papers = session.scalars(_standing(before, now).with_only_columns(Issue.code).distinct().order_by(Issue.code)).all()
    reminded = set(
        session.scalars(
            select(Alert.group).where(Alert.group.in_(map(policy.reminder, papers)), Alert.created_at > before)
        )
    )
    return [paper for paper in papers if policy.reminder(paper) not in reminded]


def _standing(told_before: datetime, now: datetime) -> Select[int]:
    """Open errors, not older than `LONGEST`, whose last alert called them a problem and ended before this time."""
    spoken_of, later = aliased(AlertFinding), aliased(AlertFinding)
    return (
        select(Finding.id)
        .join(spoken_of, spoken_of.finding_id == Finding.id)
        .join(Alert, Alert.id == spoken_of.alert_id)
        .outerjoin(Issue, Issue.id == Finding.issue_id)
        .where(Finding.state == FindingState.OPEN, Finding.severity == Severity.ERROR)
        .where(Finding.first_seen > now - LONGEST)
        .where(Alert.kind == AlertKind.PROBLEM, Alert.ended_at <= told_before)
        .where(~exists().where(later.finding_id == Finding.id, later.alert_id > Alert.id))
    )
