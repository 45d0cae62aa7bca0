"""An issue put together: its links, its stories and its findings, from the pages that are here."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from worker.newspaper import linking, rules
from worker.newspaper.model import Finding, Identity, Issue, Link, Page, Place, Reading
from worker.newspaper.paper import Paper


@dataclass(frozen=True, slots=True)
class Assembly:
    """What an issue is with the pages it has now."""

    links: tuple[Link, ...]
    stories: tuple[tuple[Place, ...], ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The readings that make one issue, with what their pages told by themselves, by page label ("" for none)."""

    readings: tuple[Reading, ...]
    issue: Issue
    found: Mapping[str, tuple[Finding, ...]]

    @property
    def identity(self) -> Identity:
        """Which paper and date they share."""
        return self.readings[0].identity


def assemble(issue: Issue, found: Mapping[str, Sequence[Finding]], paper: Paper) -> Assembly:
    """Link an issue's continuations, read its stories through and check it; the order of its pages does not matter."""
    links = linking.link(issue)
    return Assembly(links, linking.stories(issue, links), rules.check_issue(issue, links, found, paper))


def group(readings: Iterable[Reading]) -> tuple[Group, ...]:
    """The readings as closed issues, one for each paper, date and edition: what is given is taken as all there is.

    A reading whose paper or date is not known is an issue of its own. Of several readings of one page the last given
    stands, with its findings.
    """
    together: dict[object, list[Reading]] = defaultdict(list)
    for at, reading in enumerate(readings):
        identity = reading.identity
        known = identity.paper and identity.date
        together[(identity.paper, identity.date, identity.edition) if known else at].append(reading)
    return tuple(map(_group, together.values()))


def _group(readings: Sequence[Reading]) -> Group:
    pages: dict[object, Page] = {}
    origin: dict[str, int] = {}
    for at, reading in enumerate(readings):
        for page in reading.pages:
            pages[page.label or (at, page.ordinal)] = page
            if page.label:
                origin[page.label] = at
    found: dict[str, list[Finding]] = defaultdict(list)
    for at, reading in enumerate(readings):
        for finding in reading.findings:
            if finding.page is None or origin.get(finding.page, at) == at:
                found[finding.page or ""].append(finding)
    first = readings[0].identity
    in_order = sorted(
        pages.values(), key=lambda page: (page.label is None, page.label or "", page.file or "", page.ordinal)
    )
    issue = Issue(first.paper, first.date, first.edition, tuple(in_order), closed=True)
    return Group(tuple(readings), issue, {label: tuple(findings) for label, findings in found.items()})
