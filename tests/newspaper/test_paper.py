"""A paper's file: what it gives, and what is said when it is wrong."""

from pathlib import Path

import pytest

from worker.newspaper import paper
from worker.newspaper.model import Severity

SHIPPED = Path(__file__).parents[2] / "config" / "papers"

LEAST = 'code = "x-daily"\nname = "某某日报"\n'


def test_the_least_file_gives_a_paper_with_every_default() -> None:
    assert paper.parse(LEAST, "x.toml") == paper.Paper(code="x-daily", name="某某日报")


def test_every_shipped_paper_can_be_read() -> None:
    read = [paper.parse(file.read_text("utf-8"), file.name) for file in sorted(SHIPPED.glob("*.toml"))]
    assert "焦作日报" in [one.name for one in read]


def test_rule_changes_are_kept_by_code() -> None:
    text = LEAST + '[rules.C007]\noff = true\n[rules.M001]\nseverity = "warning"\nholds = true\n'
    assert paper.parse(text, "x.toml").rules == {
        "C007": paper.RuleChange(off=True),
        "M001": paper.RuleChange(severity=Severity.WARNING, holds=True),
    }


def test_extra_words_are_kept() -> None:
    read = paper.parse(LEAST + '[words]\njump_to = ["请看"]\nroles = ["本报特派记者"]\n', "x.toml")
    assert (read.jump_to, read.roles) == (("请看",), ("本报特派记者",))


@pytest.mark.parametrize(
    ("addition", "sentence"),
    [
        ('alias = ["x"]', "x.toml: the key “alias” is not known; did you mean “aliases”?"),
        ("zzz = 1", "x.toml: the key “zzz” is not known; the keys known here are code, name, aliases"),
        ('timezone = ""', "x.toml: “timezone” must be a text in quotes that is not empty, not ''."),
        ('timezone = "in China"', "x.toml: “timezone” is “in China”; it should look like Asia/Shanghai."),
        ('settle_after = "soon"', "x.toml: “settle_after” is “soon”; it should look like 15m."),
        ('expected_pages = ["A1"]', "x.toml: “expected_pages” is “A1”; it should look like A01 or 01."),
        ('aliases = "jzrb"', "x.toml: “aliases” must be a list of texts, as in [\"…\"], not 'jzrb'."),
        ("rules = 3", "x.toml: “rules” must be a section, as in [rules], not 3."),
        ("[rules.C1]\noff = true", "x.toml: “rules.C1” is not a rule"),
        ("[rules.C001]\nof = true", "x.toml: the key “rules.C001.of” is not known; did you mean “rules.C001.off”?"),
        ('[rules.C001]\noff = "yes"', "x.toml: “rules.C001.off” must be true or false, not 'yes'."),
        ('[rules.C001]\nseverity = "bad"', "“bad”; it may be one of error, warning, info."),
        ("[words]\nrole = []", "x.toml: the key “words.role” is not known; did you mean “words.roles”?"),
        ("= 3", "x.toml is not valid TOML:"),
    ],
)
def test_a_wrong_key_is_said_in_one_sentence(addition: str, sentence: str) -> None:
    with pytest.raises(paper.WrongPaper) as wrong:
        paper.parse(LEAST + addition, "x.toml")
    assert sentence in str(wrong.value)


def test_a_paper_without_a_name_is_refused() -> None:
    with pytest.raises(paper.WrongPaper, match="the key “name” is missing"):
        paper.parse('code = "x"', "x.toml")


@pytest.mark.parametrize("words", ["焦作日报", "jzrb", "JZRB", "jiaozuo-daily", "Jiaozuo_Daily", "ｊｚｒｂ"])
def test_a_paper_is_found_by_any_of_its_names(words: str) -> None:
    jiaozuo = paper.parse((SHIPPED / "jiaozuo-daily.toml").read_text("utf-8"), "jiaozuo-daily.toml")
    assert paper.Papers((jiaozuo,)).by_name(words) == jiaozuo


@pytest.mark.parametrize("words", ["", None, "焦作晚报", "generic"])
def test_an_unknown_name_finds_no_paper(words: str | None) -> None:
    assert paper.Papers((paper.Paper("x-daily", "某某日报"),)).by_name(words) is None
