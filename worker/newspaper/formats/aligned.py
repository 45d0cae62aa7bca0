"""Tables without any rules, whose cells are set under each other by blanks alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from worker.newspaper import bylines, markers
from worker.newspaper.furniture import is_furniture

_CELL_AT_MOST = 40  # characters
_WIDE_GAP = 4  # blanks that nobody puts between two words

_HAN_WORD = re.compile(r"[\u3400-\u9fff]+")
_NAME = re.compile(r"[\u3400-\u9fff]{2,4}")
_CELL = re.compile(r"\S+(?:[ \u3000]\S+)*")  # two blanks or more part cells, one parts words
# 吴  三: a name of two characters, padded to the width of one of three
_PADDED = re.compile(r"(?<!\S)([\u3400-\u9fff])[ \u3000]{1,2}([\u3400-\u9fff])(?!\S)")
_FILLER = "\ue000"  # of private use: stands in for the blanks of a padded name while cells are told apart
# A cell is no part of a sentence: it holds no full stop, and does not break off or go on.
_SENTENCE = re.compile(r"[。；！？，]|[,;:：、]$|[A-Za-z][.!?]$|^[a-z、,.）)]")


@dataclass(frozen=True, slots=True)
class _Row:
    """A line that could be a row: its cells as printed, and how far from the left each begins."""

    cells: tuple[str, ...]
    starts: tuple[int, ...]
    has_wide_gap: bool


def rows(sources: Sequence[str | None]) -> dict[int, tuple[str, ...]]:
    """The cells of those lines that are rows of such tables, by their places; None stands for a line that is no text.

    Rows stand directly below each other, or with one blank line between. All rows of a table have as many cells.
    """
    found = [_row(source) if source else None for source in sources]
    result: dict[int, tuple[str, ...]] = {}
    run: list[int] = []
    for at, row in enumerate(found):
        if row is None:
            continue
        if run and not (_is_near(sources, run[-1], at) and _agree(found[run[-1]], row)):
            result |= _table(sources, run, [one for one in map(found.__getitem__, run) if one])
            run = []
        run.append(at)
    return result | _table(sources, run, [one for one in map(found.__getitem__, run) if one])


def _row(source: str) -> _Row | None:
    """The row that a line could be."""
    if "  " not in source and "\u3000\u3000" not in source:
        return None
    words = source.strip()
    if "\t" in source or "|" in source or is_furniture(words) or markers.find(words, 0):
        return None
    if bylines.lead(words, 0) or bylines.standing(words, 0) or bylines.credit(words, 0):
        return None
    held = _PADDED.sub(lambda name: re.sub(r"\s", _FILLER, name[0]), source)
    places = [(cell.start(), cell.end()) for cell in _CELL.finditer(held)]
    cells = tuple(source[start:end] for start, end in places)
    if len(cells) < 2 or any(len(cell) > _CELL_AT_MOST or _SENTENCE.search(cell) for cell in cells):
        return None
    gaps = [right[0] - left[1] for left, right in pairwise(places)]
    return _Row(cells, tuple(_width(source[:start]) for start, _ in places), max(gaps) >= _WIDE_GAP)


def _agree(upper: _Row | None, lower: _Row) -> bool:
    """Whether two rows stand in one table: both are set wide apart, or cells of theirs stand under each other."""
    if upper is None:
        return False
    if upper.has_wide_gap and lower.has_wide_gap:
        return True
    return bool(set(upper.starts[1:]) & set(lower.starts)) or len(upper.cells) == len(lower.cells) > 2


def _is_near(sources: Sequence[str | None], upper: int, lower: int) -> bool:
    """Whether a line stands directly below another, or with one blank line between."""
    between = sources[upper + 1]
    return lower - upper == 1 or (lower - upper == 2 and between is not None and not between.strip())


def _table(sources: Sequence[str | None], run: Sequence[int], found: Sequence[_Row]) -> dict[int, tuple[str, ...]]:
    """The cells of a run of rows; none when the run is no table but verses, or names in the middle of a sentence."""
    if len(run) < 2 or all(_is_couplet(row.cells) or _is_padded(row.cells) for row in found):
        return {}
    around = [sources[at] or "" for at in (run[0] - 1, run[-1] + 1) if 0 <= at < len(sources)]
    if all(_NAME.fullmatch(re.sub(r"\s", "", cell)) for row in found for cell in row.cells) and any(
        _SENTENCE.search(line.strip()) for line in around
    ):
        return {}
    columns = max((row.starts for row in found), key=len)
    return {at: _under(columns, row) for at, row in zip(run, found, strict=True)}


def _is_couplet(cells: tuple[str, ...]) -> bool:
    """Whether these words are as long as each other, as verses are: 白日依山尽  黄河入海流."""
    alike = len({len(cell) for cell in cells}) == 1 and len(cells[0]) >= 4
    return alike and all(_HAN_WORD.fullmatch(cell) for cell in cells)


def _is_padded(cells: tuple[str, ...]) -> bool:
    """Whether a line opens with one character and words after it: a padded name within a sentence."""
    return len(cells) == 2 and _HAN_WORD.fullmatch(cells[0]) is not None and len(cells[0]) == 1


def _under(columns: tuple[int, ...], row: _Row) -> tuple[str, ...]:
    """A row's cells, each in the column that it stands nearest to; the others are empty."""
    if len(row.cells) == len(columns):
        return row.cells
    places = [min(range(len(columns)), key=lambda at: abs(columns[at] - start)) for start in row.starts]
    if len(set(places)) < len(places):
        places = list(range(len(places)))
    by_place = dict(zip(places, row.cells, strict=True))
    return tuple(by_place.get(at, "") for at in range(len(columns)))


def _width(text: str) -> int:
    """Cells of a typewriter: two for a Han character or full-width mark, one for others."""
    return sum(1 if char < "\u2e80" else 2 for char in text)
