"""What a rule says about its own example, for people who look it up: a template with holes tells them little."""

from collections.abc import Mapping

from worker.newspaper.rules import Language, Rule, rule

Facts = Mapping[str, str | int]


def says(one: Rule, language: Language) -> str:
    """Give the rule's sentence, filled in from its example where that is known here."""
    facts = {**FACTS.get(one.code, {}), **OWN[language].get(one.code, {})}
    return rule.sentence(one, facts, language) if facts else one.says.words(language)


# Facts that are the same in both languages.
FACTS: Mapping[str, Facts] = {
    "F001": {"name": "A02.md"},
    "F002": {"name": "A02.txt"},
    "F007": {"name": "page.xyz", "case": "extension", "extension": ".xyz"},
    "F008": {"name": "A02.zip"},
    "P001": {"missing": "paper;date;page"},
    "P005": {"said": "file name=2022-08-16;masthead=2022-08-15", "date": "2022-08-16"},
    "A005": {"first": 9, "last": 11},
    "A006": {"first": 57, "last": 61, "line": 3},
    "C001": {"case": "from-silent", "target": "A01"},
    "C002": {"target": "A01"},
    "C004": {"mark": "①", "line": 12},
    "C005": {"target": "A01", "elsewhere": "A03", "line": 12},
    "C006": {"target": "A02"},
    "M001": {"case": "open", "mark": "《", "partner": "》"},
}

# Words of the page, which are in the language of the example.
OWN: Mapping[Language, Mapping[str, Facts]] = {
    "zh": {
        "A001": {"headline": "解放区：细化创建标准"},
        "A003": {"words": "，确保各项工作落到实处"},
        "A004": {"words": "出台《支持工业经济高质量发展"},
        "A006": {"headline": "解放区：细化创建标准"},
        "C001": {"raw": "（上接A01版①）"},
        "C002": {"raw": "（上接A01版①）"},
        "C004": {"raw": "（下转A02版①）"},
        "C005": {"raw": "（上接A01版①）", "other": "（下转A03版①）"},
        "C006": {"raw": "（下转A02版）"},
        "C011": {"raw": "（下转第 版）"},
        "M005": {"run": "委党校"},
    },
    "en": {
        "A001": {"headline": "District sets finer standards"},
        "A003": {"words": ", and so the work will be done"},
        "A004": {"words": "has published the plan for high-quality"},
        "A006": {"headline": "District sets finer standards"},
        "C001": {"raw": "(Continued from A01 ①)"},
        "C002": {"raw": "(Continued from A01 ①)"},
        "C004": {"raw": "(Continued on A02 ①)"},
        "C005": {"raw": "(Continued from A01 ①)", "other": "(Continued on A03 ①)"},
        "C006": {"raw": "(Continued on A02)"},
        "C011": {"raw": "(Continued on Page )"},
        "M005": {"run": "the"},
    },
}
