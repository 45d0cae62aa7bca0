"""The numbered, classified lines that every format gives, and the pages they stand on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from worker.newspaper.formats import aligned

_CELL_AT_MOST = 100  # characters: what is longer is a paragraph with a stray tab in it


class LineKind(StrEnum):
    """What a line is by its form alone."""

    BLANK = "blank"
    KICKER = "kicker"  # 引题: stands above a headline and belongs to it
    HEADLINE = "headline"
    SUBTITLE = "subtitle"  # 副题: stands below a headline and belongs to it
    SUBHEAD = "subhead"  # within an article
    TEXT = "text"
    ROW = "row"  # of a table
    COLUMN = "column"  # 栏目: the name of the column that an article stands in
    BYLINE = "byline"  # names who wrote an article, and says nothing else
    CAPTION = "caption"  # of a picture
    POINTER = "pointer"  # （参见版面）: stands in the place of words that are on the printed page only
    BOUNDARY = "boundary"  # one article has ended, whatever follows; its own words are the page's
    ORNAMENT = "ornament"  # a rule, a page line, front matter: the page's own


_TEXT_OR_BLANK = frozenset({LineKind.TEXT, LineKind.BLANK})


@dataclass(frozen=True, slots=True)
class Run:
    """Where a stretch of a line's words stands in the file: those from the character `at` on, until the next run."""

    at: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `text` without its form's signs, beginning at `column` (1-based); `cells` for rows only.

    A row that only draws the table (|---|---|) has no cells. Where the words do not stand in one piece (they were
    wrapped, or tags stand between), `runs` tells where each stretch of them is, and `number` where the first is.
    """

    number: int
    kind: LineKind
    text: str
    column: int = 1
    cells: tuple[str, ...] = ()
    runs: tuple[Run, ...] = ()

    def place(self, at: int) -> tuple[int, int]:
        """The line and column in the file of this character of the text."""
        run = next((run for run in reversed(self.runs) if run.at <= at), Run(0, self.number, self.column))
        return run.line, run.column + at - run.at

    def numbers(self, start: int = 0, end: int | None = None) -> tuple[int, ...]:
        """The file's lines that the characters from `start` to `end` (exclusive) stand on, in ascending order."""
        if not self.runs:
            return (self.number,)
        stops = [*(run.at for run in self.runs[1:]), len(self.text)]
        last = len(self.text) if end is None else end
        pieces = (
            (run, self.text[max(run.at, start) : min(stop, last)]) for run, stop in zip(self.runs, stops, strict=True)
        )
        within = {run.line for run, piece in pieces if piece.strip()}
        return tuple(sorted(within or {self.place(start)[0]}))


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of one printed page, with the label (in normal form) and name that its own page line prints.

    `paper` and `date` are what the file's format keeps for them, as written there.
    """

    label: str | None
    name: str | None
    lines: tuple[Line, ...]
    paper: str | None = None
    date: str | None = None


def split(text: str) -> list[str]:
    """The lines of a text, ended by LF, CRLF or CR; form feeds stay where they are."""
    return text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")


def plain_line(number: int, source: str, kind: LineKind = LineKind.TEXT) -> Line:
    """A line as it stands, without the white space around it."""
    text = source.strip()
    column = len(source) - len(source.lstrip()) + 1
    return Line(number, kind if text else LineKind.BLANK, text, column if text else 1)


def with_tables(lines: Sequence[Line], sources: Sequence[str]) -> list[Line]:
    """The same lines, with those that stand together as a table made rows; `sources` are theirs, one for each.

    Blank lines between two rows that only blanks set under each other are left out, so that these are one table.
    """
    told = list(zip(lines, sources, strict=True))
    cells = [_cells(source) if line.kind is LineKind.TEXT else None for line, source in told]
    placed = aligned.rows([source if line.kind in _TEXT_OR_BLANK else None for line, source in told])
    result: list[Line] = []
    for at, (line, row) in enumerate(zip(lines, cells, strict=True)):
        above, below = cells[at - 1] if at else None, cells[at + 1] if at + 1 < len(cells) else None
        if at in placed:
            result.append(replace(line, kind=LineKind.ROW, cells=placed[at]))
        elif row is not None and (above is not None or below is not None):
            result.append(replace(line, kind=LineKind.ROW, cells=row))
        elif line.kind is not LineKind.BLANK or not (at - 1 in placed and at + 1 in placed):
            result.append(line)
    return result


def _cells(source: str) -> tuple[str, ...] | None:
    """The cells of a line that could be a table's row, () for a drawn divider, None for any other line."""
    if "\t" in source:
        cells = tuple(cell.strip() for cell in source.rstrip("\r\n").split("\t"))
        return cells if _are_cells(cells) else None
    drawn = source.strip()
    if drawn.startswith("|") and drawn.endswith("|") and len(drawn) > 2:
        if re.fullmatch(r"[|:\s-]+", drawn):
            return ()
        cells = tuple(cell.strip() for cell in drawn[1:-1].split("|"))
        return cells if len(cells) > 1 else None
    return None


def _are_cells(cells: tuple[str, ...]) -> bool:
    return sum(bool(cell) for cell in cells) > 1 and max(map(len, cells)) <= _CELL_AT_MOST
