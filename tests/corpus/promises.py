"""What a reading promises of every file whatever is in it, said as one check that tests and fuzzers share."""

from collections import Counter

from worker.newspaper import paper, reader
from worker.newspaper.model import Page, Reading

_PAPERS = paper.Papers()
# Formats whose lines print the words and nothing between them; a file of HTML may be one single line.
_BARE = frozenset({"markdown", "plain"})


def check(name: str, data: bytes) -> Reading:
    """Read a file and hold the reading against its promises; raises AssertionError when one is broken."""
    reading = reader.read(name, data, _PAPERS)
    assert reading == reader.read(name, data, _PAPERS), "reading twice gives two readings"
    assert reading.pages or len(reading.findings) == 1, "a file without pages has one finding that says why"
    for page in reading.pages:
        _no_line_is_lost(page)
        _blocks_stand_on_their_lines(page)
        if reading.source.format in _BARE:
            _no_line_has_two_owners(page)
            _blocks_are_printed(page)
    return reading


def _no_line_is_lost(page: Page) -> None:
    owned = {*page.furniture, *(line for article in page.articles for line in article.lines)}
    worded = {line for line, source in enumerate(page.source, 1) if source.strip()}
    assert owned == worded, f"lost {sorted(worded - owned)}, made up {sorted(owned - worded)}"


def _no_line_has_two_owners(page: Page) -> None:
    owned = Counter([*page.furniture, *(line for article in page.articles for line in article.lines)])
    assert [line for line, times in owned.items() if times > 1] == [], "a line belongs to two, or twice to one"


def _blocks_stand_on_their_lines(page: Page) -> None:
    for article in page.articles:
        for block in article.body:
            assert block.lines, "a block stands somewhere"
            assert block.text.strip(), "a block has words"
            assert set(block.lines) <= set(article.lines), "a block stands on lines of its article"


def _blocks_are_printed(page: Page) -> None:
    """Each block's words can be read again on its lines, in their order."""
    for article in page.articles:
        for block in article.body:
            printed = _letters("".join(page.source[line - 1] for line in block.lines))
            assert _is_within(_letters(block.text), printed), f"“{block.text[:30]}” is not what its lines print"


def _letters(text: str) -> str:
    """The letters and digits of a text: marks, breaks, signs and hyphens are the format's."""
    return "".join(letter for letter in text if letter.isalnum())


def _is_within(words: str, printed: str) -> bool:
    """Whether the words stand in what is printed, in their order; a lead or a byline may stand between them."""
    letters = iter(printed)
    return all(letter in letters for letter in words)
