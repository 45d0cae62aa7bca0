"""When an article is not whole, or not in its place: A001, A003, A004, A005, A006."""

from dataclasses import replace

import pytest

from tests.newspaper.build import KNOWN, article, jump, one_article, page
from worker.newspaper import rules
from worker.newspaper.model import (
    Article,
    Block,
    BlockKind,
    Certainty,
    Dateline,
    Finding,
    Kind,
    Page,
    Repair,
    RepairKind,
    Starts,
)
from worker.newspaper.paper import GENERIC


def check(one: Page, code: str) -> list[Finding]:
    return [finding for finding in rules.check_page(one, KNOWN, GENERIC) if finding.code == code]


def with_block(one: Article, kind: BlockKind, text: str) -> Article:
    """The article with one more block, on the line after its last."""
    line = max(one.lines) + 1
    return replace(one, lines=(*one.lines, line), body=(*one.body, Block(kind, text, (line,))))


@pytest.mark.parametrize(
    "title",
    [
        "解放区:细化创建标准 提升创建档次",
        "我市召开全国文明城市创建工作推进会",
        "Council agrees to widen the river road",
    ],
)
def test_a_headline_without_a_text_is_told(title: str) -> None:
    (finding,) = check(one_article(title=title, line=3), "A001")
    assert (finding.line, finding.column, finding.end_column) == (3, 1, len(title) + 1)
    assert finding.facts["headline"] == finding.excerpt == title


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(article("本报讯今天召开推进会。"), id="a text"),
        pytest.param(with_block(article(), BlockKind.TABLE, "戏剧类\t《杨介人》"), id="a table"),
        pytest.param(with_block(article(), BlockKind.CAPTION, "工人在生产苏打水饮品。"), id="a caption"),
        pytest.param(article(goes=jump("to", "A02", "①", 2)), id="a headline that only points to another page"),
        pytest.param(article(comes=jump("from", "A01", "①", 2)), id="a headline above a continuation"),
        pytest.param(article(title="图片新闻"), id="the name of a column"),
        pytest.param(article(title=None), id="no headline"),
    ],
)
def test_a_headline_with_words_of_its_own_is_fine(one: Article) -> None:
    assert check(page(one), "A001") == []


def test_a_headline_whose_text_was_brought_from_elsewhere_is_told_with_the_place() -> None:
    one = article("区生活垃圾日产日清。", line=3)
    moved = Repair(RepairKind.REATTACH_TEXT, (4,), 1, 0.9, Certainty.APPLIED, ())
    (finding,) = check(page(one, repairs=(moved,)), "A001")
    assert rules.message(finding, "en").endswith("those from line 4 on seem to be its, and were put there.")


@pytest.mark.parametrize(
    "text",
    [
        "平台矩阵,政策引导。去年以来,该市财政科技支出达1.2亿元,出台《支持工业经济高质量发展",
        "宣讲会上，市科技局相关负责人围绕高新技术企业认定等主题，系统解读了相关政策。中原银行焦作分行介绍了省、",
        "各级各部门要采取步行调查、登高望远等一线工作方法，全面排查发现问题，对照标准立即整改，举一反三",
        "The council agreed on Monday to widen the road along the river, and the work will",
    ],
)
def test_a_text_that_breaks_off_is_told(text: str) -> None:
    (finding,) = check(one_article("会议今天召开。", text), "A004")
    assert (finding.line, finding.end_column) == (3, len(text) + 1)
    assert finding.facts["words"] == text[-12:]


@pytest.mark.parametrize(
    "text",
    [
        "会议要求，各级各部门要以决战状态，采取过硬措施，以实际行动和创建成效提高人民群众的获得感。",
        "他说：“传承特别能战斗精神，打造特别敢创新的焦作新风，相信焦作的明天一定会越来越精彩！”",
        "数字优势再造，文旅优势再造，推动了高能级文旅纵深发展，创新了信息技术与制造业融合发展……",
        "经过专家评审会评审，确定戏剧等作品为焦作市2022年度文艺精品扶持重点项目，具体名单如下：",
        "会议还研究了其他事项，并对下一步工作作出安排，要求抓好贯彻落实（据新华社北京8月14日电）",
        "会议传达了文件精神，部署了下一步工作，要求认真贯彻落实，并参阅《棚改政策问答》",
        "一等奖：张三 李四 王五 赵六 孙七 周八 吴九 郑十 冯一 陈二 褚三 卫四",
        "欢迎广大读者踊跃投稿，来稿请注明姓名、地址和联系方式，联系电话：0391-3568198",
        "欢迎广大读者踊跃投稿，来稿请注明姓名、地址和联系方式，邮箱：desk@example.com",
        "（记者 王京，通讯员 李明）",
    ],
)
def test_a_text_that_ends_is_fine(text: str) -> None:
    assert check(one_article("会议今天召开。", text), "A004") == []


