"""Tables of marked-up text: those with figures or words under each other are rows, those that only place things not."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from worker.newspaper.formats.lines import Line, LineKind
from worker.newspaper.formats.wrapping import joined

_CELL_AT_MOST = 100  # characters: what is longer is a text that somebody put into a table
_COLUMNS_AT_MOST = 100
_ROWS_AT_MOST = 500  # that one cell may span
_WORDS = frozenset({LineKind.TEXT})


@dataclass(slots=True)
class Cell:
    """One cell: its lines, and how far it reaches to the right and down."""

    across: int = 1
    down: int = 1
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """A table while it is being read; `beside` are lines in no cell (its caption)."""

    rows: list[list[Cell]] = field(default_factory=list)
    beside: list[Line] = field(default_factory=list)
    holds_table: bool = False

    def cell(self, attributes: dict[str, str]) -> list[Line]:
        """Begin a cell; gives the list that its lines come into."""
        if not self.rows:
            self.rows.append([])
        across, down = _span(attributes.get("colspan")), _span(attributes.get("rowspan"))
        self.rows[-1].append(Cell(min(across, _COLUMNS_AT_MOST), min(down, _ROWS_AT_MOST)))
        return self.rows[-1][-1].lines

    def lines(self) -> list[Line]:
        """The table as rows, ended by a blank line; the lines in its cells as they are where it only places them."""
        if not self._is_data():
            return self.beside + [line for row in self.rows for cell in row for line in cell.lines]
        found = [_row(row, cells) for row, cells in zip(self.rows, _filled(self.rows), strict=True)]
        rows = [line for line in found if line is not None]
        return [*self.beside, *rows, Line(rows[-1].number, LineKind.BLANK, "")]

    def _is_data(self) -> bool:
        cells = [cell for row in self.rows for cell in row]
        if self.holds_table or any(line.kind not in _WORDS for cell in cells for line in cell.lines):
            return False
        wide = sum(sum(bool(cell.lines) for cell in row) > 1 for row in self.rows)
        short = all(sum(len(line.text) for line in cell.lines) <= _CELL_AT_MOST for cell in cells)
        return wide > 1 and short


def _filled(rows: Sequence[Sequence[Cell]]) -> list[tuple[str, ...]]:
    """Each row's words, one string a column: a cell's words stand where it begins, the rest of its span is empty."""
    found: list[list[str]] = []
    reaching: dict[int, int] = {}  # by column: how many more rows the cell above covers
    for row in rows:
        words: list[str] = []
        pending = iter(row)
        cell = next(pending, None)
        while (cell is not None or any(at >= len(words) for at in reaching)) and len(words) < _COLUMNS_AT_MOST:
            at = len(words)
            if reaching.get(at):
                reaching[at] -= 1
                words.append("")
            elif cell is None:
                words.append("")
            else:
                words += ["".join(joined(cell.lines).text) if cell.lines else "", *[""] * (cell.across - 1)]
                if cell.down > 1:
                    reaching |= dict.fromkeys(range(at, at + cell.across), cell.down - 1)
                cell = next(pending, None)
            reaching = {column: left for column, left in reaching.items() if left or column >= len(words)}
        found.append(words)
    width = max(map(len, found))
    return [tuple(words + [""] * (width - len(words))) for words in found]


def _row(row: Sequence[Cell], words: tuple[str, ...]) -> Line | None:
    """One row as a line, with the places of its cells' words; None for a row without any."""
    lines = [line for cell in row for line in cell.lines]
    return replace(joined(lines), kind=LineKind.ROW, cells=words) if lines else None


def _span(said: str | None) -> int:
    """How many columns or rows a cell says that it spans."""
    return max(1, int(said)) if said and said.strip().isdecimal() and len(said) < 5 else 1
