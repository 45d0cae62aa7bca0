"""A page of which it is not known which one it is, or of which two things are said: P001, P005."""

from types import MappingProxyType

import pytest

from tests.newspaper.build import KNOWN, THE_DAY, page
from worker.newspaper import identity, rules
from worker.newspaper.model import Finding, Identity
from worker.newspaper.paper import GENERIC, Papers


def check(label: str | None, identity: Identity) -> list[Finding]:
    return [one for one in rules.check_page(page(label=label), identity, GENERIC) if one.code == "P001"]


NOTHING = Identity(None, None, None, missing=("paper", "date", "page"))
NO_PAPER = Identity(None, None, THE_DAY, page="A02", missing=("paper",))
NO_DATE = Identity("焦作日报", "jiaozuo-daily", None, page="A02", missing=("date",))


@pytest.mark.parametrize(
    ("label", "identity", "zh", "en"),
    [
        (None, NOTHING, "报纸、日期、版次", "paper, date, page"),
        ("A02", NO_PAPER, "报纸", "paper"),
        ("A02", NO_DATE, "日期", "date"),
        (None, KNOWN, "版次", "page"),
    ],
)
def test_what_cannot_be_told_is_asked_for(label: str | None, identity: Identity, zh: str, en: str) -> None:
    (finding,) = check(label, identity)
    assert rules.message(finding, "zh") == f"看不出这一版的{zh}：文件名、文件夹和版面文字里都没有。"
    assert rules.message(finding, "en").startswith(f"Cannot tell this page's {en}:")
    assert finding.line is None


def test_what_the_words_allow_is_proposed() -> None:
    identity = Identity(None, None, None, missing=("date",), proposed=MappingProxyType({"date": "2022-08-15"}))
    (finding,) = check("A02", identity)
    assert rules.message(finding, "en").endswith("the words allow: date 2022-08-15.")
    assert rules.message(finding, "zh").endswith("从文字看可能是：日期 2022-08-15。")


def test_a_page_that_it_cannot_be_is_told_in_the_readers_language() -> None:
    identity = Identity("焦作日报", None, THE_DAY, missing=("page",), proposed=MappingProxyType({"page": "not A01"}))
    (finding,) = check(None, identity)
    assert rules.message(finding, "zh").endswith("从文字看可能是：版次 不是 A01。")
    assert rules.message(finding, "en").endswith("the words allow: page not A01.")


def test_what_is_known_by_now_keeps_the_finding_the_same() -> None:
    before, after = check(None, NOTHING), check(None, KNOWN)
    assert before[0].fingerprint == after[0].fingerprint


@pytest.mark.parametrize(
    ("label", "identity"),
    [
        ("A02", KNOWN),
        ("02", KNOWN),
        ("A02", Identity("焦作日报", None, THE_DAY)),  # a paper without a profile is known by its name
        (
            "A02",
            Identity("焦作日报", "jiaozuo-daily", THE_DAY, missing=("page",)),
        ),  # the page was told by its own words
    ],
)
def test_a_page_that_is_known_is_fine(label: str | None, identity: Identity) -> None:
    assert check(label, identity) == []


def contradictions(name: str, *lines: str) -> list[Finding]:
    """What P005 says of a page with these lines in a file of this name."""
    told = identity.tell(name, lines, Papers())
    return [one for one in rules.check_page(page(label="A02"), told, GENERIC) if one.code == "P005"]


@pytest.mark.parametrize(
    ("name", "lines", "said"),
    [
        (
            "焦作日报-2022-08-16-A02.md",
            ["焦作日报 2022年8月15日 星期一 第二版"],
            "file name 2022-08-16, masthead 2022-08-15, weekday 星期一",
        ),
        ("焦作日报-2022-08-15-A02.md", ["焦作日报 2022年8月15日 星期三"], "weekday 星期三"),
        ("2022-08-14/焦作日报-2022-08-15-A02.md", [], "file name 2022-08-15, folder 2022-08-14"),
        ("焦作日报-2022-08-15-A02.md", ["---", "date: 2022-08-14", "---"], "front matter 2022-08-14"),
        ("A02.md", ["焦作日报 2022年8月15日 星期二"], "masthead 2022-08-15, weekday 星期二"),
    ],
)
def test_dates_that_do_not_agree_are_told(name: str, lines: list[str], said: str) -> None:
    (finding,) = contradictions(name, *lines)
    assert said in rules.message(finding, "en")
    assert "现按 2022-08-1" in rules.message(finding, "zh")
    assert "masthead" not in rules.message(finding, "zh")


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("焦作日报-2022-08-15-A02.md", ["焦作日报 2022年8月15日 星期一 第二版"]),
        ("2022-08/15/A02.md", ["焦作日报 2022年8月15日 周一"]),
        ("焦作日报-2022-08-15-A02.md", ["# 标题", "", "2022年8月14日,会议召开。", "2022年8月13日"]),
        ("焦作日报-2022-08-15-A02.md", ["# 星期三停水", "", "正文。"]),
        ("A02.md", ["焦作日报 星期二"]),
        ("2022-08-15/焦作日报-A02.md", []),
    ],
)
def test_dates_that_agree_are_fine(name: str, lines: list[str]) -> None:
    assert contradictions(name, *lines) == []


def test_a_date_that_a_person_gave_is_not_contradicted() -> None:
    given = Identity(None, None, THE_DAY)
    told = identity.tell("焦作日报-2022-08-16-A02.md", ["焦作日报 2022年8月17日 星期三"], Papers(), given=given)
    assert (told.date, told.contradicted) == (THE_DAY, {})


def test_a_file_of_several_pages_is_told_once() -> None:
    told = identity.tell("焦作日报-2022-08-16.md", ["焦作日报 2022年8月15日 星期一"], Papers())
    pages = [page(label=label, ordinal=at) for at, label in enumerate(["A01", "A02"], 1)]
    assert [one.code for each in pages for one in rules.check_page(each, told, GENERIC)] == ["P005"]
