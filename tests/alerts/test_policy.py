"""What people are told when findings open and are resolved."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from worker.alerts.policy import Addition, Changed, Group, Plan, Said, Terms, Waiting, decide, due_at
from worker.newspaper.model import Severity
from worker.tables import AlertKind

NOW = datetime(2022, 8, 15, 6, 0, tzinfo=UTC)
TERMS = Terms(timedelta(seconds=30), timedelta(minutes=5), timedelta(hours=24), Severity.WARNING)
SOON = NOW + TERMS.group_wait
PROBLEM, RESOLVED = AlertKind.PROBLEM, AlertKind.RESOLVED

NEW = Changed(1, Severity.ERROR)
TOLD = Changed(1, Severity.ERROR, Said(10, PROBLEM))
MENDED = Changed(1, Severity.ERROR, Said(11, RESOLVED))
OTHER = Changed(2, Severity.WARNING)


def waiting(kind: AlertKind, *findings: int, alert: int = 20, foreign: bool = False) -> Group:
    return Group((Waiting(alert, kind, frozenset(findings), foreign),))


def new(kind: AlertKind, *findings: int) -> Plan:
    return Plan(additions=(Addition(kind, findings, due_at=SOON),))


def joins(kind: AlertKind, *findings: int) -> Plan:
    return Plan(additions=(Addition(kind, findings, alert=20),))


@pytest.mark.parametrize(
    ("what", "finding", "group", "plan"),
    [
        ("a new problem makes an alert", NEW, Group(), new(PROBLEM, 1)),
        ("it joins the alert that waits", NEW, waiting(PROBLEM, 2), joins(PROBLEM, 1)),
        ("nothing joins an alert of another group", NEW, waiting(PROBLEM, 2, foreign=True), new(PROBLEM, 1)),
        ("what waits to be told is not added again", NEW, waiting(PROBLEM, 1), Plan()),
        ("what was told is not told again", TOLD, Group(), Plan()),
        ("what was told as mended is told anew", MENDED, Group(), new(PROBLEM, 1)),
        ("before the mending is told, both are unsaid", TOLD, waiting(RESOLVED, 1), Plan({20: (1,)}, (), (20,))),
        ("the others' mending is told all the same", TOLD, waiting(RESOLVED, 1, 2), Plan({20: (1,)})),
        ("a lesser finding is not told", replace(NEW, severity=Severity.INFO), Group(), Plan()),
        ("what became lesser cancels its mending", replace(TOLD, severity=Severity.INFO), waiting(RESOLVED, 1),
         Plan({20: (1,)}, (), (20,))),
        ("it does not join an alert older than what was said last", replace(MENDED, said=Said(21, RESOLVED)),
         waiting(PROBLEM, 2), new(PROBLEM, 1)),
    ],
)  # fmt: skip
def test_a_finding_opens(what: str, finding: Changed, group: Group, plan: Plan) -> None:
    assert decide([finding], [], group, TERMS, NOW) == plan


@pytest.mark.parametrize(
    ("what", "finding", "group", "plan"),
    [
        ("what was told is withdrawn", TOLD, Group(), new(RESOLVED, 1)),
        ("whatever its severity is now", replace(TOLD, severity=Severity.INFO), Group(), new(RESOLVED, 1)),
        ("it joins the mending that waits", TOLD, waiting(RESOLVED, 2), joins(RESOLVED, 1)),
        ("it never joins a problem", TOLD, waiting(PROBLEM, 2), new(RESOLVED, 1)),
        ("what nobody heard of needs no word", NEW, Group(), Plan()),
        ("it is taken out of the alert that waits", NEW, waiting(PROBLEM, 1, 2), Plan({20: (1,)})),
        ("an alert left empty is dropped", NEW, waiting(PROBLEM, 1), Plan({20: (1,)}, (), (20,))),
        ("from another group's alert too", NEW, waiting(PROBLEM, 1, foreign=True), Plan({20: (1,)}, (), (20,))),
        ("a repetition that waits is dropped and the mending told", TOLD, waiting(PROBLEM, 1),
         Plan({20: (1,)}, (Addition(RESOLVED, (1,), due_at=SOON),), (20,))),
        ("it is withdrawn once", MENDED, Group(), Plan()),
    ],
)  # fmt: skip
def test_a_finding_is_resolved(what: str, finding: Changed, group: Group, plan: Plan) -> None:
    assert decide([], [finding], group, TERMS, NOW) == plan


def test_an_alert_whose_findings_are_exchanged_is_kept() -> None:
    plan = decide([OTHER], [NEW], waiting(PROBLEM, 1), TERMS, NOW)
    assert plan == Plan({20: (1,)}, (Addition(PROBLEM, (2,), alert=20),))


def test_problems_and_mendings_of_one_change_go_into_two_alerts() -> None:
    assert decide([OTHER], [TOLD], Group(), TERMS, NOW).additions == (
        Addition(PROBLEM, (2,), due_at=SOON),
        Addition(RESOLVED, (1,), due_at=SOON),
    )


def test_several_findings_of_one_change_share_an_alert() -> None:
    assert decide([OTHER, NEW], [], Group(), TERMS, NOW) == new(PROBLEM, 1, 2)


@pytest.mark.parametrize(
    ("kind", "told_before", "waits"),
    [
        (PROBLEM, None, timedelta(seconds=30)),
        (PROBLEM, timedelta(minutes=1), timedelta(minutes=4)),
        (PROBLEM, timedelta(minutes=4, seconds=50), timedelta(seconds=30)),
        (PROBLEM, timedelta(hours=1), timedelta(seconds=30)),
        (RESOLVED, timedelta(minutes=1), timedelta(seconds=30)),
    ],
)
def test_a_new_alert_waits(kind: AlertKind, told_before: timedelta | None, waits: timedelta) -> None:
    told_at = NOW - told_before if told_before else None
    assert due_at(kind, told_at, TERMS, NOW) == NOW + waits
