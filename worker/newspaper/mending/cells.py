"""Merged cells of tables: an empty first cell belongs to the one above it."""

from collections.abc import Sequence
from dataclasses import replace

from worker.newspaper.mending.refusal import Refused
from worker.newspaper.model import Block, BlockKind, Certainty, Reason, Repair, RepairKind, Sign


def filled(body: Sequence[Block], to: int, refused: Refused = ()) -> tuple[tuple[Block, ...], list[Repair]]:
    """The body with the empty first cells of table rows filled from above; the block's text keeps them as printed."""
    repairs: list[Repair] = []
    return tuple(_table(block, to, refused, repairs) if block.rows else block for block in body), repairs


def _table(block: Block, to: int, refused: Refused, repairs: list[Repair]) -> Block:
    """One table filled; what was done is added to the repairs."""
    if block.kind is not BlockKind.TABLE or not block.rows:
        return block
    rows: list[tuple[str, ...]] = []
    above: tuple[str, ...] = ()  # the last row, filled even where that was refused
    for row, line in zip(block.rows, block.lines, strict=True):
        empty = next((at for at, cell in enumerate(row) if cell), 0)
        above = above[:empty] + row[empty:] if len(above) == len(row) else row
        if above == row or (RepairKind.FILL_MERGED_CELL, (line,)) in refused:
            rows.append(row)
            continue
        why = Reason(Sign.EMPTY_CELL, {"line": line, "cells": empty, "words": above[0]})
        repairs.append(Repair(RepairKind.FILL_MERGED_CELL, (line,), to, 1.0, Certainty.APPLIED, (why,)))
        rows.append(above)
    return replace(block, rows=tuple(rows))
