"""Holds the reading against its promises on as many files as you like: `make fuzz`, or `python -m tests.fuzz_reading`.

Without more it damages generated pages and the sample at random, 10,000 times unless `--runs` says otherwise, and
writes the first file that breaks a promise to `--found`. With `--guided` it is a coverage-guided target: that needs the
package `atheris`, which is not in the lock (install it in an environment of its own), and what follows `--guided` are
libFuzzer's own options, for example `--guided -max_total_time=600 corpus/`.
"""

import argparse
import importlib
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from tests.corpus import mutations, pages, promises
from tests.corpus.layouts import Form

_SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.md"))
_NAMES = ("焦作日报-2022-08-15-A02.md", "x.txt", "000_52dbe719001a33ae.txt", "a/2022-08/15/A02.md", "x.html", "x.xml")


def one(seed: int, at: int) -> tuple[str, bytes]:
    """The name and the bytes of the file number `at`: a damaged page mostly, noise now and then."""
    rng = Random(f"{seed}/{at}")
    chance = rng.random()
    if chance < 0.25:
        return rng.choice(_NAMES), mutations.noise(rng)
    if chance < 0.5:
        path = rng.choice(_SAMPLES)
        return path.name, mutations.mutated(path.read_bytes(), rng)
    sample = pages.sample(seed, at, rng.choice(list(Form)))
    return sample.name, mutations.mutated(sample.data, rng)


def at_random(seed: int, runs: int, found: Path) -> int:
    """Read so many files; 1 when one of them broke a promise."""
    began = time.perf_counter()
    for at in range(runs):
        name, data = one(seed, at)
        try:
            promises.check(name, data)
        except Exception:
            found.write_bytes(data)
            sys.stderr.write(f"file {at} of seed {seed}, named {name!r}, is now in {found}\n")
            raise
    sys.stdout.write(f"{runs} files keep the promises ({time.perf_counter() - began:.0f} s)\n")
    return 0


def guided(arguments: list[str]) -> None:
    """Hand the reading to atheris, which looks for bytes that reach new code; it does not come back."""
    try:
        atheris = importlib.import_module("atheris")
    except ModuleNotFoundError:
        raise SystemExit(
            "atheris is not installed here: run `pip install atheris` in an environment of its own"
        ) from None
    atheris.instrument_all()
    atheris.Setup([sys.argv[0], *arguments], lambda data: promises.check("x.md", bytes(data)))
    atheris.Fuzz()


def main() -> int:
    """Read the command line and fuzz."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--found", type=Path, default=Path(tempfile.gettempdir(), "found-by-fuzzing.bin"))
    parser.add_argument("--guided", nargs=argparse.REMAINDER)
    given = parser.parse_args()
    if given.guided is not None:
        guided(given.guided)
    return at_random(given.seed, given.runs, given.found)


if __name__ == "__main__":
    raise SystemExit(main())
