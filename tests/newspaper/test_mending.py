"""What is mended in a page: which text is put back, which only proposed, and that any repair can be refused."""

import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.newspaper import mending, reading
from worker.newspaper.formats import sheets
from worker.newspaper.model import Article, Certainty, Kind, Repair, RepairKind, Starts

SAMPLE = (Path(__file__).parents[1] / "samples" / "焦作日报-2022-08-15-A02.md").read_text("utf-8")


def as_read(text: str) -> tuple[Article, ...]:
    articles: list[Article] = []
    for sheet in sheets.read("x.md", text.encode()).sheets:
        articles += reading.read(sheet.lines)[0]
    return tuple(articles)


def mend(text: str) -> tuple[tuple[Article, ...], list[Repair]]:
    articles, repairs = mending.mend(as_read(text))
    return articles, [one for one in repairs if one.kind is RepairKind.REATTACH_TEXT]


# Five articles of a page, as pairs of headline and paragraphs; the tests below displace the text of one or two.
LIBRARY = (
    "市图书馆新馆开馆",
    "本报讯(记者王京)8月12日,市图书馆新馆开馆,首日接待读者三千余人。新馆藏书一百二十万册,设有少儿阅览区和自习室。",
    "市图书馆馆长说,新馆每周开放六天,读者凭身份证即可借阅图书,今后还将举办系列讲座。",
)
HARVEST = (
    "武陟县小麦喜获丰收",
    "本报讯(记者张苗)连日来,武陟县的麦田里收割机来回穿梭,农民抢抓晴好天气收获小麦。",
    "武陟县农业农村局负责人介绍,今年全县小麦种植面积七十万亩,平均亩产比去年增加二十公斤,收购价格稳定。",
)
BUSES = (
    "三条公交线路今起调整",
    "本报讯(记者李明)市公交公司昨日发布消息,从今天起对9路、18路、26路三条公交线路作出调整。",
    "调整后,9路公交车不再经停人民广场站,乘客可在就近站点换乘,首末班时间不变。",
)
CLINIC = (
    "解放区专家义诊进社区",
    "本报讯(记者赵云)8月13日,解放区卫健委组织二十名医生走进社区开展义诊,为老人量血压、测血糖。",
    "义诊当天,医生们还向居民发放健康手册,讲解高血压、糖尿病的预防知识,两百多位老人受益。",
)
SWIM = (
    "全市青少年游泳锦标赛落幕",
    "本报讯(记者孙丽)为期三天的全市青少年游泳锦标赛昨日落幕,十二支代表队的两百名小选手参加了角逐。",
    "市第一中学代表队获得团体冠军,两名选手打破男子五十米蛙泳赛会纪录。",
)
ALL = (LIBRARY, HARVEST, BUSES, CLINIC, SWIM)


def set_page(*pieces: Sequence[str]) -> str:
    """A page in Markdown: the first string of each piece is its headline, "" for none."""
    return "\n".join(f"## {piece[0]}\n" * bool(piece[0]) + "\n".join(piece[1:]) for piece in pieces) + "\n"


@pytest.mark.parametrize(
    ("pieces", "headline", "text"),
    [
        pytest.param(
            (LIBRARY[:1], HARVEST, (*BUSES, *LIBRARY[1:]), CLINIC), LIBRARY[0], LIBRARY[1:], id="after another"
        ),
        pytest.param((HARVEST, LIBRARY[:1], CLINIC, (*BUSES, *LIBRARY[1:])), LIBRARY[0], LIBRARY[1:], id="at the end"),
        pytest.param((("", *SWIM[1:]), HARVEST, BUSES, SWIM[:1]), SWIM[0], SWIM[1:], id="above all headlines"),
        pytest.param(
            (CLINIC[:1], HARVEST, (*BUSES, "预防知识。", "该区还将组织医生走进更多社区,为居民开展义诊。")),
            CLINIC[0],
            ("预防知识。", "该区还将组织医生走进更多社区,为居民开展义诊。"),
            id="a half with its antecedent in the headline",
        ),
    ],
)
def test_displaced_text_is_put_under_its_own_headline(
    pieces: Sequence[Sequence[str]], headline: str, text: Sequence[str]
) -> None:
    articles, (repair,) = mend(set_page(*pieces))
    own = next(one for one in articles if one.title == headline)
    lines = set_page(*pieces).split("\n")
    assert [lines[number - 1] for number in own.lines[1:]] == list(text)
    assert (repair.state, repair.to, repair.lines) == (Certainty.APPLIED, own.position, own.lines[1:])
    assert [one.position for one in articles] == list(range(1, len(articles) + 1))


def test_two_texts_displaced_together_come_apart() -> None:
    articles, repairs = mend(set_page(LIBRARY[:1], HARVEST[:1], (*BUSES, *HARVEST[1:], *LIBRARY[1:]), CLINIC))
    assert [one.state for one in repairs] == [Certainty.APPLIED] * 2
    assert [(one.title, one.lines) for one in articles[:2]] == [(LIBRARY[0], (1, 10, 11)), (HARVEST[0], (3, 8, 9))]


