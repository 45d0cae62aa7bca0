"""What goes wrong between page and file: columns cut, texts displaced, ends and beginnings lost, heads put in."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from tests.corpus.pieces import HEADS, Flow, Genre, Part, Piece, Placed, Role

_CLOSES = "。！？”」』）)…：；:;!?.》，,、"
_SPLIT_FROM, _SPLIT_BACK = 45, 30  # characters left whole at a paragraph's two ends: its lead, its jump line
_MOVABLE = frozenset({Genre.NEWS, Genre.FEATURE})


def truncated(piece: Piece, rng: Random) -> Piece:
    """The piece with its last paragraph cut in mid-sentence."""
    last = piece.parts[-1]
    if last.role is not Role.PARAGRAPH or last.jump or last.people or len(last.text) < 60:
        return piece
    at = _inside(last.text, rng, 40, 5)
    return replace(piece, parts=(*piece.parts[:-1], replace(last, text=last.text[:at])))


def split(flow: Flow, rng: Random, share: float) -> Flow:
    """The flow with this share of its long paragraphs cut in two, as the end of a column cuts them."""
    cut: Flow = []
    for placed in flow:
        text = placed.part.text
        long = placed.part.role is Role.PARAGRAPH and len(text) > _SPLIT_FROM + _SPLIT_BACK
        if not long or rng.random() >= share:
            cut.append(placed)
            continue
        at = _inside(text, rng, _SPLIT_FROM, _SPLIT_BACK)
        cut.append(replace(placed, part=replace(placed.part, text=text[:at])))
        cut.append(replace(placed, part=Part(Role.PARAGRAPH, text[at:])))
    return cut


def headed(flow: Flow, rng: Random, line: Placed) -> Flow:
    """The flow with a running head somewhere in its middle, between two parts of one article."""
    inner = [at for at in range(1, len(flow)) if _is_inner(flow[at - 1], flow[at])]
    if not inner:
        return flow
    at = rng.choice(inner)
    return [*flow[:at], line, *flow[at:]]


def interrupted(flow: Flow, rng: Random, picture: Flow) -> Flow:
    """The flow with a picture that has no headline put between two paragraphs of a report."""
    inner = [
        at
        for at in range(2, len(flow))
        if _is_inner(flow[at - 1], flow[at])
        and flow[at - 1].part.role is flow[at].part.role is Role.PARAGRAPH
        and not flow[at - 1].displaced
        and not flow[at].displaced
        and flow[at - 1].at != flow[at].at
    ]
    if not inner:
        return flow
    at = rng.choice(inner)
    return [*flow[:at], *picture, *flow[at:]]


def displaced(flow: Flow, pieces: dict[int, Piece], rng: Random) -> Flow:
    """The flow with one report's body moved behind another article, so that its headline stands without words.

    Mostly the beginning of the body is lost and what is left starts in mid-sentence, as on the sample page.
    """
    donors = [owner for owner, piece in pieces.items() if _can_move(piece)]
    if len(donors) < 3:
        return flow
    tries = (_moved(flow, rng.sample(donors, 2), rng) for _ in range(6))
    return next((moved for moved in tries if moved), flow)


def _moved(flow: Flow, pair: Sequence[int], rng: Random) -> Flow | None:
    """The flow with one owner's body behind the other's; None where either was moved before or nothing tells it."""
    owner, host = pair
    body = [placed for placed in flow if placed.owner == owner and placed.part.role not in HEADS]
    heads = [placed for placed in flow if placed.owner == owner and placed.part.role in HEADS]
    if any(placed.displaced for placed in flow if placed.owner in (owner, host)) or len(body) < 2:
        return None
    if rng.random() < 0.65:
        body = _beginning_lost(body, rng)
    if body[0].part.role is Role.BYLINE:
        body = body[1:]
    if not _shares_words(heads, body) and rng.random() < 0.9:
        return None  # hardly any report has nothing of its headline in its text
    moved = [replace(placed, displaced=True) for placed in body]
    kept = [placed for placed in flow if placed.owner != owner or placed in heads]
    below = kept[kept.index(heads[-1]) + 1 :]
    if below and below[0].part.role not in HEADS | {Role.FURNITURE}:
        return None  # what follows has no headline and would be taken for its text by anyone
    end = max(at for at, placed in enumerate(kept) if placed.owner == host) + 1
    return [*kept[:end], *moved, *kept[end:]]


def _beginning_lost(body: Flow, rng: Random) -> Flow:
    """The body from the middle of one of its paragraphs on."""
    at = rng.randrange(len(body))
    if body[at].part.role is not Role.PARAGRAPH or len(body[at].part.text) < 60:
        at = next((at for at, one in enumerate(body) if one.part.role is Role.PARAGRAPH), at)
    first = body[at].part
    if len(first.text) < 60:
        return body[at:]
    left = first.text[_inside(first.text, rng, 40, 10) :]
    return [replace(body[at], part=replace(first, text=left, people=()))] + body[at + 1 :]


def _shares_words(heads: Flow, body: Flow) -> bool:
    """Whether a tenth of the headline's pairs of characters stand in the text."""
    title = "".join(placed.part.text for placed in heads)
    text = "".join(placed.part.text for placed in body)
    pairs = {title[at : at + 2] for at in range(len(title) - 1) if title[at : at + 2].isalnum()}
    return 10 * sum(pair in text for pair in pairs) >= len(pairs)


def _can_move(piece: Piece) -> bool:
    jumps = any(part.jump for part in piece.parts)
    return piece.genre in _MOVABLE and not jumps


def _is_inner(above: Placed, below: Placed) -> bool:
    return above.owner == below.owner and above.part.role not in HEADS and below.part.role is Role.PARAGRAPH


def _inside(text: str, rng: Random, front: int, back: int) -> int:
    """A place in the text where no sentence or clause ends."""
    places = [at for at in range(front, len(text) - back) if text[at - 1] not in _CLOSES and text[at] not in _CLOSES]
    return rng.choice(places) if places else front
