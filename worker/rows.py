"""Rows of the tables as the newspaper's values."""

from worker.newspaper import model
from worker.tables import Finding


def finding(row: Finding) -> model.Finding:
    """Give the finding that a row keeps, so that the rules can put it into words."""
    return model.Finding(
        code=row.code,
        severity=model.Severity(row.severity),
        page=row.page or None,
        line=row.line,
        column=row.column,
        end_line=row.end_line,
        end_column=row.end_column,
        excerpt=row.excerpt,
        facts=row.facts,
        fingerprint=row.fingerprint,
        article=row.article,
    )
