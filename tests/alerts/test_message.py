"""What a notice says, to people and to programs."""

import json
from datetime import UTC, date, datetime

import pytest

from worker.alerts import message
from worker.alerts.message import Notice, ToldDelivery, ToldFinding
from worker.newspaper.model import Severity
from worker.newspaper.rules import Language
from worker.tables import AlertKind, Stage

ERROR = ToldFinding(
    "C001", Severity.ERROR, "open", "A02", 69, "(上接A01版①) has no partner.", "(上接A01版①)", "i3", "d12"
)
WARNING = ToldFinding("A006", Severity.WARNING, "open", "A02", 57, "Lines stand elsewhere.", "")
INFO = ToldFinding("C002", Severity.INFO, "open", None, None, "It waits.", "")
DAY = date(2022, 8, 15)
NAME = "焦作日报"
LOST = ToldDelivery(12, "a.md", Stage.FAILED, "No reason.")


@pytest.mark.parametrize(
    ("kind", "findings", "zh", "en"),
    [
        (AlertKind.PROBLEM, [ERROR, ERROR, ERROR, WARNING], "4 个问题（3 个错误）", "4 problems (3 errors)"),
        (AlertKind.PROBLEM, [ERROR], "1 个问题（1 个错误）", "1 problem (1 error)"),
        (AlertKind.PROBLEM, [WARNING, INFO], "2 个问题（1 个警告）", "2 problems (1 warning)"),
        (AlertKind.PROBLEM, [INFO, INFO], "2 个问题（2 个提示）", "2 problems (2 notes)"),
        (AlertKind.RESOLVED, [ERROR, ERROR], "2 个问题已解决", "2 problems mended"),
        (AlertKind.RESOLVED, [ERROR], "1 个问题已解决", "1 problem mended"),
    ],
)
def test_a_title_counts_the_problems(kind: AlertKind, findings: list[ToldFinding], zh: str, en: str) -> None:
    told = [
        message.headed(
            message.subject(NAME, DAY, None, language), message.title(kind, findings, "", language), language
        )
        for language in ("zh", "en")
    ]
    assert told == [f"焦作日报 2022年8月15日：{zh}", f"焦作日报 2022-08-15: {en}"]


@pytest.mark.parametrize(
    ("paper", "day", "delivery", "language", "expected"),
    [
        (NAME, None, LOST, "en", "焦作日报"),
        (None, DAY, None, "zh", "2022年8月15日"),
        (None, None, LOST, "en", "a.md (failed)"),
        (None, None, LOST, "zh", "a.md（处理失败）"),
        (None, None, ToldDelivery(1, "b.md", Stage.REJECTED, None), "zh", "b.md（已退回）"),
        (None, None, ToldDelivery(1, "b.md", Stage.STORED, None), "en", "b.md"),
        (None, None, None, "en", "Jumpline"),
    ],
)
def test_a_notice_is_about(
    paper: str | None, day: date | None, delivery: ToldDelivery | None, language: Language, expected: str
) -> None:
    assert message.subject(paper, day, delivery, language) == expected


def test_without_findings_the_title_says_the_alerts_own_sentence() -> None:
    assert message.title(AlertKind.SYSTEM, [], "The disk is full.", "en") == "The disk is full."


def test_a_long_title_is_cut() -> None:
    title = message.headed("Jumpline", "长" * 500, "zh")
    assert (len(title), title[-1]) == (message.LONGEST_TITLE, "…")


@pytest.mark.parametrize(
    ("finding", "zh", "en"),
    [
        (ERROR, "A02 版第 69 行 C001 错误：", "A02 line 69, C001 error: "),
        (INFO, "C002 提示：", "C002 note: "),
    ],
)
def test_a_finding_is_one_line_with_its_place(finding: ToldFinding, zh: str, en: str) -> None:
    assert message.in_one_line(finding, "zh") == zh + finding.message
    assert message.in_one_line(finding, "en") == en + finding.message


def test_a_text_names_the_first_findings_and_counts_the_rest() -> None:
    lines = message.text("Look here.", [ERROR] * 32, "en").split("\n")
    assert (len(lines), lines[0], lines[-1]) == (32, "Look here.", "2 more are not listed here.")


@pytest.mark.parametrize(
    "hostile",
    ["a\r\nBcc: b@example.org", "a\x1b[2Jb", "a\u202eb", "a\u2028b", "a\ud800b", "a\x00b"],
)
def test_words_of_others_cannot_break_a_line(hostile: str) -> None:
    line = message.one_line(hostile)
    assert line.isprintable()
    assert line.encode("utf-8")


def notice(findings: tuple[ToldFinding, ...] = (ERROR,), delivery: ToldDelivery | None = None) -> Notice:
    return Notice(
        key="k" * 32,
        id="n9",
        kind=AlertKind.PROBLEM,
        group="i3",
        created_at=datetime(2022, 8, 15, 6, 0, tzinfo=UTC),
        paper=NAME,
        date=DAY,
        title="焦作日报 2022-08-15: 1 problem (1 error)",
        text="A02 line 69, C001 error: (上接A01版①) has no partner.",
        url="http://127.0.0.1:8600/issues/3",
        findings=findings,
        delivery=delivery,
    )


def test_a_webhook_receives_the_alert_as_json() -> None:
    told = message.as_json(notice(delivery=LOST))
    assert json.loads(json.dumps(told)) == {
        "schema": "jumpline.alert/1",
        "id": "n9",
        "kind": "problem",
        "group": "i3",
        "created_at": "2022-08-15T06:00:00+00:00",
        "paper": "焦作日报",
        "date": "2022-08-15",
        "title": "焦作日报 2022-08-15: 1 problem (1 error)",
        "text": "A02 line 69, C001 error: (上接A01版①) has no partner.",
        "url": "http://127.0.0.1:8600/issues/3",
        "findings": [
            {
                "code": "C001",
                "severity": "error",
                "state": "open",
                "page": "A02",
                "line": 69,
                "message": "(上接A01版①) has no partner.",
                "excerpt": "(上接A01版①)",
                "issue": "i3",
                "delivery": "d12",
            }
        ],
        "delivery": {"id": "d12", "name": "a.md", "stage": "failed", "reason": "No reason."},
    }


def test_an_alert_without_a_delivery_says_null() -> None:
    assert message.as_json(notice())["delivery"] is None


def test_people_read_title_text_and_where_to_look() -> None:
    assert message.as_text(notice()) == (
        "焦作日报 2022-08-15: 1 problem (1 error)\n\n"
        "A02 line 69, C001 error: (上接A01版①) has no partner.\n\n"
        "http://127.0.0.1:8600/issues/3\n"
    )
