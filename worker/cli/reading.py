"""The commands that need neither database nor broker: read, check and rules."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from worker import settings
from worker.cli import files, showing
from worker.cli.door import AsJson, Config, Data, Place, Trouble, place
from worker.cli.files import Files
from worker.newspaper.model import Article, Finding, Reading, Severity

PaperName = Annotated[
    str | None, typer.Option("--paper", metavar="NAME", help="The paper it is of, whatever the file says.")
]
Codes = Annotated[
    list[str] | None, typer.Option(metavar="CODE", help="A rule (C001), or all that begin so (C). May be repeated.")
]


class Format(StrEnum):
    """How findings are printed."""

    TEXT = "text"  # for people
    JSON = "json"  # for programs
    SARIF = "sarif"  # for editors and code hosts


def read(
    given: Files, *, as_json: AsJson = False, paper: PaperName = None, data: Data = None, config: Config = None
) -> None:
    """Show how Jumpline reads files: no database, no broker.

    Several files are read one by one; a folder or an archive is read as one issue.
    Ends with 1 when a file could not be read.
    """
    here = place(data, config)
    is_bad = False
    for one in given:
        readings = _readings([one], here, paper)
        is_bad |= any(not reading.pages for reading in readings)
        if len(readings) > 1 or (one != "-" and Path(one).is_dir()):
            _show_issue(readings, here, as_json=as_json)
        else:
            _show_reading(readings[0], here, as_json=as_json, alone=len(given) == 1)
    if is_bad:
        raise typer.Exit(1)


def check(
    given: Files,
    *,
    form: Annotated[Format, typer.Option("--format", help="How to print what was found.")] = Format.TEXT,
    as_json: AsJson = False,
    select: Codes = None,
    ignore: Codes = None,
    paper: PaperName = None,
    data: Data = None,
    config: Config = None,
) -> None:
    """Check files, or a folder, like a linter: what is given is taken as all there is.

    Files of one paper and date are one closed issue. Ends with 1 when there is a finding of severity error.
    """
    from importlib.metadata import version

    from worker.exports import console
    from worker.exports import findings as findings_export
    from worker.exports.sarif import sarif_log
    from worker.newspaper import assembling

    here = place(data, config)
    readings = _readings(given, here, paper)
    papers = settings.papers(here.config_dir)
    found: list[Finding] = []
    for group in assembling.group(readings):
        style = papers.by_name(group.identity.code) or papers.generic
        found += assembling.assemble(group.issue, group.found, style).findings
    found = [finding for finding in found if _wanted(finding.code, select, ignore)]
    match Format.JSON if as_json else form:
        case Format.JSON:
            showing.as_json(findings_export.finding_list(found, here.language))
        case Format.SARIF:
            showing.as_json(sarif_log(found, here.language, version("jumpline")))
        case Format.TEXT:
            showing.say(console.told(found, [page for one in readings for page in one.pages], here.language))
    if any(finding.severity is Severity.ERROR for finding in found):
        raise typer.Exit(1)


def rules(
    code: Annotated[str | None, typer.Argument(metavar="CODE", show_default=False, help="One, such as C001.")] = None,
    *,
    as_json: AsJson = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Say what each rule means, why it is there, and how to mend what it finds."""
    from worker.cli import examples
    from worker.exports import console
    from worker.newspaper import rules as catalogue

    language = place(data, config).language
    wanted = [one for one in catalogue.CATALOGUE.values() if code is None or one.code == code.upper()]
    if not wanted:
        raise Trouble(f"There is no rule {code}: `jumpline rules` lists them.", 2)
    told = [
        {
            "code": rule.code,
            "name": rule.name,
            "severity": rule.severity.value,
            "says": rule.says.words(language),
            "why": rule.why.words(language),
            "example": rule.example.words(language),
            "help": rule.mend.words(language),
        }
        for rule in wanted
    ]
    if as_json:
        showing.as_json(told)
        return
    severities = [console.severity(rule.severity, language) for rule in wanted]
    if code is None:
        rows = ((one["code"], word, one["name"], one["why"]) for one, word in zip(told, severities, strict=True))
        showing.table(("CODE", "SEVERITY", "NAME", "WHY"), rows, "")
    else:
        _show_rule({**told[0], "severity": severities[0], "says": examples.says(wanted[0], language)})