def test_a_text_that_has_its_lead_begins_and_brings_its_byline() -> None:
    articles, _ = mend(set_page(LIBRARY[:1], HARVEST, (*BUSES, *LIBRARY[1:])))
    own = articles[0]
    assert (own.kind, own.starts, [one.name for one in own.bylines]) == (Kind.NEWS, Starts.CLEAN, ["王京"])
    assert own.dateline is not None


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param(ALL, id="every headline has its text"),
        pytest.param((*ALL, ("图片新闻",)), id="the name of a column"),
        pytest.param((*ALL, ("高考成绩今日公布",)), id="a headline whose text is not on the page"),
        pytest.param(((LIBRARY[0],), HARVEST), id="a headline whose text is lost"),
        pytest.param(((f"{LIBRARY[0]}(下转A02版)",), HARVEST, BUSES), id="a headline that points to another page"),
    ],
)
def test_what_is_not_displaced_stays(pieces: Sequence[Sequence[str]]) -> None:
    before = as_read(set_page(*pieces))
    articles, repairs = mend(set_page(*pieces))
    assert [one.lines for one in articles] == [one.lines for one in before]
    assert [one.state for one in repairs if one.state is Certainty.APPLIED] == []


def test_a_doubt_is_proposed_and_changes_nothing() -> None:
    doubtful = (*BUSES, "读者可以凭借阅证进入新馆。")
    text = set_page(LIBRARY[:1], HARVEST, doubtful)
    articles, (repair,) = mend(text)
    assert (repair.state, repair.to) == (Certainty.PROPOSED, 1)
    assert [one.lines for one in articles] == [one.lines for one in as_read(text)]


@pytest.mark.parametrize(
    "rows",
    [
        (
            "类别        拟入选项目                    报送单位所在",
            "戏剧类      《杨介人》                    市委宣传部门",
        ),
        ("戏剧类　　《杨介人和他的朋友们在沁河岸边》　　市委宣传部", "歌曲类　　《我的河南故乡》　　市文广旅局"),
        ("姓名    王京    单位    市文联办公室    电话    3568198", "备注    无"),
    ],
)
def test_rows_set_apart_by_spaces_are_no_broken_paragraph(rows: tuple[str, str]) -> None:
    _, repairs = mending.mend(as_read("## 名单\n\n" + "\n\n".join(rows)))
    assert repairs == ()


@pytest.mark.parametrize(
    ("below", "joins"),
    [("20.7个小区完成改造。", True), ("2.完善设施。", False), ("（二）完善设施。", False), ("3、完善设施。", False)],
)
def test_a_decimal_goes_on_with_a_sentence_and_an_items_number_does_not(below: str, joins: bool) -> None:
    above = "8月12日,市住建局负责人在接受采访时介绍,今年以来全市各县区平均已经有"
    _, repairs = mending.mend(as_read(f"## 老旧小区换新颜\n\n{above}\n\n{below}\n"))
    assert [one.kind for one in repairs] == [RepairKind.JOIN_PARAGRAPH] * joins


def names(repairs: Sequence[Repair]) -> set[tuple[RepairKind, tuple[int, ...]]]:
    return {(one.kind, one.lines) for one in repairs}


PIECES = st.sampled_from(
    [*SAMPLE.split("\n"), *(line for piece in ALL for line in (f"## {piece[0]}", *piece[1:]))]
    + ["a\tb\tc", "\tb\tc", "\t\tc", "文字没有说完,一直说到第二十五个字还没有说完,于是换了一行", "又没有说完"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=30).map(lambda some: "\n".join(["文。", *some])), st.randoms(use_true_random=False))
def test_a_repair_refused_gives_the_reading_without_it(text: str, chance: st.DrawFn) -> None:
    before = as_read(text)
    _, repairs = mending.mend(before)
    refused = {name for name in names(repairs) if chance.random() < 0.5}  # type: ignore[attr-defined]  # it is a Random
    _, rest = mending.mend(before, refused)
    assert names(rest) == names(repairs) - refused
    assert mending.mend(before, names(repairs)) == (before, ())


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=30).map(lambda some: "\n".join(["文。", *some])))
def test_mending_moves_lines_and_loses_none(text: str) -> None:
    before = as_read(text)
    after, _ = mending.mend(before)
    assert sorted(line for one in after for line in one.lines) == sorted(line for one in before for line in one.lines)
    words = [sorted("".join("".join(b.text for a in side for b in a.body).split())) for side in (before, after)]
    assert words[0] == words[1]


@pytest.mark.parametrize(
    "letters",
    ["## 标题够长了\n", "## 标题够长了\n文字说完了。\n文字说完了。\n", "## 标题够长了\n" * 9 + "该区。\n" * 900],
)
def test_a_page_of_the_worst_articles_is_mended_in_time(letters: str) -> None:
    articles = as_read((letters * 100_000)[:100_000])
    began = time.perf_counter()
    mending.mend(articles)
    assert time.perf_counter() - began < 4
