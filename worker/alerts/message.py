"""A notice: what one alert says, in people's words and as the JSON that a webhook receives."""

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from worker.newspaper.model import Severity
from worker.newspaper.rules import Language, Text
from worker.tables import AlertKind, Stage

SCHEMA = "jumpline.alert/1"

# A text for people names so many findings one by one; the JSON holds them all.
NAMED = 30

# A title is a mail's subject.
LONGEST_TITLE = 120

_SEVERITIES: Mapping[Severity, tuple[str, str, str]] = {
    Severity.ERROR: ("错误", "error", "errors"),
    Severity.WARNING: ("警告", "warning", "warnings"),
    Severity.INFO: ("提示", "note", "notes"),
}
_STAGES = {Stage.REJECTED: Text("（已退回）", " (rejected)"), Stage.FAILED: Text("（处理失败）", " (failed)")}
_MORE = Text("还有 {count} 个没有列出。", "{count} more are not listed here.")


@dataclass(frozen=True, slots=True)
class ToldFinding:
    """One finding as it is told: `state` is "open", or "resolved" in a notice of what is mended.

    `issue` and `delivery` are the ids of where it stands and of the file that brought it.
    """

    code: str
    severity: Severity
    state: str
    page: str | None
    line: int | None
    message: str
    excerpt: str
    issue: str | None = None
    delivery: str | None = None


@dataclass(frozen=True, slots=True)
class ToldDelivery:
    """The file that a notice is about."""

    id: int
    name: str
    stage: Stage
    reason: str | None


@dataclass(frozen=True, slots=True)
class Notice:
    """What one alert says. `key` is the same for every try to send it, so that a receiver can tell a repetition."""

    key: str
    id: str
    kind: AlertKind
    group: str
    created_at: datetime
    paper: str | None
    date: date | None
    title: str
    text: str
    url: str
    findings: tuple[ToldFinding, ...] = ()
    delivery: ToldDelivery | None = None


def as_json(notice: Notice) -> dict[str, Any]:
    """Give the object that a webhook receives, `jumpline.alert/1`.

    `group` is what the notice was gathered by: an issue ("i3"), "inbox" for what has no known issue, "reminder/CODE"
    for a paper's errors that still stand ("reminder": of no known paper), or "system". `findings` are all that it
    speaks of, though its text names only the first; `delivery` is null unless it is about exactly one file.
    """
    delivery = notice.delivery
    return {
        "schema": SCHEMA,
        "id": notice.id,
        "kind": notice.kind.value,
        "group": notice.group,
        "created_at": notice.created_at.isoformat(),
        "paper": notice.paper,
        "date": notice.date.isoformat() if notice.date else None,
        "title": notice.title,
        "text": notice.text,
        "url": notice.url,
        "findings": [
            {
                "code": finding.code,
                "severity": finding.severity.value,
                "state": finding.state,
                "page": finding.page,
                "line": finding.line,
                "message": finding.message,
                "excerpt": finding.excerpt,
                "issue": finding.issue,
                "delivery": finding.delivery,
            }
            for finding in notice.findings
        ],
        "delivery": delivery
        and {
            "id": f"d{delivery.id}",
            "name": delivery.name,
            "stage": delivery.stage.value,
            "reason": delivery.reason,
        },
    }


def as_text(notice: Notice) -> str:
    """Give the whole notice for people: the title, what is wrong line by line, and where to look."""
    return "\n\n".join(part for part in (notice.title, notice.text, notice.url) if part) + "\n"


def title(kind: AlertKind, findings: Sequence[ToldFinding], sentence: str, language: Language) -> str:
    """Say in one line what happened to one subject; without findings the alert's own sentence says it."""
    return _count(kind, findings, language) if findings else sentence


def headed(subject: str, said: str, language: Language) -> str:
    """Give a title, which names the subject first."""
    colon = "：" if language == "zh" else ": "
    return one_line(f"{subject}{colon}{said}", LONGEST_TITLE)


def _count(kind: AlertKind, findings: Sequence[ToldFinding], language: Language) -> str:
    """4 problems (3 errors); 2 problems mended."""
    count = len(findings)
    if kind == AlertKind.RESOLVED:
        return f"{count} 个问题已解决" if language == "zh" else f"{_problems(count)} mended"
    severities = Counter(finding.severity for finding in findings)
    gravest = min(severities, key=lambda severity: severity.rank)
    zh, one, many = _SEVERITIES[gravest]
    grave = severities[gravest]
    if language == "zh":
        return f"{count} 个问题（{grave} 个{zh}）"
    return f"{_problems(count)} ({grave} {one if grave == 1 else many})"


def _problems(count: int) -> str:
    return "1 problem" if count == 1 else f"{count} problems"


def subject(paper: str | None, day: date | None, delivery: ToldDelivery | None, language: Language) -> str:
    """Name what a notice is about: the issue, else the file as it was dropped, else Jumpline itself."""
    if paper or day:
        return " ".join(part for part in (paper, _day(day, language)) if part)
    if delivery is None:
        return "Jumpline"
    stage = _STAGES.get(delivery.stage)
    return delivery.name + (stage.words(language) if stage else "")


def _day(day: date | None, language: Language) -> str:
    if day is None:
        return ""
    return f"{day.year}年{day.month}月{day.day}日" if language == "zh" else day.isoformat()


def text(sentence: str, findings: Sequence[ToldFinding], language: Language) -> str:
    """Say what is wrong, one finding a line, after the alert's own sentence if it has one."""
    lines = [sentence] if sentence else []
    lines += [in_one_line(finding, language) for finding in findings[:NAMED]]
    if len(findings) > NAMED:
        lines.append(_MORE.words(language).format(count=len(findings) - NAMED))
    return "\n".join(lines)


def in_one_line(finding: ToldFinding, language: Language) -> str:
    """A02 line 69, C001 error: …"""
    zh, en, _ = _SEVERITIES[finding.severity]
    if language == "zh":
        place = (f"{finding.page} 版" if finding.page else "") + (f"第 {finding.line} 行" if finding.line else "")
        return one_line(f"{place} {finding.code} {zh}：{finding.message}")
    place = " ".join(part for part in (finding.page or "", f"line {finding.line}" if finding.line else "") if part)
    return one_line(f"{place}{', ' if place else ''}{finding.code} {en}: {finding.message}")


def one_line(words: str, longest: int | None = None) -> str:
    """Give words of others as one line that cannot break a header, a terminal or the order of reading.

    Control and format characters (line ends, terminal escapes, right-to-left overrides, lone surrogates) become spaces.
    """
    plain = "".join(" " if unicodedata.category(sign) in _UNSAFE else sign for sign in words)
    plain = " ".join(word for word in plain.split(" ") if word)
    return plain if longest is None or len(plain) <= longest else plain[: longest - 1] + "…"


_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
