"""From lines to articles: marked and unmarked pages, pictures, notices, tables, jump lines, several pages in a file."""

import time
from pathlib import Path

import pytest

from worker.newspaper import paper, reader
from worker.newspaper.model import Article, BlockKind, Ends, Kind, Page, Reading, Starts

SAMPLES = Path(__file__).parents[1] / "samples"


def read(text: str, name: str = "焦作日报-2022-08-15-A02.md", house: paper.Paper | None = None) -> Reading:
    return reader.read(name, text.encode(), paper.Papers((house,) if house else ()))


def page(text: str) -> Page:
    (one,) = read(text).pages
    return one


def articles(text: str) -> list[Article]:
    return list(page(text).articles)


def test_the_first_page_is_clean_but_for_its_jump_lines() -> None:
    reading = reader.read(
        "焦作日报-2022-08-15-A01.md", (SAMPLES / "焦作日报-2022-08-15-A01.md").read_bytes(), paper.Papers()
    )
    (one,) = reading.pages
    assert one.furniture == (1,)
    assert [(article.title, article.ends) for article in one.articles] == [
        ("沁阳:四个“逻辑点”撑起高质量发展", Ends.CONTINUES),
        ("我市启动秋粮田间管理巡回指导", Ends.CLEAN),
        ("“我为焦作说句心里话”——访退休干部苗绍勇", Ends.CONTINUES),
        ("山阳区便民服务点开到家门口", Ends.CLEAN),
    ]
    jumps = [article.continued_to for article in one.articles if article.continued_to]
    assert [(jump.page, jump.mark) for jump in jumps] == [("A02", "①"), ("A02", "②")]
    assert reading.findings == ()


def test_kicker_headline_and_subtitle_are_told_in_markdown() -> None:
    (article,) = articles("# 我市召开推进会\n## ——聚焦文明城市创建\n\n本报讯(记者王京)会议召开。\n")
    assert article.headline is not None
    assert (article.headline.main, article.headline.sub) == ("我市召开推进会", "——聚焦文明城市创建")
    assert article.lines == (1, 2, 4)


PLAIN = """\
全国文明城市创建工作推进会召开

本报讯(记者朱晓琳)8月13日上午,全国文明城市创建工作推进会召开,市领导出席会议并作了讲话。

各级各部门要采取步行调查、登高望远等一线工作方法,全面排查发现问

题,对照标准立即整改。

省住建厅调研组莅焦调研
□ 本报记者 张苗
8月11日,省住建厅一行莅焦,对我市城市建设工作进行调研,并给予充分肯定。
"""


@pytest.mark.parametrize("text", [PLAIN, PLAIN.replace("\n", "\r\n")])
def test_plain_text_without_any_marks_is_read_by_shape(text: str) -> None:
    first, second = articles(text)
    assert (first.title, first.lines, first.bylines[0].name) == (
        "全国文明城市创建工作推进会召开",
        (1, 3, 5, 7),
        "朱晓琳",
    )
    assert first.body[1].lines == (5, 7)
    assert (second.title, second.lines, second.bylines[0].name) == ("省住建厅调研组莅焦调研", (9, 10, 11), "张苗")


def test_plain_text_stacks_kicker_and_headline_above_a_lead() -> None:
    (article,) = articles("解放区提升创建档次\n细化标准让城市更文明\n本报讯(记者王京)会议昨日召开。\n")
    assert article.headline is not None
    assert (article.headline.kicker, article.headline.main) == ("解放区提升创建档次", "细化标准让城市更文明")


def test_the_format_is_told_by_content_and_not_by_name() -> None:
    assert read("# 标题\n\n正文。", "x.txt").source.format == "markdown"
    assert read(PLAIN, "x.md").source.format == "plain"


def test_a_page_whose_headings_are_all_deep_has_them_for_headlines() -> None:
    assert [article.title for article in articles("### 一则\n\n文字。\n\n### 二则\n\n文字。\n")] == ["一则", "二则"]


def test_a_picture_within_a_report_is_an_article_and_the_report_goes_on() -> None:
    text = "# 标题\n\n本报讯(记者王京)第一段。\n\n图为工人在车间忙碌。\n\n本报记者 刘金元 摄\n\n第二段。\n"
    report, photo = articles(text)
    assert (report.kind, report.lines) == (Kind.NEWS, (1, 3, 9))
    assert (photo.kind, photo.lines, [block.kind for block in photo.body]) == (
        Kind.PHOTO,
        (5, 7),
        [BlockKind.CAPTION, BlockKind.CREDIT],
    )


