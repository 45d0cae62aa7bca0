"""Tables that blanks alone draw: which lines are rows, and which only resemble them."""

import pytest

from worker.newspaper import paper, reader
from worker.newspaper.formats import aligned
from worker.newspaper.model import BlockKind, Page, RepairKind

PRIZES = (
    "类别        项目              单位",
    "戏剧类      《杨介人》        市委宣传部",
    "            《一抹中国红》    市文联",
)
PRIZES_READ = (("类别", "项目", "单位"), ("戏剧类", "《杨介人》", "市委宣传部"), ("", "《一抹中国红》", "市文联"))
FILLED = (*PRIZES_READ[:2], ("戏剧类", "《一抹中国红》", "市文联"))

TABLES = [
    pytest.param(PRIZES, PRIZES_READ, id="an empty first cell"),
    pytest.param(("姓名　　单位", "王京　　市文联"), (("姓名", "单位"), ("王京", "市文联")), id="full-width blanks"),
    pytest.param(
        ("姓名  单位", "王京  市文联"), (("姓名", "单位"), ("王京", "市文联")), id="two blanks under each other"
    ),
    pytest.param(
        ("吴  三    市文联", "李建国    市广播电视台"),
        (("吴  三", "市文联"), ("李建国", "市广播电视台")),
        id="a padded name is one cell",
    ),
    pytest.param(
        ("小麦    3.20元    持平", "玉米    2.74元", "大豆    5.10元    上涨"),
        (("小麦", "3.20元", "持平"), ("玉米", "2.74元", ""), ("大豆", "5.10元", "上涨")),
        id="an empty last cell",
    ),
    pytest.param(("Ward      Votes", "East End  1,204"), (("Ward", "Votes"), ("East End", "1,204")), id="English"),
]


@pytest.mark.parametrize(("sources", "rows"), TABLES)
def test_cells_set_apart_by_blanks_are_rows(sources: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> None:
    assert tuple(aligned.rows(sources).values()) == rows


@pytest.mark.parametrize(
    "sources",
    [
        pytest.param(PRIZES[:1], id="one row"),
        pytest.param(("白日依山尽  黄河入海流", "欲穷千里目  更上一层楼"), id="verses"),
        pytest.param(("白日依山尽，    黄河入海流。", "欲穷千里目，    更上一层楼。"), id="verses with marks"),
        pytest.param(("吴  三", "李  四", "王  五"), id="padded names"),
        pytest.param(("吴　　三近日说", "李　　四近日说"), id="blanks after one character"),
        pytest.param(("出席会议的有：", "王京  李明", "张三  赵四", "等同志。"), id="names within a sentence"),
        pytest.param(("本报记者  王京  李明", "通讯员    张建  赵伟"), id="bylines"),
        pytest.param(("责编 张三    美编 李四", "校对 王五    组版 赵六"), id="furniture"),
        pytest.param(
            ("The council voted.  Work is", "to begin in the spring.  The"), id="two blanks after a full stop"
        ),
        pytest.param(("凝心聚力  再谱新篇", "凝心聚力谋发展  砥砺前行谱新篇"), id="headlines in two halves"),
        pytest.param((PRIZES[0], "", "", PRIZES[1]), id="two blank lines between"),
        pytest.param((PRIZES[0], None, PRIZES[1]), id="a headline between"),
    ],
)
def test_other_lines_with_blanks_in_them_are_no_rows(sources: tuple[str | None, ...]) -> None:
    assert aligned.rows(sources) == {}


def page(text: str, name: str = "x-2022-08-15-A02.txt") -> Page:
    (one,) = reader.read(name, text.encode(), paper.Papers()).pages
    return one


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "head",
    [
        pytest.param("## 评审结果公示\n\n", id="Markdown"),
        pytest.param("评审结果公示\n\n", id="plain"),
        pytest.param("<REC>\n<版次>=A02\n<标题>=评审结果公示\n<正文>=", id="TRS"),
    ],
)
def test_such_a_table_is_one_block_and_nothing_is_joined(head: str, between: str) -> None:
    one = page(head + between.join(PRIZES) + "\n")
    (article,) = one.articles
    assert article.title == "评审结果公示"
    assert [(block.kind, block.rows) for block in article.body] == [(BlockKind.TABLE, FILLED)]
    assert [repair.kind for repair in one.repairs] == [RepairKind.FILL_MERGED_CELL]
