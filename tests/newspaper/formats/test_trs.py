"""TRS records: told by their fields, read as a reader meets them, each word with its place."""

import pytest

from worker.newspaper import paper, reader
from worker.newspaper.model import Article, BlockKind, Kind, Reading

RECORDS = """\
<REC>
<报纸>=某某日报
<版名>=综合新闻
<日期>=2022.08.15
<版次>=A02
<标题>=召开推进会
<引题>=我市
<副题>=——市领导出席
<作者>=朱晓琳 王京
<图片说明>=图为会场。刘金元 摄
<正文>=
　　本报讯（记者朱晓琳）8月13日上午，推进会召开。
　　会议强调，要抓紧。（下转A03版）
<REC>
<报纸>=某某日报
<版名>=综合新闻
<日期>=2022.08.15
<版次>=A02
<引题>=
<标题>=图片新闻
<作者>=张三
<图片说明>=8月13日，工人在车间忙碌。
<正文>=（参见版面）
"""


def read(text: str, codec: str = "gb18030", name: str = "export.txt") -> tuple[Reading, ...]:
    return reader.read_all(name, text.encode(codec), paper.Papers())


def articles(text: str) -> tuple[Article, ...]:
    return read(text)[0].pages[0].articles


def test_records_tell_paper_date_and_page() -> None:
    (reading,) = read(RECORDS)
    (page,) = reading.pages
    assert (reading.source.format, reading.source.encoding, reading.source.rung) == ("trs", "GB18030", "gb18030")
    assert (reading.identity.paper, str(reading.identity.date), page.label, page.name) == (
        "某某日报",
        "2022-08-15",
        "A02",
        "综合新闻",
    )
    assert reading.identity.missing == ()


def test_a_record_is_an_article_whatever_the_order_of_its_fields() -> None:
    article = articles(RECORDS)[0]
    assert article.headline is not None
    assert (article.headline.kicker, article.headline.main, article.headline.sub, article.headline.lines) == (
        "我市",
        "召开推进会",
        "——市领导出席",
        (7, 6, 8),
    )
    assert [(block.text, block.lines) for block in article.body] == [
        ("8月13日上午，推进会召开。", (12,)),
        ("会议强调，要抓紧。", (13,)),
        ("（下转A03版）", (13,)),
    ]
    assert article.continued_to is not None
    assert (article.continued_to.line, article.continued_to.column, article.continued_to.end_column) == (13, 12, 20)


def test_an_author_whom_the_text_names_too_is_named_once_with_his_role() -> None:
    named = [(one.name, one.role, one.line) for one in articles(RECORDS)[0].bylines]
    assert named == [("王京", "作者", 9), ("朱晓琳", "记者", 12)]


def test_a_caption_is_a_picture_beside_its_article() -> None:
    photo = articles(RECORDS)[1]
    assert (photo.kind, photo.lines, [block.kind for block in photo.body]) == (
        Kind.PHOTO,
        (10,),
        [BlockKind.CAPTION, BlockKind.CREDIT],
    )
    assert photo.credits[0].name == "刘金元"


def test_an_item_whose_words_are_on_the_printed_page_only_is_its_picture() -> None:
    photo = articles(RECORDS)[2]
    assert (photo.kind, photo.title, photo.text, photo.lines) == (
        Kind.PHOTO,
        "图片新闻",
        "8月13日，工人在车间忙碌。",
        (20, 21, 22, 23),
    )


def test_fields_about_a_record_are_the_pages_own() -> None:
    assert read(RECORDS)[0].pages[0].furniture == (1, 2, 3, 4, 5, 11, 14, 15, 16, 17, 18, 19)


def test_a_record_without_a_text_of_its_own_is_no_fault() -> None:
    text = "<REC>\n<日期>=2022-08-15\n<版次>=2\n<标题>=漫画一则请看今日版面\n<正文>=（参见版面）\n"
    (reading,) = read(text, name="某某日报.txt")
    assert [finding.code for finding in reading.findings] == ["P001"]


def test_a_record_without_headline_does_not_join_the_one_before() -> None:
    text = "<REC>\n<版次>=2\n<标题>=标题\n<正文>=文字。\n<REC>\n<版次>=2\n<标题>=\n<正文>=另一则文字。\n"
    assert [(one.title, one.text) for one in articles(text)] == [("标题", "文字。"), (None, "另一则文字。")]


def test_fields_that_come_again_begin_a_record_without_rec() -> None:
    text = "<版次>=2\n<标题>=甲\n<正文>=文字。\n<版次>=2\n<标题>=乙\n<正文>=文字。\n"
    assert [one.title for one in articles(text)] == ["甲", "乙"]


@pytest.mark.parametrize(
    ("label", "name", "told"),
    [
        ("A02", "综合新闻", ("A02", "综合新闻")),
        ("2", "要闻", ("02", "要闻")),
        ("第02版", "", ("02", None)),
        ("", "A02版:综合新闻", ("A02", "综合新闻")),
        ("", "副刊", (None, "副刊")),
    ],
)
def test_pages_are_told_by_number_or_name(label: str, name: str, told: tuple[str | None, str | None]) -> None:
    text = f"<REC>\n<版次>={label}\n<版名>={name}\n<标题>=标题\n<正文>=文字。\n"
    (page,) = read(text, name="x")[0].pages
    assert (page.label, page.name) == told


def test_pages_that_alternate_are_each_one_page() -> None:
    record = "<REC>\n<日期>=2022-08-15\n<版次>={}\n<标题>={}\n<正文>=文字。\n"
    text = "".join(record.format(page, title) for page, title in ((1, "甲"), (2, "乙"), (1, "丙")))
    (reading,) = read(text)
    assert [(page.label, [one.title for one in page.articles]) for page in reading.pages] == [
        ("01", ["甲", "丙"]),
        ("02", ["乙"]),
    ]
    assert [sorted(line for line, words in enumerate(page.source, 1) if words) for page in reading.pages] == [
        [1, 2, 3, 4, 5, 11, 12, 13, 14, 15],
        [6, 7, 8, 9, 10],
    ]


def test_records_of_several_days_are_several_issues() -> None:
    record = "<REC>\n<报纸>=某某日报\n<日期>=2022-08-{}\n<版次>=1\n<标题>=标题\n<正文>=文字。\n"
    readings = read(record.format(15) + record.format(16))
    assert [str(one.identity.date) for one in readings] == ["2022-08-15", "2022-08-16"]
    assert [page.ordinal for one in readings for page in one.pages] == [1, 2]


def test_wrapped_lines_of_a_text_are_paragraphs() -> None:
    lines = ["　　会议强调，各级各部门要采取步行调查、登", "高望远等一线工作方法，全面排查发现问题。"] * 3
    text = "<REC>\n<版次>=1\n<标题>=标题\n<正文>=\n" + "\n".join([*lines, "对照标准立即整改。"]) + "\n"
    assert [block.lines for block in articles(text)[0].body] == [(5, 6), (7, 8), (9, 10, 11)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("codec", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_every_encoding_and_line_end_gives_the_same(codec: str, end: str) -> None:
    read_ = read(RECORDS.replace("\n", end), codec)[0].pages
    assert [page.articles for page in read_] == [page.articles for page in read(RECORDS)[0].pages]
