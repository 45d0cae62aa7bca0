"""HTML: what a browser shows is read, the rest is the page's own, and each word keeps its place in the file."""

import time

import pytest

from worker.newspaper import paper, reader
from worker.newspaper.model import Article, BlockKind, Kind, Page, Reading

NAME = "焦作日报-2022-08-15-A02.html"


def read(text: str, codec: str = "utf-8", name: str = NAME) -> Reading:
    return reader.read(name, text.encode(codec), paper.Papers())


def page(text: str) -> Page:
    (one,) = read(text).pages
    return one


def articles(body: str) -> tuple[Article, ...]:
    return page(f"<html><body>\n{body}\n</body></html>").articles


FOUNDER = """\
<!DOCTYPE html>
<html><head><meta charset="gb2312"><title>焦作日报</title>
<style>p { color: red }</style><script>if (a < b) { document.write("<p>脚本</p>"); }</script></head>
<body><div style="display: none">隐藏的</div>
<!--enpproperty <articleid>1</articleid><date>2022-08-15 00:00:00.0</date><author>王京</author><title>推进会&ldquo;召开&rdquo;</title><subtitle>——市领导出席</subtitle><introtitle>我市</introtitle><nodename>第A02版：综合新闻</nodename>/enpproperty-->
<div class="title">推进会召开</div>
<!--enpcontent--><P>　　本报讯（记者朱晓琳）8月13日<b>上午</b>，推进会召开&hellip;&amp;A。</P><P>　　第二段
下一行。(下转A03版①)</P><!--/enpcontent-->
<div>上一篇 下一篇</div>
</body></html>
"""  # noqa: E501


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16", "utf-8-sig"])
def test_founders_properties_are_headline_author_and_page(codec: str) -> None:
    reading = read(FOUNDER, codec, "content_1.htm")
    (one,) = reading.pages
    (article,) = one.articles
    assert (reading.source.format, str(reading.identity.date), one.label, one.name) == (
        "html",
        "2022-08-15",
        "A02",
        "综合新闻",
    )
    assert article.headline is not None
    assert (article.headline.kicker, article.headline.main, article.headline.sub, article.headline.lines) == (
        "我市",
        "推进会“召开”",
        "——市领导出席",
        (5,),
    )
    assert [(one.name, one.role, one.line) for one in article.bylines] == [("王京", "作者", 5), ("朱晓琳", "记者", 7)]


def test_founders_text_is_read_with_its_lines_and_columns() -> None:
    one = page(FOUNDER)
    (article,) = one.articles
    assert [(block.text, block.lines) for block in article.body] == [
        ("8月13日上午，推进会召开…&A。", (7,)),
        ("第二段下一行。", (7, 8)),
        ("(下转A03版①)", (8,)),
    ]
    jump = article.continued_to
    assert jump is not None
    assert one.source[jump.line - 1][jump.column - 1 : jump.end_column - 1] == jump.raw
    assert one.furniture == (1, 2, 3, 4, 6, 9, 10)


SEMANTIC = """\
<!doctype html>
<html><body>
<h1>A02版：综合新闻</h1>
<nav><a href="x">上一版</a></nav>
<article>
<h3>我市</h3>
<h2>推进会
召开</h2>
<h3>市领导出席</h3>
<figure><img src="x.jpg" alt="x"><figcaption>图为会场。<br>刘金元 摄</figcaption></figure>
<p class="byline">本报记者 王京</p>
<p>会议昨日召开，
大家出席。</p>
<h4>小标题</h4>
<p>结束了。</p>
</article>
<article><h2>次条</h2><p>次条文字。</p></article>
<footer>版权</footer>
</body></html>
"""


def test_an_article_has_its_headings_byline_and_picture() -> None:
    first, photo, second = page(SEMANTIC).articles
    assert first.headline is not None
    assert (first.headline.kicker, first.headline.main, first.headline.sub) == ("我市", "推进会召开", "市领导出席")
    assert (first.lines, first.bylines[0].name) == ((6, 7, 8, 9, 11, 12, 13, 14, 15), "王京")
    assert [(block.kind, block.text) for block in first.body] == [
        (BlockKind.PARAGRAPH, "会议昨日召开，大家出席。"),
        (BlockKind.SUBHEAD, "小标题"),
        (BlockKind.PARAGRAPH, "结束了。"),
    ]
    assert (photo.kind, photo.lines, photo.credits[0].name) == (Kind.PHOTO, (10,), "刘金元")
    assert (second.title, second.text, second.lines) == ("次条", "次条文字。", (17,))


def test_a_page_line_names_the_page_and_what_shows_nothing_is_the_pages_own() -> None:
    one = page(SEMANTIC)
    assert (one.label, one.name) == ("A02", "综合新闻")
    assert one.furniture == (1, 2, 3, 4, 5, 16, 18, 19)


def test_a_whole_issue_in_one_file_gives_its_pages() -> None:
    text = (
        "<html><h1>第01版：要闻</h1>\n<h2>甲</h2>\n<p>文。</p>\n<h1>第02版：国内</h1>\n<h2>乙</h2>\n<p>文。</p></html>"
    )
    reading = read(text, name="焦作日报-2022-08-15.html")
    assert [(one.label, one.name, one.articles[0].lines, one.source[0] != "") for one in reading.pages] == [
        ("01", "要闻", (2, 3), True),
        ("02", "国内", (5, 6), False),
    ]


