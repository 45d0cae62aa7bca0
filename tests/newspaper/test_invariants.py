"""What holds for every input: no line is lost or owned twice, nothing raises, and reading twice gives the same."""

from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from worker.newspaper import paper, reader
from worker.newspaper.model import Page

SAMPLE = (Path(__file__).parents[1] / "samples" / "焦作日报-2022-08-15-A02.md").read_bytes()
LINES = SAMPLE.decode().split("\n")
PAPERS = paper.Papers()
NAMES = st.sampled_from(["焦作日报-2022-08-15-A02.md", "x.txt", "000_52dbe719001a33ae.txt", "a/b", ""])

# Pieces of pages, the short and the odd ones among them, from which pages are put together.
PIECES = st.sampled_from(
    [
        *LINES,
        *(
            "# 标题",
            "## ——副题",
            "### 小标题",
            "第02版:要闻",
            "\f",
            "---",
            "(上接A01版①)",
            "(下转A03版)",
            "## (上接第 页）",
        ),
        *(
            "本报讯(记者王京)近日,",
            "本报讯",
            "(记者王京)",
            "□ 本报记者 王京",
            "图为现场。王明 摄",
            "王明 摄",
            "新华社发",
            "资料图片",
        ),
        *(
            "a\tb\tc",
            "\tb\tc",
            "|a|b|",
            "|---|---|",
            "市文联",
            "2022年8月15日",
            "市文联 2022年8月15日",
            "本版责编:张三",
        ),
        *(
            "文字没有说完,一直说到第二十五个字还没有说完,于是换了一行",
            "文。(记者 王京)",
            "\u3000\u3000文。",
            "\u00a0",
            "\x00",
            "#",
            "》",
        ),
    ]
)
PAGES = st.lists(PIECES, max_size=25).map("\n".join)


def worded(page: Page) -> list[int]:
    return [number for number, line in enumerate(page.source, 1) if line.strip()]


@settings(max_examples=400, deadline=None)
@given(PAGES, NAMES)
@example("文。\n王明 摄\n王明 摄\n文。", "x.txt")
def test_every_line_with_words_has_exactly_one_owner(text: str, name: str) -> None:
    for page in reader.read(name, text.encode(), PAPERS).pages:
        owned = [*page.furniture, *(line for article in page.articles for line in article.lines)]
        assert sorted(owned) == worded(page)


@settings(max_examples=200, deadline=None)
@given(PAGES)
def test_blocks_stand_on_lines_of_their_article(text: str) -> None:
    for page in reader.read("x.md", text.encode(), PAPERS).pages:
        for article in page.articles:
            assert {line for block in article.body for line in block.lines} <= set(article.lines)
            assert [block for block in article.body if not block.text.strip() or not block.lines] == []


@settings(max_examples=200, deadline=None)
@given(PAGES, NAMES)
def test_reading_twice_gives_the_same(text: str, name: str) -> None:
    assert reader.read(name, text.encode(), PAPERS) == reader.read(name, text.encode(), PAPERS)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400), st.text(max_size=30))
def test_no_bytes_and_no_name_make_it_raise(data: bytes, name: str) -> None:
    reading = reader.read(name, data, PAPERS)
    assert reading.pages or len(reading.findings) == 1


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(SAMPLE)), st.integers(0, 40), st.binary(max_size=6)), min_size=1, max_size=4)
)
def test_no_mutation_of_a_real_page_makes_it_raise(cuts: list[tuple[int, int, bytes]]) -> None:
    data = SAMPLE
    for at, length, put in cuts:
        data = data[:at] + put + data[at + length :]
    for page in reader.read("焦作日报-2022-08-15-A02.md", data, PAPERS).pages:
        owned = [*page.furniture, *(line for article in page.articles for line in article.lines)]
        assert sorted(owned) == worded(page)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_at_all_keeps_every_line(text: str) -> None:
    for page in reader.read("x.txt", text.encode("utf-8", "replace"), PAPERS).pages:
        owned = [*page.furniture, *(line for article in page.articles for line in article.lines)]
        assert sorted(owned) == worded(page)
