"""Rules about articles: a headline without its text, a text that breaks off or has lost its beginning."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from worker.newspaper import sentences
from worker.newspaper.model import (
    Article,
    Block,
    BlockKind,
    Certainty,
    Finding,
    Kind,
    Page,
    RepairKind,
    Severity,
    Starts,
)
from worker.newspaper.rules.rule import Rule, Text
from worker.newspaper.rules.sites import block_spot, finding, line_spot, opening_words

NO_BODY = Rule(
    code="A001",
    name="headline-without-body",
    severity=Severity.ERROR,
    says=Text("标题“{headline}”下面没有正文。", "The headline “{headline}” is followed by no words of its own."),
    cases={
        "reattached": Text(
            "标题“{headline}”下面没有正文；第 {line} 行起的文字像是它的，已经接过来。",
            "The headline “{headline}” is followed by no words of its own; those from line {line} on seem to be its, "
            "and were put there.",
        ),
    },
    why=Text(
        "正文可能丢了，也可能排到了别的标题下面，读者看到的是一条空稿。",
        "Its text is lost or stands under another headline, and the reader is given an empty article.",
    ),
    example=Text(
        "“## 解放区：细化创建标准”之后紧跟着另一条标题。",
        "“## District sets finer standards”, and right after it another headline.",
    ),
    mend=Text(
        "对照印出的版面，把正文补在标题下面，再投递这一版。",
        "Compare the printed page, put the text under its headline, and drop the page again.",
    ),
)

LOST_BEGINNING = Rule(
    code="A003",
    name="beginning-lost",
    severity=Severity.ERROR,
    says=Text(
        "这段文字从半句话开始（“{words}”），前面的内容不在，也没有“上接”说明。",
        "The text begins in mid-sentence (“{words}”), and no jump line says where it comes from.",
    ),
    why=Text(
        "文章的开头丢了，剩下的部分读不通。",
        "The beginning of the article is missing and the rest makes no sense without it.",
    ),
    example=Text("“，确保各项工作落到实处。”", "“, and so the work will be done.”"),
    mend=Text(
        "把缺少的开头补上；如果它接自别的版，补上“（上接××版）”。",
        "Put the missing beginning back; if it comes from another page, add its “continued from” line.",
    ),
)

BREAKS_OFF = Rule(
    code="A004",
    name="breaks-off",
    severity=Severity.ERROR,
    says=Text(
        "文章到“{words}”就断了，一句话没有说完，也没有“下转”说明。",
        "The text breaks off in mid-sentence at “{words}”, and no jump line says where it goes on.",
    ),
    why=Text(
        "文章的结尾丢了，或者它转到了别的版而没有标明。",
        "The end of the article is missing, or goes on elsewhere and nothing says so.",
    ),
    example=Text(
        "“……出台《支持工业经济高质量发展”，下面是另一条标题。",
        "“… has published the plan for high-quality”, and then another headline.",
    ),
    mend=Text(
        "把缺少的结尾补上；如果它转到别的版，补上“（下转××版）”。",
        "Put the missing end back; if it goes on elsewhere, add its “continued on” line.",
    ),
)

JOINED = Rule(
    code="A005",
    name="paragraph-split",
    severity=Severity.INFO,
    says=Text(
        "第 {first} 行和第 {last} 行是同一段，分栏时被切开，已经接上。",
        "Lines {first} to {last} are one paragraph that a column's end cut; they were joined.",
    ),
    why=Text(
        "分栏排版导出时常把一段切成两段，接上之后才读得通。",
        "Exports of set columns often cut a paragraph in two; it reads as one only when joined.",
    ),
    example=Text("“……全面排查发现问”和“题，对照标准立即整改”。", "“… look for prob” and “lems and mend them at once”."),
    mend=Text(
        "不必处理；如果接错了，把原文改成分开的两段再投递。",
        "Nothing need be done; if the join is wrong, end the first part properly and drop the page again.",
    ),
)

DISPLACED = Rule(
    code="A006",
    name="displaced-text",
    severity=Severity.WARNING,
    says=Text(
        "第 {first} 至 {last} 行的文字可能属于第 {line} 行的标题“{headline}”；没有移动，请核对。",
        "Lines {first} to {last} may belong to the headline “{headline}” on line {line}; they were not moved.",
    ),
    cases={
        "applied": Text(
            "第 {first} 至 {last} 行的文字排在了别的稿件里，属于第 {line} 行的标题“{headline}”，已经接过去。",
            "Lines {first} to {last} stand in another article than their own; they were put under the headline "
            "“{headline}” on line {line}.",
        ),
    },
    why=Text(
        "分栏导出时，一栏的文字常被接到别的标题下面，两篇稿件都读不通。",
        "An export of set columns often puts a column's text under another headline, and neither article makes sense.",
    ),
    example=Text(
        "标题“解放区……”下面是空的，另一篇稿件末尾却写着“该区还组织……”。",
        "The headline “District …” is empty, and another article ends with “the district has also …”.",
    ),
    mend=Text(
        "对照印出的版面；如果接错了，把文字放回自己的标题下面再投递这一版。",
        "Compare the printed page; if it is wrong, put the text under its own headline and drop the page again.",
    ),
)

RULES = (NO_BODY, LOST_BEGINNING, BREAKS_OFF, JOINED, DISPLACED)

_SECTION_NAME = 4  # characters: a heading this short and empty is a column's name (公告, 图片新闻), not a headline
_SHOWN = 12  # characters of a broken text that a sentence quotes
_FULL_STOPS = frozenset('。！？…”．.!?"')
# A sentence has a comma or a full stop; what has none is a list of names, an address, a line of figures.
_SENTENCE = re.compile(r"[，,。！？]")
# 电话：0391-3568198, www.jzrb.com, desk@jzrb.com: contact lines end without a mark.
_CONTACT_END = re.compile(r"(\d[\d\s-]{5,}|[\w.-]+\.[A-Za-z]{2,}|@[\w.-]+)\s*$")

_WHOLE_KINDS = frozenset({Kind.NEWS, Kind.CONTINUATION, Kind.BRIEF, Kind.OTHER})
_ASIDE = frozenset({BlockKind.MARKER, BlockKind.CREDIT, BlockKind.CAPTION})


def on_page(page: Page) -> Iterator[Finding]:
    """Say which articles of the page are not whole, which paragraphs were joined and which text was displaced."""
    moved = _reattached(page)
    for article in page.articles:
        yield from _no_body(page, article, moved[article.position])
        yield from _lost_beginning(page, article)
        yield from _breaks_off(page, article)
    yield from _joined(page)
    yield from _displaced(page)


def _no_body(page: Page, article: Article, reattached: set[int]) -> Iterator[Finding]:
    if article.headline is None or not article.headline.lines:
        return
    headline = article.headline.main
    if len(headline) <= _SECTION_NAME or headline == page.name or article.continued_to or article.continued_from:
        return
    own = [block for block in article.body if block.text.strip() and not reattached.issuperset(block.lines)]
    if own:
        return
    facts: dict[str, str | int] = {"headline": headline}
    if reattached:
        facts |= {"case": "reattached", "line": min(reattached)}
    spot = line_spot(page, article.headline.lines[0])
    yield finding(NO_BODY, page, spot, facts, excerpt=headline, article=article)


def _reattached(page: Page) -> defaultdict[int, set[int]]:
    """The lines that were put under each article's headline from elsewhere, by its position."""
    moved: defaultdict[int, set[int]] = defaultdict(set)
    for repair in page.repairs:
        if repair.kind is RepairKind.REATTACH_TEXT and repair.state is Certainty.APPLIED:
            moved[repair.to].update(repair.lines)
    return moved


