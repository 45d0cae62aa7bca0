"""Notices about several files or issues at once."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from worker.alerts import gathered
from worker.alerts.gathered import Cause, Origin
from worker.alerts.message import ToldFinding
from worker.newspaper.model import Severity
from worker.tables import AlertKind

ERROR = ToldFinding("F001", Severity.ERROR, "open", None, None, "The file is empty.", "")
WARNING = replace(ERROR, code="M002", severity=Severity.WARNING, line=1, message="A mark is odd.")
FILE = Cause(Origin.FILE, "a.md", (ERROR,))
PAGE = Cause(Origin.PAGE, "000.txt", (WARNING, ERROR))
ISSUE = Cause(Origin.ISSUE, "焦作日报 2022-08-15", (ERROR, ERROR, ERROR))


@pytest.mark.parametrize(
    ("kind", "causes", "zh", "en"),
    [
        (AlertKind.PROBLEM, [FILE] * 7 + [PAGE] * 2, "7 个文件已退回，2 个版面无法辨认",
         "7 files were not accepted, 2 pages not identified"),
        (AlertKind.PROBLEM, [FILE, PAGE], "1 个文件已退回，1 个版面无法辨认",
         "1 file was not accepted, 1 page not identified"),
        (AlertKind.PROBLEM, [PAGE, ISSUE], "1 个版面无法辨认，1 期报纸有问题",
         "1 page not identified, 1 issue has problems"),
        (AlertKind.RESOLVED, [PAGE, ISSUE], "5 个问题已解决", "5 problems mended"),
    ],
)  # fmt: skip
def test_a_title_counts_what_it_is_about(kind: AlertKind, causes: Sequence[Cause], zh: str, en: str) -> None:
    assert (gathered.news(kind, causes, "zh"), gathered.news(kind, causes, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("causes", "zh", "en"),
    [
        ([ISSUE] * 5, "5 期报纸仍有 15 个错误", "15 errors still stand in 5 issues"),
        ([FILE], "1 个文件仍有 1 个错误", "1 error still stands in 1 file"),
        ([FILE, ISSUE], "1 个文件，1 期报纸仍有 4 个错误", "4 errors still stand in 1 file, 1 issue"),
    ],
)
def test_a_reminder_counts_errors_and_where_they_stand(causes: Sequence[Cause], zh: str, en: str) -> None:
    assert (gathered.reminder(causes, "zh"), gathered.reminder(causes, "en")) == (zh, en)


def test_failures_are_counted() -> None:
    said = ["a.md could not be stored.", "b.md could not be stored."]
    assert [gathered.failures(said, "zh"), gathered.failures(said, "en")] == [
        "2 个文件未能入库",
        "2 files could not be stored",
    ]


def test_each_cause_is_one_line_with_its_gravest_finding() -> None:
    assert gathered.text([FILE, PAGE], "en").split("\n") == [
        "a.md: F001 error: The file is empty.",
        "000.txt: F001 error: The file is empty. (1 more here)",
    ]
    assert gathered.text([PAGE], "zh") == "000.txt：F001 错误：The file is empty.（另有 1 个问题）"


def test_a_text_names_the_first_causes_and_counts_the_rest() -> None:
    lines = gathered.text([FILE] * 200, "en").split("\n")
    assert (len(lines), lines[-1]) == (21, "180 more are not listed here.")


def test_a_files_name_cannot_break_its_line() -> None:
    hostile = replace(FILE, subject="a\nb\u202e.md")
    assert gathered.text([hostile], "en") == "a b .md: F001 error: The file is empty."
