"""From the tables to a notice."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from worker import rows
from worker.alerts import gathered, message, policy
from worker.alerts.gathered import Origin
from worker.alerts.message import Notice, ToldDelivery, ToldFinding
from worker.newspaper import model, rules
from worker.newspaper.rules import Language
from worker.tables import Alert, AlertFinding, AlertKind, Delivery, Finding, FindingState, Issue, IssueState, Stage

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Source:
    """What some of an alert's findings are about: an issue that has a name, else the file that brought them."""

    issue: Issue | None
    delivery: ToldDelivery | None
    findings: tuple[ToldFinding, ...]

    @property
    def origin(self) -> Origin:
        if self.issue is None:
            return Origin.FILE
        return Origin.PAGE if self.delivery else Origin.ISSUE

    def subject(self, language: Language) -> str:
        if self.issue is None or self.delivery:
            return message.subject(None, None, self.delivery, language)
        return message.subject(self.issue.paper, self.issue.date, None, language)


def compose(session: Session, alert: Alert, language: Language, base_url: str) -> Notice:
    """Give what this alert says, with a link to the dashboard at `base_url` ("" for none).

    Its title and text are kept when it is composed first, in the transaction that begins it: every later try sends
    those words, and they are what people are shown as having been told.
    """
    sources = _sources(session, alert, language)
    issues = [one.issue for one in sources]
    paper = _one({issue.paper if issue else None for issue in issues})
    day = _one({issue.date if issue else None for issue in issues})
    delivery = _one({one.delivery for one in sources if one.delivery}) or _delivery(session, alert.delivery_id)
    if alert.title is None or alert.said is None:
        alert.title, alert.said = _words(alert, sources, paper, delivery, language)
    return Notice(
        key=alert.key,
        id=f"n{alert.id}",
        kind=AlertKind(alert.kind),
        group=alert.group,
        created_at=alert.created_at,
        paper=paper,
        date=day,
        title=alert.title,
        text=alert.said,
        url=_url(base_url, alert, sources, delivery),
        findings=tuple(finding for one in sources for finding in one.findings),
        delivery=delivery,
    )


def _words(
    alert: Alert,
    sources: Sequence[_Source],
    paper: str | None,
    delivery: ToldDelivery | None,
    language: Language,
) -> tuple[str, str]:
    """Give title and text."""
    kind = AlertKind(alert.kind)
    causes = [gathered.Cause(one.origin, one.subject(language), one.findings) for one in sources]
    about = sources[0].subject(language) if len(sources) == 1 else message.subject(paper, None, delivery, language)
    if policy.is_reminder(alert.group):
        title, text = gathered.reminder(causes, language), gathered.text(causes, language)
    elif len(causes) > 1:
        title, text = gathered.news(kind, causes, language), gathered.text(causes, language)
    elif "\n" in alert.text:
        sentences = alert.text.split("\n")
        title, text = gathered.failures(sentences, language), gathered.shortened(sentences, language)
    else:
        findings = causes[0].findings if causes else ()
        title, text = message.title(kind, findings, alert.text, language), message.text(alert.text, findings, language)
    return message.headed(about, title, language), text


def _sources(session: Session, alert: Alert, language: Language) -> list[_Source]:
    """Give the alert's findings by what they are about."""
    state = FindingState.RESOLVED if alert.kind == AlertKind.RESOLVED else FindingState.OPEN
    findings = session.scalars(
        select(Finding)
        .join(AlertFinding, AlertFinding.finding_id == Finding.id)
        .where(AlertFinding.alert_id == alert.id)
        .order_by(func.coalesce(Finding.issue_id, 0), Finding.page, Finding.line, Finding.code, Finding.id)
    ).all()
    numbers = {finding.issue_id for finding in findings}
    issues = {issue.id: issue for issue in session.scalars(select(Issue).where(Issue.id.in_(numbers - {None})))}
    told: dict[tuple[Issue | None, int | None], list[ToldFinding]] = {}
    for finding in findings:
        issue = issues.get(finding.issue_id or 0)
        file = None if issue and _has_name(issue) else finding.delivery_id
        told.setdefault((issue, file), []).append(_told(finding, state, language))
    return [_Source(issue, _delivery(session, file), tuple(ones)) for (issue, file), ones in told.items()]


def _has_name(issue: Issue) -> bool:
    """An issue that has none is known to people by the file that brought it."""
    return issue.state != IssueState.PROVISIONAL and bool(issue.paper or issue.date)


def _one(values: set[T]) -> T | None:
    """Give what all are; None when they differ."""
    return next(iter(values)) if len(values) == 1 else None


def _delivery(session: Session, number: int | None) -> ToldDelivery | None:
    row = session.get(Delivery, number) if number else None
    return ToldDelivery(row.id, row.name, Stage(row.stage), row.reason) if row else None


def _told(row: Finding, state: FindingState, language: Language) -> ToldFinding:
    return ToldFinding(
        code=row.code,
        severity=model.Severity(row.severity),
        state=state.value,
        page=row.page or None,
        line=row.line,
        message=rules.message(rows.finding(row), language),
        excerpt=row.excerpt,
        issue=f"i{row.issue_id}" if row.issue_id else None,
        delivery=f"d{row.delivery_id}" if row.delivery_id else None,
    )


def _url(base_url: str, alert: Alert, sources: Sequence[_Source], delivery: ToldDelivery | None) -> str:
    base = base_url.rstrip("/")
    if not base:
        return ""
    if len(sources) == 1 and (issue := sources[0].issue):
        return f"{base}/issues/{issue.id}"
    if delivery:
        return f"{base}/deliveries/{delivery.id}"
    return f"{base}/alerts/{alert.id}" if sources or "\n" in alert.text else base
