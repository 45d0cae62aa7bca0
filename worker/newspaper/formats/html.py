"""HTML: pages with headings, paragraphs, figures and tables, and the articles of Founder's e-papers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from worker.newspaper.formats import founder, headings, markup, paging
from worker.newspaper.formats.grids import Grid
from worker.newspaper.formats.headings import Item
from worker.newspaper.formats.lines import Line, LineKind, Sheet, plain_line
from worker.newspaper.formats.markup import Token, What
from worker.newspaper.formats.spelling import Places, Words
from worker.newspaper.model import Unreadable

NAME = "html"

_OPENING = re.compile(
    r"[\s\ufeff]*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,200}-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|meta|title|article|section|main|div|table|center|h[1-6]|p)[\s>]",
    re.IGNORECASE,
)
_TOP = 200  # lines in which a file must show what it is

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | frozenset(
    ("address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "div", "dl", "dt")
    + ("fieldset", "figcaption", "figure", "form", "header", "hgroup", "hr", "html", "legend", "li", "main", "ol", "p")
    + ("pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul")
)
_UNSEEN = frozenset(
    ("audio", "button", "canvas", "datalist", "dialog", "footer", "head", "iframe", "map", "math", "nav", "noembed")
    + ("noframes", "noscript", "object", "script", "select", "style", "svg", "template", "textarea", "title", "video")
    + ("xmp",)
)
_EMPTY = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
_HIDDEN = re.compile(r"(?:display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden)", re.IGNORECASE)
_TABLES_AT_MOST = 30  # within each other; deeper ones are read as if they were none
_BOLD_HEADING_AT_MOST = 30  # characters

# What people call the parts of a headline, in their class names.
_CLASSES = MappingProxyType(
    {
        "kicker": LineKind.KICKER, "eyebrow": LineKind.KICKER, "overline": LineKind.KICKER,
        "introtitle": LineKind.KICKER, "yinti": LineKind.KICKER,
        "subtitle": LineKind.SUBTITLE, "subheadline": LineKind.SUBTITLE, "deck": LineKind.SUBTITLE,
        "standfirst": LineKind.SUBTITLE, "futi": LineKind.SUBTITLE,
        "byline": LineKind.BYLINE, "author": LineKind.BYLINE,
        "caption": LineKind.CAPTION,
        "column-name": LineKind.COLUMN, "lanmu": LineKind.COLUMN,
    }
)  # fmt: skip


def recognises(sources: Sequence[str]) -> bool:
    """Whether a text is HTML: it begins with a tag of it, or carries Founder's properties."""
    top = "\n".join(sources[:_TOP])
    return _OPENING.match(top) is not None or founder.OPENS in top


def sheets(sources: Sequence[str]) -> tuple[Sheet, ...]:
    """The pages of a file, mostly one; raises Unreadable F001 when it shows no words."""
    page = _Page(Places(sources), is_founder=any(founder.OPENS in source for source in sources))
    text = "\n".join(sources)
    for token in markup.tokens(text):
        page.token(token, text)
    lines = headings.ranked(page.finish())
    if not any(line.text for line in lines):
        raise Unreadable("F001")
    shown = [sheet for span in paging.spans([line.text for line in lines]) for sheet in [_sheet(span, lines, page)]]
    return tuple(_with_markup(shown, sources))


