"""A paper's file: what it gives, and what is said when it is wrong."""

from pathlib import Path

import pytest

from worker.newspaper import identity, paper, reader
from worker.newspaper.model import Dateline, Page, Severity

SHIPPED = Path(__file__).parents[2] / "config" / "papers"

LEAST = 'code = "x-daily"\nname = "某某日报"\n'


def test_the_least_file_gives_a_paper_with_every_default() -> None:
    assert paper.parse(LEAST, "x.toml") == paper.Paper(code="x-daily", name="某某日报")


PAPERS = paper.Papers(tuple(paper.parse(file.read_text("utf-8"), file.name) for file in sorted(SHIPPED.glob("*.toml"))))


def test_every_shipped_paper_can_be_read_and_has_names_of_its_own() -> None:
    names = [name.casefold() for one in PAPERS for name in paper.names(one)]
    assert [one.code for one in PAPERS] == ["english-daily", "evening-paper", "jiaozuo-daily", "national-daily"]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("hyrb-2026-11-02.txt", "national-daily"),
        ("寰宇日报-2026-11-02-01.txt", "national-daily"),
        ("dqwb_20261102_B01.txt", "evening-paper"),
        ("Eastbridge Courier 02 11 2026.txt", "english-daily"),
        ("jzrb-2022-08-15-A02.md", "jiaozuo-daily"),
        ("人民日报-2026-11-02-01.txt", None),
        ("江城晚报-2026-11-02-A01.txt", None),
        ("The Standard 20 01 2026.txt", None),
        ("Hull Courier 2026-11-02.txt", None),
    ],
)
def test_a_shipped_paper_takes_its_own_files_and_no_others(name: str, code: str | None) -> None:
    assert identity.tell(name, [], PAPERS).code == code


def read(name: str, text: str) -> Page:
    return reader.read(name, text.encode(), PAPERS).pages[0]


def test_the_national_daily_is_read_by_its_habits() -> None:
    one = read("hyrb-2026-11-02.txt", "第01版：要闻\n\n# 头条\n\n本报特稿(本报特派记者王京)文字。（下转第二版）\n")
    (article,) = one.articles
    assert (one.label, one.name, article.dateline) == ("01", "要闻", Dateline("本报特稿"))
    assert article.continued_to is not None
    assert (article.bylines[0].name, article.continued_to.page) == ("王京", "02")


def test_the_evening_paper_is_read_by_its_habits() -> None:
    one = read(
        "dqwb-2026-11-02.txt",
        "A02版:综合新闻\n\n（承接A01版）前文在此。\n\n# 标题\n\n晚报讯(记者王京)文字。（续见B01版）\n",
    )
    rest, report = one.articles
    assert rest.continued_from is not None
    assert report.continued_to is not None
    assert (one.label, rest.continued_from.page, report.continued_to.page) == ("A02", "A01", "B01")


def test_the_english_daily_is_read_by_its_habits() -> None:
    text = "# Council approves bridge\n\nBy JANE DOE\n\nThe council voted on Monday. Continued on Page A6\n"
    one = read("Eastbridge Courier 2026-11-02 A1.md", text)
    (article,) = one.articles
    assert article.continued_to is not None
    assert (one.label, article.bylines[0].name, article.continued_to.page) == ("A01", "JANE DOE", "A06")


def test_rule_changes_are_kept_by_code() -> None:
    text = LEAST + '[rules.C007]\noff = true\n[rules.M001]\nseverity = "warning"\n'
    assert paper.parse(text, "x.toml").rules == {
        "C007": paper.RuleChange(off=True),
        "M001": paper.RuleChange(severity=Severity.WARNING),
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
