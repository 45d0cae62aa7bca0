"""What programs that make Markdown of scanned pages leave in it: links to pictures, tables as one line of HTML."""

import html
from itertools import groupby
from random import Random

from tests.corpus.layouts import Row
from tests.corpus.pieces import Role


def converted(rows: list[Row], rng: Random) -> list[Row]:
    """The lines of a Markdown page as such a program writes them; links to pictures are nobody's."""
    found: list[Row] = []
    for role, run in groupby(rows, lambda row: row.placed.part.role if row.placed else None):
        lines = list(run)
        if role is Role.ROW:
            found.append(_table(lines))
        elif role is Role.CAPTION:
            found += [Row(f"![](images/{rng.randbytes(8).hex()}.jpg)"), Row(""), *lines]
        else:
            found += lines
    return found


def _table(rows: list[Row]) -> Row:
    """All rows of a table as one line."""
    cells = [row.placed.part.cells for row in rows if row.placed]
    lines = ("".join(f"<td>{html.escape(cell)}</td>" for cell in line) for line in cells)
    return Row(f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>", rows[0].placed)
