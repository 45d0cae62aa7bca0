"""Text that stands under another headline than its own: found, given one to one, put back or proposed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from worker.newspaper import drafts, similarity
from worker.newspaper.mending import breaks, measures, weighing
from worker.newspaper.mending.fragments import Fragment, fragments
from worker.newspaper.mending.measures import Measure
from worker.newspaper.mending.refusal import Refused
from worker.newspaper.mending.weighing import Weight
from worker.newspaper.model import Article, Certainty, Kind, Reason, Repair, RepairKind, Sign, Starts

_COLUMN_NAME = 4  # characters: a headline this short and empty is a column's name (简讯, 图片新闻) and misses no text
_HEADLINES_AT_MOST = 30  # without a text on one page; where there are more, something else is wrong
_TEXT_AT_MOST = 100_000  # characters of all articles; no printed page holds so much

# Below this nobody would look for a text's headline: the null choice of the assignment.
_WORTH_A_LOOK = 0.34
# Enough, and clearly more than the next best answer gives, is done; what is worth a look only is proposed.
_ENOUGH = 0.52
_CLEARLY = 0.12
# Of the places in one article where a displaced text may begin, the one counts where its two parts hold together least.
_CUT = 0.7
_SURE_PLACE = 0.15


@dataclass(frozen=True, slots=True)
class Move:
    """Lines that belong under the headline on line `headline`, with what speaks for it."""

    lines: tuple[int, ...]
    headline: int
    score: float
    state: Certainty
    evidence: tuple[Reason, ...]
    lost: bool  # whether the text's beginning is missing


def put_back(articles: Sequence[Article], refused: Refused = ()) -> tuple[tuple[Article, ...], list[Repair]]:
    """The articles with displaced text under its own headline where that is certain, and all that was found."""
    moves = [move for move in find(articles) if (RepairKind.REATTACH_TEXT, move.lines) not in refused]
    placed = tuple(articles)
    for move in moves:
        if move.state is Certainty.APPLIED:
            placed = moved(placed, move)
    to = {one.headline.lines[0]: one.position for one in placed if one.headline and one.headline.lines}
    return placed, [
        Repair(RepairKind.REATTACH_TEXT, move.lines, to[move.headline], move.score, move.state, move.evidence)
        for move in moves
    ]


def find(articles: Sequence[Article]) -> list[Move]:
    """What should be moved where, the surest first.

    Headlines without a text and fragments that could be theirs are assigned one to one. What is certain changes the
    page for the rest: two texts that were displaced together come apart in two rounds.
    """
    page = tuple(articles)
    orphans = [one for one in page if misses_its_text(one)]
    if not 0 < len(orphans) <= _HEADLINES_AT_MOST or sum(len(one.text) for one in page) > _TEXT_AT_MOST:
        return []
    by = measures.measure("".join(block.text for block in run) for one in page for run in breaks.runs(one))
    found: list[Move] = []
    while orphans:
        moves = _round(page, orphans, by)
        certain = [move for move in moves if move.state is Certainty.APPLIED]
        if not certain:
            return found + moves
        for move in certain:
            page = moved(page, move)
        found += certain
        done = {move.headline for move in found}
        orphans = [one for one in page if misses_its_text(one) and _line(one) not in done]
    return found


def misses_its_text(article: Article) -> bool:
    """Whether an article is nothing but a headline that should have a text: no column's name, no pointer elsewhere."""
    if article.body or not article.headline or not article.headline.lines:
        return False
    return len(article.headline.main) > _COLUMN_NAME and not article.continued_to and not article.continued_from


def _line(orphan: Article) -> int:
    """The line that a headline begins on."""
    return orphan.headline.lines[0] if orphan.headline else orphan.lines[0]


def _round(page: tuple[Article, ...], orphans: Sequence[Article], by: Measure) -> list[Move]:
    """The best answer for each headline at once, one fragment for each."""
    hosts = [found for one in page if (found := fragments(one, by))]
    if not hosts:
        return []
    best = [[_best(orphan, host, page, orphans, by) for host in hosts] for orphan in orphans]
    scores = [[weight.score for weight in row] + [_WORTH_A_LOOK] * len(orphans) for row in best]
    moves = []
    for row, column in similarity.assign(scores):
        if column < len(hosts):
            rivals = [other for at, other in enumerate(scores[row][: len(hosts)]) if at != column]
            rivals += [scores[at][column] for at in range(len(orphans)) if at != row]
            moves.append(_move(orphans[row], best[row][column], max(rivals, default=0.0)))
    return sorted(moves, key=lambda move: -move.score)


