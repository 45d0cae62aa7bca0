"""How a page's flow becomes the lines of a file that shows it as it is printed: Markdown, plain text of three kinds."""

import re
import textwrap
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random

from tests.corpus.pieces import HEADS, Flow, Placed, Role


class Form(StrEnum):
    """What a page's file looks like."""

    MARKDOWN = "markdown"  # headlines #, subheads ###
    ODD = "markdown, odd ranks"  # the ranks of a careless converter
    PLAIN = "plain"  # a blank line between paragraphs, no marks
    TIGHT = "plain, no blank lines"
    WRAPPED = "hard-wrapped"  # the text of a PDF
    TRS = "TRS records"
    FOUNDER = "Founder HTML"  # one article in a file
    HTML = "semantic HTML"

    @property
    def marked(self) -> bool:
        """Whether its headlines carry a mark."""
        return self not in {Form.PLAIN, Form.TIGHT, Form.WRAPPED}

    @property
    def is_page(self) -> bool:
        """Whether its files show a page as it is printed, with what went wrong there, and not a system's records."""
        return self not in {Form.TRS, Form.FOUNDER, Form.HTML}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a file and what it prints; nothing for a blank one."""

    text: str
    placed: Placed | None = None


_INDENT = "\u3000\u3000"
_HANGING = "，。、；：！？）》”’」』】,.;:!?)%℃"  # what no line begins with
_OPENING = "（《“‘「『【("  # what no line ends with
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九][）)、]")
_HAN = re.compile(r"[\u3000-\u9fff]")
_CLOSE = frozenset({Role.ROW, Role.VERSE, Role.ITEM})  # lines of one thing


def lay(flow: Flow, form: Form, rng: Random) -> list[Row]:
    """The lines of a page in this form."""
    return _LAYOUTS[form](flow, rng)


def _markdown(flow: Flow, rng: Random) -> list[Row]:
    first = rng.random() < 0.5  # the page's first headline is # and the others ##
    loose = rng.random() < 0.5  # a blank line between verses and items too
    rows: list[Row] = []
    seen = False
    for above, placed in zip([None, *flow], flow, strict=False):
        role = placed.part.role
        rank = "# " if first and not seen else "## "
        seen = seen or role is Role.HEADLINE
        signs = {Role.HEADLINE: rank, Role.SUBHEAD: "### ", Role.KICKER: "### ", Role.SUBTITLE: "### "}
        rows += _blanks(0 if _is_run(above, placed) and not (loose and role is not Role.ROW) else 1 if above else 0)
        rows.append(Row(signs.get(role, "") + placed.part.text, placed))
    return rows


def _odd(flow: Flow, rng: Random) -> list[Row]:
    rank = rng.choice(("#", "##", "###", "####"))
    heads = dict.fromkeys((Role.HEADLINE, Role.SUBTITLE), rank)
    heads[Role.KICKER] = rng.choice((rank, rank + "#"))
    subhead = rng.choice((f"{rank}# {{0}}", "**{0}**"))
    jumps = rng.random() < 0.3  # the converter took jump lines for headings
    bold = rng.random() < 0.2
    rows: list[Row] = []
    for above, placed in zip([None, *flow], flow, strict=False):
        role, text = placed.part.role, placed.part.text
        if role in heads:
            text = f"{heads[role]} {text}"
        elif role is Role.SUBHEAD:
            text = subhead.format(text)
        elif role is Role.JUMP and jumps:
            text = f"{rank} {text}"
        elif role is Role.BYLINE and bold:
            text = f"**{text}**"
        rows += _blanks(0 if _is_run(above, placed) else rng.choice((1, 1, 2)) if above else 0)
        rows.append(Row(text, placed))
    return rows


def _plain(flow: Flow, rng: Random) -> list[Row]:
    wide = rng.choice((1, 1, 2, 3))  # blank lines between articles
    stacked = rng.random() < 0.6  # no blank line within a headline
    indent = rng.choice(("", "", _INDENT))
    flow = flow if wide > 1 else _signed(flow, rng)
    rows: list[Row] = []
    for above, placed in zip([None, *flow], flow, strict=False):
        if above is None or _is_run(above, placed):
            gap = 0
        elif above.owner != placed.owner:
            gap = wide
        else:
            gap = 0 if stacked and above.part.role in HEADS and placed.part.role in HEADS | {Role.BYLINE} else 1
        rows += _blanks(gap)
        rows.append(Row((indent if placed.part.role is Role.PARAGRAPH else "") + placed.part.text, placed))
    return rows


def _tight(flow: Flow, rng: Random) -> list[Row]:
    between = rng.choice((0, 0, 1))
    indent = rng.choice((_INDENT, _INDENT, "", "    "))
    flow = flow if between else _signed(flow, rng)
    rows: list[Row] = []
    for above, placed in zip([None, *flow], flow, strict=False):
        rows += _blanks(between if above and above.owner != placed.owner else 0)
        inner = placed.part.role in {Role.PARAGRAPH, Role.CAPTION, Role.SUBHEAD}
        rows.append(Row((indent if inner else "") + placed.part.text, placed))
    return rows


def _wrapped(flow: Flow, rng: Random) -> list[Row]:
    width = rng.randint(16, 38)
    style = rng.choice(("indent", "indent", "blank", "short"))
    between = rng.choice((0, 1)) if style == "indent" else 1
    flow = flow if between and style != "blank" else _signed(flow, rng)
    rows: list[Row] = []
    carried = ""  # what the first half of a split paragraph leaves for the second, so that its last line is full
    for above, placed, below in zip([None, *flow], flow, [*flow[1:], None], strict=False):
        role, text = placed.part.role, carried + placed.part.text
        new = above is None or above.owner != placed.owner
        half = _is_one(above, placed)
        gap = between if new else int(style == "blank" and not _is_run(above, placed))
        rows += _blanks(gap if above else 0)
        if role is Role.PARAGRAPH and style == "indent" and not half:
            text = f"  {text}" if _is_latin(text) else _INDENT + text
        lines = [text] if role is Role.ROW else _headlines(text) if role in HEADS else _lines(text, width)
        carried = lines.pop() if _is_one(placed, below) and len(lines) > 1 else ""
        rows += [Row(line, placed) for line in lines]
    return rows


def _signed(flow: Flow, rng: Random) -> Flow:
    """The flow with a sign before subheads that have no number: where no space tells them from headlines, papers do."""
    sign = rng.choice(("■ ", "◆", "●", "▲ "))
    return [
        replace(placed, part=replace(placed.part, text=sign + placed.part.text))
        if placed.part.role is Role.SUBHEAD and not _NUMBERED.match(placed.part.text)
        else placed
        for placed in flow
    ]


def _is_one(above: Placed | None, below: Placed | None) -> bool:
    """Whether these are the halves of one paragraph."""
    return above is not None and below is not None and (above.owner, above.at) == (below.owner, below.at)


def _headlines(text: str) -> list[str]:
    """A headline as its large type sets it: broken at its space, or in the middle when it is very long."""
    if _is_latin(text):
        return textwrap.wrap(text, 40)
    if len(text) > 16 and " " in text:
        return text.split(" ", 1)
    return [text] if len(text) <= 26 else [text[: len(text) // 2], text[len(text) // 2 :]]


def _lines(text: str, width: int) -> list[str]:
    """The text in lines of so many Han characters, none beginning with a closing mark or ending with an opening one."""
    if _is_latin(text):
        return textwrap.wrap(text, width * 2)
    lines: list[str] = []
    line, used = "", 0.0
    for at, letter in enumerate(text):
        line += letter
        used += 1 if unicodedata.east_asian_width(letter) in "WFA" else 0.5
        following = text[at + 1 : at + 2]
        if used >= width and following and following not in _HANGING and letter not in _OPENING:
            lines.append(line)
            line, used = "", 0.0
    return [*lines, line] if line else lines


def _is_latin(text: str) -> bool:
    """Whether a text is of words with spaces between."""
    return not _HAN.search(text)


def _is_run(above: Placed | None, placed: Placed) -> bool:
    """Whether a line stands close to the one above it: rows, verses, items of one article."""
    if above is None or above.owner != placed.owner:
        return False
    return above.part.role is placed.part.role and placed.part.role in _CLOSE


def _blanks(count: int) -> list[Row]:
    return [Row("")] * count


_LAYOUTS: dict[Form, Callable[[Flow, Random], list[Row]]] = {
    Form.MARKDOWN: _markdown,
    Form.ODD: _odd,
    Form.PLAIN: _plain,
    Form.TIGHT: _tight,
    Form.WRAPPED: _wrapped,
}
