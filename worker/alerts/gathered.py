"""A notice about several files or issues at once: a title that counts them, and one line for each of the first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from worker.alerts import message
from worker.alerts.message import ToldFinding
from worker.newspaper.rules import Language, Text
from worker.tables import AlertKind

# A text for people tells so many causes one by one; the JSON holds all their findings.
NAMED = 20


class Origin(StrEnum):
    """What findings are about."""

    FILE = "file"  # one that was not accepted
    PAGE = "page"  # one whose paper, date or label nobody knows
    ISSUE = "issue"  # one that has a name


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that gave cause for a notice: what people call it, and what was found."""

    origin: Origin
    subject: str
    findings: tuple[ToldFinding, ...]


# Counted in zh, in en for one, in en for more.
_NEWS: Mapping[Origin, tuple[str, str, str]] = {
    Origin.FILE: ("{count} 个文件已退回", "1 file was not accepted", "{count} files were not accepted"),
    Origin.PAGE: ("{count} 个版面无法辨认", "1 page not identified", "{count} pages not identified"),
    Origin.ISSUE: ("{count} 期报纸有问题", "1 issue has problems", "{count} issues have problems"),
}
_PLACES: Mapping[Origin, tuple[str, str, str]] = {
    Origin.FILE: ("{count} 个文件", "1 file", "{count} files"),
    Origin.PAGE: ("{count} 个无法辨认的版面", "1 page not identified", "{count} pages not identified"),
    Origin.ISSUE: ("{count} 期报纸", "1 issue", "{count} issues"),
}
_FAILED = ("{count} 个文件未能入库", "1 file could not be stored", "{count} files could not be stored")
_MENDED = ("{count} 个问题已解决", "1 problem mended", "{count} problems mended")
_STANDING = ("仍有 {count} 个错误", "1 error still stands", "{count} errors still stand")
_OTHERS = Text("（另有 {count} 个问题）", " ({count} more here)")
_MORE = Text("还有 {count} 项没有列出。", "{count} more are not listed here.")


def news(kind: AlertKind, causes: Sequence[Cause], language: Language) -> str:
    """7 files were not accepted, 2 pages not identified; 9 problems mended."""
    if kind == AlertKind.RESOLVED:
        return _counted(_MENDED, sum(len(cause.findings) for cause in causes), language)
    return _listed(_NEWS, causes, language)


def reminder(causes: Sequence[Cause], language: Language) -> str:
    """12 errors still stand in 5 issues."""
    errors = _counted(_STANDING, sum(len(cause.findings) for cause in causes), language)
    places = _listed(_PLACES, causes, language)
    return f"{places}{errors}" if language == "zh" else f"{errors} in {places}"


def failures(sentences: Sequence[str], language: Language) -> str:
    """3 files could not be stored."""
    return _counted(_FAILED, len(sentences), language)


def text(causes: Sequence[Cause], language: Language) -> str:
    """Tell each of the first causes in one line: its name, its gravest finding, and how many more it has."""
    return shortened([_in_one_line(cause, language) for cause in causes], language)


def shortened(lines: Sequence[str], language: Language) -> str:
    """Give the first lines, and say how many are left out."""
    left_out = len(lines) - NAMED
    more = [_MORE.words(language).format(count=left_out)] if left_out > 0 else []
    return "\n".join([*lines[:NAMED], *more])


def _in_one_line(cause: Cause, language: Language) -> str:
    gravest = min(cause.findings, key=lambda finding: (finding.severity.rank, finding.line or 0))
    others = len(cause.findings) - 1
    colon = "：" if language == "zh" else ": "
    said = message.one_line(f"{cause.subject}{colon}{message.in_one_line(gravest, language)}")
    return said + (_OTHERS.words(language).format(count=others) if others else "")


def _listed(words: Mapping[Origin, tuple[str, str, str]], causes: Sequence[Cause], language: Language) -> str:
    counts = {origin: sum(cause.origin is origin for cause in causes) for origin in Origin}
    told = [_counted(words[origin], count, language) for origin, count in counts.items() if count]
    return ("，" if language == "zh" else ", ").join(told)


def _counted(words: tuple[str, str, str], count: int, language: Language) -> str:
    zh, one, many = words
    if language == "zh":
        return zh.format(count=count)
    return one if count == 1 else many.format(count=count)
