"""Continuations into links, links into stories: by page and mark, by being the only ones, and by their words."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from worker.newspaper import jumps, similarity
from worker.newspaper.model import Article, Certainty, Continuation, Issue, Link, Page, Place

_MARKED = 1.0  # pages and mark agree
_ONLY = 0.9  # the only two jump lines between their pages, without a mark that says otherwise
_NAMELESS = 0.5  # one of the two has lost its page number
_FORBIDDEN = -1.0  # marks that contradict each other
# By words alone a pair is made only when it has enough in common, and clearly more than its rivals have.
_ENOUGH = 0.05
_CLEARLY = 0.03
_PAIRS_AT_MOST = 2500  # between two pages; no newspaper comes near it, and the time grows with their square
_SAMPLE = 120  # articles, evenly taken from the issue, that tell well enough how rare words are in it

Likeness = Callable[[Article, Article], float]


@dataclass(frozen=True, slots=True)
class _Half:
    """An article with one of its jump lines; `other` is the page that it names, None when the number is missing."""

    page: str
    article: Article
    jump: Continuation
    other: str | None

    @property
    def place(self) -> Place:
        return Place(self.page, self.article.position, self.jump.line)


def link(issue: Issue) -> tuple[Link, ...]:
    """The links between the continuations of an issue, in the order of its pages; pages without a label have none.

    Each jump line is in one link at most. What is not certain is proposed.
    """
    heads, tails = _halves(issue)
    likeness = _likeness(issue)
    links: list[Link] = []
    for ends, begins in _between(heads, tails):
        links += _by_mark(ends, begins, likeness)
        ends, begins = _unlinked(ends, begins, links)
        links += _without_marks(ends, begins, likeness)
    links += _nameless(*_unlinked(heads, tails, links))
    return tuple(sorted(links, key=lambda one: (one.head.page, one.head.line, one.tail.page, one.tail.line)))


def stories(issue: Issue, links: Sequence[Link]) -> tuple[tuple[Place, ...], ...]:
    """The stories that links make of the issue's articles: two or more places each, in the order of reading."""
    here = {(page.label, article.position) for page in issue.pages for article in page.articles}
    return tuple(chain for chain in jumps.chains(links) if all((place.page, place.article) in here for place in chain))


def _halves(issue: Issue) -> tuple[list[_Half], list[_Half]]:
    """The articles that go on elsewhere, and those that come from elsewhere, in the order of pages and lines."""
    labels = issue.labels
    heads: list[_Half] = []
    tails: list[_Half] = []
    for page in sorted((page for page in issue.pages if page.label), key=_page_order):
        here = page.label or ""
        for article in page.articles:
            for jump, halves in ((article.continued_to, heads), (article.continued_from, tails)):
                if jump is None:
                    continue
                other = jumps.page_meant(jump.page, here, labels) if jump.page else None
                if other != here:
                    halves.append(_Half(here, article, jump, other))
    return heads, tails


def _page_order(page: Page) -> tuple[str, str, int]:
    return (page.label or "", page.file or "", page.ordinal)


def _between(heads: Iterable[_Half], tails: Iterable[_Half]) -> Iterator[tuple[list[_Half], list[_Half]]]:
    """The heads and tails that name each other's pages, pair of pages by pair of pages."""
    groups: dict[tuple[str, str], tuple[list[_Half], list[_Half]]] = defaultdict(lambda: ([], []))
    for head in heads:
        if head.other is not None:
            groups[head.page, head.other][0].append(head)
    for tail in tails:
        if tail.other is not None:
            groups[tail.other, tail.page][1].append(tail)
    return ((ends, begins) for ends, begins in groups.values() if ends and begins)


def _by_mark(heads: Sequence[_Half], tails: Sequence[_Half], likeness: Likeness) -> Iterator[Link]:
    """Heads and tails that carry the same mark; a mark used twice is decided by the words."""
    told: set[Place] = set()
    for head in heads:
        if head.place in told:
            continue
        ends = [one for one in heads if jumps.same_mark(one.jump.mark, head.jump.mark)]
        begins = [one for one in tails if jumps.same_mark(one.jump.mark, head.jump.mark)]
        told.update(one.place for one in ends)
        if len(ends) == len(begins) == 1:
            yield _made(head, begins[0], _MARKED, "pages and mark agree")
        elif begins:
            yield from _by_words(ends, begins, likeness)


