"""Findings as a list of objects and as a SARIF log."""

from dataclasses import replace
from typing import Any

from tests.newspaper.build import KNOWN, SOURCE, article, page
from worker.exports import findings, sarif
from worker.newspaper import rules
from worker.newspaper.model import Finding, Severity, Unreadable
from worker.newspaper.paper import GENERIC

PAGE = page(article("出台《支持工业。", line=3), label="A02", file="投递/A02 副本.md")
(OPENED,) = rules.check_page(PAGE, KNOWN, GENERIC)
EMPTY = rules.rejection(Unreadable("F001"), SOURCE)
LATER = replace(OPENED, code="X999", severity=Severity.INFO)


def log(*found: Finding) -> dict[str, Any]:
    (run,) = sarif.sarif_log(found, "en", "0.1.0")["runs"]
    return dict(run)


def test_a_finding_in_a_list_names_its_file() -> None:
    assert findings.finding_list([OPENED], "en") == [
        {
            "file": "投递/A02 副本.md",
            "code": "M001",
            "name": "unbalanced-brackets",
            "severity": "error",
            "page": "A02",
            "line": 4,
            "column": 3,
            "end_line": 4,
            "end_column": 4,
            "message": "《 is opened and never closed: the article ends without its 》.",
            "excerpt": "出台《支持工业。",
            "article": 1,
            "help": "Compare the printed page and put back the words or the mark that is missing.",
            "fingerprint": OPENED.fingerprint,
        }
    ]


def test_a_log_says_its_version_and_who_made_it() -> None:
    told = sarif.sarif_log([], "zh", "0.1.0")
    assert told["version"] == "2.1.0"
    assert told["runs"][0]["tool"]["driver"] == {"name": "jumpline", "version": "0.1.0", "rules": []}
    assert (told["runs"][0]["results"], told["runs"][0]["columnKind"]) == ([], "unicodeCodePoints")


def test_a_result_points_at_its_words() -> None:
    (result,) = log(OPENED)["results"]
    assert result["level"] == "error"
    assert result["partialFingerprints"] == {"jumpline/v1": OPENED.fingerprint}
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "%E6%8A%95%E9%80%92/A02%20%E5%89%AF%E6%9C%AC.md"},
                "region": {"startLine": 4, "startColumn": 3, "endLine": 4, "endColumn": 4},
            }
        }
    ]


def test_a_finding_about_a_whole_file_has_no_region() -> None:
    (result,) = log(EMPTY)["results"]
    assert result["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": "A02.md"}}}]


def test_a_file_name_that_is_not_utf_8_is_an_address_all_the_same() -> None:
    (result,) = log(replace(EMPTY, file="a\udcff.md"))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "a%FF.md"}


def test_a_finding_about_no_file_has_no_location() -> None:
    (result,) = log(replace(EMPTY, file=None))["results"]
    assert result["locations"] == []


def test_each_rule_is_described_once_and_found_by_its_index() -> None:
    run = log(OPENED, EMPTY, OPENED, LATER)
    described = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in described] == ["F001", "M001", "X999"]
    assert [described[result["ruleIndex"]]["id"] for result in run["results"]] == ["M001", "F001", "M001", "X999"]
    assert described[2] == {"id": "X999"}
    assert {result["level"] for result in run["results"]} == {"error", "note"}
