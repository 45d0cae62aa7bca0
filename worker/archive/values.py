"""The newspaper's values as plain JSON values and back."""

from typing import Any

from pydantic import TypeAdapter

from worker.newspaper.model import Article, Finding, Identity, Repair

_ARTICLE = TypeAdapter(Article)
_FINDINGS = TypeAdapter(tuple[Finding, ...])
_REPAIRS = TypeAdapter(tuple[Repair, ...])


def article_to_json(article: Article) -> dict[str, Any]:
    """Give the whole article, with its text."""
    value: dict[str, Any] = _ARTICLE.dump_python(article, mode="json")
    return {**value, "text": article.text}


def article_from_json(value: dict[str, Any]) -> Article:
    """Give back what `article_to_json` was given."""
    return _ARTICLE.validate_python({name: part for name, part in value.items() if name != "text"})


def findings_to_json(findings: tuple[Finding, ...]) -> list[Any]:
    """Give what the rules said of a page."""
    value: list[Any] = _FINDINGS.dump_python(findings, mode="json")
    return value


def findings_from_json(value: list[Any]) -> tuple[Finding, ...]:
    """Give back what `findings_to_json` was given."""
    return _FINDINGS.validate_python(value)


def repairs_to_json(repairs: tuple[Repair, ...]) -> list[Any]:
    """Give what was done to a page's text."""
    value: list[Any] = _REPAIRS.dump_python(repairs, mode="json")
    return value


def repairs_from_json(value: list[Any]) -> tuple[Repair, ...]:
    """Give back what `repairs_to_json` was given."""
    return _REPAIRS.validate_python(value)


def identity_to_json(identity: Identity) -> dict[str, Any]:
    """Give how paper, date and page are known, what is missing and what is proposed for it."""
    return {
        "paper": identity.paper,
        "code": identity.code,
        "date": identity.date.isoformat() if identity.date else None,
        "edition": identity.edition,
        "page": identity.page,
        "how": dict(identity.how),
        "missing": list(identity.missing),
        "proposed": dict(identity.proposed),
        "contradicted": dict(identity.contradicted),
    }


def identity_from_json(value: dict[str, Any]) -> Identity:
    """Give back what `identity_to_json` was given."""
    return TypeAdapter(Identity).validate_python(value)