def _without_marks(heads: Sequence[_Half], tails: Sequence[_Half], likeness: Likeness) -> Iterator[Link]:
    """What is left between two pages: the only two belong together, several are told apart by their words."""
    if len(heads) == len(tails) == 1:
        if not _contradict(heads[0], tails[0]):
            yield _made(heads[0], tails[0], _ONLY, "no other story goes from the one page to the other")
    elif heads and tails:
        yield from _by_words(heads, tails, likeness)


def _by_words(heads: Sequence[_Half], tails: Sequence[_Half], likeness: Likeness) -> Iterator[Link]:
    """Heads and tails, one to one, by what their words have in common; far too many are not tried."""
    if len(heads) * len(tails) > _PAIRS_AT_MOST:
        return
    scores = [
        [_FORBIDDEN if _contradict(head, tail) else likeness(head.article, tail.article) for tail in tails]
        for head in heads
    ]
    for row, column in similarity.assign(scores):
        score = scores[row][column]
        if score == _FORBIDDEN:
            continue
        rivals = [*scores[row][:column], *scores[row][column + 1 :]]
        rivals += [others[column] for at, others in enumerate(scores) if at != row]
        margin = score - max(rivals, default=0.0)
        why = (
            f"of {len(heads) * len(tails)} possible pairs their words have most in common ({score:.2f}, {margin:+.2f})"
        )
        certain = score >= _ENOUGH and margin >= _CLEARLY
        yield (_made if certain else _proposed)(heads[row], tails[column], round(score, 3), why)


def _nameless(heads: Sequence[_Half], tails: Sequence[_Half]) -> Iterator[Link]:
    """A jump line that lost its page number, proposed to the only one that names its page and has no partner."""
    lost = Counter(one.page for one in heads if one.other is None)
    for head in heads:
        if head.other is None and lost[head.page] == 1:
            begins = [tail for tail in tails if tail.other == head.page and not _contradict(head, tail)]
            if len(begins) == 1:
                yield _proposed(head, begins[0], _NAMELESS, "the first has lost its page number")
    lost = Counter(one.page for one in tails if one.other is None)
    for tail in tails:
        if tail.other is None and lost[tail.page] == 1:
            ends = [head for head in heads if head.other == tail.page and not _contradict(head, tail)]
            if len(ends) == 1:
                yield _proposed(ends[0], tail, _NAMELESS, "the second has lost its page number")


def _contradict(head: _Half, tail: _Half) -> bool:
    marks = (head.jump.mark, tail.jump.mark)
    return None not in marks and not jumps.same_mark(*marks)


def _unlinked(heads: Sequence[_Half], tails: Sequence[_Half], links: Iterable[Link]) -> tuple[list[_Half], list[_Half]]:
    """The heads and tails that are in none of the links."""
    ends, begins = set(), set()
    for one in links:
        ends.add(one.head)
        begins.add(one.tail)
    return [one for one in heads if one.place not in ends], [one for one in tails if one.place not in begins]


def _made(head: _Half, tail: _Half, score: float, why: str) -> Link:
    return Link(head.place, tail.place, Certainty.MADE, score, (_evidence(head, tail, why),))


def _proposed(head: _Half, tail: _Half, score: float, why: str) -> Link:
    return Link(head.place, tail.place, Certainty.PROPOSED, score, (_evidence(head, tail, why),))


def _evidence(head: _Half, tail: _Half, why: str) -> str:
    return f"Page {head.page} prints {head.jump.raw} and page {tail.page} prints {tail.jump.raw}; {why}."


def _likeness(issue: Issue) -> Likeness:
    """How much two articles of the issue have in common; how rare words are is counted when it is first asked for."""

    @cache
    def rarity() -> similarity.Rarity:
        texts = [_words(one) for page in sorted(issue.pages, key=_page_order) for one in page.articles]
        return similarity.rarity(texts[:: 1 + len(texts) // _SAMPLE])

    vectors: dict[int, similarity.Vector] = {}

    def vector(article: Article) -> similarity.Vector:
        if id(article) not in vectors:
            vectors[id(article)] = similarity.vector(_words(article), rarity())
        return vectors[id(article)]

    return lambda one, other: similarity.likeness(vector(one), vector(other))


def _words(article: Article) -> str:
    return f"{article.title or ''}\n{article.text}"
