"""How well and how fast pages are read: `make bench-reading`, or `python -m tests.bench_reading --help`.

Accuracy is measured on files made up from a seed (`tests/corpus`), whose truth is known; speed on the sample page.
"""

import argparse
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.corpus import pages, scoring
from tests.corpus.scoring import ARTICLES, BYLINES, DISPLACEMENTS, FURNITURE, JOINS, JUMPS, REPAIRS, Miss, Score
from tests.corpus.tally import Tally
from tests.corpus.truth import Sample
from worker.newspaper import paper, reader

SAMPLE = Path(__file__).parent / "samples" / "焦作日报-2022-08-15-A02.md"
MARKED, UNMARKED = "articles, headlines marked", "articles, no marks"
# What must be reached, and the share that says so: f1, or how much of what was done is right, or of what is true found.
TARGETS: dict[str, tuple[str, float]] = {
    MARKED: ("f1", 0.99),
    UNMARKED: ("f1", 0.95),
    BYLINES: ("f1", 0.98),
    JUMPS: ("f1", 0.995),
    REPAIRS: ("precision", 0.99),
    DISPLACEMENTS: ("recall", 0.85),
}
SAMPLE_PAGE_MS = 5.0
_PAPERS = paper.Papers()


@dataclass(slots=True)
class Bench:
    """All that was measured on a corpus: tallies by measure, by form, by genre; the misses with their file."""

    measures: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    forms: dict[tuple[str, str], Tally] = field(default_factory=lambda: defaultdict(Tally))
    genres: dict[tuple[str, bool], Tally] = field(default_factory=lambda: defaultdict(Tally))
    misses: list[tuple[Sample, Miss]] = field(default_factory=list)
    unread: list[Sample] = field(default_factory=list)

    def share(self, measure: str) -> float:
        """How well a measure of TARGETS was reached."""
        return float(getattr(self.measures[measure], TARGETS[measure][0]))


def measure(samples: Iterable[Sample]) -> Bench:
    """Read these files and hold each reading against its truth."""
    bench = Bench()
    for sample in samples:
        reading = reader.read(sample.name, sample.data, _PAPERS)
        if not reading.pages:
            bench.unread.append(sample)
        _add(bench, sample, scoring.score(sample, reading))
    return bench


def _add(bench: Bench, sample: Sample, score: Score) -> None:
    for name, tally in score.tallies.items():
        measures = [MARKED if sample.marked else UNMARKED] if name == ARTICLES else [name]
        for one in measures:
            bench.measures[one].add(tally)
        bench.forms[sample.form, name].add(tally)
    for genre, tally in score.genres.items():
        bench.genres[genre, sample.marked].add(tally)
    bench.misses += [(sample, miss) for miss in score.misses]


def best_ms(work: Callable[[], object], times: int) -> float:
    """The shortest of several runs, in milliseconds."""
    runs = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        runs.append((time.perf_counter() - began) * 1000)
    return min(runs)