CUT = "平台矩阵，政策引导。去年以来，该市财政科技支出达1.2亿元，出台支持工业经济高质量发展"


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(article(CUT, goes=jump("to", "A02", "①", 3)), id="it goes on elsewhere"),
        pytest.param(article(CUT, kind=Kind.NOTICE), id="a notice"),
        pytest.param(article(CUT, kind=Kind.PHOTO), id="a caption"),
        pytest.param(article(CUT, kind=Kind.TABLE), id="a table"),
        pytest.param(with_block(article(CUT), BlockKind.SIGNATURE, "市文联办公室"), id="a signature follows"),
        pytest.param(with_block(article(CUT), BlockKind.TABLE, "戏剧类\t《杨介人》"), id="a table follows"),
        pytest.param(article(CUT, CUT), id="two open ends in a row are a list"),
        pytest.param(article("具体安排如下：", CUT), id="an item of a list"),
        pytest.param(article("报名时间：8月15日", CUT), id="a later item of a list"),
        pytest.param(article("春风吹过龙源湖，", "柳絮飞满太行路"), id="a poem"),
        pytest.param(article(), id="no text"),
    ],
)
def test_what_need_not_end_in_a_sentence_is_fine(one: Article) -> None:
    assert check(page(one), "A004") == []


@pytest.mark.parametrize("text", ["，确保各项工作落到实处。", "》的通知，讲解了棚改政策。", "。会议还研究了其他事项。"])
def test_a_text_that_begins_with_a_closing_mark_has_lost_its_beginning(text: str) -> None:
    (finding,) = check(one_article(text), "A003")
    assert (finding.line, finding.column) == (2, 1)


def test_a_text_that_the_reading_knows_to_be_headless_has_lost_its_beginning() -> None:
    lost = replace(article("区生活垃圾日产日清。"), starts=Starts.LOST)
    assert [finding.facts["words"] for finding in check(page(lost), "A003")] == ["区生活垃圾日产日清。"]


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(article("本报讯今天召开推进会。"), id="a lead"),
        pytest.param(article("“创建工作已到了攻坚阶段。”他说。"), id="a quotation"),
        pytest.param(article("《杨介人》等8部作品入选。"), id="a title"),
        pytest.param(replace(article("：近日，喜讯传来。"), dateline=Dateline("本报讯")), id="a lead with a colon"),
        pytest.param(article("……他想了很久。"), id="an ellipsis"),
        pytest.param(
            article("，助力我市发展。", title=None, comes=jump("from", "A01", "②")), id="it comes from elsewhere"
        ),
        pytest.param(article(), id="no text"),
    ],
)
def test_a_text_that_begins_is_fine(one: Article) -> None:
    assert check(page(one), "A003") == []


@pytest.mark.parametrize(
    ("state", "expected"), [(Certainty.APPLIED, [{"first": 2, "last": 4}]), (Certainty.PROPOSED, [])]
)
def test_a_joined_paragraph_is_told_when_it_was_joined(state: Certainty, expected: list[dict[str, int]]) -> None:
    repair = Repair(RepairKind.JOIN_PARAGRAPH, (2, 4), 1, 0.99, state, ())
    found = check(page(article("全面排查发现问题，对照标准立即整改。"), repairs=(repair,)), "A005")
    assert [finding.facts for finding in found] == expected


def test_a_page_without_repairs_has_no_joined_paragraph() -> None:
    assert check(one_article("会议今天召开。"), "A005") == []


def displaced(state: Certainty, lines: tuple[int, ...] = (6, 7), to: int = 1) -> Page:
    """A headline on line 1, and a text under the headline on line 4 whose last lines are said to be the first one's."""
    own = article(title="解放区细化创建标准", line=1)
    host = article("调研组一行莅焦。", "该区还组织清扫工集中整治。", "净化了空气质量。", position=2, line=4)
    return page(own, host, repairs=(Repair(RepairKind.REATTACH_TEXT, lines, to, 0.6, state, ()),))


@pytest.mark.parametrize(
    ("state", "lines", "told"),
    [
        (Certainty.APPLIED, (6, 7), "they were put under the headline “解放区细化创建标准” on line 1."),
        (Certainty.PROPOSED, (6, 7), "may belong to the headline “解放区细化创建标准” on line 1; they were not moved."),
        (Certainty.PROPOSED, (7,), "Lines 7 to 7 may belong to the headline"),
    ],
)
def test_displaced_text_is_told(state: Certainty, lines: tuple[int, ...], told: str) -> None:
    (finding,) = check(displaced(state, lines), "A006")
    assert (finding.line, finding.column, finding.article) == (lines[0], 1, 1)
    assert told in rules.message(finding, "en")
    assert "“解放区细化创建标准”" in rules.message(finding, "zh")


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(replace(displaced(Certainty.APPLIED), repairs=()), id="nothing was moved"),
        pytest.param(
            replace(
                displaced(Certainty.APPLIED),
                repairs=(Repair(RepairKind.JOIN_PARAGRAPH, (6, 7), 2, 1.0, Certainty.APPLIED, ()),),
            ),
            id="another repair",
        ),
        pytest.param(displaced(Certainty.APPLIED, to=9), id="a repair of an article that is not here"),
    ],
)
def test_text_in_its_place_is_fine(one: Page) -> None:
    assert check(one, "A006") == []


def test_a_proposal_that_is_carried_out_is_the_same_finding() -> None:
    proposed, applied = (check(displaced(state), "A006")[0] for state in (Certainty.PROPOSED, Certainty.APPLIED))
    assert proposed.fingerprint == applied.fingerprint
