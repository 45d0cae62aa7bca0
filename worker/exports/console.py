"""Findings for people at a terminal: where, what, the line itself with the words marked, and what to do."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rich.cells import cell_len
from rich.text import Text

from worker.newspaper import rules
from worker.newspaper.model import Finding, Page, Severity

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}
_WORDS = {
    Severity.ERROR: rules.Text("错误", "error"),
    Severity.WARNING: rules.Text("警告", "warning"),
    Severity.INFO: rules.Text("提示", "note"),
}
_MEASURES = {Severity.ERROR: "个", Severity.WARNING: "个", Severity.INFO: "条"}
_WIDTH = 72  # cells of a source line that are shown; a paragraph is one line and far longer
_BEFORE = 24  # of them, about how many stand before the marked words

Sources = Mapping[tuple[str | None, str | None], Sequence[str]]  # file and page label: the lines


def told(findings: Sequence[Finding], pages: Iterable[Page], language: rules.Language) -> Text:
    """All findings, one after the other, and their number; colours are in the text's styles only."""
    sources = {(page.file, page.label): page.source for page in pages}
    text = Text()
    for finding in findings:
        text.append_text(_told(finding, sources, language)).append("\n\n")
    return text.append_text(_summary(findings, language))


def severity(one: Severity, language: rules.Language) -> str:
    """What people call a severity: error, warning or note."""
    return _WORDS[one].words(language)


def counted(counts: Mapping[Severity, int], language: rules.Language) -> str:
    """How many findings there are of each severity, the gravest first: "4 errors, 1 note"; empty when there is none."""
    there = [one for one in Severity if counts.get(one)]
    if language == "zh":
        return "、".join(f"{counts[one]} {_MEASURES[one]}{_WORDS[one].zh}" for one in there)
    return ", ".join(f"{counts[one]} {_WORDS[one].en}{'s' if counts[one] > 1 else ''}" for one in there)


def _told(finding: Finding, sources: Sources, language: rules.Language) -> Text:
    place = [finding.file or "", *(str(at) for at in (finding.line, finding.column) if at is not None)]
    text = Text(printable(":".join(place)), style="bold")
    what = f"{severity(finding.severity, language)} {finding.code}"
    text = Text.assemble(text, " ", (what, _STYLES[finding.severity]), " ")
    text.append(printable(rules.message(finding, language)))
    source = sources.get((finding.file, finding.page), ())
    margin = " "
    if finding.line is not None and 0 < finding.line <= len(source):
        margin = " " * len(str(finding.line))
        words, marks = marked(source[finding.line - 1], *_columns(finding, source[finding.line - 1]))
        text.append(f"\n{margin} |\n{finding.line} | {words}\n{margin} | ")
        text.append(marks, style=_STYLES[finding.severity])
    if advice := rules.help_text(finding, language):
        text.append(f"\n{margin} = {'办法：' if language == 'zh' else 'help: '}{advice}")
    return text


def _columns(finding: Finding, words: str) -> tuple[int, int]:
    """The marked columns of the first line; one that goes on over lines is marked to the line's end."""
    start = finding.column or 1
    ends_here = finding.end_line in (None, finding.line)
    return start, (finding.end_column or start + 1) if ends_here else len(words) + 1


def marked(line: str, start: int, end: int) -> tuple[str, str]:
    """A line and the marks under its columns from `start` to before `end`, both cut to what a terminal shows.

    Han characters are two cells wide, so the marks count cells, not characters.
    """
    line = printable(line)
    first, last = min(max(start - 1, 0), len(line)), min(max(end - 1, start), len(line))
    begin = _back(line, first, _BEFORE)
    before = ("…" if begin else "") + line[begin:first]
    words, after = _fitting(line[first:last], _WIDTH), ""
    if len(words) == last - first:
        after = _fitting(line[last:], _WIDTH - cell_len(before + words))
    cut = "…" if first + len(words) + len(after) < len(line) else ""
    return before + words + after + cut, " " * cell_len(before) + "^" * max(cell_len(words), 1)


def printable(words: str) -> str:
    """Words with what would move or colour the terminal (tabs, escape sequences) as blanks, one for one."""
    return "".join(character if character.isprintable() else " " for character in words)


def _back(line: str, at: int, cells: int) -> int:
    """How far back from `at` one can go within so many cells; to the beginning when that is near."""
    if cell_len(line[:at]) <= 2 * cells:
        return 0
    while at and cells > 0:
        at -= 1
        cells -= cell_len(line[at])
    return at


def _fitting(words: str, cells: int) -> str:
    """The beginning of these words that fits into so many cells."""
    used = 0
    for at, character in enumerate(words):
        used += cell_len(character)
        if used > cells:
            return words[:at]
    return words


def _summary(findings: Sequence[Finding], language: rules.Language) -> Text:
    if not findings:
        return Text("没有发现问题。" if language == "zh" else "No problems found.")
    counts = Counter(finding.severity for finding in findings)
    return Text(counted(counts, language) + ("。" if language == "zh" else "."))
