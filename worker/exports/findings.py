"""Findings as JSON: one object each, with its sentence and its help in the reader's language."""

from collections.abc import Iterable
from typing import Any

from worker.newspaper import rules
from worker.newspaper.model import Finding


def finding_object(finding: Finding, language: rules.Language) -> dict[str, Any]:
    """One finding as in a reading: lines and columns count from 1, the end column is the one after the last."""
    return {
        "code": finding.code,
        "name": rules.name(finding.code),
        "severity": finding.severity.value,
        "page": finding.page,
        "line": finding.line,
        "column": finding.column,
        "end_line": finding.end_line,
        "end_column": finding.end_column,
        "message": rules.message(finding, language),
        "excerpt": finding.excerpt,
        "article": finding.article,
        "help": rules.help_text(finding, language),
        "fingerprint": finding.fingerprint,
    }


def finding_list(findings: Iterable[Finding], language: rules.Language) -> list[dict[str, Any]]:
    """Findings of several files: each with the file it is about."""
    return [{"file": finding.file, **finding_object(finding, language)} for finding in findings]
