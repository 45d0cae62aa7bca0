"""Findings as a SARIF 2.1.0 log, the form that code hosts and editors show beside the lines."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from worker.newspaper import rules
from worker.newspaper.model import Finding, Severity

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def sarif_log(findings: Sequence[Finding], language: rules.Language, version: str) -> dict[str, Any]:
    """One run of this version of Jumpline; each rule that speaks is described once."""
    codes = sorted({finding.code for finding in findings})
    driver = {"name": "jumpline", "version": version, "rules": [_rule(code, language) for code in codes]}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "language": language,
                "columnKind": "unicodeCodePoints",
                "results": list(_results(findings, codes, language)),
            }
        ],
    }


def _rule(code: str, language: rules.Language) -> dict[str, Any]:
    """The description of a rule; one of a later version has only its code."""
    rule = rules.CATALOGUE.get(code)
    if rule is None:
        return {"id": code}
    return {
        "id": code,
        "name": rule.name,
        "shortDescription": {"text": rule.name.replace("-", " ")},
        "fullDescription": {"text": rule.why.words(language)},
        "help": {"text": rule.mend.words(language)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _results(findings: Iterable[Finding], codes: Sequence[str], language: rules.Language) -> Iterable[dict[str, Any]]:
    places = {code: at for at, code in enumerate(codes)}
    for finding in findings:
        yield {
            "ruleId": finding.code,
            "ruleIndex": places[finding.code],
            "level": _LEVELS[finding.severity],
            "message": {"text": rules.message(finding, language)},
            "locations": _locations(finding),
            "partialFingerprints": {"jumpline/v1": finding.fingerprint},
        }


def _locations(finding: Finding) -> list[dict[str, Any]]:
    """The file and, when the finding is about a place in it, the region."""
    if finding.file is None:
        return []
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(finding.file, errors="surrogateescape")}}
    if finding.line is not None:
        region = {
            "startLine": finding.line,
            "startColumn": finding.column,
            "endLine": finding.end_line,
            "endColumn": finding.end_column,
        }
        place["region"] = {key: value for key, value in region.items() if value is not None}
    return [{"physicalLocation": place}]
