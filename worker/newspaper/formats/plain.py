"""Plain text: headlines have no sign and are told by their shape and by what follows them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from worker.newspaper import bylines, markers
from worker.newspaper.formats import paging, wrapping
from worker.newspaper.formats.lines import Line, LineKind, Sheet, plain_line, with_tables
from worker.newspaper.furniture import is_furniture
from worker.newspaper.model import Direction

NAME = "plain"

_HEADLINE_AT_MOST = 45  # characters of Han, twice as many others
_SURE_HEADLINE = 8  # characters: without a lead below it, a shorter line is a subhead
_TEXT_AT_LEAST = 30  # characters of a line below, for a line above it to be its headline
_SENTENCE_AT_LEAST = 12  # characters of a line below that ends as a sentence does
_SUBTITLE = ("——", "--")
_STACKED_AT_MOST = 3  # kicker, headline and subtitle

# A headline holds no full stop and does not end as a sentence or the heading of a list does.
_SENTENCE = re.compile(r"[。；;]|[：:，,、…]$|[a-z][.,]$|[a-z]\.\s|[：:][“「‘\"].*[，！？,!?].*[”」’\"]$")
# Q：…?, 记者：…?: who speaks in an interview; 电话：0391-…, 地址:…: where an advertiser is found
_SAID = re.compile(
    r"(?:Q|A|问|答|记者|主持人|嘉宾)\s?[:：]|[^:：]{2,6}(?:电话|地址|热线|网址|邮箱|时间)\s?[:：]|(?:电话|地址|热线|网址|邮箱)\s?[:：]"
)
# 居民 程可博: who signs a letter; 【民生观察】, ◆新春走基层: the name of a column; （全文见第四版）
_OTHER = re.compile(r"[\u3400-\u9fff]{2,4}[ \u3000]{1,4}[\u3400-\u9fff]{2,3}|[【〖（(◆□■●◇★▲▶].*|\S.*[】〗]")
# 停水公告, 河长制名单: what a line that ends so stands above, however short it is
_TITLES = re.compile(
    r"(?:公告|公示|通告|启事|声明|讣告|通知|须知|名单|统计表|一览表|排行榜|积分榜|天气预报|更正|简讯|图片新闻|天气|招租|招生|招聘|转让)$"
)
# 编辑同志：, □ 程华琪: what only a headline stands above
_BELOW_HEADLINE = re.compile(r"[^。，,：:]{2,12}[：:]|[□■]\s{0,2}[\u3400-\u9fff·][\u3400-\u9fff·\s]{1,6}")
_HAN = re.compile(r"[\u3400-\u9fff]")
_ITEM = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}(?:[)）、]|[.．](?!\d))|[-·●•◆■①-⑳]")
# 一、服务到户, （二）资金到位: the numbered heads of a text's parts
_NUMBERED = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）])[^。，,；;：:、]{2,20}")
_DATE = re.compile(r"[\d〇一二三四五六七八九十]{4}\s?年.{1,4}月.{1,4}日")


def recognises(sources: Sequence[str]) -> bool:
    """Whether a text is plain: every text may be."""
    return bool(sources)


def sheets(sources: Sequence[str]) -> tuple[Sheet, ...]:
    """The pages of a file."""
    return paging.sheets(sources, lines)


def lines(sources: Sequence[str], first: int) -> list[Line]:
    """The classified lines of one page, wrapped ones made whole; `first` is the number of the first."""
    plain = [plain_line(number, source) for number, source in enumerate(sources, first)]
    found = wrapping.unwrapped(with_tables(plain, sources))
    worded = [at for at, line in enumerate(found) if line.kind is not LineKind.BLANK]
    for run, below in _runs([(at, found[at]) for at in worded]):
        for place, kind in _kinds([line for _, line in run], below):
            at, line = run[place]
            found[at] = replace(line, kind=kind)
    for above, under in pairwise(worded):
        upper, lower = found[above], found[under]
        if upper.kind is LineKind.TEXT and _NUMBERED.fullmatch(upper.text) and len(lower.text) >= _TEXT_AT_LEAST:
            found[above] = replace(upper, kind=LineKind.SUBHEAD)
    return found


def _runs(worded: Sequence[tuple[int, Line]]) -> list[tuple[list[tuple[int, Line]], Line | None]]:
    """Each run of lines that have the shape of a headline, with their places, and the line below it."""
    runs: list[tuple[list[tuple[int, Line]], Line | None]] = []
    run: list[tuple[int, Line]] = []
    for at, line in worded:
        if _is_shaped(line):
            run.append((at, line))
        elif run:
            runs.append((run, line))
            run = []
    return [*runs, (run, None)] if run else runs


def _kinds(run: Sequence[Line], below: Line | None) -> list[tuple[int, LineKind]]:
    """Which lines of a run are headlines, kickers, subtitles or subheads, by their place in it."""
    last = len(run) - 1
    if below is None or below.kind not in {LineKind.TEXT, LineKind.ROW}:
        return []
    if _opens(below):
        return _stack(run) if len(run) <= _STACKED_AT_MOST else [(last, LineKind.HEADLINE)]
    if last and run[last].text.startswith(_SUBTITLE):
        return [(last - 1, LineKind.HEADLINE), (last, LineKind.SUBTITLE)]
    titles = [(at, LineKind.HEADLINE) for at, line in enumerate(run) if _TITLES.search(line.text)]
    if titles:
        return titles
    if below.kind is LineKind.TEXT and not _is_text(below.text):
        return []
    if len(run[last].text) >= _SURE_HEADLINE or below.kind is LineKind.ROW:
        return [(last, LineKind.HEADLINE)]
    return [(last, LineKind.SUBHEAD if run[last].number > 1 else LineKind.HEADLINE)]


def _opens(below: Line) -> bool:
    """Whether a line is what an article opens with: a lead, a byline, a salutation, a jump line from another page."""
    if below.kind is not LineKind.TEXT:
        return False
    if bylines.lead(below.text, 0) or bylines.standing(below.text, 0) or _BELOW_HEADLINE.fullmatch(below.text):
        return True
    return any(jump.direction is Direction.FROM and jump.column == 1 for jump in markers.find(below.text, 0))


def _is_text(text: str) -> bool:
    """Whether a line is long enough to be read under a headline."""
    return len(text) >= _TEXT_AT_LEAST or (len(text) >= _SENTENCE_AT_LEAST and text[-1] in "。！？”.")


def _stack(run: Sequence[Line]) -> list[tuple[int, LineKind]]:
    """The parts of a headline of one to three lines."""
    kinds = {
        1: [LineKind.HEADLINE],
        2: [LineKind.KICKER, LineKind.HEADLINE],
        3: [LineKind.KICKER, LineKind.HEADLINE, LineKind.SUBTITLE],
    }[len(run)]
    if len(run) == 2 and run[1].text.startswith(_SUBTITLE):
        kinds = [LineKind.HEADLINE, LineKind.SUBTITLE]
    return list(enumerate(kinds))


def _is_shaped(line: Line) -> bool:
    """Whether a line has the shape of a headline: short, no sentence, and none of the page's other short lines."""
    text = line.text
    most = _HEADLINE_AT_MOST * (1 if _HAN.search(text) else 2)
    if line.kind is not LineKind.TEXT or not 2 <= len(text) <= most or _SENTENCE.search(text):
        return False
    if _ITEM.match(text) or _SAID.match(text) or _OTHER.fullmatch(text) or _DATE.fullmatch(text) or is_furniture(text):
        return False
    return not (
        markers.find(text, line.number)
        or bylines.lead(text, line.number)
        or bylines.standing(text, line.number)
        or bylines.credit(text, line.number)
    )
