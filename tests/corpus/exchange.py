"""How pages come out of other systems: TRS records, Founder's e-paper HTML, plain semantic HTML.

Lines of pure markup carry no part of a piece: whose they are is nobody's concern.
"""

import html
from itertools import groupby
from random import Random

from tests.corpus.house import House
from tests.corpus.layouts import Row
from tests.corpus.pieces import HEADS, Flow, Piece, Placed, Role

_INDENT = "\u3000\u3000"
_FIELDS = {Role.KICKER: "引题", Role.HEADLINE: "标题", Role.SUBTITLE: "副题"}
_TAGS = {Role.KICKER: "h3", Role.HEADLINE: "h2", Role.SUBTITLE: "h3", Role.SUBHEAD: "h4", Role.CAPTION: "figcaption"}


def trs(flow: Flow, house: House, number: int, rng: Random) -> list[Row]:
    """A record for each article; the page's furniture stays on the page."""
    title = rng.choice(("标题", "标题", "正题"))
    day = house.day.strftime(rng.choice(("%Y.%m.%d", "%Y-%m-%d", "%Y%m%d")))
    rows: list[Row] = []
    for parts in _articles(flow):
        rows += [Row("<REC>"), Row(f"<日期>={day}"), Row(f"<版次>={house.label(number)}"), Row("<版名>=综合新闻")]
        for role, field in _FIELDS.items():
            line = next((one for one in parts if one.part.role is role), None)
            rows.append(Row(f"<{title if role is Role.HEADLINE else field}>={line.part.text if line else ''}", line))
        rows.append(Row("<作者>="))
        body = [one for one in parts if one.part.role not in HEADS]
        for at, one in enumerate(body):
            indent = _INDENT if one.part.role is Role.PARAGRAPH else ""
            rows.append(Row(f"{'<正文>=' if not at else ''}{indent}{one.part.text}", one))
        rows.append(Row(""))
    return rows


def founder(piece: Piece, house: House, number: int, rng: Random) -> list[Row]:
    """One article's page of an e-paper, with its properties in a comment and a site's frame around it."""
    parts = [Placed(0, at, part) for at, part in enumerate(piece.parts)]
    words = {one.part.role: html.escape(one.part.text) for one in parts if one.part.role in HEADS}
    main, intro, sub = (words.get(role, "") for role in (Role.HEADLINE, Role.KICKER, Role.SUBTITLE))
    tag = rng.choice(("P", "p"))
    return [
        Row("<!DOCTYPE html>"),
        Row(f'<html><head><meta charset="utf-8"><title>{main}</title></head><body>'),
        Row(
            f"<!--enpproperty <articleid>{rng.randrange(10**6)}</articleid><date>{house.day} 00:00:00:0</date>"
            f"<author></author><title>{main}</title><keyword></keyword><subtitle>{sub}</subtitle>"
            f"<introtitle>{intro}</introtitle><siteid>1</siteid><nodeid>{number}</nodeid>"
            f"<nodename>{house.label(number)}</nodename><nodesearchname></nodesearchname>/enpproperty-->"
        ),
        Row('<div class="nav"><a href="node_2.htm">上一版</a><a href="node_4.htm">下一版</a></div>'),
        Row('<div id="ozoom"><founder-content><!--enpcontent-->'),
        *(
            Row(f"<{tag}>{_INDENT}{html.escape(one.part.text)}</{tag}>", one)
            for one in parts
            if one.part.role not in HEADS
        ),
        Row("<!--/enpcontent--></founder-content></div>"),
        Row("</body></html>"),
    ]


def semantic(flow: Flow, house: House, number: int) -> list[Row]:
    """A page as one HTML document, an `article` for each piece."""
    rows = [Row("<!doctype html>"), Row(f"<html><head><title>{house.paper} {house.label(number)}</title></head><body>")]
    for parts in _articles(flow):
        rows.append(Row("<article>"))
        for _, run in groupby(parts, lambda one: one.part.role is Role.ROW):
            rows += _tagged(list(run))
        rows.append(Row("</article>"))
    return [*rows, Row("</body></html>")]


def _tagged(run: list[Placed]) -> list[Row]:
    """Parts in their elements; rows in one table."""
    if run[0].part.role is not Role.ROW:
        tags = [_TAGS.get(one.part.role, "p") for one in run]
        return [Row(f"<{tag}>{html.escape(one.part.text)}</{tag}>", one) for tag, one in zip(tags, run, strict=True)]
    cells = ["".join(f"<td>{html.escape(cell)}</td>" for cell in one.part.cells) for one in run]
    lines = [Row(f"<tr>{inside}</tr>", one) for inside, one in zip(cells, run, strict=True)]
    return [Row("<table>"), *lines, Row("</table>")]


def _articles(flow: Flow) -> list[list[Placed]]:
    """The parts of each article, furniture and names of columns left out."""
    kept = [one for one in flow if one.part.role not in {Role.FURNITURE, Role.COLUMN}]
    owners = dict.fromkeys(one.owner for one in kept)
    return [[one for one in kept if one.owner == owner] for owner in owners]
