"""What can be wrong with a file, a page or an issue: each rule a sentence in two languages and a function."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from worker.newspaper import jumps
from worker.newspaper.model import Certainty, Finding, Identity, Issue, Link, Page, Place
from worker.newspaper.paper import Paper
from worker.newspaper.rules import articles, continuations, files, marks, pages
from worker.newspaper.rules.files import rejection
from worker.newspaper.rules.reasons import reason
from worker.newspaper.rules.rule import Language, Rule, Text, sentence
from worker.newspaper.rules.sites import distinct

__all__ = [
    "CATALOGUE",
    "Language",
    "Rule",
    "Text",
    "check_issue",
    "check_page",
    "help_text",
    "message",
    "name",
    "reason",
    "rejection",
]

_FAMILIES = (files, pages, articles, continuations, marks)
CATALOGUE: Mapping[str, Rule] = MappingProxyType({rule.code: rule for family in _FAMILIES for rule in family.RULES})


def name(code: str) -> str:
    """The name of a rule; a code that this version does not know is its own name."""
    return CATALOGUE[code].name if code in CATALOGUE else code


def message(finding: Finding, language: Language) -> str:
    """One sentence that says what is wrong. A finding of a later version is told by its code and its words."""
    rule = CATALOGUE.get(finding.code)
    if rule is not None:
        return sentence(rule, finding.facts, language)
    unknown = Text(
        "规则 {code} 不在这个版本里；它指的是：“{excerpt}”。",
        "Rule {code} is not of this version; it speaks of “{excerpt}”.",
    )
    return unknown.words(language).format(code=finding.code, excerpt=finding.excerpt)


def help_text(finding: Finding, language: Language) -> str:
    """How to mend what is wrong; empty for a rule that this version does not know."""
    rule = CATALOGUE.get(finding.code)
    return rule.mend.words(language) if rule else ""


def check_page(page: Page, identity: Identity, paper: Paper) -> tuple[Finding, ...]:
    """All that one page tells by itself, in the order of the page, under the paper's changes to the rules."""
    found = (
        *pages.on_page(page, identity),
        *articles.on_page(page),
        *continuations.on_page(page),
        *marks.on_page(page),
    )
    return tuple(distinct(_as_the_paper_wants(found, paper)))


def check_issue(
    issue: Issue, links: Sequence[Link], found: Mapping[str, Sequence[Finding]], paper: Paper
) -> tuple[Finding, ...]:
    """The findings of an issue as it stands: what its pages told by themselves, less what its links mend, and its own.

    `found` holds each page's findings by its label ("" for none). A story that reads through is judged as a whole:
    what seemed broken or unbalanced in one half may be sound in both.
    """
    made = [link for link in links if link.state is Certainty.MADE]
    goes_on = {_half(link.head) for link in made}
    comes_on = {_half(link.tail) for link in made}
    withdrawn = {("A004", half) for half in goes_on} | {("A003", half) for half in comes_on}
    withdrawn |= {("M001", half) for half in goes_on | comes_on}
    kept = (
        one
        for findings in found.values()
        for one in findings
        if (one.code, (one.page or "", one.article)) not in withdrawn
    )
    own = (*continuations.in_issue(issue, links), *_over_stories(issue, links))
    return tuple(distinct(_as_the_paper_wants((*kept, *own), paper)))


def _over_stories(issue: Issue, links: Sequence[Link]) -> Iterator[Finding]:
    """What is wrong with stories read as a whole."""
    halves = {(page.label, one.position): (page, one) for page in issue.pages if page.label for one in page.articles}
    for chain in jumps.chains(links):
        yield from marks.in_story([halves[_half(place)] for place in chain if _half(place) in halves])


def _half(place: Place) -> tuple[str, int]:
    return (place.page, place.article)


def _as_the_paper_wants(findings: Iterable[Finding], paper: Paper) -> Iterator[Finding]:
    """Without the rules that the paper turned off, and with its own severities."""
    for one in findings:
        change = paper.rules.get(one.code)
        if change is None:
            yield one
        elif not change.off:
            yield replace(one, severity=change.severity or one.severity)