def test_a_credit_at_the_end_of_its_caption_is_taken_off() -> None:
    (photo,) = articles("# 图片新闻\n\n8月12日,工人在生产。(王明 摄)\n")
    assert (photo.kind, photo.title, photo.body[0].text) == (Kind.PHOTO, "图片新闻", "8月12日,工人在生产。")
    assert [(one.name, one.role) for one in photo.credits] == [("王明", "摄")]


def test_a_report_with_words_and_pictures_by_one_person_is_no_picture() -> None:
    (report,) = articles("# 标题\n\n本报讯(记者王京 文/图)近日,会议召开。\n")
    assert (report.kind, report.bylines[0].name, report.bylines[0].role) == (Kind.NEWS, "王京", "文/图")


def test_briefs_without_headlines_are_articles_of_their_own() -> None:
    first, second = articles("# 简讯\n\n本报讯(记者王京)第一条。\n\n本报讯(记者张苗)第二条。\n")
    assert (first.title, first.kind, second.kind, second.lines) == ("简讯", Kind.NEWS, Kind.BRIEF, (5,))


def test_a_notice_signed_and_dated_in_one_line_is_read() -> None:
    (notice,) = articles("# 停水公告\n\n因管道检修,8月16日停水。\n\n市供水公司 2022年8月15日\n")
    assert (notice.kind, notice.signed_by, str(notice.signed_on)) == (Kind.NOTICE, "市供水公司", "2022-08-15")


def test_a_markdown_table_has_its_rows_and_not_its_rules() -> None:
    (article,) = articles("# 名单\n\n| 姓名 | 单位 |\n|---|---|\n| 王京 | 市文联 |\n")
    (table,) = article.body
    assert (table.rows, table.lines) == ((("姓名", "单位"), ("王京", "市文联")), (3, 5))
    assert article.lines == (1, 3, 4, 5)


def test_a_table_without_a_headline_is_a_table() -> None:
    assert [article.kind for article in articles("姓名\t单位\n王京\t市文联\n")] == [Kind.TABLE]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("**作者：王京**", [("王京", "作者")]),
        ("**本报记者 王京**", [("王京", "记者")]),
        ("**（本报记者 王京 通讯员 李明）**", [("王京", "记者"), ("李明", "通讯员")]),
    ],
)
def test_a_byline_in_bold_is_a_byline(line: str, names: list[tuple[str, str]]) -> None:
    (article,) = articles(f"## 主题在此\n\n{line}\n\n近日，我市召开会议。\n")
    assert [(one.name, one.role) for one in article.bylines] == names
    assert article.text == "近日，我市召开会议。"


def test_a_credit_in_bold_is_a_credit() -> None:
    (article,) = articles("## 主题在此\n\n图为会场。\n\n**本报记者 王京 摄**\n")
    assert [(one.name, one.role, one.line) for one in article.credits] == [("王京", "摄", 5)]


def test_a_link_to_a_picture_is_the_pages_and_divides_nothing() -> None:
    one = page("## 主题在此\n\n近日，我市召开会议。\n\n![](images/b117.jpg)\n\n会议强调，要抓好落实。\n")
    assert one.furniture == (5,)
    assert [article.lines for article in one.articles] == [(1, 3, 7)]


def test_a_jump_line_that_became_a_heading_is_a_jump_line() -> None:
    first, second = articles("# 标题\n\n文字。\n\n## (上接第 3 版）\n\n后半段文字。\n")
    assert (second.kind, second.headline, second.lines) == (Kind.CONTINUATION, None, (5, 7))
    assert second.continued_from is not None
    assert (second.continued_from.page, second.continued_from.column) == ("03", 4)
    assert first.lines == (1, 3)


def test_a_line_with_a_jump_line_in_its_middle_has_one_owner() -> None:
    first, second = articles("# 标题\n\n文字。\n\n碎片。(上接A01版①)后半段。\n")
    assert (first.lines, second.lines, second.text) == ((1, 3), (5,), "碎片。\n后半段。")