def _show_rule(rule: dict[str, str]) -> None:
    showing.say(f"{rule['code']}  {rule['name']}  ({rule['severity']})\n", "bold")
    showing.facts((name, rule[name]) for name in ("says", "why", "example", "help"))


def _readings(given: list[str], here: Place, paper: str | None) -> list[Reading]:
    from worker.newspaper import reader

    papers = settings.papers(here.config_dir)
    if paper and papers.by_name(paper) is None:
        known = ", ".join(one.code for one in papers) or "none"
        raise Trouble(f"There is no paper {paper!r} in {here.config_dir / 'papers'}: known are {known}.", 2)
    limit = here.settings.inbox.max_bytes
    readings: list[Reading] = []
    passed_over: list[str] = []
    for one in files.gather(given):
        found = reader.read_all(one.name, one.data, papers, paper=paper, max_bytes=limit)
        if one.met and all(map(_is_of_another_type, found)):
            passed_over.append(one.name)
        else:
            readings += found
    files.say_passed_over(passed_over)
    if not readings:
        raise Trouble(f"{', '.join(given)}: there is no file that Jumpline reads.")
    return readings


def _is_of_another_type(reading: Reading) -> bool:
    """By its name's ending: an answer key beside the pages is nobody's mistake, a broken page is."""
    return any(finding.code == "F007" and finding.facts.get("case") == "extension" for finding in reading.findings)


def _wanted(code: str, select: list[str] | None, ignore: list[str] | None) -> bool:
    """`C` stands for C001, C002 and so on; what is ignored is ignored even when it is selected."""
    if ignore and code.startswith(tuple(word.upper() for word in ignore)):
        return False
    return not select or code.startswith(tuple(word.upper() for word in select))


def _show_reading(reading: Reading, here: Place, *, as_json: bool, alone: bool) -> None:
    from worker.exports import console
    from worker.exports.reading import reading_object

    if as_json:
        told: dict[str, Any] = reading_object(reading, here.language)
        (showing.as_json if alone else showing.as_json_line)(told)
        return
    identity = reading.identity
    whose = [identity.paper, identity.date and identity.date.isoformat(), identity.edition]
    showing.say(f"{reading.source.name}: {', '.join(str(one) for one in whose if one) or 'of no known paper'}", "bold")
    for page in reading.pages:
        showing.say(f"\n{page.label or '?'} {page.name or ''}".rstrip(), "bold")
        showing.table(("NO", "KIND", "LINES", "CHARS", "HEADLINE"), map(_row, page.articles), "It has no articles.")
    showing.say("")
    showing.say(console.told(reading.findings, reading.pages, here.language))


def _show_issue(readings: list[Reading], here: Place, *, as_json: bool) -> None:
    from worker.exports.reading import issue_object
    from worker.newspaper import assembling

    papers = settings.papers(here.config_dir)
    for group in assembling.group(readings):
        assembly = assembling.assemble(group.issue, group.found, papers.by_name(group.identity.code) or papers.generic)
        if as_json:
            showing.as_json_line(
                issue_object(group.issue, group.readings, assembly.links, assembly.findings, here.language)
            )
            continue
        for one in group.readings:
            _show_reading(one, here, as_json=False, alone=True)
        for link in assembly.links:
            head, tail = link.head, link.tail
            showing.say(
                f"{head.page} line {head.line} goes on in {tail.page} line {tail.line} ({link.state}, {link.score:.2f})"
            )


def _row(article: Article) -> tuple[str, ...]:
    first, last = min(article.lines, default=0), max(article.lines, default=0)
    title = article.title or (article.continued_from.raw if article.continued_from else article.text[:30])
    return (str(article.position), article.kind, f"{first}-{last}", str(len(article.text)), title)