def _lost_beginning(page: Page, article: Article) -> Iterator[Finding]:
    first = next((block for block in article.body if block.kind not in _ASIDE and block.text.strip()), None)
    if first is None or first.kind is not BlockKind.PARAGRAPH or article.continued_from:
        return
    led = article.dateline or article.bylines  # 本报讯（记者X）：… leaves its colon to the text
    if article.starts is not Starts.LOST and (led or not sentences.begins_inside(first.text)):
        return
    words = first.text.strip()[:_SHOWN]
    spot = line_spot(page, first.lines[0])
    yield finding(LOST_BEGINNING, page, spot, {"words": words}, excerpt=first.text, article=article, known_by=words)


def _breaks_off(page: Page, article: Article) -> Iterator[Finding]:
    if article.continued_to or article.kind not in _WHOLE_KINDS:
        return
    blocks = [block for block in article.body if block.kind not in _ASIDE and block.text.strip()]
    if not blocks or not _is_cut(blocks):
        return
    last = blocks[-1]
    words = last.text.rstrip()
    tail = words[-_SHOWN:]
    spot = block_spot(page, last, len(words) - len(tail), len(words))
    known_by = f"{opening_words(article)}\n{tail}"
    yield finding(BREAKS_OFF, page, spot, {"words": tail}, excerpt=words[-40:], article=article, known_by=known_by)


def _is_cut(blocks: list[Block]) -> bool:
    """Whether the last of these blocks ends in mid-sentence; after a paragraph without a full stop it is a list's."""
    last, before = blocks[-1], blocks[-2] if len(blocks) > 1 else None
    if last.kind is not BlockKind.PARAGRAPH or not sentences.is_cut(last.text):
        return False
    listed = before and before.kind is BlockKind.PARAGRAPH and before.text.rstrip()[-1] not in _FULL_STOPS
    return not listed and bool(_SENTENCE.search(last.text)) and not _CONTACT_END.search(last.text[-60:])


def _joined(page: Page) -> Iterator[Finding]:
    articles = {article.position: article for article in page.articles}
    for repair in page.repairs:
        if repair.kind is not RepairKind.JOIN_PARAGRAPH or repair.state is not Certainty.APPLIED:
            continue
        cut = line_spot(page, repair.lines[0])
        spot = replace(cut, column=max(cut.column, cut.end_column - _SHOWN))
        words = page.source[cut.line - 1][spot.column - 1 : spot.end_column - 1]
        facts = {"first": repair.lines[0], "last": repair.lines[-1]}
        yield finding(JOINED, page, spot, facts, excerpt=words, article=articles.get(repair.to))


def _displaced(page: Page) -> Iterator[Finding]:
    articles = {article.position: article for article in page.articles}
    for repair in page.repairs:
        own = articles.get(repair.to)
        if repair.kind is not RepairKind.REATTACH_TEXT or own is None or own.headline is None:
            continue
        first, last = min(repair.lines), max(repair.lines)
        facts: dict[str, str | int] = {
            "first": first,
            "last": last,
            "headline": own.headline.main,
            "line": own.headline.lines[0],
        }
        if repair.state is Certainty.APPLIED:
            facts |= {"case": "applied"}
        spot = line_spot(page, first)
        words = page.source[first - 1].strip()
        known_by = f"{own.headline.main}\n{words[:_SHOWN]}"
        yield finding(DISPLACED, page, spot, facts, excerpt=words, article=own, known_by=known_by)
