"""The parts of an article that could be another's: from some paragraph to its end, or all of what has no headline."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from worker.newspaper import sentences
from worker.newspaper.mending import breaks, measures
from worker.newspaper.mending.measures import Hold, Measure
from worker.newspaper.model import Article, Block, BlockKind, Kind

_ENDS_AT_MOST = 24  # paragraphs from an article's end at which a displaced text may begin
_TAIL_AT_MOST = 22  # characters of a first paragraph that is only the end of one: 区生活垃圾日产日清。
_WHOLE_KINDS = frozenset({Kind.BRIEF, Kind.OTHER})

# 该区, 该县: what was named before. A text that has not named it has lost its beginning.
_ANAPHOR = re.compile(r"该(公司|集团|街道|社区|学校|医院|[区县市镇乡村局院校厂站馆])")
_BEFORE = re.compile(r"[\u4e00-\u9fff]+\Z")
_NAME_AT_MOST = 5  # characters before 区
_BARE = "我全本各该此某每"  # 我市, 该市: no names
_NO_NAMES = re.compile(
    r"(?:社|市|小|地|景|园|城|郊|片|城中|棚户|示范|居民|新)区|(?:城|超|上|门|股|夜|早)市|农村|乡村|高校|法院"
)
_ONE = 1.0  # the cut of a text that is one
_PLACES_AT_MOST = 4  # in one article at which a displaced text may begin, those that hold together least
_TORN = 0.4  # the least cut within a text that is one, about
APART = 0.7  # the cut between two texts: where it is more, a short paragraph is only a short paragraph
_SHOWN = 12  # characters of a text that evidence quotes
_ITEM_OR_SPEECH = re.compile(r"[“‘「『\"'（(《〈【]|[0-9０-９一二三四五六七八九十]{1,3}(?:、|[.．](?!\d))|[-·●•◆■①-⑳]")


@dataclass(frozen=True, slots=True)
class Fragment:
    """Lines of an article that could be displaced, and what can be said of them whatever headline is looked for.

    `rest` is what stands above them, and `cohesion` what they have in common with it: 0 for nothing. `cut` says how
    ill the two parts of the article hold together, measured by how well each does in itself: 0 for two articles, about
    1 for one; a text without a headline `is_torn` when it seems to be two. `is_tail` says that their first paragraph is
    only the end of one. `wants` are the words that their 该… stands for without having named it (区, 公司), `homeless`
    those of them that the rest of the article does not name either.
    """

    host: Article
    lines: tuple[int, ...]
    text: str
    rest: str
    is_whole: bool
    has_lead: bool
    is_tail: bool
    host_ends: bool
    cohesion: float
    cut: float
    is_torn: bool
    wants: tuple[str, ...]
    homeless: tuple[str, ...]

    @property
    def is_lost(self) -> bool:
        """Whether their beginning is missing."""
        return not self.has_lead and (self.is_tail or bool(self.homeless))

    @property
    def first_words(self) -> str:
        """The words that it begins with."""
        return self.text.partition("\n")[0][:_SHOWN]


def fragments(host: Article, by: Measure) -> list[Fragment]:
    """Every fragment of an article, those whose beginning is surest first."""
    return list(_fragments(host, by))


def _fragments(host: Article, by: Measure) -> Iterator[Fragment]:
    paragraphs = breaks.runs(host)
    if not paragraphs:
        return
    texts = [_words(run) for run in paragraphs]
    first = max(1, len(texts) - _ENDS_AT_MOST)
    above = frozenset().union(measures.words(host.title or ""), *map(by.words, texts[:first]))
    holds = measures.holds([above, *map(by.words, texts[first:])], by)
    if host.headline is None and host.kind in _WHOLE_KINDS and not host.continued_from:
        torn = any(hold.cut < _TORN for hold in holds)
        yield _fragment(host, texts, 0, host.lines, Hold(0.0, 0.0), torn=torn)
    places = [at for at in range(first, len(texts)) if _may_begin(host, paragraphs[at - 1][-1], paragraphs[at][0])]
    for at in sorted(places, key=lambda at: holds[at - first].cut)[:_PLACES_AT_MOST]:
        if holds[at - first].cut < _ONE:
            start = host.lines.index(paragraphs[at][0].lines[0])
            yield _fragment(host, texts, at, host.lines[start:], holds[at - first])


def _may_begin(host: Article, above: Block, first: Block) -> bool:
    """Whether a displaced text may begin with this block: a paragraph on a line of its own."""
    line = first.lines[0]
    if first.kind is not BlockKind.PARAGRAPH or line in above.lines:
        return False
    return line not in {one.line for one in (*host.bylines, *host.credits)}


def _fragment(
    host: Article, texts: list[str], at: int, lines: tuple[int, ...], hold: Hold, *, torn: bool = False
) -> Fragment:
    rest, text = "\n".join([host.title or "", *texts[:at]]), "\n".join(texts[at:])
    wants = () if host.continued_from else _wants(text)
    has_lead = at == 0 and host.dateline is not None
    return Fragment(
        host=host,
        lines=lines,
        text=text,
        rest=rest,
        is_whole=at == 0,
        has_lead=has_lead,
        is_tail=not has_lead and _begins_lost(texts[at], alone=len(texts) - at == 1 or hold.cut > APART),
        host_ends=at > 0 and not sentences.is_open(texts[at - 1]),
        cohesion=hold.cohesion,
        cut=hold.cut,
        is_torn=torn,
        wants=wants,
        homeless=tuple(kind for kind in wants if not names(rest, kind)),
    )


def _words(run: list[Block]) -> str:
    return "".join(block.text for block in run)


def _begins_lost(first: str, *, alone: bool) -> bool:
    """Whether a first paragraph is only the end of one: it begins with a closing mark, or is a short last sentence."""
    if sentences.begins_inside(first):
        return True
    return not alone and len(first) <= _TAIL_AT_MOST and first.endswith("。") and not _ITEM_OR_SPEECH.match(first)


def _wants(text: str) -> tuple[str, ...]:
    """What the text's 该… stands for without having named it."""
    found: list[str] = []
    for anaphor in _ANAPHOR.finditer(text):
        if anaphor[1] not in found and not names(text[: anaphor.start()], anaphor[1]):
            found.append(anaphor[1])
    return tuple(found)


def names(text: str, kind: str) -> str | None:
    """The first name in a text that ends in this word: 解放区 for 区; 我市, 社区 and 城市 are no names."""
    at = text.find(kind)
    while at >= 0:
        found = _BEFORE.search(text, max(0, at - _NAME_AT_MOST), at)
        if found and found[0][-1] not in _BARE and not _NO_NAMES.search(found[0] + kind):
            return found[0] + kind
        at = text.find(kind, at + 1)
    return None