@dataclass(slots=True)
class _Page:
    """A page as far as its tags have been read."""

    places: Places
    is_founder: bool
    properties: founder.Properties = field(default_factory=founder.Properties)
    items: list[Item] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    kinds: list[tuple[str, LineKind]] = field(default_factory=list)  # open tags whose class says what they hold
    unseen: list[str] = field(default_factory=list)  # open tags of the hidden part, the outermost first
    never_closed: set[str] = field(default_factory=set)
    heading: int = 0
    bold: int = 0
    is_bold: bool = True  # whether all words of the line so far are
    articles: int = 0
    within: int = 0
    words: Words = field(init=False)
    reads: bool = field(init=False)  # of Founder's pages only what they mark as an article's text

    def __post_init__(self) -> None:
        """Begin the first line."""
        self.words = Words(self.places)
        self.reads = not self.is_founder

    def token(self, token: Token, text: str) -> None:
        """Read one token of the text."""
        if token.what is What.COMMENT:
            self._comment(token)
        elif self.unseen:
            self._within_unseen(token)
        elif token.what is What.OPENS:
            self._open(token, text)
        elif token.what is What.CLOSES:
            self._close(token.words)
        elif self.reads:
            self.is_bold = self.is_bold and (self.bold > 0 or not token.words.strip())
            self.words.add(token.words, token.at)

    def finish(self) -> list[Item]:
        """What has been read, with what nobody closed."""
        self._end_line()
        while self.grids:
            self._close("table")
        return self.items

    def _comment(self, token: Token) -> None:
        """Founder keeps what an article is in a comment, and its text between two."""
        words = token.words.strip().lower()
        if words.startswith(founder.NAME):
            self._end_line()
            self._boundary(token.at)
            self.properties.read(token)
            self.items += [Item(line, within=self.articles) for line in founder.lines(token, self.places)]
        elif self.is_founder and words in {"enpcontent", "/enpcontent"}:
            self._end_line()
            self.reads = words == "enpcontent"

    def _within_unseen(self, token: Token) -> None:
        if token.what is What.OPENS and token.words == self.unseen[-1]:
            self.unseen.append(token.words)
        elif token.what is What.CLOSES and token.words == self.unseen[-1]:
            self.unseen.pop()

    def _open(self, token: Token, text: str) -> None:
        tag = token.words
        attributes = token.attributes if token.inside.strip() else {}
        if tag not in _EMPTY and (tag in _UNSEEN or _is_hidden(attributes)) and self._is_closed(tag, token.at, text):
            self.unseen.append(tag)
            return
        if tag in {"b", "strong"}:
            self.bold += 1
        if tag not in _BLOCKS:
            return
        if tag == "br" and self.heading:
            self.words.part()
            return
        self._end_line()
        if tag in _HEADINGS:
            self.heading = int(tag[1])
        elif tag == "article":
            self._boundary(token.at)
            self.articles += 1
            self.within = self.articles
        elif tag == "table":
            self._table()
        elif tag == "tr" and self.grids:
            self.grids[-1].rows.append([])
        elif tag in {"td", "th"} and self.grids:
            self.grids[-1].cell(attributes)
        kind = LineKind.CAPTION if tag == "figcaption" else _kind(attributes)
        if kind and tag not in _EMPTY and len(self.kinds) < _TABLES_AT_MOST:
            self.kinds.append((tag, kind))

    def _close(self, tag: str) -> None:
        if tag in {"b", "strong"}:
            self.bold = max(0, self.bold - 1)
        if tag not in _BLOCKS:
            return
        self._end_line()
        if tag in _HEADINGS:
            self.heading = 0
        elif tag == "article":
            self.within = 0
            self.items.append(Item(Line(0, LineKind.BOUNDARY, "")))
        elif tag == "table" and self.grids:
            grid = self.grids.pop()
            for line in grid.lines():
                self._put(line)
        if any(open_tag == tag for open_tag, _ in self.kinds):
            while self.kinds.pop()[0] != tag:
                pass

    def _table(self) -> None:
        if len(self.grids) < _TABLES_AT_MOST:
            if self.grids:
                self.grids[-1].holds_table = True
            self.grids.append(Grid())

    def _boundary(self, at: int) -> None:
        self.items.append(Item(Line(self.places.of(at)[0], LineKind.BOUNDARY, "")))

    def _is_closed(self, tag: str, at: int, text: str) -> bool:
        """Whether a hidden part ends; one that does not would hide the rest of the page."""
        if tag not in self.never_closed and not re.compile(rf"</{tag}\b", re.IGNORECASE).search(text, at):
            self.never_closed.add(tag)
        return tag not in self.never_closed

    def _end_line(self) -> None:
        """What has been said so far is a line."""
        kind = self.kinds[-1][1] if self.kinds else LineKind.TEXT
        line = self.words.take(kind)
        if line is not None:
            is_heading = self.is_bold and kind is LineKind.TEXT and len(line.text) <= _BOLD_HEADING_AT_MOST
            rank = self.heading or (headings.BOLD_RANK if is_heading and line.text[-1] not in "。！？，；：.:" else 0)
            self._put(line, rank if kind is LineKind.TEXT else 0)
        self.is_bold = True

    def _put(self, line: Line, rank: int = 0) -> None:
        """A line comes into the cell that is open, or onto the page."""
        if not self.grids:
            self.items.append(Item(line, rank, self.within))
            return
        grid = self.grids[-1]
        own = replace(line, kind=LineKind.HEADLINE) if self.heading else line
        (grid.rows[-1][-1].lines if grid.rows and grid.rows[-1] else grid.beside).append(own)


def _kind(attributes: dict[str, str]) -> LineKind | None:
    """What a tag's class names say that it holds."""
    if attributes.get("rel") == "author":
        return LineKind.BYLINE
    names = attributes.get("class", "").lower().split()[:10]
    return next((_CLASSES[name] for name in names if name in _CLASSES), None)


def _is_hidden(attributes: dict[str, str]) -> bool:
    return bool(attributes) and (
        "hidden" in attributes
        or attributes.get("aria-hidden", "").lower() == "true"
        or _HIDDEN.search(attributes.get("style", "")) is not None
    )


def _sheet(span: paging.Span, shown: Sequence[Line], page: _Page) -> Sheet:
    """One page: its lines, what its page line prints, else what Founder's properties say."""
    own = [
        replace(shown[at], kind=LineKind.ORNAMENT) if at == span.line else shown[at]
        for at in range(span.start, span.stop)
    ]
    said = page.properties
    return Sheet(
        span.label or said.label,
        span.name or said.name,
        tuple(headings.pictures_below_text(own)),
        said.paper,
        said.date,
    )


def _with_markup(sheets: Sequence[Sheet], sources: Sequence[str]) -> Iterator[Sheet]:
    """The same sheets; lines of the file that show nothing are put to the page they stand in, as its own."""
    worded = [(at, line) for at, sheet in enumerate(sheets) for line in sheet.lines if line.text]
    carried = {number: at for at, line in worded for number in line.numbers()}
    extra: list[list[Line]] = [[] for _ in sheets]
    at = 0
    for number, source in enumerate(sources, 1):
        if number in carried:
            at = carried[number]
        elif source.strip():
            extra[at].append(plain_line(number, source, LineKind.ORNAMENT))
    for sheet, own in zip(sheets, extra, strict=True):
        yield replace(
            sheet, lines=(*(line for line in sheet.lines if line.text or line.kind is not LineKind.BOUNDARY), *own)
        )