def grown(size: int) -> bytes:
    """The sample page again and again, as the pages of one file of about so many bytes."""
    text = SAMPLE.read_text("utf-8")
    count = max(1, size // len(text.encode()))
    return "".join(f"第{at % 99 + 1:02}版\n{text}\n" if at < 150 else f"{text}\n" for at in range(count)).encode()


def _table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold")
    for at, column in enumerate(columns):
        table.add_column(column, justify="right" if at else "left")
    for row in rows:
        table.add_row(*row)
    return table


def _measures(bench: Bench) -> Table:
    rows = []
    for name in (MARKED, UNMARKED, BYLINES, JUMPS, JOINS, FURNITURE, REPAIRS, DISPLACEMENTS):
        tally = bench.measures[name]
        target = TARGETS.get(name)
        shares = (f"{tally.f1:.4f}", f"{tally.precision:.4f}", f"{tally.recall:.4f}")
        wanted, verdict = ("", "")
        if target:
            wanted = f"{target[0]} ≥ {target[1]}"
            verdict = "reached" if bench.share(name) >= target[1] else "MISSED"
        rows.append((name, *shares, str(tally.right), str(tally.wrong), str(tally.missed), wanted, verdict))
    return _table("Accuracy", ("measure", "f1", "precision", "recall", "right", "wrong", "missed", "target", ""), rows)


def _forms(bench: Bench) -> Table:
    names = (ARTICLES, BYLINES, JUMPS, JOINS, FURNITURE, REPAIRS, DISPLACEMENTS)
    forms = sorted({form for form, _ in bench.forms})
    rows = [(form, *(f"{bench.forms[form, name].f1:.3f}" for name in names)) for form in forms]
    return _table("By format (f1)", ("format", *names), rows)


def _genres(bench: Bench) -> Table:
    rows = []
    for genre in sorted({genre for genre, _ in bench.genres}):
        marked, unmarked = bench.genres[genre, True], bench.genres[genre, False]
        count = marked.right + marked.missed + unmarked.right + unmarked.missed
        rows.append((genre, str(count), f"{marked.recall:.3f}", f"{unmarked.recall:.3f}"))
    return _table("Articles found, by genre (recall)", ("genre", "pieces", "marked", "no marks"), rows)


def _speed() -> tuple[Table, bool]:
    """How fast the sample page and files of growing size are read."""
    page, plain = (_page_ms(SAMPLE.with_name(name)) for name in (SAMPLE.name, SAMPLE.name.replace("A02", "A01")))
    rows = [
        ("the sample page, rules included", f"{page:.2f} ms", f"≤ {SAMPLE_PAGE_MS:g} ms"),
        ("a page with nothing displaced (4 KB)", f"{plain:.2f} ms", ""),
    ]
    for size in (250_000, 1_000_000, 4_000_000, 16_000_000):
        big = grown(size)
        spent = best_ms(lambda big=big: reader.read("grown.md", big, _PAPERS), 3 if size < 2_000_000 else 1)  # type: ignore[misc]  # bound at once
        rows.append((f"{len(big) / 1e6:.2f} MB", f"{len(big) / 1e3 / spent:.2f} MB/s", "the same at each size"))
    return _table("Speed, one core", ("what", "measured", "target"), rows), page <= SAMPLE_PAGE_MS


def _page_ms(path: Path) -> float:
    data = path.read_bytes()
    return best_ms(lambda: reader.read(path.name, data, _PAPERS), 60)


def _show(bench: Bench, console: Console, count: int, only: str | None) -> None:
    """Print the first so many misses of each measure, with the words they stand on."""
    shown: dict[str, int] = defaultdict(int)
    for sample, miss in bench.misses:
        if shown[miss.measure] >= count or (only and only not in miss.measure):
            continue
        shown[miss.measure] += 1
        console.print(
            f"\n[bold]{miss.measure}[/] {miss.genre} — {sample.name} ({sample.form}): {miss.told}", markup=True
        )
        console.print(_words(sample, miss), markup=False, highlight=False)


def _words(sample: Sample, miss: Miss) -> str:
    """The lines that a miss is about, with those next to them."""
    reading = reader.read(sample.name, sample.data, _PAPERS)
    lines = {at: line for page in reading.pages for at, line in enumerate(page.source, 1) if line}
    near = {at + step for at in miss.lines for step in (-1, 0, 1)}
    return "\n".join(f"  {at:4} {lines.get(at, '')[:70]}" for at in sorted(near) if at in lines)


def main() -> int:
    """Measure, print, and end with 1 when a target was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=2022)
    parser.add_argument("--pages", type=int, default=600, help="how many files to read")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N misses of each measure")
    parser.add_argument("--measure", help="show misses only of measures with this in their name")
    parser.add_argument("--no-speed", action="store_true")
    given = parser.parse_args()
    console = Console(width=150)
    bench = measure(pages.samples(given.seed, given.pages))
    for table in (_measures(bench), _forms(bench), _genres(bench)):
        console.print(table)
    if bench.unread:
        console.print(f"not read at all: {[sample.name for sample in bench.unread]}")
    fast = True
    if not given.no_speed:
        table, fast = _speed()
        console.print(table)
    _show(bench, console, given.show, given.measure)
    reached = all(bench.share(name) >= target for name, (_, target) in TARGETS.items())
    return 0 if reached and fast else 1


if __name__ == "__main__":
    raise SystemExit(main())