def test_tables_have_rows_and_merged_cells() -> None:
    (article,) = articles(
        "<h2>名单</h2>\n<table>\n<tr><th>姓名<th>单位<th>得分\n<tr><td rowspan=2>王京<td>市文联<td>1\n"
        "<tr><td>市作协</td>\n<td>2</td></tr>\n<tr><td colspan=2>合计<td>3\n</table>"
    )
    (table,) = article.body
    assert table.rows == (("姓名", "单位", "得分"), ("王京", "市文联", "1"), ("王京", "市作协", "2"), ("合计", "", "3"))
    assert (table.lines, article.lines) == ((4, 5, 6, 8), (2, 4, 5, 6, 7, 8))
    assert table.text == "姓名\t单位\t得分\n王京\t市文联\t1\n\t市作协\t2\n合计\t\t3"


def test_a_table_that_only_places_things_is_none() -> None:
    (article,) = articles("<table><tr><td><h2>标题</h2><td><p>第一段。</p><p>第二段。</p></table>")
    assert (article.title, [block.text for block in article.body]) == ("标题", ["第一段。", "第二段。"])


def test_two_tables_are_two() -> None:
    row = "<tr><td>甲<td>1<tr><td>乙<td>2"
    (article,) = articles(f"<h2>标题</h2><table>{row}</table><table>{row}</table>")
    assert [block.kind for block in article.body] == [BlockKind.TABLE, BlockKind.TABLE]


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>var a = '<p>不</p>';</script>",
        "<style>p::after { content: '不' }</style>",
        "<!-- <p>不</p> -->",
        "<p hidden>不</p>",
        '<div aria-hidden="true"><div>不</div>不</div>',
        '<p style="DISPLAY : none">不</p>',
        "<template><p>不</p></template>",
        "<nav>不</nav>",
        "<select><option>不</option></select>",
        "<?php echo '不' ?>",
        "<![CDATA[ 不 ]]>",
    ],
)
def test_what_is_hidden_is_not_read(hidden: str) -> None:
    (article,) = articles(f"<h2>标题</h2><p>文字。</p>{hidden}<p>后文。</p>")
    assert article.text == "文字。\n后文。"


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>a<b>b</b>c</p>", "abc"),
        ("<p>Two\nwords</p>", "Two words"),
        ("<p>一\n二</p>", "一二"),
        ("<p>a &lt;b&gt; &#x4e00;&#20108;</p>", "a <b> 一二"),
        ("<p>AT&T &unknown; & c</p>", "AT&T &unknown; & c"),
        ("<p>1 < 2</p>", "1 < 2"),
        ("<p>一<br>二</p>", "一\n二"),
        ("<p>一<p>二", "一\n二"),
        ("<ul><li>一<li>二</ul>", "一\n二"),
        ("<p title='a>b'>一</p>", "一"),
        ('<p title="never closed>一</p>', "一"),
        ("<div hidden>一", "一"),
        ("<nav>一", "一"),
        ("<P CLASS=x>一</P>", "一"),
        ("<p>&nbsp;&nbsp;一</p>", "一"),
    ],
)
def test_words_are_read_as_a_browser_shows_them(markup: str, words: str) -> None:
    assert "\n".join(one.text for one in articles(markup)) == words


def test_a_short_bold_line_divides_a_text_or_heads_one_where_nothing_else_does() -> None:
    (divided,) = articles("<h2>标题</h2><p>文字。</p><p><strong>服务到户</strong></p><p>后文。</p>")
    assert [block.kind for block in divided.body] == [BlockKind.PARAGRAPH, BlockKind.SUBHEAD, BlockKind.PARAGRAPH]
    assert [one.title for one in articles("<p><b>甲</b></p><p>文字。</p><p><b>乙</b></p><p>文字。</p>")] == ["甲", "乙"]


def test_a_charset_that_lies_is_not_believed() -> None:
    text = '<html><meta charset="big5"><h2>标题</h2><p>全国文明城市创建工作推进会召开。</p></html>'
    reading = read(text, "gb18030")
    assert (reading.source.encoding, reading.pages[0].articles[0].title) == ("GB18030", "标题")


def test_words_that_come_after_long_scripts_are_decoded_all_the_same() -> None:
    text = f"<html><script>{'x = 1; ' * 5000}</script><h2>标题</h2><p>全国文明城市创建工作推进会召开。</p></html>"
    assert read(text, "gb18030").source.encoding == "GB18030"


@pytest.mark.parametrize("text", ["<html></html>", "<html><script>1</script></html>", "<html><p>&nbsp;</p></html>"])
def test_a_page_that_shows_no_words_is_empty(text: str) -> None:
    assert [finding.code for finding in read(text).findings] == ["F001"]


def test_all_on_one_line_keeps_articles_apart() -> None:
    first, second = articles("<h2>甲</h2><p>第一。(下转A03版①)</p><h2>乙</h2><p>第二。</p>")
    assert (first.title, first.text, second.title, second.text) == ("甲", "第一。", "乙", "第二。")
    assert first.continued_to is not None
    assert (first.lines, second.lines, first.continued_to.column) == ((2,), (2,), 17)


@pytest.mark.parametrize(
    "piece",
    ["<", "<a b='", "<!--", "</", "<p>文", "<table><tr><td>", "<td colspan=99 rowspan=999>文", "<div hidden>", "<nav>"]
    + [
        "&",
        "&#1;",
        "<h1><br>文",
        "<article>",
        "<!--enpproperty <title>文</title>-->",
        "<figcaption>文",
        "文 \n",
        "<b>",
    ],
)
def test_a_quarter_of_a_megabyte_of_the_worst_markup_is_read_in_time(piece: str) -> None:
    began = time.perf_counter()
    read("<html><body>" + piece * (250_000 // len(piece.encode())))
    assert time.perf_counter() - began < 8
