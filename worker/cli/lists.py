"""The commands that list what is in the database, and show one thing of it."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from worker.cli import showing
from worker.cli.door import AsJson, Config, Data, Day, Limit, Trouble, WrongValue, opened, place
from worker.newspaper.model import Kind, Severity

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from worker.newspaper.rules import Language
    from worker.views.shown import Counts

Word = TypeVar("Word", bound=StrEnum)

Name = Annotated[str | None, typer.Option("--name", metavar="WORDS", help="A part of the file's name.")]
OfIssue = Annotated[str | None, typer.Option("--issue", metavar="ID", help="Of this issue only, such as i3.")]
Words = Annotated[str | None, typer.Option("--text", metavar="WORDS", help="A part of the headline.")]


def deliveries(
    *,
    stage: Annotated[
        str | None, typer.Option(metavar="STAGE", help="received, stored, duplicate, rejected, failed.")
    ] = None,
    name: Name = None,
    limit: Limit = 50,
    as_json: AsJson = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """List the files that came, and what became of them."""
    from worker.tables import Stage
    from worker.views import deliveries as views

    with opened(place(data, config)) as here, here.look() as session:
        listed = views.listed(session, stage=_one_of(Stage, "--stage", stage), name=name, limit=limit)
    zone = here.settings.locale.zone
    rows = (
        (
            one.id,
            showing.moment(one.received_at, zone),
            one.stage,
            _problems(one.findings, here.language),
            one.issue,
            one.name,
        )
        for one in listed
    )
    columns = ("ID", "RECEIVED", "STAGE", "PROBLEMS", "ISSUE", "NAME")
    _print(listed, columns, rows, "No deliveries.", as_json=as_json)


def issues(
    *,
    paper: Annotated[str | None, typer.Option(metavar="NAME", help="A part of the paper's name, or its code.")] = None,
    day: Day = None,
    state: Annotated[str | None, typer.Option(metavar="STATE", help="open, closed or provisional.")] = None,
    limit: Limit = 50,
    as_json: AsJson = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """List the issues, with the pages that are here and those that are missing."""
    from worker.tables import IssueState
    from worker.views import issues as views

    with opened(place(data, config)) as here, here.look() as session:
        on, wanted = day.date() if day else None, _one_of(IssueState, "--state", state)
        listed = views.listed(session, paper=paper, on=on, state=wanted, limit=limit)
    rows = (
        (
            one.id,
            one.paper or "?",
            _day(one.date),
            one.state,
            " ".join(one.pages),
            " ".join(one.missing),
            _problems(one.findings, here.language),
        )
        for one in listed
    )
    columns = ("ID", "PAPER", "DATE", "STATE", "PAGES", "MISSING", "PROBLEMS")
    _print(listed, columns, rows, "No issues.", as_json=as_json)


def articles(
    *,
    issue: OfIssue = None,
    kind: Annotated[Kind | None, typer.Option(help="What it is to its reader.")] = None,
    text: Words = None,
    limit: Limit = 50,
    as_json: AsJson = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """List the articles of the pages that stand."""
    from worker.views import articles as views

    with opened(place(data, config)) as here, here.look() as session:
        listed = views.listed(session, issue=_issue(session, issue), kind=kind, text=text, limit=limit)
    rows = (
        (one.id, one.issue, one.page, one.kind, str(one.chars), ", ".join(by.name for by in one.bylines), one.headline)
        for one in listed
    )
    columns = ("ID", "ISSUE", "PAGE", "KIND", "CHARS", "BY", "HEADLINE")
    _print(listed, columns, rows, "No articles.", as_json=as_json)


def findings(
    *,
    state: Annotated[str | None, typer.Option(metavar="STATE", help="open, resolved or ignored.")] = None,
    severity: Annotated[
        str | None, typer.Option(metavar="SEVERITY", help="error, warning or note (info to programs).")
    ] = None,
    code: Annotated[str | None, typer.Option(metavar="CODE", help="Of one rule only, such as C001.")] = None,
    issue: OfIssue = None,
    limit: Limit = 50,
    as_json: AsJson = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """List what the rules say."""
    from worker.exports import console
    from worker.newspaper import rules
    from worker.tables import FindingState
    from worker.views import findings as views

    wanted, grave = _one_of(FindingState, "--state", state), _severity(severity)
    if code and code.upper() not in rules.CATALOGUE:
        raise Trouble(f"There is no rule {code}: `jumpline rules` lists them.", 2)
    with opened(place(data, config)) as here, here.look() as session:
        listed = views.listed(
            session, here.language, state=wanted, severity=grave, code=code, issue=_issue(session, issue), limit=limit
        )
    rows = (
        (
            one.id,
            one.code,
            console.severity(one.severity, here.language),
            one.state,
            one.issue or one.delivery,
            one.page,
            str(one.line or ""),
            one.message,
        )
        for one in listed
    )
    columns = ("ID", "CODE", "SEVERITY", "STATE", "OF", "PAGE", "LINE", "MESSAGE")
    _print(listed, columns, rows, "No findings.", as_json=as_json)


def alerts(
    context: typer.Context,
    *,
    state: Annotated[str | None, typer.Option(metavar="STATE", help="due, sent or failed.")] = None,
    kind: Annotated[str | None, typer.Option(metavar="KIND", help="problem, resolved, overdue or system.")] = None,
    limit: Limit = 50,
    as_json: AsJson = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """List what people were told, and whether it got through."""
    if context.invoked_subcommand:
        return
    from worker.tables import AlertKind, AlertState
    from worker.views import alerts as views

    states, kinds = _one_of(AlertState, "--state", state), _one_of(AlertKind, "--kind", kind)
    with opened(place(data, config)) as here, here.look() as session:
        listed = views.listed(session, state=states, kind=kinds, limit=limit)
    zone = here.settings.locale.zone
    rows = (
        (
            one.id,
            showing.moment(one.created_at, zone),
            one.kind,
            one.state,
            one.group,
            str(len(one.findings)),
            ", ".join(f"{sent.channel} {'✓' if sent.ok else '✗'}" for sent in one.notifications),
        )
        for one in listed
    )
    columns = ("ID", "CREATED", "KIND", "STATE", "OF", "FINDINGS", "SENT")
    _print(listed, columns, rows, "No alerts.", as_json=as_json)


def show(
    what: Annotated[str, typer.Argument(metavar="ID", help="d12, i3, p4, a45, f7 or n9.", show_default=False)],
    *,
    as_json: AsJson = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Show one thing whole: a delivery (d12), issue (i3), page (p4), article (a45), finding (f7) or alert (n9)."""
    from worker.cli import whole
    from worker.views import ids

    try:
        kind, number = ids.parse(what)
    except ids.WrongId as wrong:
        raise Trouble(str(wrong), 2) from None
    with opened(place(data, config)) as here, here.look() as session:
        view = whole.find(session, kind, number, here.language)
    if view is None:
        raise Trouble(f"There is no {what}: `jumpline {whole.LISTS[kind]}` lists what there is.")
    if as_json:
        showing.as_json(view)
    else:
        whole.show(view, showing.Reader(here.settings.locale.zone, here.language))


