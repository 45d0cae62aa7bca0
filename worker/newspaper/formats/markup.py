"""HTML cut into tags, words and comments, each with its place, in one pass that no input can make long.

The standard library's parser gives lines but splits words from their character references in ways that lose columns,
and several of its versions are quadratic on broken tags; lxml gives no columns at all. Nothing here is fetched,
expanded or nested: a reference is one character or it stays as it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from html import unescape

from worker.newspaper.model import Unreadable

_TOKENS_AT_MOST = 3_000_000  # a page has some thousands
_ATTRIBUTES_AT_MOST = 2_000  # characters of a tag in which attributes are looked for

_NAME = re.compile(r"/?[A-Za-z][A-Za-z0-9:-]{0,40}")
_VALUE_OR_END = re.compile(r">|=\s{0,20}([\"'])")  # a quote opens a value only after =
_ATTRIBUTE = re.compile(
    r"""
    (?P<name>[A-Za-z_:][\w:.-]{0,60}) \s{0,20}=\s{0,20} (?: "(?P<one>[^"]*)" | '(?P<two>[^']*)' | (?P<three>[^\s"'>]+) )
    | (?P<bare>[A-Za-z-]{1,60})  # hidden
    """,
    re.VERBOSE,
)
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_RAW = frozenset({"script", "style", "textarea", "xmp", "iframe", "noembed", "noframes"})  # no tags within


class What(StrEnum):
    """What a token is."""

    OPENS = "opens"  # a tag; `words` is its name
    CLOSES = "closes"
    WORDS = "words"  # as they are shown: references are the characters they stand for
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of markup, `at` its first character in the text; `inside` is what a tag holds besides its name."""

    what: What
    words: str
    at: int
    inside: str = ""

    @property
    def attributes(self) -> dict[str, str]:
        """A tag's attributes, by their names in lower case."""
        found = (one.groups() for one in _ATTRIBUTE.finditer(self.inside, 0, _ATTRIBUTES_AT_MOST))
        return {(name or bare).lower(): unescape(one or two or three or "") for name, one, two, three, bare in found}


def tokens(text: str) -> Iterator[Token]:
    """Cut a text into its tokens, in order; raises Unreadable F008 when they are too many."""
    for count, token in enumerate(_cut(text)):
        if count > _TOKENS_AT_MOST:
            raise Unreadable("F008", limit=f"{_TOKENS_AT_MOST} tags")
        yield token


def _cut(text: str) -> Iterator[Token]:
    at, end, quotes = 0, len(text), True
    closes: int | None
    while at < end:
        opens = text.find("<", at)
        yield from _words(text, at, end if opens < 0 else opens)
        if opens < 0:
            return
        name = _NAME.match(text, opens + 1)
        if text.startswith("<!--", opens):
            closes = text.find("-->", opens + 4)
            stop = end if closes < 0 else closes
            yield Token(What.COMMENT, text[opens + 4 : stop], opens + 4)
            at = end if closes < 0 else closes + 3
        elif text.startswith(("<!", "<?"), opens):
            closes = text.find(">", opens)
            at = end if closes < 0 else closes + 1
        elif name is None:
            yield Token(What.WORDS, "<", opens)
            at = opens + 1
        else:
            closes = _tag_end(text, name.end(), quoted=quotes)
            if closes is None and quotes:
                quotes = False  # a quote that nothing closes: from here on they mean nothing
                closes = _tag_end(text, name.end(), quoted=False)
            if closes is None:
                return
            tag = name[0].lower()
            what = What.CLOSES if tag.startswith("/") else What.OPENS
            yield Token(what, tag.removeprefix("/"), opens, text[name.end() : closes])
            at = closes + 1
            if what is What.OPENS and tag in _RAW:
                found = re.compile(rf"</{tag}", re.IGNORECASE).search(text, at)
                at = found.start() if found else end


def _tag_end(text: str, at: int, *, quoted: bool) -> int | None:
    """Where the > of a tag stands; one within quotes closes nothing."""
    if not quoted:
        closes = text.find(">", at)
        return closes if closes >= 0 else None
    while found := _VALUE_OR_END.search(text, at):
        if not found[1]:
            return found.start()
        closes = text.find(found[1], found.end())
        if closes < 0:
            return None
        at = closes + 1
    return None


def _words(text: str, start: int, end: int) -> Iterator[Token]:
    """The words from `start` to `end`, cut at references, each of which is the character it stands for."""
    at = start
    if text.find("&", start, end) >= 0:
        for found in _REFERENCE.finditer(text, start, end):
            shown = unescape(found[0])
            if shown == found[0]:
                continue
            if at < found.start():
                yield Token(What.WORDS, text[at : found.start()], at)
            yield Token(What.WORDS, shown, found.start())
            at = found.end()
    if at < end:
        yield Token(What.WORDS, text[at:end], at)
