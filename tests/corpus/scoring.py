"""A reading held against the truth of its file: what was found, what was missed, what was made up."""

from collections.abc import Hashable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from tests.corpus.pieces import Jump, Person
from tests.corpus.tally import Tally, compare
from tests.corpus.truth import Displaced, Sample, Truth
from worker.newspaper.model import Article, Certainty, Page, Reading, Repair, RepairKind

ARTICLES, FURNITURE, BYLINES, JUMPS = "articles", "furniture", "bylines", "jump lines"
JOINS, REPAIRS, DISPLACEMENTS = "splits mended", "repairs applied", "displacements"


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that a reading has wrong: by which measure, of which genre, where, and what."""

    measure: str
    genre: str
    lines: tuple[int, ...]
    told: str


@dataclass(slots=True)
class Score:
    """One file's tallies by measure, and how many articles of each genre were found."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    genres: dict[str, Tally] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)


def score(sample: Sample, reading: Reading) -> Score:
    """Hold a reading against the truth of its file."""
    truth = sample.truth
    found = [article for page in reading.pages for article in page.articles]
    repairs = [(page, repair) for page in reading.pages for repair in page.repairs]
    furniture = {line for page in reading.pages for line in page.furniture if line in truth.paragraphs}
    result = Score()
    _articles(result, truth, found)
    _compare(result, FURNITURE, furniture, truth.furniture)
    _compare(result, BYLINES, set(_people(truth, found)), truth.people)
    _compare(result, JUMPS, set(_jumps(truth, found)), truth.jumps)
    _joins(result, truth, found)
    _applied(result, truth, repairs)
    _displacements(result, truth, repairs)
    return result


def _articles(result: Score, truth: Truth, found: list[Article]) -> None:
    """Compare the exact sets of lines, those of displaced text and of markup aside."""
    worded = truth.paragraphs.keys() - truth.moved
    seen = {frozenset(article.lines) & worded for article in found} - {frozenset()}
    owners = {lines: owner for owner, lines in truth.articles.items()}
    result.tallies[ARTICLES] = compare(seen, owners.keys())
    for lines, owner in owners.items():
        genre = result.genres.setdefault(truth.genres[owner], Tally())
        if lines in seen:
            genre.right += 1
        else:
            genre.missed += 1
            got = sorted(sorted(other) for other in seen if other & lines)
            result.misses.append(Miss(ARTICLES, truth.genres[owner], tuple(sorted(lines)), f"read as {got}"))


def _people(truth: Truth, found: list[Article]) -> Iterator[Hashable]:
    """Each person that a reading names, by the paragraph that names them."""
    for article in found:
        for one in (*article.bylines, *article.credits):
            if one.name and one.line in truth.paragraphs:
                yield truth.paragraphs[one.line], Person(one.name, one.role)


def _jumps(truth: Truth, found: list[Article]) -> Iterator[Hashable]:
    """Each jump line that a reading knows, by the paragraph that it stands in."""
    for article in found:
        for one in (article.continued_from, article.continued_to):
            if one is not None:
                yield truth.paragraphs.get(one.line), Jump(str(one.direction), one.page, one.mark)


def _joins(result: Score, truth: Truth, found: list[Article]) -> None:
    """Whether the halves of each paragraph that was cut are one block again."""
    blocks = [set(block.lines) for article in found for block in article.body]
    tally = result.tallies[JOINS] = Tally()
    for upper, lower in truth.splits:
        if any({upper, lower} <= lines for lines in blocks):
            tally.right += 1
        else:
            tally.missed += 1
            result.misses.append(Miss(JOINS, "", (upper, lower), "not joined"))


def _applied(result: Score, truth: Truth, repairs: list[tuple[Page, Repair]]) -> None:
    """Whether what was done to the text is true."""
    tally = result.tallies[REPAIRS] = Tally()
    for page, repair in repairs:
        if repair.state is not Certainty.APPLIED:
            continue
        if _is_true(truth, page, repair):
            tally.right += 1
        else:
            tally.wrong += 1
            result.misses.append(Miss(REPAIRS, repair.kind, repair.lines, f"to {repair.to}: {repair.evidence}"))


def _is_true(truth: Truth, page: Page, repair: Repair) -> bool:
    if repair.kind is RepairKind.JOIN_PARAGRAPH:
        return len({truth.paragraphs.get(line) for line in repair.lines}) == 1
    if repair.kind is RepairKind.FILL_MERGED_CELL:
        return set(repair.lines) <= truth.merged
    return any(_gives_back(truth, page, repair, one) for one in truth.displaced)


def _displacements(result: Score, truth: Truth, repairs: list[tuple[Page, Repair]]) -> None:
    """Whether each displaced text was given back to its headline, or proposed to be."""
    tally = result.tallies[DISPLACEMENTS] = Tally()
    moves = [(page, repair) for page, repair in repairs if repair.kind is RepairKind.REATTACH_TEXT]
    for one in truth.displaced:
        if any(_gives_back(truth, page, repair, one) for page, repair in moves):
            tally.right += 1
        else:
            tally.missed += 1
            told = "; ".join(f"{repair.state} {repair.lines} to {repair.to}" for _, repair in moves)
            home = f"belongs to {sorted(truth.articles[one.owner])}, was {told or 'left'}"
            result.misses.append(Miss(DISPLACEMENTS, truth.genres[one.owner], tuple(sorted(one.lines)), home))


def _gives_back(truth: Truth, page: Page, repair: Repair, one: Displaced) -> bool:
    """Whether a repair gives these lines to the headline that they belong to."""
    if repair.kind is not RepairKind.REATTACH_TEXT or set(repair.lines) & truth.paragraphs.keys() != one.lines:
        return False
    helped = next((article for article in page.articles if article.position == repair.to), None)
    return helped is not None and bool(set(helped.lines) & truth.articles[one.owner])


def _compare(result: Score, measure: str, found: AbstractSet[Hashable], wanted: AbstractSet[Hashable]) -> None:
    """Compare two sets and note each difference."""
    result.tallies[measure] = compare(found, wanted)
    result.misses += [Miss(measure, "made up", (), str(one)) for one in found - wanted]
    result.misses += [Miss(measure, "missed", (), str(one)) for one in wanted - found]
