"""The values of a newspaper: pages, articles and blocks, jump lines and links, findings and repairs.

Lines are 1-based and count the decoded text of one page's file; columns are 1-based and count characters.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """What an article is to its reader."""

    NEWS = "news"  # a headline and its text
    PHOTO = "photo"  # a caption and its credit
    CONTINUATION = "continuation"  # the rest of a story that began on another page
    NOTICE = "notice"  # an announcement, signed and dated
    BRIEF = "brief"  # a text with a lead of its own but no headline
    TABLE = "table"  # figures without a text
    OTHER = "other"  # words that are none of these


class BlockKind(StrEnum):
    """What one block of an article's body is."""

    PARAGRAPH = "paragraph"
    SUBHEAD = "subhead"
    CAPTION = "caption"
    CREDIT = "credit"  # who took, drew or provided a picture
    TABLE = "table"
    SIGNATURE = "signature"  # who signs a notice, and its date
    MARKER = "marker"  # a jump line


class Starts(StrEnum):
    """How an article's words begin."""

    CLEAN = "clean"
    CONTINUED = "continued"  # under a 上接 line
    MID_SENTENCE = "mid_sentence"  # in the middle of a sentence, and nothing says where from
    LOST = "lost"  # what stood before is not in the file


class Ends(StrEnum):
    """How an article's words end."""

    CLEAN = "clean"
    CONTINUES = "continues"  # in a 下转 line
    MID_SENTENCE = "mid_sentence"  # in the middle of a sentence, and nothing says where to


class Direction(StrEnum):
    """Which way a jump line points: 下转, the story goes on there, or 上接, it began there."""

    TO, FROM = "to", "from"


class Severity(StrEnum):
    """How much a finding asks of people."""

    ERROR = "error"  # something is missing or wrong: a person must act
    WARNING = "warning"  # probably wrong
    INFO = "info"  # worth knowing

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)


class RepairKind(StrEnum):
    """What was done to the order or the breaks of a text; its words are never changed."""

    JOIN_PARAGRAPH = "join_paragraph"  # a paragraph cut at a column's end
    REATTACH_TEXT = "reattach_text"  # lines that stood under another headline than their own
    FILL_MERGED_CELL = "fill_merged_cell"  # an empty cell that belongs to the one above


class Sign(StrEnum):
    """What speaks for a repair."""

    OPEN_END = "open_end"  # the line above ends without a sentence mark
    GOES_ON = "goes_on"  # the line below goes on with these words
    EMPTY_CELL = "empty_cell"  # a row's first cells are empty, the row above has words there
    NO_TEXT = "no_text"  # the headline is followed by no text
    OWN_LEAD = "own_lead"  # the text opens a report of its own and has no headline
    HEADLESS = "headless"  # the text has no headline
    LOST_START = "lost_start"  # the text begins like the end of something
    ANTECEDENT = "antecedent"  # 该区 in the text, 解放区 in the headline
    COVERAGE = "coverage"  # how much of the headline's words, by their rarity, the text has
    SHARED = "shared"  # numbers and quoted names that only headline and text have
    DETACHED = "detached"  # how little the text has in common with the article it stands in
    HOST_ENDS = "host_ends"  # the article it stands in has come to its end above it
    NEAREST = "nearest"  # no other headline without a text stands nearer
    MARGIN = "margin"  # how far the next best answer is behind


class Certainty(StrEnum):
    """Whether something was done, or only proposed to a person."""

    APPLIED, MADE = "applied", "made"  # a repair, a link
    PROPOSED = "proposed"


@dataclass(frozen=True, slots=True)
class Headline:
    """引题, 主题 and 副题, with the lines they stand on."""

    main: str
    kicker: str | None = None
    sub: str | None = None
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Byline:
    """One person named as author, photographer or helper; `raw` is what is printed."""

    name: str
    role: str
    organisation: str | None
    raw: str
    line: int


