"""The words of marked-up text put together, each stretch with its place: white space as a browser would show it."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from worker.newspaper.formats.lines import Line, LineKind, Run
from worker.newspaper.formats.wrapping import are_apart

_PIECE = re.compile(r"[^ \t\n\r\f]+|[ \t\n\r\f]+")


class Places:
    """Which line and column a character of the whole text stands in."""

    def __init__(self, sources: Sequence[str]) -> None:
        """Count the characters of these lines, each ended by one more."""
        self._starts = [0, *accumulate(len(source) + 1 for source in sources)]

    def of(self, at: int) -> tuple[int, int]:
        """The line and column, both from 1."""
        line = bisect_right(self._starts, at)
        return line, at - self._starts[line - 1] + 1


class Words:
    """Words as they come, until they are taken as a line."""

    def __init__(self, places: Places) -> None:
        """Begin without any."""
        self._places = places
        self._clear()

    def _clear(self) -> None:
        self._parts: list[str] = []
        self._runs: list[tuple[int, int]] = []  # a place in the words, and the text's character that stands there
        self._length = 0
        self._next = -1  # the character of the text that would go on without a break
        self._gap = ""

    def add(self, shown: str, at: int) -> None:
        """Put these words to the others; `at` is where they begin in the text."""
        for piece in _PIECE.finditer(shown):
            if piece[0][0] in " \t\n\r\f":
                self._gap += piece[0] if self._parts else ""
                continue
            if self._gap:
                self._space(piece[0])
            start = at + piece.start()
            if start != self._next:
                self._runs.append((self._length, start))
            self._append(piece[0], start)

    def part(self) -> None:
        """Let a space stand before what comes next."""
        self._gap += " "

    def _space(self, before: str) -> None:
        """Show the white space before these words: one space, none where a line ends between Han characters."""
        if "\n" not in self._gap or are_apart(self._parts[-1], before):
            self._append(" ", self._next)
        self._gap = ""

    def _append(self, shown: str, at: int) -> None:
        self._parts.append(shown)
        self._length += len(shown)
        self._next = at + len(shown)

    def take(self, kind: LineKind) -> Line | None:
        """The words so far as one line of this kind, without the blanks around it; None when there are none."""
        words, runs = "".join(self._parts), self._runs
        self._clear()
        text = words.strip()
        if not text:
            return None
        lead = len(words) - len(words.lstrip())
        first = max(place for place, (start, _) in enumerate(runs) if start <= lead)
        placed = []
        for start, at in runs[first:]:
            skipped = max(0, lead - start)
            line, column = self._places.of(at + skipped)
            placed.append(Run(start + skipped - lead, line, column))
        kept = tuple(run for run in placed if run.at < len(text))
        one_piece = len(kept) == 1
        return Line(kept[0].line, kind, text, kept[0].column, runs=() if one_piece else kept)
