"""Identity: every form of name is a row, and what nothing says is missing and only proposed."""

from datetime import date
from pathlib import Path

import pytest

from worker.newspaper import identity
from worker.newspaper.model import Identity
from worker.newspaper.paper import Paper, Papers

JIAOZUO = Paper("jiaozuo-daily", "焦作日报", aliases=("jzrb",))
PEOPLE = Paper("peoples-daily", "人民日报", aliases=("rmrb",))
PAPERS = Papers((JIAOZUO, PEOPLE))
SAMPLE = (Path(__file__).parents[1] / "samples" / "焦作日报-2022-08-15-A02.md").read_text("utf-8").split("\n")


@pytest.mark.parametrize(
    ("name", "paper", "day", "page"),
    [
        ("焦作日报-2022-08-15-A02.md", "焦作日报", "2022-08-15", "A02"),
        ("jzrb-2022-08-15-A02.md", "焦作日报", "2022-08-15", "A02"),
        ("JZRB_20220815_A2.txt", "焦作日报", "2022-08-15", "A02"),
        ("焦作日报_20220815_A02.txt", "焦作日报", "2022-08-15", "A02"),
        ("焦作日报２０２２０８１５Ａ０２.txt", "焦作日报", "2022-08-15", "A02"),
        ("焦作日报-A02-2022-08-15.md", "焦作日报", "2022-08-15", "A02"),
        ("焦作日报第2版 2022.8.15", "焦作日报", "2022-08-15", "02"),
        ("2022-08-15-A02-焦作日报.md", "焦作日报", "2022-08-15", "A02"),
        ("20220815A02.txt", None, "2022-08-15", "A02"),
        ("2022-08/15/A02.md", None, "2022-08-15", "A02"),
        ("焦作日报/2022-08/15/A02.md", "焦作日报", "2022-08-15", "A02"),
        ("焦作日报/2022/08/15/02.md", "焦作日报", "2022-08-15", None),
        ("2022年8月15日焦作日报第2版.txt", "焦作日报", "2022-08-15", "02"),
        ("焦作日报2022年8月15日第十二版.txt", "焦作日报", "2022-08-15", "12"),
        ("20200101-01-01.txt", None, "2020-01-01", "01"),
        ("rmrb_20251020.pdf", "人民日报", "2025-10-20", None),
        ("rmrb20251020.txt", "人民日报", "2025-10-20", None),
        ("人民日报-2025-10-19-完整版.pdf", "人民日报", "2025-10-19", None),
        ("某某日报-2023-01-02-A03.md", "某某日报", "2023-01-02", "A03"),
        ("gmrb_20251020.txt", "gmrb", "2025-10-20", None),
        ("The Standard 20 01 2026.pdf", "The Standard", "2026-01-20", None),
        ("January 20, 2026 Mt Kenya Times ePAPER.pdf", "Mt Kenya Times", "2026-01-20", None),
        ("20 January 2026 p3.txt", None, "2026-01-20", "03"),
        ("A02.md", None, None, "A02"),
        ("焦作日报.txt", "焦作日报", None, None),
        ("焦作日报-2022-02-30-A02.md", "焦作日报", None, None),
        ("000_52dbe719001a33ae.txt", None, None, None),
        ("scan 2022-08-15 final.md", None, "2022-08-15", None),
        ("新建文本文档.txt", None, None, None),
        ("20228151.txt", None, None, None),
    ],
)
def test_a_file_name_tells_what_it_tells(name: str, paper: str | None, day: str | None, page: str | None) -> None:
    told = identity.tell(name, [], PAPERS)
    assert (told.paper, told.date and told.date.isoformat(), told.page) == (paper, day, page)


def test_a_folder_may_carry_the_edition() -> None:
    told = identity.tell("19720302_01/images/0001.xml", [], PAPERS)
    assert (told.date, told.edition, told.how) == (date(1972, 3, 2), "01", {"date": "folder", "edition": "folder"})


def test_a_paper_nobody_described_keeps_its_printed_name_and_has_no_code() -> None:
    told = identity.tell("某某日报-2023-01-02-A03.md", [], PAPERS)
    assert (told.paper, told.code, told.missing) == ("某某日报", None, ())


def test_how_each_is_known_is_said() -> None:
    told = identity.tell("焦作日报/2022-08-15/A02.md", [], PAPERS)
    assert told.how == {"paper": "folder", "date": "folder", "page": "file name"}


def test_a_name_that_tells_nothing_leaves_all_missing_and_proposes_what_the_text_allows() -> None:
    told = identity.tell("000_52dbe719001a33ae.txt", SAMPLE, PAPERS)
    assert told == Identity(
        paper=None,
        code=None,
        date=None,
        how={},
        missing=("paper", "date", "page"),
        proposed={"date": "2022-08-15", "paper": "焦作日报", "page": "not A01"},
    )


@pytest.mark.parametrize(
    ("lines", "paper", "day", "page", "how"),
    [
        (
            ["---", "paper: jzrb", "date: 2022-08-15", "page: A2", "---"],
            "焦作日报",
            "2022-08-15",
            "A02",
            "front matter",
        ),
        (
            ["---", "报纸：某某日报", "日期：2022年8月15日", "版次：第2版", "---"],
            "某某日报",
            "2022-08-15",
            "02",
            "front matter",
        ),
        (["焦作日报 2022年8月15日 星期一 第二版", "", "# 标题"], "焦作日报", "2022-08-15", "02", "masthead"),
        (["某某日报 2022年8月15日 星期一 第二版", "# 标题"], "某某日报", "2022-08-15", "02", "masthead"),
        (["某某晚报", "二〇二二年八月十五日 星期一 第A03版"], "某某晚报", "2022-08-15", "A03", "masthead"),
    ],
)
def test_the_page_itself_may_tell(lines: list[str], paper: str, day: str, page: str, how: str) -> None:
    told = identity.tell("x.md", lines, PAPERS)
    assert (told.paper, str(told.date), told.page) == (paper, day, page)
    assert set(told.how.values()) == {how}


def test_words_of_an_article_tell_nothing() -> None:
    told = identity.tell("x.md", ["# 焦作日报读者节开幕", "", "2022年8月15日,焦作日报第二版刊登了消息。"], PAPERS)
    assert told.missing == ("paper", "date", "page")


def test_the_file_name_is_trusted_before_the_masthead() -> None:
    told = identity.tell("焦作日报-2022-08-16-A03.md", ["焦作日报 2022年8月15日 星期一 第二版"], PAPERS)
    assert (told.date, told.page) == (date(2022, 8, 16), "A03")


def test_a_page_line_is_trusted_before_the_masthead_and_after_the_name() -> None:
    lines = ["焦作日报 2022年8月15日 星期一 第二版"]
    assert identity.tell("x.md", lines, PAPERS, labels=["A04"]).page == "A04"
    assert identity.tell("20220815A03.md", lines, PAPERS, labels=["A04"]).page == "A03"


def test_a_file_of_several_pages_has_no_page_of_its_own_and_misses_none() -> None:
    told = identity.tell("焦作日报-2022-08-15-A02.md", [], PAPERS, labels=["A01", "A02"])
    assert (told.page, told.missing) == (None, ())


def test_what_a_person_says_stands_above_all() -> None:
    given = Identity(paper="人民日报", code=None, date=date(2020, 1, 1), page="05")
    told = identity.tell("焦作日报-2022-08-15-A02.md", SAMPLE, PAPERS, given=given)
    assert (told.paper, told.code, told.date, told.page) == ("人民日报", "peoples-daily", date(2020, 1, 1), "05")
    assert set(told.how.values()) == {"a person"}