@dataclass(frozen=True, slots=True)
class Dateline:
    """The agency, place and date that a lead opens with (本报讯, 新华社北京8月1日电)."""

    agency: str | None = None
    place: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Continuation:
    """A jump line. `page` is the label it names in normal form (A01, 02), None when its number is missing."""

    direction: Direction
    page: str | None
    mark: str | None
    raw: str
    line: int
    column: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, subhead, caption, credit, table, signature or marker.

    `rows` is given for tables only: one tuple a row, one row for each of `lines`, all of one width unless the table is
    ragged. Empty first cells are filled from above there, as repairs say; `text` keeps the cells as printed.
    """

    kind: BlockKind
    text: str
    lines: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...] | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """What a reader calls one piece. `lines` are all lines that carry its words, in the order of reading."""

    position: int
    kind: Kind
    headline: Headline | None
    lines: tuple[int, ...]
    body: tuple[Block, ...]
    column: str | None = None
    bylines: tuple[Byline, ...] = ()
    dateline: Dateline | None = None
    credits: tuple[Byline, ...] = ()
    signed_by: str | None = None
    signed_on: date | None = None
    continued_from: Continuation | None = None
    continued_to: Continuation | None = None
    starts: Starts = Starts.CLEAN
    ends: Ends = Ends.CLEAN

    @property
    def text(self) -> str:
        """The words of its body, one block a line; jump lines are left out."""
        return "\n".join(block.text for block in self.body if block.kind is not BlockKind.MARKER)

    @property
    def title(self) -> str | None:
        """Its main headline, if it has one."""
        return self.headline.main if self.headline else None


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for a repair; `facts` fill its sentence, in either language (`rules.reason`)."""

    sign: Sign
    facts: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Repair:
    """Something done, or proposed, to the order or the breaks of a text; `to` is the position of the article helped.

    `lines` with `kind` are its name on the page: whoever refuses it names it so.
    """

    kind: RepairKind
    lines: tuple[int, ...]
    to: int
    score: float
    state: Certainty
    evidence: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One printed page as it was read: `source` is its decoded lines, `source[0]` being line 1.

    `furniture` are the lines that belong to no article; `ordinal` counts the pages of one delivery from 1.
    """

    label: str | None
    sequence: int | None
    name: str | None
    articles: tuple[Article, ...]
    source: tuple[str, ...]
    repairs: tuple[Repair, ...] = ()
    furniture: tuple[int, ...] = ()
    ordinal: int = 1
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """Which paper, date and edition a delivery is, with how each is known and what is missing.

    `paper` is the name people know it by (焦作日报), `code` the one of its profile (jiaozuo-daily). `missing` holds
    "paper", "date" and "page"; `proposed` what the text allows for them, never assumed. `contradicted` holds what each
    place says of the date (and the weekday) when they do not agree, and is empty when they do.
    """

    paper: str | None
    code: str | None
    date: date | None
    edition: str | None = None
    page: str | None = None
    how: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    missing: tuple[str, ...] = ()
    proposed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    contradicted: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Source:
    """The file a reading was made of.

    `rung` is how its encoding was told ("bom", "utf-8", "gb18030", "big5"), `archive` the kind of archive that it came
    in ("zip", "tar.gz"); its name then begins with the archive's own.
    """

    name: str
    sha256: str
    bytes: int
    encoding: str
    format: str
    rung: str = ""
    archive: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says about a place.

    `facts` fill the rule's sentences, in either language. `fingerprint` keeps the finding's identity when its page is
    delivered again: it is made of the rule and the words around, never of the line. `article` is a position.
    """

    code: str
    severity: Severity
    page: str | None
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None
    excerpt: str
    facts: Mapping[str, str | int]
    fingerprint: str
    article: int | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one file gave. A file that could not be read has no pages and says why in its findings."""

    source: Source
    identity: Identity
    pages: tuple[Page, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where one end of a link stands: a page of the issue (by its key there), an article's position, a line."""

    page: str
    article: int
    line: int


@dataclass(frozen=True, slots=True)
class Link:
    """A 下转 and a 上接 that belong together: `head` goes on in `tail`."""

    head: Place
    tail: Place
    state: Certainty
    score: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """One paper on one date, with the pages that are here now, in the order of their labels.

    `closed` says that no more pages are awaited.
    """

    paper: str | None
    date: date | None
    edition: str | None
    pages: tuple[Page, ...]
    closed: bool

    @property
    def labels(self) -> frozenset[str]:
        """The labels of the pages that are here."""
        return frozenset(page.label for page in self.pages if page.label)


class Unreadable(Exception):
    """A file that cannot be read, whoever tries: the delivery's fault. `code` is the rule that says why."""

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts
