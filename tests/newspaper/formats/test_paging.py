"""Whole issues in one file: page lines of every form, at the head or foot of their pages, and form feeds."""

import pytest

from worker.newspaper.formats import paging

LONG = "长得不像报头的一行文字，" * 5 + "一直说到这里才完。"


@pytest.mark.parametrize(
    ("line", "label", "name"),
    [
        ("第02版", "02", None),
        ("A02版:综合新闻", "A02", "综合新闻"),
        ("01版：要闻", "01", "要闻"),
        ("## 01版：要闻", "01", "要闻"),
        ("第二版 国内", "02", "国内"),
        ("第十二版", "12", None),
        ("Ａ０２版", "A02", None),
        ("=== 第03版：国内·国际 ===", "03", "国内·国际"),
        ("【A02版】", "A02", None),
        ("—— 第2版 ——", "02", None),
        ("A02版 | 综合新闻", "A02", "综合新闻"),
        ("第02版：要闻 2022年8月15日 星期一", "02", "要闻"),
        ("PAGE A2", "A02", None),
        ("--- Page 3: World News ---", "03", "World News"),
    ],
)
def test_a_page_line_names_its_page(line: str, label: str, name: str | None) -> None:
    assert paging.page_line(line) == (label, name)


@pytest.mark.parametrize(
    "line",
    [
        "本版责编：张三",
        "今日8版",
        "（下转A02版）",
        "上接01版",
        "第一版《辞海》出版",
        "他翻开第二版，读了起来。",
        "修订第二版",
        "Page One of the story",
        "A02版面设计",
    ],
)
def test_other_lines_name_none(line: str) -> None:
    assert paging.page_line(line) is None


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("文字。", [(None, 0, 1)]),
        ("第01版\n甲。\n第02版\n乙。", [("01", 0, 2), ("02", 2, 4)]),
        ("某某日报\n2022年8月15日\n第01版\n甲。\n第02版\n乙。", [("01", 0, 4), ("02", 4, 6)]),
        (f"{LONG}\n第01版\n乙。\n第02版", [("01", 0, 2), ("02", 2, 4)]),
        (f"{LONG}\n01版\f\n乙。\n02版\f", [("01", 0, 2), ("02", 2, 4)]),
        ("甲。\n\f乙。\n\f", [(None, 0, 1), (None, 1, 3)]),
        ("第01版\n甲。\n第01版\n\f第02版\n乙。\n第02版", [("01", 0, 3), ("02", 3, 6)]),
        ("\f第01版\n甲。\n\f\n第02版\n乙。", [("01", 0, 2), ("02", 2, 5)]),
        ("甲。\n第03版", [("03", 0, 2)]),
    ],
)
def test_pages_end_where_the_next_begins(text: str, pages: list[tuple[str | None, int, int]]) -> None:
    assert [(one.label, one.start, one.stop) for one in paging.spans(text.split("\n"))] == pages
