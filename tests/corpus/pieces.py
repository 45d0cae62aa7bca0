"""The values of a made-up page: pieces of parts, as they were written, and the flow in which a page prints them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Genre(StrEnum):
    """What a piece is, for the tables of the bench."""

    NEWS = "news"  # a headline, a lead, paragraphs
    FEATURE = "feature"  # a long report with a byline of its own line and subheads
    OPINION = "opinion"  # a comment
    INTERVIEW = "interview"  # questions and answers
    LETTER = "letter"
    POEM = "poem"
    BRIEF = "brief"  # a lead without a headline
    PHOTO = "photo"
    NOTICE = "notice"
    OBITUARY = "obituary"
    TABLE = "table"  # a headline and figures
    RESULTS = "results"  # of sports
    WEATHER = "weather"
    LIST = "list"  # a headline and numbered items
    AD = "ad"
    CONTINUATION = "continuation"
    FRAGMENT = "fragment"  # a text whose beginning stands on no page
    FURNITURE = "furniture"
    SAMPLE = "sample"  # a report of the sample page


class Role(StrEnum):
    """What one part of a piece is."""

    COLUMN = "column"  # 栏目
    KICKER = "kicker"
    HEADLINE = "headline"
    SUBTITLE = "subtitle"
    SUBHEAD = "subhead"
    BYLINE = "byline"
    PARAGRAPH = "paragraph"
    VERSE = "verse"
    ITEM = "item"  # a short line of a list
    CAPTION = "caption"
    CREDIT = "credit"
    ROW = "row"
    SIGNATURE = "signature"
    JUMP = "jump"  # a jump line alone
    FURNITURE = "furniture"


HEADS = frozenset({Role.COLUMN, Role.KICKER, Role.HEADLINE, Role.SUBTITLE})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom a byline or credit names; `role` as printed."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Jump:
    """A jump line: "to" or "from", the page in normal form (None when its digits are lost), the mark."""

    direction: str
    page: str | None
    mark: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph or other line of a piece, with what it names; `cells` of a row."""

    role: Role
    text: str
    people: tuple[Person, ...] = ()
    jump: Jump | None = None
    cells: tuple[str, ...] = ()

    @property
    def is_merged(self) -> bool:
        """Whether the first cell of a row belongs to the one above."""
        return bool(self.cells) and not self.cells[0]


@dataclass(frozen=True, slots=True)
class Piece:
    """One article as it was written, or one line of furniture."""

    genre: Genre
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A part, or one half of it, at its place on a page.

    `owner` is the number of its piece, `at` the part's own place there; halves of one part share both. `displaced`
    says that it stands under another piece than its own.
    """

    owner: int
    at: int
    part: Part
    displaced: bool = False


Flow = list[Placed]


def flow(pieces: Iterable[Piece], first: int = 0) -> Flow:
    """The parts of these pieces one after the other; owners are numbered from `first`."""
    return [Placed(owner, at, part) for owner, piece in enumerate(pieces, first) for at, part in enumerate(piece.parts)]
