"""Lines that a page's columns broke, made paragraphs again; each word keeps the place where it stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from worker.newspaper import bylines, markers, sentences
from worker.newspaper.formats.lines import Line, LineKind, Run
from worker.newspaper.furniture import is_furniture

_MEASURE = range(24, 131)  # cells of a column's width: below are verses and lists, above lines that nobody wrapped
_FULL_AT_LEAST = 3  # lines as wide as the column, for a text to be wrapped
_FULL_SHARE = 0.3  # of the lines
_OPEN_SHARE = 0.25  # of the full lines that end in mid-sentence: nearly all in wrapped text, few elsewhere
_RAGGED = 12  # cells that the next word did not fit into
_RAGGED_HAN = 4  # the same where every character is a word: only closing marks may not begin a line

_NARROW = re.compile("[\x00-\u200f]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_ITEM = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}(?:[)）、]|[.．](?!\d))|[-·●•◆■□★①-⑳]")
_HYPHENED = re.compile(r"[A-Za-z]-")
_SPACED = re.compile(r"[^\u2e80-\ua4ff\uf900-\ufaff\uff00-\uffef\s]")  # letters of words that stand apart
_COLUMNS = re.compile(r"\S[ \u3000]{2,}\S+[ \u3000]{2,}\S")  # figures under each other


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a text is set: the width of its column in cells, and what shows where a paragraph begins."""

    measure: int
    base: int  # the column that lines within a paragraph begin in
    shows: bool  # paragraphs are indented, or blank lines stand between them


def unwrapped(lines: Sequence[Line]) -> list[Line]:
    """The same lines, those of one paragraph made one line where the text is wrapped; other texts stay as they are."""
    setting = _setting(lines)
    if setting is None:
        return list(lines)
    runs: list[list[Line]] = []
    for line in lines:
        if runs and _goes_on(runs[-1][-1], line, setting):
            runs[-1].append(line)
        else:
            runs.append([line])
    return [joined(run) for run in runs]


def joined(parts: Sequence[Line]) -> Line:
    """Lines that follow each other as one: Latin words that were hyphenated are whole, others keep their space."""
    first = parts[0]
    if len(parts) == 1:
        return first
    text, runs = first.text, list(first.runs or (Run(0, first.number, first.column),))
    for part in parts[1:]:
        if _HYPHENED.fullmatch(text[-2:]) and part.text[:1].islower():
            text = text[:-1]
        elif are_apart(text, part.text):
            text += " "
        own = part.runs or (Run(0, part.number, part.column),)
        runs += [Run(len(text) + run.at, run.line, run.column) for run in own]
        text += part.text
    return Line(first.number, first.kind, text, first.column, runs=tuple(runs))


def are_apart(upper: str, lower: str) -> bool:
    """Whether a space belongs between these: between words of letters, not between Han nor within a figure there."""
    if not upper or not _SPACED.match(upper[-1]) or not _SPACED.match(lower):
        return False
    return not (upper[-1].isdigit() and lower[0].isdigit() and _HAN.search(upper))


def _setting(lines: Sequence[Line]) -> _Setting | None:
    """How these lines are set; None when nobody wrapped them."""
    worded = [line for line in lines if line.kind is LineKind.TEXT]
    widths = sorted(_width(line.text) for line in worded)
    widths = [width for width in widths if width >= _MEASURE.start // 2]
    if len(widths) < _FULL_AT_LEAST:
        return None
    measure = widths[-1 - len(widths) // 20]  # a few wide headlines do not count
    full = [line for line in worded if _is_full(line, measure)]
    if measure not in _MEASURE or len(full) < max(_FULL_AT_LEAST, _FULL_SHARE * len(worded)):
        return None
    if sum(sentences.is_open(line.text) for line in full) < _OPEN_SHARE * len(full):
        return None
    columns = [line.column for line in worded]
    base = max(set(columns), key=lambda column: (columns.count(column), -column))
    base = min(base, min(columns) + 1) if columns.count(min(columns)) * 5 > len(columns) else base
    beside = any(upper.kind is lower.kind is LineKind.TEXT for upper, lower in pairwise(lines))
    blank = sum(line.kind is LineKind.BLANK for line in lines[1:-1])
    return _Setting(measure, base, any(column > base for column in columns) or (beside and blank > 0))


def _goes_on(upper: Line, lower: Line, setting: _Setting) -> bool:
    """Whether a line goes on in the one below it."""
    if not (upper.kind is lower.kind is LineKind.TEXT) or not _is_full(upper, setting.measure):
        return False
    if lower.column > setting.base or _ITEM.match(lower.text) or _COLUMNS.search(upper.text):
        return False
    if is_furniture(lower.text) or is_furniture(upper.text) or bylines.lead(lower.text, 0):
        return False
    if any(jump.column == 1 for jump in markers.find(lower.text, 0)) or bylines.standing(upper.text, 0):
        return False
    if sentences.is_open(upper.text):
        return True
    ends = not sentences.is_open(lower.text) or _is_full(lower, setting.measure)
    return setting.shows and ends


def _is_full(line: Line, measure: int) -> bool:
    """Whether a line, its indent counted, reaches the column's end as far as its next word allows."""
    ragged = _RAGGED_HAN if _HAN.search(line.text) else _RAGGED
    return measure - ragged <= _width(line.text) + 2 * (line.column - 1)


def _width(text: str) -> int:
    """Cells: two for a Han character or full-width mark, one for others."""
    return len(text) + len(_NARROW.sub("", text))
