"""Rules about marks and characters: brackets that do not balance, words that stand twice."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from worker.newspaper.model import Article, Block, BlockKind, Finding, Page, Severity
from worker.newspaper.rules.rule import Rule, Text
from worker.newspaper.rules.sites import block_spot, finding

UNBALANCED = Rule(
    code="M001",
    name="unbalanced-brackets",
    severity=Severity.ERROR,
    says=Text("“{mark}”没有与之成对的“{partner}”。", "There is a {mark} without its {partner}."),
    cases={
        "open": Text(
            "“{mark}”之后直到文章结束都没有“{partner}”。",
            "{mark} is opened and never closed: the article ends without its {partner}.",
        ),
        "close": Text(
            "“{mark}”之前没有“{partner}”。", "{mark} closes what was never opened: no {partner} stands before it."
        ),
    },
    why=Text(
        "书名号、括号不成对，多半是文字在这里丢了一截，或者排到了别处。",
        "A title or bracket that is not closed mostly means that words are lost here, or stand elsewhere.",
    ),
    example=Text(
        "出台《支持工业经济高质量发展（下面再没有》）", "the plan 《Support for industry (and no 》 after it)"
    ),
    mend=Text(
        "对照印出的版面，补上缺的文字或标点。",
        "Compare the printed page and put back the words or the mark that is missing.",
    ),
)

REPEATED = Rule(
    code="M005",
    name="repeated-words",
    severity=Severity.WARNING,
    says=Text("“{run}”连着出现了两次。", "“{run}” stands twice on end."),
    why=Text("多半是排版或粘贴时重复了。", "It was mostly doubled in setting or pasting."),
    example=Text("在修武县委党校委党校实训基地", "the the training centre"),
    mend=Text("删去多出来的一次。", "Take one of the two away."),
)

RULES = (UNBALANCED, REPEATED)

_PAIRS = {"《": "》", "〈": "〉", "（": "）", "(": ")", "【": "】", "「": "」", "『": "』"}
_PARTNERS = _PAIRS | {closing: opening for opening, closing in _PAIRS.items()}
_BRACKETS = re.compile("[" + re.escape("".join(_PARTNERS)) + "]")
# A pair set half in one width and half in the other, （…), is a question of width and no missing bracket.
_FOLDED = str.maketrans("（）", "()")
_AT_MOST = 20  # findings of one rule in one article or story: enough to send a person there
_INDENT = 4  # blanks that a paragraph may begin with
_QUOTES = frozenset("「『")  # a quotation over several paragraphs opens each of them anew and closes once
# 1） a) 三) ①）: an item's number before a bracket that was never opened.
_ITEM_NUMBER = re.compile(r"(?:^|[\s。；;，,：:、])(?:\d{1,3}|[A-Za-z]|[一二三四五六七八九十]{1,3}|[①-⑳])$")
# 委党校委党校: three Han characters or more, and the same again.
_RUN = re.compile(r"([\u4e00-\u9fff]{3,12})\1")
# 一次又一次又, 越来越…: numerals, 又 and 越 repeat by their nature.
_REPEATS_BY_NATURE = re.compile(r"[一二三四五六七八九十百千万两几又再越]")


@dataclass(frozen=True, slots=True)
class Words:
    """One block of an article, with where it belongs."""

    page: Page
    article: Article
    block: Block


@dataclass(frozen=True, slots=True)
class _Bracket:
    """A bracket in the running text of an article."""

    mark: str
    words: Words
    at: int

    @property
    def kind(self) -> str:
        return self.mark.translate(_FOLDED)


def on_page(page: Page) -> Iterator[Finding]:
    """Say which brackets of each article do not balance, and which words stand twice.

    What may be balanced on the other page of a continued story is left to the issue.
    """
    for article in page.articles:
        alone = (bracket for bracket in _unbalanced(running_words(page, article)) if not _waits(bracket))
        yield from map(_unbalanced_finding, islice(alone, _AT_MOST))
        repeated = (one for block in article.body for one in _repeated(page, article, block))
        yield from islice(repeated, _AT_MOST)


def in_story(parts: Sequence[tuple[Page, Article]]) -> Iterator[Finding]:
    """Say which brackets do not balance in a story that is read over several pages."""
    words = [one for page, article in parts for one in running_words(page, article)]
    yield from map(_unbalanced_finding, islice(_unbalanced(words), _AT_MOST))


def running_words(page: Page, article: Article) -> list[Words]:
    """The words of an article in the order of reading, headline first; jump lines and credits are left out."""
    aside = (BlockKind.MARKER, BlockKind.CREDIT)
    headline = article.headline
    titles = [text for text in (headline.kicker, headline.main, headline.sub) if text] if headline else []
    heads = [Block(BlockKind.SUBHEAD, title, headline.lines) for title in titles] if headline and headline.lines else []
    return [Words(page, article, block) for block in (*heads, *article.body) if block.kind not in aside]


def _unbalanced(words: Sequence[Words]) -> list[_Bracket]:
    """The brackets without a partner, in the order of reading."""
    opened: list[_Bracket] = []
    waiting: Counter[str] = Counter()  # how many of each kind are open, so that a stray closing mark costs no search
    alone: list[_Bracket] = []
    for one in words:
        for found in _BRACKETS.finditer(one.block.text):
            bracket = _Bracket(found[0], one, found.start())
            if bracket.mark in _PAIRS:
                if not (waiting[bracket.kind] and _opens_anew(bracket)):
                    opened.append(bracket)
                    waiting[bracket.kind] += 1
            elif waiting[wanted := _PARTNERS[bracket.kind]]:
                while (last := opened.pop()).kind != wanted:
                    alone.append(last)
                    waiting[last.kind] -= 1
                waiting[wanted] -= 1
            elif not _is_item_number(bracket):
                alone.append(bracket)
    return alone + opened


def _waits(bracket: _Bracket) -> bool:
    """Whether the other page of a continued story may hold its partner."""
    article = bracket.words.article
    return (article.continued_to if bracket.mark in _PAIRS else article.continued_from) is not None


def _opens_anew(bracket: _Bracket) -> bool:
    """Whether this is the first mark of a paragraph and repeats the opening of the quotation that goes on in it."""
    return bracket.mark in _QUOTES and bracket.at <= _INDENT and not bracket.words.block.text[: bracket.at].strip()


def _is_item_number(bracket: _Bracket) -> bool:
    text = bracket.words.block.text
    return bracket.kind == ")" and bool(_ITEM_NUMBER.search(text[max(bracket.at - 5, 0) : bracket.at]))


def _unbalanced_finding(bracket: _Bracket) -> Finding:
    block, text = bracket.words.block, bracket.words.block.text
    around = text[max(bracket.at - 8, 0) : bracket.at + 16]
    case = "open" if bracket.mark in _PAIRS else "close"
    spot = block_spot(bracket.words.page, block, bracket.at, bracket.at + 1)
    facts = {"case": case, "mark": bracket.mark, "partner": _PARTNERS[bracket.mark]}
    return finding(UNBALANCED, bracket.words.page, spot, facts, excerpt=around, article=bracket.words.article)


def _repeated(page: Page, article: Article, block: Block) -> Iterator[Finding]:
    for found in _RUN.finditer(block.text):
        run = found[1]
        if _REPEATS_BY_NATURE.search(run) or run in (run[1:] + run)[: 2 * len(run) - 2]:
            continue
        spot = block_spot(page, block, found.start(), found.end())
        around = block.text[max(found.start() - 4, 0) : found.end() + 4]
        yield finding(REPEATED, page, spot, {"run": run}, excerpt=around, article=article)