def test_a_lead_paragraph_above_a_credit_is_no_caption() -> None:
    (report,) = articles("# 标题\n\n本报讯(记者王京)近日,会议召开。\n\n王明 摄\n")
    assert (report.kind, report.lines, report.credits[0].name) == (Kind.NEWS, (1, 3, 5), "王明")


def test_a_jump_line_fused_with_a_headline_is_taken_off() -> None:
    (article,) = articles("# 沁阳高质量发展(下转A02版①)\n\n本报讯(记者王京)文字。\n")
    assert (article.title, article.lines, article.ends) == ("沁阳高质量发展", (1, 3), Ends.CONTINUES)
    assert article.continued_to is not None
    assert (article.continued_to.column, article.continued_to.end_column) == (10, 19)


def test_a_continuation_may_carry_a_headline_above_or_below_its_jump_line() -> None:
    above, below = articles("## 短题\n\n(上接A01版①)\n\n后文。\n\n(上接A01版②)\n\n## 另一短题\n\n另文。\n")
    assert (above.kind, above.title, above.lines) == (Kind.CONTINUATION, "短题", (1, 3, 5))
    assert (below.kind, below.title, below.lines) == (Kind.CONTINUATION, "另一短题", (7, 9, 11))


def test_a_story_may_come_and_go_on_in_one_line() -> None:
    (article,) = articles("(上接A01版①)短短的一段。(下转A03版①)\n")
    assert (article.starts, article.ends, article.lines, article.text) == (
        Starts.CONTINUED,
        Ends.CONTINUES,
        (1,),
        "短短的一段。",
    )


def test_words_after_a_jump_line_to_another_page_are_not_its_story() -> None:
    first, second = articles("# 标题\n\n文字。(下转A03版)\n\n别的文字。\n")
    assert (first.lines, second.lines, second.kind) == ((1, 3), (5,), Kind.OTHER)


def test_a_text_that_begins_with_a_comma_begins_in_mid_sentence() -> None:
    assert [article.starts for article in articles("# 标题\n\n,确保各项工作落到实处。\n")] == [Starts.MID_SENTENCE]


@pytest.mark.parametrize(
    ("text", "kicker", "main", "sub", "column"),
    [
        ("### 喜迎盛会\n\n## 主题在此\n\n本报讯(记者王京)文字。", "喜迎盛会", "主题在此", None, None),
        ("## 主题在此\n\n### 副题在此\n\n本报讯(记者王京)文字。", None, "主题在此", "副题在此", None),
        ("## 主题在此\n\n### 副题在此\n\n□ 本报记者 王京\n\n文字。", None, "主题在此", "副题在此", None),
        ("## 主题在此\n\n### ——记老兵李明\n\n文字。", None, "主题在此", "——记老兵李明", None),
        ("### 引题\n\n## 主题在此\n\n### ——副题\n\n文字。", "引题", "主题在此", "——副题", None),
        ("【城市脉动】\n\n## 主题在此\n\n文字。", None, "主题在此", None, "城市脉动"),
        ("◆新春走基层\n\n### 引题\n\n## 主题在此\n\n文字。", "引题", "主题在此", None, "新春走基层"),
        ("## 主题在此\n\n文字。", None, "主题在此", None, None),
    ],
)
def test_what_stands_around_a_headline_belongs_to_it(
    text: str, kicker: str | None, main: str, sub: str | None, column: str | None
) -> None:
    before, article = articles(f"## 别的标题\n\n别的文字在此。\n\n{text}\n")
    assert article.headline is not None
    assert (article.headline.kicker, article.headline.main, article.headline.sub) == (kicker, main, sub)
    assert (article.column, before.lines) == (column, (1, 3))


@pytest.mark.parametrize(
    "text",
    [
        "## 主题在此\n\n### 一、服务到户\n\n文字。",  # a text that opens with a subhead
        "## 主题在此\n\n文字。\n\n### 小标题\n\n文字。",
        "## 主题在此\n\n文字。\n\n【采访手记】\n\n文字。",
        "## 主题在此\n\n文字。\n\n◆配套设施齐全\n\n文字。",
    ],
)
def test_what_divides_a_text_belongs_to_no_headline(text: str) -> None:
    (article,) = articles(text)
    assert article.headline is not None
    assert (article.headline.kicker, article.headline.sub, article.column) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("## 标题\n\n第一段评论。\n\n本报讯(记者王京)一条消息。\n", [(1, 3), (5,)]),
        ("## 标题\n\n编者按：今天起开设专栏。\n\n本报讯(记者王京)一条消息。\n", [(1, 3, 5)]),
        ("## 标题\n\n姓名\t单位\n王京\t市文联\n\n本报讯(记者王京)一条消息。\n", [(1, 3, 4), (6,)]),
        ("## 标题\n\n□ 本报记者 王京\n\n新华社北京8月1日电 一条消息。\n", [(1, 3, 5)]),
    ],
)
def test_a_lead_opens_an_article_unless_only_a_note_stands_above_it(text: str, lines: list[tuple[int, ...]]) -> None:
    assert [article.lines for article in articles(text)] == lines


def test_furniture_belongs_to_the_page() -> None:
    one = page("焦作日报 2022年8月15日 星期一\n\n# 标题\n\n文字。\n\n---\n\n本版责编:张三 版式设计:李四\n")
    assert (one.furniture, [article.lines for article in one.articles]) == ((1, 7, 9), [(3, 5)])


def test_latin_paragraphs_are_joined_with_a_space_and_hyphens_undone() -> None:
    text = "# Vote\n\nThe council voted on Monday to approve the long-awaited\n\nplan for the eastern dis-\n\ntrict.\n"
    (article,) = articles(text)
    assert article.text == "The council voted on Monday to approve the long-awaited plan for the eastern district."


WHOLE = """\
焦作日报 2022年8月15日 星期一

第01版：要闻

# 头条

本报讯(记者王京)头条文字。(下转02版)

第02版：综合新闻

(上接01版)后半段。

# 次条

文字。
"""


def test_a_whole_issue_in_one_file_gives_its_pages_with_the_files_line_numbers() -> None:
    first, second = read(WHOLE, "焦作日报-2022-08-15.txt").pages
    assert (first.label, first.name, first.furniture, first.articles[0].lines) == ("01", "要闻", (1, 3), (5, 7))
    assert (second.label, second.name, second.ordinal, second.furniture) == ("02", "综合新闻", 2, (9,))
    assert [article.lines for article in second.articles] == [(11,), (13, 15)]
    assert second.source[10] == "(上接01版)后半段。"
    assert set(second.source[:8]) == {""}


def test_form_feeds_end_pages() -> None:
    pages = read("# 头条\n\n文字。\n\f# 次条\n\n文字。\n\f", "焦作日报-2022-08-15.txt").pages
    assert [(one.label, one.articles[0].title) for one in pages] == [(None, "头条"), (None, "次条")]


def test_a_page_line_at_the_foot_of_a_single_page_is_that_pages() -> None:
    (one,) = read("# 头条\n\n文字。\n\nA03版:综合新闻\n", "焦作日报-2022-08-15.txt").pages
    assert (one.label, one.name, one.furniture) == ("A03", "综合新闻", (5,))


def test_a_broken_sentence_is_no_headline_of_a_plain_page() -> None:
    text = "政策引导。该市出台《支持工业经济高质量发展\n\n我市举办知识培训班\n\n本报讯(通讯员常丹)近日,培训班举办。\n"
    assert [article.title for article in articles(text)] == [None, "我市举办知识培训班"]


@pytest.mark.parametrize(
    "opening",
    [
        "本报讯(记者王京)文字。",
        "□ 本报记者 王京",
        "□ 王京",
        "编辑同志：",
        "（上接A01版①）",
        "文字不长，到此为止，是一句话。",
        "今天白天：晴，偏南风5级，气温10℃～22℃。",
    ],
)
def test_a_line_above_what_an_article_opens_with_is_its_headline(opening: str) -> None:
    found = articles(
        f"前一篇文章的最后一段，到这里结束。\n\n我市举办知识培训班\n\n{opening}\n\n后文到此结束了，没有别的话。\n"
    )
    assert [article.title for article in found] == [None, "我市举办知识培训班"]


