"""Founder's e-papers: what an article is stands in a comment, <!--enpproperty <title>…</title> … /enpproperty-->."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

from worker.newspaper.formats import markup, paging
from worker.newspaper.formats.lines import Line, LineKind
from worker.newspaper.formats.markup import Token, What
from worker.newspaper.formats.spelling import Places, Words

NAME = "enpproperty"
OPENS = f"<!--{NAME}"

# The properties that an article prints, in the order that a reader meets them.
_KINDS = MappingProxyType(
    {
        "introtitle": LineKind.KICKER,
        "title": LineKind.HEADLINE,
        "subtitle": LineKind.SUBTITLE,
        "author": LineKind.BYLINE,
    }
)


@dataclass(slots=True)
class Properties:
    """What the first article's properties say of its page."""

    label: str | None = None
    name: str | None = None
    paper: str | None = None
    date: str | None = None

    def read(self, comment: Token) -> None:
        """Take what this comment says and no earlier one did."""
        printed = _said(comment, "nodename")
        label, name = (paging.page_line(printed) or (None, printed)) if printed else (None, None)
        self.label = self.label or label
        self.name = self.name or name
        self.date = self.date or _said(comment, "date")


def lines(comment: Token, places: Places) -> Iterator[Line]:
    """The parts of the headline and the authors that a comment names."""
    for name, kind in _KINDS.items():
        start, end = _between(comment, name)
        words = Words(places)
        for token in markup.tokens(comment.words[start:end]):
            if token.what is What.WORDS:
                words.add(token.words, comment.at + start + token.at)
            elif token.words == "br":
                words.part()
        if line := words.take(kind):
            yield line


def _said(comment: Token, name: str) -> str | None:
    start, end = _between(comment, name)
    return comment.words[start:end].strip() or None


def _between(comment: Token, name: str) -> tuple[int, int]:
    """Where the value of a property begins and ends in the comment."""
    folded = comment.words.lower()
    start = folded.find(f"<{name}>")
    end = folded.find(f"</{name}>", start)
    return (start + len(name) + 2, end) if 0 <= start < end else (0, 0)
