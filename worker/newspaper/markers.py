"""The grammar of jump lines: where a story goes on, or where it began."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from worker.newspaper.labels import HAN_NUMERAL, normal_label
from worker.newspaper.model import Continuation, Direction
from worker.newspaper.paper import GENERIC, Paper

__all__ = ["find", "normal_label"]

_OPENING, _CLOSING = "（([【〔［", "）)]】〕］"
_ARROWS = "◀▶◁▷←→⇒➡▸◂»«"
# ①–⑳, ⑴–⒇, ❶–❿ and the figures that papers use in their place
_FIGURES = "①-⑳⑴-⒇❶-❿㉑-㉟▲△●○★☆■□◆◇▼◎※"
_BLANK = " \t\u3000\u00a0\f#*>"

# (1) and [1] serve as marks too; they stand as printed.
_FIGURE = re.compile(f"[{_FIGURES}]")
_MARK = rf"(?P<mark>[{_FIGURES}]|[(（\[［]\s?[0-9０-９]{{1,2}}\s?[)）\]］])"
_MARKED = re.compile(rf"\s{{0,4}}{_MARK}")

# What may stand between the page's number and the end of a bracketed jump line: ①, 《标题》, ）, and a mark outside.
_TAIL = re.compile(
    rf"\s{{0,4}}{_MARK}?\s{{0,4}}(?:《[^《》]{{0,60}}》)?\s{{0,4}}[{re.escape(_CLOSING)}](?P<outside>[{_FIGURES}])?"
)

# 第一版, Ａ０１版, 二、三版, 第 版 (its digits are lost), A02 (without 版: in brackets only)
_HAN_PAGE = rf"""
    (?P<nth>第)? \s{{0,4}}
    (?P<page> [A-Za-zＡ-Ｚａ-ｚ]{{0,2}} \s? [0-9０-９]{{1,3}} | {HAN_NUMERAL}{{1,4}} (?:[、,，]{HAN_NUMERAL}{{1,4}})? )?
    \s{{0,4}} (?P<unit>[版页頁])?
"""
# A6, 16, Three: what <page> stands for in the forms of other languages
_LATIN_PAGE = (
    r"(?P<page>[A-Z]{0,2}-?[0-9０-９]{1,3}(?![0-9０-９])|"
    r"(?i:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b)"
)


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to print a jump line. `hint` is a literal that stands in each; `bold` ones may touch other words."""

    hint: str
    direction: Direction
    pattern: re.Pattern[str]
    bold: bool = True


def find(line: str, number: int, paper: Paper = GENERIC) -> tuple[Continuation, ...]:
    """The jump lines in one line of text, in order; `number` is the line's own.

    A marker that names several pages (二、三版) gives the first; one whose digits are lost gives page None.
    """
    found = [
        jump
        for form in _forms(paper.jump_to, paper.jump_from)
        if form.hint in line
        for jump in _jumps(form, line, number)
    ]
    found.sort(key=lambda jump: (jump.column, -jump.end_column))
    kept: list[Continuation] = []
    for jump in found:
        if not kept or jump.column >= kept[-1].end_column:
            kept.append(jump)
    return tuple(kept)


def _jumps(form: _Form, line: str, number: int) -> Iterator[Continuation]:
    """Each place in the line where this form stands as a jump line and not as a part of other words."""
    first = len(line) - len(line.lstrip(_BLANK))
    last = len(line.rstrip(_BLANK + "。.；;"))
    for core in form.pattern.finditer(line):
        start, mark_before, opening = _opening(line, core.start())
        end, mark_after, closed = _ending(line, core.end())
        place = _Place(
            arrowed=bool(opening) and opening in _ARROWS,
            bracketed=bool(opening) and opening in _OPENING and closed,
            at_start=start <= first,
            at_end=end >= last,
            after_sentence=start > 0 and line[start - 1] in "。！？!?”…」』）)] \u3000",
        )
        groups = core.groupdict()
        if _is_jump(groups, place, bold=form.bold):
            yield Continuation(
                direction=form.direction,
                page=normal_label(groups["page"]) if groups["page"] else None,
                mark=mark_before or mark_after,
                raw=line[start:end],
                line=number,
                column=start + 1,
                end_column=end + 1,
            )


@dataclass(frozen=True, slots=True)
class _Place:
    """How the words of a possible jump line stand in their line."""

    arrowed: bool  # an arrow before them
    bracketed: bool
    at_start: bool
    at_end: bool
    after_sentence: bool


def _is_jump(groups: dict[str, str | None], place: _Place, *, bold: bool) -> bool:
    """Whether these words are a jump line, by how they stand: 接第一版 alone on its line is, 他接第一版 is not."""
    alone = place.at_start and place.at_end
    framed = place.bracketed or place.arrowed
    if not groups.get("page"):
        return bold and bool(groups.get("unit")) and (place.bracketed or alone)
    if "unit" in groups and not groups["unit"]:
        return bold and place.bracketed
    if not bold:
        return alone or (framed and (place.at_start or place.at_end))
    return framed or place.at_start or (place.at_end and place.after_sentence)


def _opening(line: str, start: int) -> tuple[int, str | None, str]:
    """Where a jump line really begins, the mark printed before its words, and its bracket or arrow ("" for none)."""
    begin, mark = start, None
    at = _before_blanks(line, start)
    if at and _FIGURE.match(line, at - 1):
        begin, mark = at - 1, line[at - 1]
        at = _before_blanks(line, begin)
    if at and line[at - 1] in _OPENING + _ARROWS:
        return at - 1, mark, line[at - 1]
    return begin, mark, ""


