"""How much speaks for a text being the one that a headline misses, and what, so that a person can judge."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from worker.newspaper.mending.fragments import APART, Fragment, names
from worker.newspaper.mending.measures import Measure
from worker.newspaper.model import Article, Reason, Sign

# What each sign adds when it speaks fully; together a little over 1.
_COVERED = 0.5
_DETACHED = 0.3
_LEAD = 0.25
_ANTECEDENT = 0.25
_LOST = 0.1
_SHARED = 0.05
_NEAREST = 0.05

_FULL_COVERAGE = 0.4  # of a headline's words: as much as nearly every text has of its own
_COHESION = 0.1  # what a paragraph has in common with its own article, about
_WHOLE_CUT = 1.2  # the cut of an article that is one: where it is less, two may stand together
_ELSEWHERE = 0.5  # how much less coverage tells when the rest of the article covers the headline too
_TELLING = 0.25  # coverage that is hardly ever met by chance
_HINTING = 0.1  # coverage that tells together with a lead or a lost beginning
_ANY = 0.05  # with less than this, and no name or number, nothing leads from the headline to the text

# Numbers and quoted names: 2022, 30.8, “扫黄打非”, 《黄河少年》
_RARE = re.compile(r"\d[\d.]+|[“《「『][^“”《》「」『』]{2,20}[”》」』]")


@dataclass(frozen=True, slots=True)
class Weight:
    """What speaks for one fragment under one headline. `is_structural`: more than likeness of words does."""

    fragment: Fragment
    score: float
    is_structural: bool
    reasons: tuple[Reason, ...]


def weigh(
    orphan: Article,
    fragment: Fragment,
    page: Sequence[Article],
    orphans: Sequence[Article],
    by: Measure,
) -> Weight:
    """Weigh a fragment against a headline without a text."""
    title = headline_words(orphan)
    coverage, words = covered(title, fragment.text, by)
    detached = 1 - min(1.0, max(fragment.cohesion / _COHESION, fragment.cut / _WHOLE_CUT))
    antecedent = next(((kind, name) for kind in fragment.wants if (name := names(title, kind))), None)
    shared = _shared(title, fragment, page)
    nearest = _is_nearest(orphan, fragment, orphans)
    reasons = [Reason(Sign.NO_TEXT, {"line": orphan.lines[0], "headline": orphan.title or ""})]
    score = 0.0
    if coverage:
        elsewhere, _ = covered(title, fragment.rest, by)
        score += _COVERED * min(1.0, max(0.0, coverage - _ELSEWHERE * elsewhere) / _FULL_COVERAGE)
        reasons.append(Reason(Sign.COVERAGE, {"percent": round(coverage * 100), "words": words}))
    if fragment.has_lead:
        score += _LEAD
        reasons.append(Reason(Sign.OWN_LEAD, {"line": fragment.lines[0]}))
    if fragment.is_whole:
        reasons.append(Reason(Sign.HEADLESS, {"line": fragment.lines[0]}))
    elif detached:
        reasons.append(Reason(Sign.DETACHED, {"cohesion": f"{fragment.cohesion:.2f}"}))
    score += _DETACHED * detached
    if antecedent:
        score += _ANTECEDENT
        reasons.append(Reason(Sign.ANTECEDENT, {"anaphor": f"该{antecedent[0]}", "name": antecedent[1]}))
    if fragment.is_lost:
        score += _LOST
        reasons.append(Reason(Sign.LOST_START, {"line": fragment.lines[0], "words": fragment.first_words}))
    if fragment.host_ends:
        reasons.append(Reason(Sign.HOST_ENDS, {"line": _before(fragment)}))
    if shared:
        score += _SHARED
        reasons.append(Reason(Sign.SHARED, {"words": shared}))
    if nearest:
        score += _NEAREST
        reasons.append(Reason(Sign.NEAREST))
    hints = coverage >= _HINTING and (fragment.has_lead or fragment.is_lost)
    speaks = antecedent is not None or coverage >= _TELLING or hints
    apart = fragment.is_whole or (fragment.host_ends and fragment.cut <= APART)
    whole = not fragment.is_torn
    own = coverage >= _ANY or antecedent is not None or bool(shared) or fragment.has_lead or apart
    return Weight(fragment, score if own else 0.0, apart and whole and speaks, tuple(reasons))


def headline_words(article: Article) -> str:
    """All words of an article's headline."""
    head = article.headline
    return " ".join(part for part in (head.kicker, head.main, head.sub) if part) if head else ""


def covered(title: str, text: str, by: Measure) -> tuple[float, str]:
    """The part of a headline's words that a text has, each bigram by its rarity, and which words these are."""
    bigrams = ["".join(pair) for pair in pairwise(title) if not "".join(pair).isspace()]
    weights = {bigram: by.weight(bigram) for bigram in bigrams if _is_worded(bigram)}
    there = {bigram for bigram in weights if bigram in text}
    total = sum(weights.values())
    return (sum(weights[bigram] for bigram in there) / total if total else 0.0), _runs(title, there)


def _is_worded(bigram: str) -> bool:
    """Whether both characters are letters or digits: marks say nothing."""
    return bigram.isalnum()


def _runs(title: str, there: set[str]) -> str:
    """The stretches of a headline that these bigrams cover, apart from each other."""
    covered = [False] * len(title)
    for at in range(len(title) - 1):
        if title[at : at + 2] in there:
            covered[at] = covered[at + 1] = True
    kept = "".join(letter if has else " " for letter, has in zip(title, covered, strict=True))
    return " ".join(dict.fromkeys(kept.split()))


def _shared(title: str, fragment: Fragment, page: Sequence[Article]) -> str:
    """Numbers and quoted names that the headline and the fragment have, and no other article."""
    return " ".join(
        word
        for word in dict.fromkeys(_RARE.findall(title))
        if word in fragment.text and not any(word in one.text for one in page if one.position != fragment.host.position)
    )


def _is_nearest(orphan: Article, fragment: Fragment, orphans: Sequence[Article]) -> bool:
    """Whether no other headline without a text stands nearer to the fragment."""
    distances = {one.lines[0]: abs(one.lines[0] - fragment.lines[0]) for one in orphans}
    return distances[orphan.lines[0]] == min(distances.values())


def _before(fragment: Fragment) -> int:
    """The line of the article above the fragment."""
    return fragment.host.lines[fragment.host.lines.index(fragment.lines[0]) - 1]
