"""What holds for every input: no line is lost or owned twice, nothing raises, and reading twice gives the same.

The promises themselves are in `tests/corpus/promises.py`; `make fuzz` holds many more files against them.
"""

from pathlib import Path
from random import Random

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.corpus import mutations, pages, promises
from tests.corpus.layouts import Form
from worker.newspaper import addresses, mending, paper, reader, reading
from worker.newspaper.formats import sheets
from worker.newspaper.mending import refusal
from worker.newspaper.model import Certainty

SAMPLE = (Path(__file__).parents[1] / "samples" / "焦作日报-2022-08-15-A02.md").read_bytes()
NAMES = st.sampled_from(
    ["焦作日报-2022-08-15-A02.md", "x.txt", "000_52dbe719001a33ae.txt", "a/b", "", "x.xml", "x.html"]
)
PIECES = st.sampled_from((*mutations.PIECES, *SAMPLE.decode().split("\n")))
PRINTED = [form for form in Form if form.is_page]
HANDS = st.randoms(use_true_random=False)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=25).map("\n".join), NAMES)
@example("文。\n王明 摄\n王明 摄\n文。", "x.txt")
def test_pages_put_together_from_pieces_keep_the_promises(text: str, name: str) -> None:
    promises.check(name, text.encode())


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from(Form))
def test_generated_pages_keep_the_promises(seed: int, form: Form) -> None:
    sample = pages.sample(seed, 0, form)
    assert promises.check(sample.name, sample.data).pages


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from(Form), HANDS)
def test_generated_pages_that_were_damaged_keep_the_promises(seed: int, form: Form, hand: Random) -> None:
    sample = pages.sample(seed, 0, form)
    promises.check(sample.name, mutations.mutated(sample.data, hand))


@settings(max_examples=120, deadline=None)
@given(HANDS)
def test_the_sample_page_keeps_the_promises_however_it_is_damaged(hand: Random) -> None:
    promises.check("焦作日报-2022-08-15-A02.md", mutations.mutated(SAMPLE, hand))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400), st.text(max_size=30))
def test_no_bytes_and_no_name_make_it_raise(data: bytes, name: str) -> None:
    promises.check(name, data)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_at_all_keeps_the_promises(text: str) -> None:
    promises.check("x.txt", text.encode("utf-8", "replace"))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from(PRINTED))
def test_repairs_that_are_all_refused_leave_the_articles_as_they_were(seed: int, form: Form) -> None:
    sample = pages.sample(seed, 0, form)
    for sheet in sheets.read(sample.name, sample.data).sheets:
        articles, _ = reading.read(addresses.numbered(sheet.lines))
        mended, repairs = mending.mend(articles)
        refused: set[refusal.Name] = set()
        while applied := {(one.kind, one.lines) for one in repairs if one.state is Certainty.APPLIED}:
            assert not applied & refused
            refused |= applied
            mended, repairs = mending.mend(articles, refused)
        assert mended == articles


def test_every_line_of_a_generated_page_has_its_truth() -> None:
    for sample in pages.samples(7, 20, PRINTED):
        for page in reader.read(sample.name, sample.data, paper.Papers()).pages:
            worded = {at for at, line in enumerate(page.source, 1) if line.strip() and not line.startswith("![](")}
            assert worded <= sample.truth.paragraphs.keys()


def test_a_seed_always_gives_the_same_pages() -> None:
    assert list(pages.samples(3, 5)) == list(pages.samples(3, 5))
    assert list(pages.samples(3, 5)) != list(pages.samples(4, 5))