def _best(
    orphan: Article,
    host: Sequence[Fragment],
    page: Sequence[Article],
    orphans: Sequence[Article],
    by: Measure,
) -> Weight:
    """The fragment of this host that speaks most for this headline; not moved when it could as well begin elsewhere."""
    weights = [weighing.weigh(orphan, fragment, page, orphans, by) for fragment in host]
    weights.sort(key=_place, reverse=True)
    begins = weights[0].fragment.is_tail
    sure = begins or len(weights) == 1 or _place(weights[0]) - _place(weights[1]) >= _SURE_PLACE
    return weights[0] if sure else replace(weights[0], is_structural=False)


def _place(weight: Weight) -> float:
    """How good a place this is for a displaced text to begin, beside others in the same article."""
    return weight.score - _CUT * weight.fragment.cut


def _move(orphan: Article, weight: Weight, rival: float) -> Move:
    margin = weight.score - max(rival, 0.0)
    certain = weight.is_structural and weight.score >= _ENOUGH and margin >= _CLEARLY
    state = Certainty.APPLIED if certain else Certainty.PROPOSED
    told = Reason(Sign.MARGIN, {"score": f"{weight.score:.2f}", "next": f"{max(rival, _WORTH_A_LOOK):.2f}"})
    lines = weight.fragment.lines
    return Move(lines, _line(orphan), round(weight.score, 3), state, (*weight.reasons, told), weight.fragment.is_lost)


def moved(articles: Sequence[Article], move: Move) -> tuple[Article, ...]:
    """The articles with these lines put under their headline, numbered anew; their words are the same."""
    giver = next(one for one in articles if move.lines[0] in one.lines)
    taker = next(one for one in articles if one.headline and one.headline.lines[:1] == (move.headline,))
    changed = {id(giver): _without(giver, set(move.lines)), id(taker): _with(taker, giver, set(move.lines), move)}
    kept = [one for article in articles if (one := changed.get(id(article), article)) is not None]
    kept.sort(key=lambda one: min(one.lines))
    return tuple(replace(one, position=at) for at, one in enumerate(kept, 1))


def _without(giver: Article, lines: set[int]) -> Article | None:
    """An article less these lines; None when nothing is left of it."""
    kept = tuple(line for line in giver.lines if line not in lines)
    if not kept:
        return None
    body = tuple(block for block in giver.body if block.lines[0] not in lines)
    onward = giver.continued_to if giver.continued_to and giver.continued_to.line not in lines else None
    signed = giver.signed_on and any(block.kind == "signature" for block in body)
    return replace(
        giver,
        lines=kept,
        body=body,
        bylines=tuple(one for one in giver.bylines if one.line not in lines),
        credits=tuple(one for one in giver.credits if one.line not in lines),
        signed_by=giver.signed_by if signed else None,
        signed_on=giver.signed_on if signed else None,
        continued_to=onward,
        ends=drafts.ends(body, goes_on=onward is not None),
    )


def _with(taker: Article, giver: Article, lines: set[int], move: Move) -> Article:
    """A headline with these lines of another article under it."""
    body = tuple(block for block in giver.body if block.lines[0] in lines)
    whole = lines.issuperset(giver.lines)
    onward = giver.continued_to if giver.continued_to and giver.continued_to.line in lines else None
    dateline = giver.dateline if whole else None
    signed = giver.signed_on is not None and any(block.kind == "signature" for block in body)
    starts = drafts.starts(body, led=dateline is not None, continued=False)
    return replace(
        taker,
        kind=Kind.NOTICE if signed and dateline is None else Kind.NEWS,
        lines=taker.lines + tuple(line for line in giver.lines if line in lines),
        body=body,
        bylines=taker.bylines + tuple(one for one in giver.bylines if one.line in lines),
        credits=tuple(one for one in giver.credits if one.line in lines),
        dateline=dateline,
        signed_by=giver.signed_by if signed else None,
        signed_on=giver.signed_on if signed else None,
        continued_to=onward,
        starts=Starts.LOST if move.lost else starts,
        ends=drafts.ends(body, goes_on=onward is not None),
    )
