"""A paper: one newspaper title with its house style, read from its TOML file in config/papers."""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any

from worker.newspaper.model import Severity


class WrongPaper(ValueError):
    """A paper's file that cannot be used; its sentence names the file, the key and what would be right."""


@dataclass(frozen=True, slots=True)
class RuleChange:
    """What a paper changes about one rule."""

    off: bool = False
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A newspaper title and its habits.

    `aliases` are other names used for it in file names; `settle_after` is a duration such as "15m", None for the
    installation's own; `expected_pages` are labels in normal form (A01, 02); `alerts` names the channels that its
    alerts go to, all of them when empty. The last four are words on top of the built-in grammars.
    """

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    language: str = "zh-Hans"
    timezone: str = "Asia/Shanghai"
    settle_after: str | None = None
    expected_pages: tuple[str, ...] = ()
    alerts: tuple[str, ...] = ()
    rules: Mapping[str, RuleChange] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    jump_to: tuple[str, ...] = ()
    jump_from: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


GENERIC = Paper(code="generic", name="")


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers an installation knows, with the generic one for all others."""

    known: tuple[Paper, ...] = ()
    generic: Paper = GENERIC

    def __iter__(self) -> Iterator[Paper]:
        """Each known paper, in the order given."""
        return iter(self.known)

    def by_name(self, words: str | None) -> Paper | None:
        """The paper whose code, name or alias these words are; case, width and spaces do not matter."""
        wanted = _folded(words or "")
        if not wanted:
            return None
        return next((paper for paper in self.known if wanted in map(_folded, names(paper))), None)


def names(paper: Paper) -> tuple[str, ...]:
    """Every name a paper goes by, its code included."""
    return tuple(name for name in (paper.code, paper.name, *paper.aliases) if name)


def parse(text: str, name: str) -> Paper:
    """Read one paper's TOML; `name` is the file's, for the sentence that `WrongPaper` carries."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WrongPaper(f"{name} is not valid TOML: {error}.") from error
    _refuse_unknown(table, tuple(_KEYS), name, "")
    for key in ("code", "name"):
        if key not in table:
            raise WrongPaper(f"{name}: the key “{key}” is missing; every paper needs one.")
    values = {key: _KEYS[key](table[key], name, key) for key in table if key != "words"}
    return Paper(**values, **_words(table.get("words", {}), name, "words"))


def _words(value: object, name: str, key: str) -> dict[str, Any]:
    """The section of extra words, by the paper's field that holds them."""
    table = _table(value, name, key)
    _refuse_unknown(table, ("jump_to", "jump_from", "leads", "roles"), name, "words.")
    return {word: _texts(table[word], name, f"words.{word}") for word in table}


def _rules(value: object, name: str, key: str) -> Mapping[str, RuleChange]:
    """The section of rule changes, by the rule's code."""
    changes = {}
    for code, change in _table(value, name, key).items():
        where = f"rules.{code}"
        if not re.fullmatch(r"[A-Z]\d{3}", code):
            raise WrongPaper(
                f"{name}: “{where}” is not a rule; a rule's code is a letter and three digits, as in C001."
            )
        table = _table(change, name, where)
        _refuse_unknown(table, ("off", "severity"), name, f"{where}.")
        severity = _severity(table["severity"], name, f"{where}.severity") if "severity" in table else None
        changes[code] = RuleChange(_flag(table.get("off", False), name, f"{where}.off"), severity)
    return MappingProxyType(changes)


def _severity(value: object, name: str, key: str) -> Severity:
    try:
        return Severity(str(value))
    except ValueError as error:
        allowed = ", ".join(Severity)
        raise WrongPaper(f"{name}: “{key}” is “{value}”; it may be one of {allowed}.") from error


def _flag(value: object, name: str, key: str) -> bool:
    if not isinstance(value, bool):
        raise WrongPaper(f"{name}: “{key}” must be true or false, not {value!r}.")
    return value


def _table(value: object, name: str, key: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise WrongPaper(f"{name}: “{key}” must be a section, as in [{key}], not {value!r}.")
    return value


def _text(value: object, name: str, key: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise WrongPaper(f"{name}: “{key}” must be a text in quotes that is not empty, not {value!r}.")
    return value


def _texts(value: object, name: str, key: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise WrongPaper(f'{name}: “{key}” must be a list of texts, as in ["…"], not {value!r}.')
    return tuple(_text(one, name, key) for one in value)


def _shaped(shape: str, example: str) -> Callable[[object, str, str], str]:
    """A reader of one text that must have this shape; the example goes into the sentence of error."""

    def shaped(value: object, name: str, key: str) -> str:
        text = _text(value, name, key)
        if not re.fullmatch(shape, text):
            raise WrongPaper(f"{name}: “{key}” is “{text}”; it should look like {example}.")
        return text

    return shaped


def _labels(value: object, name: str, key: str) -> tuple[str, ...]:
    label = _shaped(r"[A-Z]{0,2}\d{2,3}", "A01 or 01")
    return tuple(label(one, name, key) for one in _texts(value, name, key))


def _refuse_unknown(table: Mapping[str, object], known: tuple[str, ...], name: str, prefix: str) -> None:
    """Say which key is not known here, and the one that was probably meant."""
    for key in table:
        if key not in known:
            near = get_close_matches(key, known, n=1, cutoff=0.5)
            advice = f"did you mean “{prefix}{near[0]}”?" if near else f"the keys known here are {', '.join(known)}."
            raise WrongPaper(f"{name}: the key “{prefix}{key}” is not known; {advice}")


def _folded(words: str) -> str:
    """Words without case, width, white space, hyphens or underscores, for comparing names."""
    return re.sub(r"[\s_-]+", "", unicodedata.normalize("NFKC", words)).casefold()


_KEYS: Mapping[str, Callable[[object, str, str], Any]] = MappingProxyType(
    {
        "code": _shaped(r"[a-z0-9]+(-[a-z0-9]+)*", "jiaozuo-daily"),
        "name": _text,
        "aliases": _texts,
        "language": _shaped(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", "zh-Hans or en"),
        "timezone": _shaped(r"[A-Za-z_]+(/[A-Za-z0-9_+-]+){0,2}", "Asia/Shanghai"),
        "settle_after": _shaped(r"\d+(ms|s|m|h|d)", "15m"),
        "expected_pages": _labels,
        "alerts": _texts,
        "rules": _rules,
        "words": _words,
    }
)
