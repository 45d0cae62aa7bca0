"""An article while it is being read, and what it is when nothing more comes to it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from worker.newspaper import sentences
from worker.newspaper.model import (
    Article,
    Block,
    BlockKind,
    Byline,
    Continuation,
    Dateline,
    Ends,
    Headline,
    Kind,
    Starts,
)

_NOTICE_WORDS = ("公示", "公告", "通告", "启事", "声明", "讣告", "通知", "启示", "更正")
_ASIDE = frozenset({BlockKind.MARKER, BlockKind.CREDIT, BlockKind.CAPTION})  # they begin and end no text
_PICTURED = frozenset({BlockKind.CAPTION, BlockKind.CREDIT})


@dataclass(slots=True)
class Draft:
    """What has been read of one article. `lines` are in the order of reading, each once."""

    kicker: str | None = None
    main: str | None = None
    sub: str | None = None
    column: str | None = None
    heads: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    bylines: list[Byline] = field(default_factory=list)
    authors: list[Byline] = field(default_factory=list)  # named apart from the text
    credits: list[Byline] = field(default_factory=list)
    dateline: Dateline | None = None
    led: int | None = None  # the line of its lead
    signed_by: str | None = None
    signed_on: date | None = None
    origin: Continuation | None = None  # its 上接 line
    onward: Continuation | None = None  # its 下转 line

    def take(self, *lines: int) -> None:
        """Count these lines as its own."""
        self.lines += [line for line in lines if line not in self.lines[-1:]]

    def add(self, kind: BlockKind, text: str, *lines: int) -> None:
        """Put a block at its end."""
        self.take(*lines)
        self.blocks.append(Block(kind, text, lines))

    def pop(self) -> Block:
        """Take its last block away, with its lines; they must carry nothing else (`ends_alone`)."""
        block = self.blocks.pop()
        del self.lines[-len(block.lines) :]
        return block

    @property
    def ends_alone(self) -> bool:
        """Whether its last block is a paragraph whose line carries nothing else of it: no lead, byline or jump line."""
        if not self.blocks or self.blocks[-1].kind is not BlockKind.PARAGRAPH:
            return False
        line = self.blocks[-1].lines[-1]
        others = {self.led, *self.heads[-1:], *(one.line for one in self.bylines[-1:])}
        others |= set(self.blocks[-2].lines) if len(self.blocks) > 1 else set()
        return line not in others and self.lines[-1] == line

    @property
    def is_headline_only(self) -> bool:
        """Whether nothing but a headline has been read of it."""
        return bool(self.heads) and not self.blocks and not self.bylines

    @property
    def last(self) -> Block | None:
        """Its last block so far."""
        return self.blocks[-1] if self.blocks else None


def article(draft: Draft, position: int) -> Article:
    """The finished article at this position of its page."""
    return Article(
        position=position,
        kind=_kind(draft),
        headline=_headline(draft),
        lines=tuple(draft.lines),
        body=tuple(draft.blocks),
        column=draft.column,
        bylines=(*_only_apart(draft), *draft.bylines),
        dateline=draft.dateline,
        credits=tuple(draft.credits),
        signed_by=draft.signed_by,
        signed_on=draft.signed_on,
        continued_from=draft.origin,
        continued_to=draft.onward,
        starts=starts(draft.blocks, led=draft.dateline is not None, continued=draft.origin is not None),
        ends=ends(draft.blocks, goes_on=draft.onward is not None),
    )


def _headline(draft: Draft) -> Headline | None:
    if draft.main is not None:
        return Headline(draft.main, draft.kicker, draft.sub, tuple(draft.heads))
    return Headline(draft.kicker, lines=tuple(draft.heads)) if draft.kicker is not None else None


def _only_apart(draft: Draft) -> Iterator[Byline]:
    """Those named apart from the text whom the text does not name itself, with their role."""
    named = {one.name for one in (*draft.bylines, *draft.credits)}
    return (one for one in draft.authors if one.name not in named)


def _kind(draft: Draft) -> Kind:
    kinds = {block.kind for block in draft.blocks} - {BlockKind.MARKER}
    if draft.origin:
        return Kind.CONTINUATION
    if kinds and kinds <= _PICTURED:
        return Kind.PHOTO
    if draft.dateline is None and (draft.signed_on or (draft.main or "").endswith(_NOTICE_WORDS)):
        return Kind.NOTICE
    if kinds == {BlockKind.TABLE} and not draft.heads:
        return Kind.TABLE
    if draft.heads:
        return Kind.NEWS
    return Kind.BRIEF if draft.dateline else Kind.OTHER


def starts(blocks: Iterable[Block], *, led: bool, continued: bool) -> Starts:
    """How a text begins; `led` says that it has a lead, `continued` that it has a 上接 line."""
    if continued:
        return Starts.CONTINUED
    first = next(_worded(blocks), None)
    inside = first is not None and not led and sentences.begins_inside(first.text)
    return Starts.MID_SENTENCE if inside else Starts.CLEAN


def ends(blocks: Sequence[Block], *, goes_on: bool) -> Ends:
    """How a text ends; `goes_on` says that it has a 下转 line."""
    if goes_on:
        return Ends.CONTINUES
    last = next(_worded(reversed(blocks)), None)
    cut = last is not None and last.kind is BlockKind.PARAGRAPH and sentences.is_cut(last.text)
    return Ends.MID_SENTENCE if cut else Ends.CLEAN


def _worded(blocks: Iterable[Block]) -> Iterator[Block]:
    return (block for block in blocks if block.kind not in _ASIDE)