def _one_of(words: type[Word], option: str, given: str | None) -> Word | None:
    try:
        return words(given) if given else None
    except ValueError:
        raise WrongValue(f"{option} {given!r} is not known; it is one of {', '.join(words)}.") from None


def _severity(given: str | None) -> Severity | None:
    """People say note, programs info."""
    if given is None:
        return None
    words = {"error": Severity.ERROR, "warning": Severity.WARNING, "note": Severity.INFO, "info": Severity.INFO}
    if given not in words:
        raise WrongValue(f"--severity {given!r} is not known; it is one of error, warning, note.")
    return words[given]


def _issue(session: "Session", given: str | None) -> int | None:
    from worker.tables import Issue
    from worker.views import ids

    if given is None:
        return None
    try:
        number = ids.number(given, ids.Kind.ISSUE)
    except ids.WrongId as wrong:
        raise Trouble(str(wrong), 2) from None
    if session.get(Issue, number) is None:
        raise Trouble(f"There is no {ids.issue(number)}: `jumpline issues` lists what there is.")
    return number


def _print(
    listed: list[Any], columns: Sequence[str], rows: Iterable[Sequence[str | None]], empty: str, *, as_json: bool
) -> None:
    if as_json:
        showing.as_json(listed)
    else:
        showing.table(columns, rows, empty)


def _day(day: date | None) -> str:
    return day.isoformat() if day else "?"


def _problems(counts: "Counts", language: "Language") -> str:
    """3 errors, 1 warning: what is worth knowing only is left out."""
    from worker.exports import console

    return console.counted({Severity.ERROR: counts.error, Severity.WARNING: counts.warning}, language)
