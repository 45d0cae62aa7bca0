"""From the tables to a notice."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from worker.alerts import message
from worker.alerts.message import Notice, ToldDelivery, ToldFinding
from worker.newspaper import model, rules
from worker.newspaper.rules import Language
from worker.tables import Alert, AlertFinding, AlertKind, Delivery, Finding, FindingState, Issue, Stage


def compose(session: Session, alert: Alert, language: Language, base_url: str) -> Notice:
    """Give what this alert says, with a link to the dashboard at `base_url` ("" for none).

    Its title and text are kept when it is composed first, in the transaction that begins it: every later try sends
    those words, and they are what people are shown as having been told.
    """
    rows = session.scalars(
        select(Finding)
        .join(AlertFinding, AlertFinding.finding_id == Finding.id)
        .where(AlertFinding.alert_id == alert.id)
        .order_by(Finding.page, Finding.line, Finding.code, Finding.id)
    ).all()
    issue = session.get(Issue, alert.issue_id) if alert.issue_id else None
    paper, day = (issue.paper, issue.date) if issue else (None, None)
    # An issue that has no name is known to people by the file that brought it.
    nameless = next((row.delivery_id for row in rows), None) if issue and not (paper or day) else None
    delivery = _delivery(session, alert.delivery_id or nameless)
    state = FindingState.RESOLVED if alert.kind == AlertKind.RESOLVED else FindingState.OPEN
    findings = tuple(_told(row, state, language) for row in rows)
    if alert.title is None or alert.said is None:
        about = message.subject(paper, day, delivery, language)
        alert.title = message.title(AlertKind(alert.kind), about, findings, alert.text, language)
        alert.said = message.text(alert.text, findings, language)
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
        url=_url(base_url, alert),
        findings=findings,
        delivery=delivery,
    )


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
        message=rules.message(_value(row), language),
        excerpt=row.excerpt,
    )


def _value(row: Finding) -> model.Finding:
    return model.Finding(
        code=row.code,
        severity=model.Severity(row.severity),
        page=row.page or None,
        line=row.line,
        column=row.column,
        end_line=row.end_line,
        end_column=row.end_column,
        excerpt=row.excerpt,
        facts=row.facts,
        fingerprint=row.fingerprint,
        article=row.article,
    )


def _url(base_url: str, alert: Alert) -> str:
    base = base_url.rstrip("/")
    if base and alert.issue_id:
        return f"{base}/issues/{alert.issue_id}"
    if base and alert.delivery_id:
        return f"{base}/deliveries/{alert.delivery_id}"
    return base
