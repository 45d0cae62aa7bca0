"""Marking: a line of a page cut into stretches, so that the words a finding speaks of can be underlined."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from worker.newspaper.model import Severity
from worker.views.findings import Finding
from worker.views.pages import Page


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some characters of a line, and the gravest severity of the findings that speak of them, if any does."""

    text: str
    severity: Severity | None = None
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line as it is shown; `notes` are the findings that stand on it."""

    number: int
    article: int | None
    furniture: bool
    stretches: tuple[Stretch, ...]
    notes: tuple[Finding, ...]

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to read on it."""
        return not any(stretch.text.strip() for stretch in self.stretches)


def marked(page: Page) -> list[MarkedLine]:
    """Give the page's lines with its open findings marked in them."""
    told = [one for one in page.findings if one.is_open and one.line is not None]
    return [
        MarkedLine(
            line.number,
            line.article,
            line.furniture,
            stretches(line.number, line.text, told),
            tuple(one for one in told if one.line == line.number),
        )
        for line in page.lines
    ]


def stretches(number: int, text: str, findings: Sequence[Finding]) -> tuple[Stretch, ...]:
    """Cut one line where findings begin and end on it."""
    spans = [(*span, one) for one in findings if (span := _span(number, len(text), one))]
    cuts = sorted({0, len(text), *(start for start, _, _ in spans), *(end for _, end, _ in spans)})
    cut = []
    for start, end in itertools.pairwise(cuts):
        over = [one for first, last, one in spans if first <= start and end <= last]
        gravest = min((one.severity for one in over), key=lambda severity: severity.rank, default=None)
        cut.append(Stretch(text[start:end], gravest, tuple(one.id for one in over)))
    return tuple(cut)


def _span(number: int, length: int, one: Finding) -> tuple[int, int] | None:
    """Which characters of this line the finding speaks of, from 0; None for none of them."""
    if one.line is None or one.column is None or not one.line <= number <= (one.end_line or one.line):
        return None
    start = one.column - 1 if number == one.line else 0
    end = one.end_column - 1 if one.end_column and number == (one.end_line or one.line) else length
    start, end = max(start, 0), min(end, length)
    return (start, end) if start < end else None
