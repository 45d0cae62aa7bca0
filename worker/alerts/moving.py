"""What people were told of a finding stays told when the finding moves."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from worker.alerts import outbox
from worker.alerts.policy import Terms
from worker.tables import Alert, AlertFinding, AlertState, Finding, FindingState


def moved(
    session: Session, old: int, new: int, same: Mapping[int, int], terms: Terms, now: datetime, *, is_gone: bool
) -> None:
    """Let what was said of findings that have gone to another issue be known there.

    `same` tells which of them the new issue has had already, under what id: of those nothing is told that people have
    heard, in either place. The old issue `is_gone`: its alerts are the new one's.
    """
    if not same and not is_gone:
        return
    outbox.take_turns(session)
    _unsay(session, list(same))
    for finding, known in same.items():
        heard = select(AlertFinding.alert_id).where(AlertFinding.finding_id == known)
        session.execute(
            update(AlertFinding)
            .where(AlertFinding.finding_id == finding, AlertFinding.alert_id.not_in(heard.scalar_subquery()))
            .values(finding_id=known)
            .execution_options(synchronize_session=False)
        )
    session.execute(delete(AlertFinding).where(AlertFinding.finding_id.in_(same)))
    if is_gone:
        session.execute(update(Alert).where(Alert.group == f"i{old}").values(group=f"i{new}"))
        session.execute(update(Alert).where(Alert.issue_id == old).values(issue_id=new))
    open_now = select(Finding.id).where(Finding.id.in_(same.values()), Finding.state == FindingState.OPEN)
    opened = session.scalars(open_now.order_by(Finding.id)).all()
    outbox.raise_for(session, outbox.Change(new, None, opened, ()), terms, now)


def _unsay(session: Session, findings: list[int]) -> None:
    """Take these out of what no channel has been tried for yet; what has nothing left to say goes."""
    speaks_of_them = select(AlertFinding.alert_id).where(AlertFinding.finding_id.in_(findings))
    waiting = session.scalars(
        select(Alert.id)
        .where(Alert.id.in_(speaks_of_them), Alert.state == AlertState.DUE, Alert.attempts == 0)
        .order_by(Alert.id)
        .with_for_update()
    ).all()
    session.execute(
        delete(AlertFinding).where(AlertFinding.alert_id.in_(waiting), AlertFinding.finding_id.in_(findings))
    )
    empty = ~exists().where(AlertFinding.alert_id == Alert.id)
    session.execute(delete(Alert).where(Alert.id.in_(waiting), empty).execution_options(synchronize_session=False))
