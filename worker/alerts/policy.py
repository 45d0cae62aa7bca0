"""What people are to be told when findings open and are resolved: pure decisions, in Alertmanager's words.

*Group*: what is told together: an issue, or, whatever files it came in, all that belongs to no known issue. *Group
wait*: how long a group's news is gathered before it goes out. *Group interval*: how long a group that was told lately
is left in peace before it hears of new problems. *Repeat interval*: after how long an error that still stands is told
again. *Resolved*: what was told before is mended.

An alert *waits* until the first try to send it; until then findings may join or leave it. From then on its words are
fixed, because every later try carries the same key.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType

from worker.newspaper.model import Severity
from worker.tables import AlertKind

# The group of what belongs to no known issue: files that were not accepted or failed, pages that nobody could tell.
INBOX = "inbox"

_REMINDER = "reminder"


@dataclass(frozen=True, slots=True)
class Terms:
    """How news is gathered, and what is worth telling."""

    group_wait: timedelta
    group_interval: timedelta
    repeat_interval: timedelta
    min_severity: Severity


@dataclass(frozen=True, slots=True)
class Said:
    """The last that went out about a finding: in which alert, and whether as a problem or as resolved."""

    alert: int
    kind: AlertKind


@dataclass(frozen=True, slots=True)
class Changed:
    """A finding that has opened or has been resolved, with what people have heard of it."""

    finding: int
    severity: Severity
    said: Said | None = None

    @property
    def is_believed(self) -> bool:
        """Whether people take it for a problem that stands."""
        return self.said is not None and self.said.kind == AlertKind.PROBLEM


@dataclass(frozen=True, slots=True)
class Waiting:
    """An alert that no channel has been tried for yet, and what it speaks of.

    It may be of another group (`foreign`): a finding that moves to another issue takes its past along. What has
    changed is taken out of such an alert, but nothing joins it.
    """

    alert: int
    kind: AlertKind
    findings: frozenset[int]
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """What waits about a group and its findings, and when the group was told something last."""

    waiting: tuple[Waiting, ...] = ()
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Addition:
    """Findings to be told: in an alert that waits, or (`alert` is None) in a new one, due at `due_at`."""

    kind: AlertKind
    findings: tuple[int, ...]
    alert: int | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do with the outbox, in this order."""

    taken_out: Mapping[int, tuple[int, ...]] = field(default_factory=lambda: MappingProxyType({}))  # alert -> findings
    additions: tuple[Addition, ...] = ()
    dropped: tuple[int, ...] = ()  # alerts that have nothing left to say


def decide(opened: Sequence[Changed], resolved: Sequence[Changed], group: Group, terms: Terms, now: datetime) -> Plan:
    """Say what becomes of the group's outbox, so that nothing is said twice and nothing is left unsaid.

    What people have not heard of yet is unsaid by taking it out of the alert that waits; what they have heard of is
    answered by the opposite.
    """
    fine_again = {one.finding for one in resolved}
    wrong_again = {one.finding for one in opened}
    taken_out = {
        alert.alert: tuple(sorted(alert.findings & (fine_again if alert.kind == AlertKind.PROBLEM else wrong_again)))
        for alert in group.waiting
    }
    taken_out = {alert: findings for alert, findings in taken_out.items() if findings}
    problems = [one for one in opened if not one.is_believed and one.severity.rank <= Severity(terms.min_severity).rank]
    mended = [one for one in resolved if one.is_believed]
    additions = tuple(
        _addition(kind, told, group, terms, now)
        for kind, news in ((AlertKind.PROBLEM, problems), (AlertKind.RESOLVED, mended))
        if (told := [one for one in news if not _waits(one.finding, kind, group)])
    )
    joined = {addition.alert for addition in additions}
    dropped = tuple(
        alert.alert
        for alert in group.waiting
        if alert.alert not in joined and len(taken_out.get(alert.alert, ())) == len(alert.findings)
    )
    return Plan(taken_out, additions, dropped)


def _waits(finding: int, kind: AlertKind, group: Group) -> bool:
    return any(finding in alert.findings for alert in group.waiting if alert.kind == kind)


def _addition(kind: AlertKind, told: Sequence[Changed], group: Group, terms: Terms, now: datetime) -> Addition:
    """Let the findings join the newest alert that waits, unless it is older than the last that was said of them.

    That way the alerts that speak of one finding are told in the order of their ids.
    """
    findings = tuple(sorted(one.finding for one in told))
    own = [alert.alert for alert in group.waiting if alert.kind == kind and not alert.foreign]
    newest = max(own, default=None)
    if newest is not None and all(one.said is None or one.said.alert < newest for one in told):
        return Addition(kind, findings, alert=newest)
    return Addition(kind, findings, due_at=due_at(kind, group.told_at, terms, now))


def reminder(paper: str | None) -> str:
    """Name the group that reminds people of a paper's errors, by the paper's code; None: of those of no known paper."""
    return f"{_REMINDER}/{paper}" if paper else _REMINDER


def is_reminder(group: str) -> bool:
    """Whether this group reminds people of what they were told before."""
    return group == _REMINDER or group.startswith(f"{_REMINDER}/")


def due_at(kind: AlertKind, told_at: datetime | None, terms: Terms, now: datetime) -> datetime:
    """Give the time for a new alert of a group that was told something last at `told_at`.

    That something is mended does not wait for the group interval: people may stop looking for it at once, and it
    cannot flood them, for each mending presupposes a problem that was told.
    """
    soon = now + terms.group_wait
    if kind == AlertKind.RESOLVED or told_at is None:
        return soon
    return max(soon, told_at + terms.group_interval)
