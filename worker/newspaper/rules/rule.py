"""A rule: a code that never changes its meaning, with its words in Chinese and in English."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from worker.newspaper.model import Severity

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in both languages."""

    zh: str
    en: str

    def words(self, language: Language) -> str:
        """What it says in this language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong.

    `says` is filled with a finding's facts. Where a rule speaks in several cases, the fact "case" chooses the sentence
    from `cases`; a case that is not there is told with `says`.
    """

    code: str
    name: str
    severity: Severity
    says: Text
    why: Text
    example: Text
    mend: Text
    cases: Mapping[str, Text] = field(default_factory=lambda: MappingProxyType({}))


class _Facts(dict[str, str]):
    """Facts for a template; one that an older finding lacks reads as three dots and never raises."""

    def __missing__(self, key: str) -> str:
        return "…"


# Facts whose values hold words of ours besides words of the page: "paper;date", "date=2022-08-15", "600 pages".
_OF_OURS = frozenset({"missing", "proposed", "found", "limit", "said"})
_TERMS = {
    "paper": Text("报纸", "paper"),
    "date": Text("日期", "date"),
    "page": Text("版次", "page"),
    "pages": Text("版", "pages"),
    "bytes": Text("字节", "bytes"),
    "lines": Text("行", "lines"),
    "tags": Text("个标签", "tags"),
    "entries": Text("个文件", "files"),
    "levels": Text("层", "levels"),
    "damaged": Text("损坏的", "damaged"),
    "encrypted": Text("加密的", "encrypted"),
    "binary": Text("二进制数据", "binary data"),
    "ELF": Text("程序", "a program"),
    "SQLite": Text("数据库", "a database"),
    "RIFF": Text("声音、图像或视频", "sound, a picture or a video"),
    "not": Text("不是", "not"),
    "file name": Text("文件名", "file name"),
    "folder": Text("文件夹", "folder"),
    "front matter": Text("文件头", "front matter"),
    "masthead": Text("报头", "masthead"),
    "weekday": Text("星期", "weekday"),
}
_TERM = re.compile(rf"\b(?:{'|'.join(sorted(_TERMS, key=len, reverse=True))})\b")

_SIZE = re.compile(r"\b(\d+) bytes\b")  # 64000000 bytes


def sentence(rule: Rule, facts: Mapping[str, str | int], language: Language) -> str:
    """What the rule says about these facts."""
    return filled(rule.cases.get(str(facts.get("case", "")), rule.says), facts, language)


def filled(template: Text, facts: Mapping[str, str | int], language: Language) -> str:
    """A text with the facts in their places."""
    told = ((key, _in_terms(str(value), language) if key in _OF_OURS else str(value)) for key, value in facts.items())
    return template.words(language).format_map(_Facts(told))


def _in_terms(value: str, language: Language) -> str:
    """The terms of a fact in the reader's language: "paper;date" is 报纸、日期."""
    words = _SIZE.sub(_human, value)
    words = _TERM.sub(lambda term: _TERMS[term[0]].words(language), words)
    return words.replace("=", " ").replace(";", "、" if language == "zh" else ", ")


def _human(size: re.Match[str]) -> str:
    """64000000 bytes -> 64 MB."""
    number = int(size[1])
    for unit, worth in (("GB", 10**9), ("MB", 10**6), ("KB", 10**3)):
        if number >= worth:
            return f"{number / worth:.3g} {unit}"
    return size[0]