@pytest.mark.parametrize(
    "line",
    [
        "Q：气候大会目前进展如何？",
        "记者：便民菜店目前进展如何？",
        "说起高速，他打开了话匣子：“红绿灯会看车流，等得少了！”",
        "居民 程可博",
        "联系电话：0341-5715015",
        "（全文见第四版）",
        "2022年8月15日",
        "图片由市文旅局提供",
    ],
)
def test_other_short_lines_of_a_plain_page_are_no_headlines(line: str) -> None:
    long = "据了解,今年我市秋粮种植面积稳定,苗情总体好于去年,丰收有望。"
    titles = [article.title for article in articles(f"秋粮长势喜人\n\n本报讯 {long}\n\n{line}\n\n{long}\n")]
    assert line not in titles


def test_numbered_heads_of_a_plain_text_are_subheads() -> None:
    long = "据了解,今年我市秋粮种植面积稳定,苗情总体好于去年,丰收有望。"
    (article,) = articles(f"秋粮长势喜人\n本报讯(记者王京){long}\n一、服务到户\n{long}\n二、资金到位\n{long}\n")
    assert [block.text for block in article.body if block.kind is BlockKind.SUBHEAD] == ["一、服务到户", "二、资金到位"]


def test_an_english_page_is_read() -> None:
    text = (
        "Council approves new bridge\n\nBy JANE DOE\n\nThe council voted on Monday to approve the plan.\n\n"
        "Residents welcomed the decision. Continued on Page A6\n"
    )
    (article,) = articles(text)
    assert (article.title, article.bylines[0].name, article.ends) == (
        "Council approves new bridge",
        "JANE DOE",
        Ends.CONTINUES,
    )


def test_a_papers_own_name_at_the_top_is_furniture() -> None:
    house = paper.Paper("x-daily", "某某日报")
    (one,) = read("某某日报\n\n# 标题\n\n文字。\n", "某某日报-2022-08-15-A02.md", house).pages
    assert one.furniture == (1,)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("A02.md", b"", "F001"),
        ("A02.md", b" \r\n\t\n", "F001"),
        ("A02.md", "\ufeff \u3000\n".encode(), "F001"),
        ("A02.md", b"%PDF-1.7 ...", "F007"),
        ("A02.pdf", b"%PDF-1.7 ...", "F007"),
        ("A02.docx", "文字".encode(), "F007"),
        ("A02.md", b"<!DOCTYPE html><html></html>", "F001"),
        ("A02.md", b'<?xml version="1.0"?><mets></mets>', "F007"),
        ("A02.txt", b"\x80\x81\xff\xfe\x00" * 9, "F002"),
        ("A02.md", "文字".encode() * 1000, "F008"),
    ],
)
def test_a_file_that_cannot_be_read_gives_one_finding_and_no_page(name: str, data: bytes, code: str) -> None:
    reading = reader.read(name, data, paper.Papers(), max_bytes=5000)
    assert (reading.pages, [finding.code for finding in reading.findings]) == ((), [code])


@pytest.mark.parametrize(
    "name", ["A02", "\udcff\udcfe.md", "A02.TXT", "A02.markdown", "A02.text", "焦作日报 2022.8.15"]
)
def test_known_names_are_read(name: str) -> None:
    assert len(read("# 标题\n\n文字。\n", name).pages) == 1


def test_a_paper_that_is_named_decides_the_house_style() -> None:
    house = paper.Paper("x-daily", "某某日报", leads=("快讯",))
    reading = reader.read("y.md", "# 标题\n\n快讯(记者王京)文字。\n".encode(), paper.Papers((house,)), paper="x-daily")
    assert (reading.identity.paper, reading.identity.how) == ("某某日报", {"paper": "a person"})
    assert reading.pages[0].articles[0].dateline is not None


@pytest.mark.parametrize(
    "letters",
    ["#", "# ", "标题\n", "标题字数够长的一行\n", "\f标\n" * 100 + "一\n" * 300, "|a|b|\n", "a\tb\n", "(上接A01版①)"]
    + [
        "本报讯(记者",
        "长长的文字没有句号",
        "长长的文字没有句号" * 4 + "\n",
        "-",
        "2022年8月15日\n",
        "王明 摄\n",
        "文。\n图。\n王明 摄\n",
    ],
)
def test_a_quarter_of_a_megabyte_of_the_worst_letters_is_read_in_time(letters: str) -> None:
    text = (letters * 250_000)[: 250_000 // len("文".encode())]
    began = time.perf_counter()
    read(text, "x.txt")
    assert time.perf_counter() - began < 8