def _ending(line: str, end: int) -> tuple[int, str | None, bool]:
    """Where a jump line really ends, the mark printed after its page, and whether a bracket closes it."""
    tail = _TAIL.match(line, end)
    if tail is None:
        mark = _MARKED.match(line, end)
        return (mark.end(), mark["mark"], False) if mark else (end, None, False)
    return tail.end(), tail["mark"] or tail["outside"], True


def _before_blanks(line: str, at: int) -> int:
    """The place before at most four blanks."""
    for _ in range(4):
        if at and line[at - 1] in " \u3000\u00a0\t":
            at -= 1
    return at


@lru_cache(maxsize=64)
def _forms(jump_to: tuple[str, ...], jump_from: tuple[str, ...]) -> tuple[_Form, ...]:
    """The built-in forms, and a paper's own words before a page's number."""
    own = ((Direction.TO, jump_to), (Direction.FROM, jump_from))
    return _FORMS + tuple(_han(word[0], way, re.escape(word)) for way, words in own for word in words)


def _han(hint: str, direction: Direction, words: str, *, bold: bool = True) -> _Form:
    return _Form(hint, direction, re.compile(rf"(?:{words})\s{{0,4}}[:：]?\s{{0,4}}{_HAN_PAGE}", re.VERBOSE), bold)


def _abroad(hint: str, direction: Direction, words: str, *, bold: bool = False) -> _Form:
    return _Form(hint, direction, re.compile(words.replace("<page>", _LATIN_PAGE)), bold)


_TO, _FROM = Direction.TO, Direction.FROM

_FORMS: tuple[_Form, ...] = (
    _han("接", _FROM, "上接|紧接|续接"),
    _han("接", _FROM, "(?<![上紧续转])接", bold=False),  # 接第一版
    _han("转", _TO, "下转|转接"),
    _han("转", _TO, "(?<!下)转(?!接)", bold=False),  # (转第2版)
    _han("轉", _TO, "下轉|轉接"),
    # Continued on Page A6, Cont'd on p. 3, Continued on Page Three, See STORY, A6
    _abroad("on", _TO, r"(?:Continue[ds]|Cont(?:['’]d|\.)?) {1,3}on {1,3}(?:[Pp]age|[Pp]g?\.)? {0,3}<page>", bold=True),
    _abroad("ON", _TO, r"CONTINUE[DS] {1,3}ON {1,3}(?:PAGE)? {0,3}<page>", bold=True),
    _abroad("urn to", _TO, r"(?:Please turn|Turn) to {1,3}(?:[Pp]age)? {0,3}<page>", bold=True),
    _abroad("See ", _TO, r"See {1,3}[A-Z][A-Z'’& -]{1,30},? {0,3}(?:Page {1,3})?<page>"),
    _abroad("from", _FROM, r"Cont(?:inued|['’]d|\.)? {1,3}from {1,3}(?:[Pp]age|[Pp]g?\.)? {0,3}<page>", bold=True),
    _abroad("FROM", _FROM, r"CONTINUED {1,3}FROM {1,3}(?:PAGE)? {0,3}<page>", bold=True),
    _abroad("From ", _FROM, r"From {1,3}(?:Page {1,3})?<page>"),
    # (Schluß auf Seite 8), Fortsetzung Seite 16, Fortsetzung von Seite 1
    _abroad("S", _TO, r"(?:Schlu(?:ß|ss)|Fortsetzung) {1,3}(?:auf {1,3})?(?:Seite|S\.) {1,3}<page>"),
    _abroad("S", _FROM, r"(?:Schlu(?:ß|ss)|Fortsetzung) {1,3}von {1,3}(?:Seite|S\.) {1,3}<page>"),
    # Suite page 3, (SUITE ET SCHÉMA PAGE54), Suite de la page 1
    _abroad("uite", _TO, r"(?:Lire la suite|Suite(?: et fin)?) {1,3}(?:en )?page {0,3}<page>"),
    _abroad("SUITE", _TO, r"SUITE(?: ET [A-ZÉÈÀ]{1,15})? {1,3}(?:EN )?PAGE {0,3}<page>"),
    _abroad("uite", _FROM, r"Suite(?: et fin)? de la page {1,3}<page>"),
    # Pasa a la página 4, Viene de la página 1
    _abroad("Pasa", _TO, r"Pasa a (?:la )?(?:página|pág\.) {1,3}<page>"),
    _abroad("en la ", _TO, r"(?:Sigue|Continúa) en la (?:página|pág\.) {1,3}<page>"),
    _abroad("Viene", _FROM, r"Viene de (?:la )?(?:página|pág\.) {1,3}<page>"),
    # 3面に続く, １面から続く; 3면에 계속, 1면에서 계속
    _abroad("面", _TO, r"<page>面[にへ](?:続く|つづく)"),
    _abroad("面", _FROM, r"<page>面(?:から|より)(?:続く|つづく|の続き)"),
    _abroad("면", _TO, r"<page>면(?:에|으로) {0,2}(?:계속|이어짐)"),
    _abroad("면", _FROM, r"<page>면에서 {0,2}(?:계속|이어짐)"),
)
