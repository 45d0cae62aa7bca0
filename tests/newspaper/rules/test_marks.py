"""Brackets that do not balance and words that stand twice: M001, M005."""

import pytest

from tests.newspaper.build import KNOWN, article, jump, one_article, page
from worker.newspaper import rules
from worker.newspaper.model import Article, Block, BlockKind, Finding, Headline, Kind, Page
from worker.newspaper.paper import GENERIC


def check(one: Page, code: str) -> list[Finding]:
    return [finding for finding in rules.check_page(one, KNOWN, GENERIC) if finding.code == code]


@pytest.mark.parametrize(
    ("text", "column", "mark", "case"),
    [
        ("出台《支持工业经济高质量发展", 3, "《", "open"),
        ("出台支持工业》的意见。", 7, "》", "close"),
        ("会议（由副市长主持今天召开。", 3, "（", "open"),
        ("联系电话:0391)3568198。", 10, ")", "close"),
        ("【本报讯会议今天召开。", 1, "【", "open"),
        ("他看了《〈红楼梦》》注。", 5, "〈", "open"),
        ("《甲（乙》", 3, "（", "open"),
        ("『引「文』", 3, "「", "open"),
    ],
)
def test_a_bracket_without_its_partner_is_told_at_its_place(text: str, column: int, mark: str, case: str) -> None:
    first, *_ = check(one_article("会议今天召开。", text), "M001")
    assert (first.line, first.column, first.end_column) == (3, column, column + 1)
    assert (first.facts["mark"], first.facts["case"]) == (mark, case)


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["出台《支持工业经济高质量发展的意见》和《办法》。"],
        ["《〈红楼梦〉注》（上）【增订】「甲『乙』」"],
        ["出台《支持工业经济", "高质量发展的意见》。"],
        ["全市棚户区（城中村)改造工作推进会召开。"],
        ["要求如下：1）清扫；2）收集；a) 运输。", "三）处理。"],
        ["「第一段。", "「第二段。", "「第三段。」"],
        ["没有括号。"],
    ],
)
def test_brackets_that_balance_over_the_article_are_fine(paragraphs: list[str]) -> None:
    assert check(one_article(*paragraphs), "M001") == []


def test_each_article_is_judged_by_itself() -> None:
    one = article("出台《支持工业经济。", position=1, line=1)
    other = article("高质量发展的意见》。", position=2, line=10)
    assert [(finding.article, finding.line) for finding in check(page(one, other), "M001")] == [(1, 2), (2, 11)]


def test_a_headline_over_several_lines_is_judged_as_one() -> None:
    whole = Article(1, Kind.NEWS, Headline("《黄河少年》", kicker="一部（长篇", sub="小说）", lines=(1,)), (1, 2), ())
    one = Page("A02", None, None, (whole,), ("一部（长篇《黄河少年》小说）",))
    assert check(one, "M001") == []


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(article("出台《支持工业", goes=jump("to", "A02", "①", 3)), id="opened, and it goes on elsewhere"),
        pytest.param(
            article("经济》。", title=None, line=4, comes=jump("from", "A01", "①", 4)), id="closed, and it comes"
        ),
    ],
)
def test_what_the_other_page_may_balance_is_left_to_the_issue(one: Article) -> None:
    assert check(page(one), "M001") == []


def test_a_continuation_that_opens_and_ends_here_is_told() -> None:
    one = article("出台《支持工业", title=None, line=4, comes=jump("from", "A01", "①", 4))
    assert [finding.facts["mark"] for finding in check(page(one), "M001")] == ["《"]


def test_a_bracket_in_a_joined_paragraph_is_found_on_its_own_line() -> None:
    source = ("本报讯(记者朱晓琳)市委发出通知,", "", "  出台《支持工业经济高质量发展。")
    block = Block(BlockKind.PARAGRAPH, "市委发出通知,出台《支持工业经济高质量发展。", (1, 3))
    one = Page("A02", None, None, (Article(1, Kind.NEWS, None, (1, 3), (block,)),), source)
    (finding,) = check(one, "M001")
    assert (finding.line, finding.column) == (3, 5)


def test_a_bracket_behind_words_that_stand_twice_in_its_line_is_found() -> None:
    block = Block(BlockKind.PARAGRAPH, "本报讯(记者张三)《", (1,))
    one = Page(
        "A02", None, None, (Article(1, Kind.NEWS, None, (1,), (block,)),), ("本报讯(记者张三)本报讯(记者张三)《",)
    )
    (finding,) = check(one, "M001")
    assert (finding.column, finding.end_column) == (19, 20)


def test_a_bracket_that_the_source_writes_otherwise_is_told_at_its_line() -> None:
    block = Block(BlockKind.PARAGRAPH, "《甲", (1,))
    one = Page("A02", None, None, (Article(1, Kind.NEWS, None, (1,), (block,)),), ("  &#12298;甲",))
    (finding,) = check(one, "M001")
    assert (finding.line, finding.column, finding.end_column) == (1, 3, 12)


@pytest.mark.parametrize(
    ("text", "run", "column"),
    [
        ("在修武县委党校委党校实训基地举办了培训班。", "委党校", 5),
        ("全市工作推进会工作推进会今天召开。", "工作推进会", 3),
        ("副市长薛志杰薛志杰出席会议。", "薛志杰", 4),
    ],
)
def test_words_that_stand_twice_are_told(text: str, run: str, column: int) -> None:
    (finding,) = check(one_article(text), "M005")
    assert (finding.facts["run"], finding.column, finding.end_column) == (run, column, column + 2 * len(run))


@pytest.mark.parametrize(
    "text",
    [
        "一天一天过去，大家看看想想，常常讨论讨论。",
        "他一次又一次又一次地来。",
        "越来越好，越干越有劲。",
        "哈哈哈哈哈哈哈哈，嘀嗒嘀嗒嘀嗒嘀嗒。",
        "中国队加油！中国队加油！",
        "加油加油加油加油，好样的。",
        "全市工作推进会召开，工作推进会要求抓好落实。",
    ],
)
def test_words_that_repeat_by_their_nature_are_fine(text: str) -> None:
    assert check(one_article(text), "M005") == []
