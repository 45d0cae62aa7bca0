"""From a page's lines to its articles, by the grammar of a printed page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from worker.newspaper import bylines, dates, markers
from worker.newspaper.drafts import Draft, article
from worker.newspaper.formats.lines import Line, LineKind
from worker.newspaper.furniture import is_furniture
from worker.newspaper.model import Article, Block, BlockKind, Byline, Continuation, Direction
from worker.newspaper.paper import GENERIC, Paper, names

_SIGNATURE_AT_MOST = 40  # characters of the name of an office that signs a notice
# 【城市脉动】, ◆新春走基层
_COLUMN = re.compile(r"[【〖](?P<framed>[^】〗。，！？]{2,12})[】〗]|[◆■●◇★▲▶▌](?P<signed>\s?[^\s。，,：:！？]{2,10})")
_HEADLINES = frozenset({LineKind.HEADLINE, LineKind.KICKER})
_COULD_BE_HEADS = frozenset({LineKind.TEXT, LineKind.SUBHEAD, LineKind.HEADLINE, LineKind.KICKER})
# An editor's note may stand above the lead: 编者按：…
_NOTES = ("编者按", "编者的话", "核心提示", "核心阅读", "内容提要", "提要", "导读", "引言", "开栏的话")
_SENTENCE = re.compile(r"[。！？；!?;，,：:]")
# 市文联 2022年8月15日: who signs and when, in one line
_SIGNED = re.compile(r"(?P<who>[^。！？；，,：:]{2,40}?)\s{1,20}(?P<when>\S{4}\s?年.{1,4}月.{1,4}日)")


def read(lines: Sequence[Line], paper: Paper = GENERIC) -> tuple[tuple[Article, ...], tuple[int, ...]]:
    """The articles of one page in the order of their first lines, and the lines that are the page's furniture.

    Every line with words belongs to one article or to the furniture, and to no other.
    """
    page = _Page(paper)
    for is_row, run in groupby(_headed(lines, paper), lambda line: line.kind is LineKind.ROW):
        if is_row:
            page.table(tuple(run))
        else:
            for line in run:
                page.line(line)
    ordered = sorted(page.drafts, key=lambda draft: min(draft.lines))
    return tuple(article(draft, at) for at, draft in enumerate(ordered, 1)), tuple(sorted(page.furniture))


def _headed(lines: Sequence[Line], paper: Paper) -> list[Line]:
    """The lines, with column names, kickers and subtitles told by what stands around them where their form does not.

    A subhead divides a text: one that stands directly above a headline is its kicker, one between a headline and a
    lead or byline its subtitle. 【城市脉动】 and ◆新春走基层 above a headline name its column.
    """
    found = list(lines)
    worded = [at for at, line in enumerate(found) if line.kind is not LineKind.BLANK]
    around = list(zip([None, *worded], worded, [*worded[1:], None], strict=False))
    for above, at, below in reversed(around):  # a column's name may stand above a kicker
        line = found[at]
        if below is None or line.kind not in _COULD_BE_HEADS:
            continue
        if found[below].kind in _HEADLINES and _COLUMN.fullmatch(line.text):
            if not bylines.standing(line.text, line.number, paper):
                found[at] = replace(line, kind=LineKind.COLUMN)
        elif line.kind is not LineKind.SUBHEAD or markers.find(line.text, line.number, paper):
            continue
        elif above is not None and found[above].kind is LineKind.HEADLINE and _is_subtitle(line, found[below], paper):
            found[at] = replace(line, kind=LineKind.SUBTITLE)
        elif found[below].kind in _HEADLINES:
            found[at] = replace(line, kind=LineKind.KICKER)
    return found


def _is_subtitle(line: Line, below: Line, paper: Paper) -> bool:
    """Whether a subhead right under a headline belongs to it: it opens with a dash, or the report opens below it."""
    return line.text.startswith(("——", "—", "--")) or _opens(below, paper)


def _opens(line: Line, paper: Paper) -> bool:
    """Whether a line opens a report: a lead, or the names of who wrote it."""
    if line.kind not in {LineKind.TEXT, LineKind.BYLINE}:
        return False
    opening = bylines.lead(line.text, line.number, paper) or bylines.standing(line.text, line.number, paper)
    return line.kind is LineKind.BYLINE or bool(opening)


@dataclass(slots=True)
class _Page:
    """A page as far as it has been read.

    `current` is the article that the next words belong to, `interrupted` the one that a picture stands in: it goes on
    when words follow the picture, and `picture` takes a second credit.
    """

    paper: Paper
    drafts: list[Draft] = field(default_factory=list)
    furniture: list[int] = field(default_factory=list)
    current: Draft | None = None
    interrupted: Draft | None = None
    picture: Draft | None = None

    def line(self, line: Line) -> None:
        """Read one line that is no table's row."""
        if line.kind is LineKind.BLANK:
            return
        if line.kind is LineKind.ORNAMENT or self._is_furniture(line.text):
            self.furniture.append(line.number)
        elif line.kind is LineKind.SUBHEAD and not self._jumps(line):
            self._open().add(BlockKind.SUBHEAD, line.text, line.number)
        elif line.kind in {LineKind.TEXT, LineKind.SUBHEAD}:
            self._text(line)
        elif line.kind in {LineKind.KICKER, LineKind.HEADLINE, LineKind.SUBTITLE}:
            self._headline(line)
        else:
            self._told(line)

    def _told(self, line: Line) -> None:
        """Read a line whose form says what it is to its article."""
        if line.kind is LineKind.BOUNDARY:
            self.furniture += [line.number] if line.text else []
            self.current = self.interrupted = self.picture = None
        elif line.kind is LineKind.CAPTION:
            credit = bylines.credit(line.text, line.number, self.paper)
            caption, named = (line.text[: credit.start].rstrip(), credit.bylines) if credit else (line.text, ())
            if caption:
                self._photo(caption, (line.number,))
            if credit:
                self._credit("", line.text[credit.start :], named, line.number)
        elif line.kind is LineKind.POINTER:
            (self.picture or self._open()).add(BlockKind.MARKER, line.text, line.number)
        else:
            column = _COLUMN.fullmatch(line.text) if line.kind is LineKind.COLUMN else None
            draft = self._begin() if column else self._open()
            draft.take(line.number)
            if line.kind is LineKind.COLUMN:
                draft.column = (column["framed"] or column["signed"]).strip() if column else line.text
            else:
                draft.authors += bylines.author(line.text, line.number, self.paper)

    def table(self, run: Sequence[Line]) -> None:
        """Read the rows of one table; those that only draw it have no cells."""
        worded = [line for line in run if line.cells]
        if not worded:
            self.furniture += [line.number for line in run]
            return
        text = "\n".join("\t".join(line.cells) for line in worded)
        rows = tuple(line.cells for line in worded)
        draft = self._open()
        draft.take(*(line.number for line in run))
        draft.blocks.append(Block(BlockKind.TABLE, text, tuple(line.number for line in worded), rows))

    def _is_furniture(self, text: str) -> bool:
        return is_furniture(text) or text in names(self.paper)

    def _begin(self) -> Draft:
        """A new article."""
        self.current, self.interrupted, self.picture = Draft(), None, None
        self.drafts.append(self.current)
        return self.current

    def _open(self) -> Draft:
        """The article that words without a headline belong to."""
        draft = self.current or self.interrupted or self._begin()
        self.current, self.interrupted, self.picture = draft, None, None
        return draft

    def _headline(self, line: Line) -> None:
        """Read a part of a headline; a jump line that a converter fused with it is taken off."""
        jumps = self._jumps(line)
        text = line.text
        for jump in jumps:
            text = text.replace(jump.raw, "", 1).strip()
        if not text:
            self._text(line)
            return
        draft = self.current
        bare = draft is not None and all(block.kind is BlockKind.MARKER for block in draft.blocks) and not draft.bylines
        if draft is None or not bare or not self._fits(draft, line.kind):
            draft = self._begin()
        if line.kind is LineKind.KICKER:
            draft.kicker = text
        elif line.kind is LineKind.SUBTITLE and draft.main is not None:
            draft.sub = text
        else:
            draft.main = text
        draft.heads.append(line.number)
        draft.take(line.number)
        for jump in jumps:
            self._mark(draft, jump)

    @staticmethod
    def _fits(draft: Draft, kind: LineKind) -> bool:
        """Whether a headline of this kind completes what has been read of the article."""
        if kind is LineKind.SUBTITLE:
            return draft.main is not None and draft.sub is None
        begun = draft.column is not None if kind is LineKind.KICKER else draft.column or draft.kicker or draft.origin
        return draft.main is None and bool(begun)

    def _text(self, line: Line) -> None:
        """Read a line of text; one with a jump line belongs as a whole to the article that the jump line is of."""
        jumps = self._jumps(line)
        if not jumps:
            self._words(line.text, line.number)
            return
        if any(jump.direction is Direction.FROM for jump in jumps) and not (
            self.current and self.current.is_headline_only
        ):
            self._begin()
        at = 0
        for jump in jumps:
            self._beside(line.text[at : jump.column - line.column].strip(), line.number)
            self._mark(self._open(), jump)
            at = jump.end_column - line.column
        self._beside(line.text[at:].strip(), line.number)
        if jumps[-1].direction is Direction.TO:
            self.current = None

    def _beside(self, text: str, number: int) -> None:
        """Read words that stand in one line with a jump line: they open no article once the line has its owner."""
        if text:
            owned = self.current is not None and self.current.lines[-1:] == [number]
            self._paragraph(text, number, None if owned else bylines.lead(text, number, self.paper))

    def _jumps(self, line: Line) -> tuple[Continuation, ...]:
        """The jump lines in a line, with the columns of its source."""
        shift = line.column - 1
        found = markers.find(line.text, line.number, self.paper)
        if not shift:
            return found
        return tuple(replace(one, column=one.column + shift, end_column=one.end_column + shift) for one in found)

    @staticmethod
    def _mark(draft: Draft, jump: Continuation) -> None:
        """Note a jump line; of several in one direction the first counts."""
        if jump.direction is Direction.FROM:
            draft.origin = draft.origin or jump
        else:
            draft.onward = draft.onward or jump
        draft.add(BlockKind.MARKER, jump.raw, jump.line)

    def _words(self, text: str, number: int) -> None:
        """Read words that are no headline and no jump line."""
        credit = bylines.credit(text, number, self.paper)
        lead = bylines.lead(text, number, self.paper)
        if credit and not lead:
            self._credit(text[: credit.start].rstrip(), text[credit.start :], credit.bylines, number)
        elif named := bylines.standing(text, number, self.paper):
            self._open().bylines += named
            self._open().take(number)
        elif not self._signature(text, number):
            self._paragraph(text, number, lead)

    def _paragraph(self, text: str, number: int, lead: bylines.Lead | None) -> None:
        draft = self._open()
        if lead and lead.dateline and not _may_follow(draft):
            draft = self._begin()  # a report of its own, without a headline
        opens = lead is not None and (lead.dateline is not None or not draft.blocks)
        if lead and opens:
            draft.dateline, draft.led = lead.dateline, number
            draft.bylines += lead.bylines
            text = text[lead.length :]
        if closing := bylines.closing(text, number, self.paper):
            draft.dateline = draft.dateline or closing.dateline
            draft.bylines += closing.bylines
            text = text[: closing.start].rstrip()
        if text:
            draft.add(BlockKind.PARAGRAPH, text, number)
        draft.take(number)

    def _credit(self, caption: str, credit: str, named: Sequence[Byline], number: int) -> None:
        """Read a picture: its caption stands in the same line or is the paragraph above the credit."""
        if caption:
            self._photo(caption, (number,))
        elif self.picture is None and (draft := self.current) and (above := draft.last) and draft.ends_alone:
            draft.pop()
            self._photo(above.text, above.lines)
        draft = self.picture or self._open()
        draft.add(BlockKind.CREDIT, credit, number)
        draft.credits += named

    def _photo(self, caption: str, lines: tuple[int, ...]) -> None:
        """Begin a picture; an article that has nothing else becomes it, any other is interrupted by it."""
        host = self.current or self.interrupted
        if host is None or host.blocks or host.bylines or host.origin:
            picture = Draft()
            self.drafts.append(picture)
        else:
            picture, host = host, None
        self.current, self.interrupted, self.picture = None, host, picture
        picture.add(BlockKind.CAPTION, caption, *lines)

    def _signature(self, text: str, number: int) -> bool:
        """Read who signs a notice and when, if these words say so."""
        draft = self.current
        if draft is None or not draft.blocks:
            return False
        if signed := _SIGNED.fullmatch(text):
            day = dates.alone(signed["when"])
            draft.signed_by = signed["who"].strip() if day else draft.signed_by
        else:
            day = dates.alone(text)
            above = draft.last
            if day and above and above.kind is BlockKind.PARAGRAPH and _is_office(above.text):
                draft.blocks[-1] = replace(above, kind=BlockKind.SIGNATURE)
                draft.signed_by = above.text
        if day is None:
            return False
        draft.signed_on = day
        draft.add(BlockKind.SIGNATURE, text, number)
        return True


def _may_follow(draft: Draft) -> bool:
    """Whether a lead can belong to what has been read of an article: nothing stands above it but an editor's note."""
    if draft.dateline or draft.origin or any(block.kind is BlockKind.TABLE for block in draft.blocks):
        return False
    texts = [block.text for block in draft.blocks if block.kind is BlockKind.PARAGRAPH]
    return len(texts) <= 1 and all(text.startswith(_NOTES) for text in texts)


def _is_office(text: str) -> bool:
    """Whether a line could be the name of who signs: short, and no sentence."""
    return len(text) <= _SIGNATURE_AT_MOST and not _SENTENCE.search(text)
