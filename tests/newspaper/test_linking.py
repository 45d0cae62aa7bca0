"""Which continuations of an issue belong together, and the stories they make."""

from itertools import permutations

import pytest

from tests.newspaper.build import article, issue, jump, page
from worker.newspaper import linking
from worker.newspaper.model import Article, Certainty, Issue, Kind, Link, Page, Place

MADE, PROPOSED = Certainty.MADE, Certainty.PROPOSED

INDUSTRY = "该市全面再造发展优势，创新实施十大战略，新能源电池材料产业链条前景广阔。"
INDUSTRY_ON = "该市紧抓市场机遇再造，新能源电池材料产业、先进金属材料产业发展优势明显。"
BOOKS = "博爱县新华书店依托博爱书城对外窗口，积极推动扫黄打非进基层工作。"
BOOKS_ON = "新华书店还举办书香博爱全民阅读活动，推动扫黄打非工作深入开展。"


def head(position: int, to: str | None, mark: str | None = None, text: str = "") -> Article:
    at = position * 10
    return article(text, position=position, line=at, goes=jump("to", to, mark, at + 5))


def tail(position: int, come: str | None, mark: str | None = None, text: str = "") -> Article:
    at = position * 10
    return article(
        text, title=None, kind=Kind.CONTINUATION, position=position, line=at, comes=jump("from", come, mark, at)
    )


def front(*articles: Article, label: str | None = "A01") -> Page:
    return page(*articles, label=label)


def second(*articles: Article, label: str | None = "A02") -> Page:
    return page(*articles, label=label)


def told(links: tuple[Link, ...]) -> list[tuple[str, str, Certainty]]:
    """Links as text: page.article of head and tail, and the state."""
    return [(f"{one.head.page}.{one.head.article}", f"{one.tail.page}.{one.tail.article}", one.state) for one in links]


@pytest.mark.parametrize(
    ("heads", "tails", "expected"),
    [
        pytest.param([head(1, "A02", "①")], [tail(1, "A01", "①")], [("A01.1", "A02.1", MADE)], id="page and mark"),
        pytest.param(
            [head(1, "A02", "①"), head(2, "A02", "②")],
            [tail(1, "A01", "②"), tail(2, "A01", "①")],
            [("A01.1", "A02.2", MADE), ("A01.2", "A02.1", MADE)],
            id="marks cross",
        ),
        pytest.param(
            [head(1, "A02", "①")], [tail(1, "A01", "❶")], [("A01.1", "A02.1", MADE)], id="one mark in two forms"
        ),
        pytest.param([head(1, "02")], [tail(1, "01")], [("A01.1", "A02.1", MADE)], id="bare numbers"),
        pytest.param([head(1, "A02")], [tail(1, "A01")], [("A01.1", "A02.1", MADE)], id="the only two, no marks"),
        pytest.param([head(1, "A02", "①")], [tail(1, "A01")], [("A01.1", "A02.1", MADE)], id="only one has its mark"),
        pytest.param([head(1, "A02", "①")], [tail(1, "A01", "②")], [], id="marks contradict"),
        pytest.param([head(1, "A02", "①")], [tail(1, "A05", "①")], [], id="it comes from another page"),
        pytest.param([head(1, "A05", "①")], [tail(1, "A01", "①")], [], id="it goes to another page"),
        pytest.param([head(1, "A01", "①")], [tail(1, "A02", "①")], [], id="to their own pages"),
        pytest.param([head(1, None)], [tail(1, "A01")], [("A01.1", "A02.1", PROPOSED)], id="the head lost its number"),
        pytest.param([head(1, "A02")], [tail(1, None)], [("A01.1", "A02.1", PROPOSED)], id="the tail lost its number"),
        pytest.param([head(1, None), head(2, None)], [tail(1, "A01")], [], id="two lost their numbers"),
        pytest.param(
            [head(1, "A02", text=INDUSTRY), head(2, "A02", text=BOOKS)],
            [tail(1, "A01", text=BOOKS_ON), tail(2, "A01", text=INDUSTRY_ON)],
            [("A01.1", "A02.2", MADE), ("A01.2", "A02.1", MADE)],
            id="several without marks are told by their words",
        ),
        pytest.param(
            [head(1, "A02", text="甲"), head(2, "A02", text="乙")],
            [tail(1, "A01", text="丙"), tail(2, "A01", text="丁")],
            [("A01.1", "A02.1", PROPOSED), ("A01.2", "A02.2", PROPOSED)],
            id="words that tell nothing only propose",
        ),
        pytest.param(
            [head(1, "A02", "①", INDUSTRY), head(2, "A02", "①", BOOKS)],
            [tail(1, "A01", "①", BOOKS_ON), tail(2, "A01", "②", INDUSTRY_ON)],
            [("A01.2", "A02.1", MADE)],
            id="a mark used twice is decided by the words",
        ),
        pytest.param([], [tail(1, "A01", "①")], [], id="nothing goes on"),
    ],
)
def test_continuations_are_linked(
    heads: list[Article], tails: list[Article], expected: list[tuple[str, str, Certainty]]
) -> None:
    assert told(linking.link(issue(front(*heads), second(*tails)))) == expected


def test_a_backward_jump_is_a_link() -> None:
    whole = issue(page(tail(1, "A05"), label="A02"), page(head(1, "A02"), label="A05"))
    assert told(linking.link(whole)) == [("A05.1", "A02.1", MADE)]


def test_the_same_section_is_meant_by_a_bare_number() -> None:
    whole = issue(front(), second(tail(1, "01")), page(head(1, "02"), label="B01"), page(tail(1, "01"), label="B02"))
    assert told(linking.link(whole)) == [("B01.1", "B02.1", MADE)]


def test_pages_without_a_label_are_not_linked() -> None:
    assert linking.link(issue(front(head(1, "A02", "①")), second(tail(1, "A01", "①"), label=None))) == ()


def test_a_link_says_what_it_rests_on() -> None:
    (one,) = linking.link(issue(front(head(1, "A02", "①")), second(tail(1, "A01", "①"))))
    assert one.head == Place("A01", 1, 15)
    assert one.tail == Place("A02", 1, 10)
    assert one.score == 1.0
    assert one.evidence == ("Page A01 prints (下转A02版①) and page A02 prints (上接A01版①); pages and mark agree.",)


def three_pages() -> tuple[Page, ...]:
    both = article(
        BOOKS, title=None, position=1, line=10, comes=jump("from", "A01", "①", 10), goes=jump("to", "A03", None, 15)
    )
    return (
        front(head(1, "A02", "①", INDUSTRY), head(2, "A02", None, BOOKS)),
        second(both, tail(2, "A01", None, BOOKS_ON)),
        page(tail(1, "A02", None, INDUSTRY_ON), label="A03"),
    )


def test_a_story_may_go_on_and_on() -> None:
    whole = issue(*three_pages())
    assert linking.stories(whole, linking.link(whole)) == (
        (Place("A01", 1, 15), Place("A02", 1, 10), Place("A03", 1, 10)),
        (Place("A01", 2, 25), Place("A02", 2, 20)),
    )


def test_the_order_of_the_pages_makes_no_difference() -> None:
    found = {linking.link(issue(*pages)) for pages in permutations(three_pages())}
    assert len(found) == 1


def test_an_empty_issue_has_no_links() -> None:
    empty: Issue = issue()
    assert linking.stories(empty, linking.link(empty)) == ()
