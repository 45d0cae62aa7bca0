"""Rules about continuations: jump lines without a partner, without a page, or that cannot be told apart."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from worker.newspaper.jumps import folded, page_meant
from worker.newspaper.model import (
    Article,
    Certainty,
    Continuation,
    Direction,
    Finding,
    Issue,
    Link,
    Page,
    Place,
    Severity,
)
from worker.newspaper.rules.rule import Rule, Text
from worker.newspaper.rules.sites import finding, jump_spot, opening_words

_WHY_A_HALF = Text(
    "读者只看到半篇文章，另一半接不上。", "The reader is given half a story, and the other half cannot be joined to it."
)
_EXAMPLE_A_HALF = Text(
    "A02 版有“（上接A01版①）”，而 A01 版没有“（下转A02版①）”。",
    "Page A02 prints “(Continued from A01 ①)”, and page A01 has no “(Continued on A02 ①)”.",
)

UNMATCHED = Rule(
    code="C001",
    name="unmatched-continuation",
    severity=Severity.ERROR,
    says=Text("“{raw}”在第 {target} 版没有对应的转接说明。", "{raw} has no partner on page {target}."),
    cases={
        "from-missing": Text(
            "“{raw}”接自 {target} 版，而 {target} 版没有送到。",
            "{raw} continues from page {target}, and page {target} is not here.",
        ),
        "to-missing": Text(
            "“{raw}”转到 {target} 版，而 {target} 版没有送到。",
            "{raw} goes on on page {target}, and page {target} is not here.",
        ),
        "from-silent": Text(
            "“{raw}”接自 {target} 版，而 {target} 版上没有与它相配的“下转”。",
            "{raw} continues from page {target}, and nothing on page {target} says that it goes on here.",
        ),
        "to-silent": Text(
            "“{raw}”转到 {target} 版，而 {target} 版上没有与它相配的“上接”。",
            "{raw} goes on on page {target}, and nothing on page {target} says that it continues from here.",
        ),
        "doubtful": Text(
            "“{raw}”与 {target} 版第 {line} 行的转接说明可能是一对，但不能确定。",
            "{raw} may belong to the jump line on page {target}, line {line}, but that is not certain.",
        ),
    },
    why=_WHY_A_HALF,
    example=_EXAMPLE_A_HALF,
    mend=Text(
        "补投缺的那一版；如果版次或序号印错了，改正后重新投递。",
        "Drop the page that is missing; if the jump line names a wrong page or mark, correct it and drop it again.",
    ),
)

WAITING = Rule(
    code="C002",
    name="waiting-continuation",
    severity=Severity.INFO,
    says=Text(
        "“{raw}”在等 {target} 版，{target} 版还没有送到。",
        "{raw} is waiting for page {target}, which has not come yet.",
    ),
    why=_WHY_A_HALF,
    example=_EXAMPLE_A_HALF,
    mend=Text(
        "现在不必处理：那一版送到后会自动接上；这一期结束时还没有来，就会报 C001。",
        "Nothing need be done yet: it is joined when that page comes; if the issue closes without it, C001 says so.",
    ),
)

DUPLICATE_MARK = Rule(
    code="C004",
    name="duplicate-mark",
    severity=Severity.ERROR,
    says=Text(
        "“{raw}”的序号 {mark} 在这一版第 {line} 行已经用过，分不清哪个接哪个。",
        "The mark {mark} of {raw} is used on line {line} of this page already, so that nobody can tell which is which.",
    ),
    why=Text("两篇文章可能被接错。", "Two stories may be joined crosswise."),
    example=Text("A01 版上有两处“（下转A02版①）”。", "Page A01 prints “(Continued on A02 ①)” twice."),
    mend=Text(
        "对照印出的版面改正其中一个序号，重新投递。",
        "Compare the printed page, correct one of the two marks, and drop the page again.",
    ),
)

CONTRADICTION = Rule(
    code="C005",
    name="contradictory-continuation",
    severity=Severity.ERROR,
    says=Text(
        "“{raw}”接自 {target} 版，而 {target} 版第 {line} 行同一序号的“{other}”转到了 {elsewhere} 版。",
        "{raw} continues from page {target}, but {other} there, on line {line}, names page {elsewhere}.",
    ),
    why=Text(
        "两处说的版次对不上，其中一处印错了。", "The two name pages that do not agree: one of them is a misprint."
    ),
    example=Text(
        "A02 版有“（上接A01版①）”，A01 版却是“（下转A03版①）”。",
        "Page A02 prints “(Continued from A01 ①)”, and page A01 “(Continued on A03 ①)”.",
    ),
    mend=Text(
        "对照印出的版面改正印错的版次，重新投递。", "Correct the page number that is wrong, and drop its page again."
    ),
)

OWN_PAGE = Rule(
    code="C006",
    name="continuation-to-same-page",
    severity=Severity.ERROR,
    says=Text("“{raw}”指的就是它自己所在的 {target} 版。", "{raw} names page {target}, the page that it stands on."),
    why=Text(
        "版次印错了，或者这个文件标错了版。", "The page number is wrong, or the file carries the wrong page's name."
    ),
    example=Text("A02 版上有“（下转A02版）”。", "Page A02 prints “(Continued on A02)”."),
    mend=Text(
        "改正版次，或改正文件名中的版次，重新投递。",
        "Correct the page number, or the page in the file's name, and drop it again.",
    ),
)

NO_TARGET = Rule(
    code="C011",
    name="marker-without-target",
    severity=Severity.ERROR,
    says=Text("“{raw}”没有写明是哪一版。", "{raw} does not say which page."),
    why=Text(
        "版次丢了，另一半要靠猜。", "The page number is lost, and where the other half stands can only be guessed."
    ),
    example=Text("（下转第 版）", "(Continued on Page )"),
    mend=Text(
        "对照印出的版面补上版次，重新投递。", "Compare the printed page, put the number back, and drop the page again."
    ),
)

RULES = (UNMATCHED, WAITING, DUPLICATE_MARK, CONTRADICTION, OWN_PAGE, NO_TARGET)


def on_page(page: Page) -> Iterator[Finding]:
    """Say which jump lines of the page are wrong in themselves, whatever the other pages print."""
    jumps = list(_jumps(page))
    for article, jump in jumps:
        if jump.page is None:
            yield _finding(NO_TARGET, page, article, jump)
        elif _is_own_page(page, jump):
            yield _finding(OWN_PAGE, page, article, jump, target=jump.page)
    for article, jump, first in _used_again(page, jumps):
        yield _finding(DUPLICATE_MARK, page, article, jump, mark=jump.mark or "", line=first.line)


def in_issue(issue: Issue, links: Sequence[Link]) -> Iterator[Finding]:
    """Say which jump lines have no sure partner among the pages that are here."""
    partners = _partners(links)
    alone: list[_Alone] = []
    for page in issue.pages:
        for article, jump in _jumps(page):
            if jump.page is None or _is_own_page(page, jump):
                continue
            partner = partners.get((page.label or "", article.position, jump.direction))
            if partner is None:
                alone.append(_Alone(page, article, jump, page_meant(jump.page, page.label, issue.labels)))
            elif partner[0] is not Certainty.MADE:
                likeliest = partner[1]
                facts: dict[str, str | int] = {"target": likeliest.page, "line": likeliest.line}
                yield _finding(UNMATCHED, page, article, jump, case="doubtful", **facts)
    contradictions = _contradictions(alone)
    explained = {*contradictions, *contradictions.values()}
    for one in alone:
        if other := contradictions.get(one):
            facts = {"line": other.jump.line, "other": other.jump.raw, "elsewhere": other.target}
            yield _finding(CONTRADICTION, one.page, one.article, one.jump, target=one.target, **facts)
        elif one.target not in issue.labels and not issue.closed:
            yield _finding(WAITING, one.page, one.article, one.jump, target=one.target)
        elif one not in explained:
            case = f"{one.jump.direction}-{'silent' if one.target in issue.labels else 'missing'}"
            yield _finding(UNMATCHED, one.page, one.article, one.jump, target=one.target, case=case)


@dataclass(frozen=True, slots=True, eq=False)
class _Alone:
    """A jump line without a partner, and the page that it means."""

    page: Page
    article: Article
    jump: Continuation
    target: str


def _contradictions(alone: Iterable[_Alone]) -> Mapping[_Alone, _Alone]:
    """Each `from` with the `to` that carries its mark on the page it comes from, when that one goes elsewhere."""
    there: dict[tuple[str | None, str, Direction], list[_Alone]] = defaultdict(list)
    for one in alone:
        if one.jump.mark is not None:
            where = one.page.label if one.jump.direction is Direction.TO else one.target
            there[where, folded(one.jump.mark), one.jump.direction].append(one)
    return {
        begins[0]: ends[0]
        for (where, mark, direction), begins in there.items()
        if direction is Direction.FROM
        and len(begins) == 1
        and len(ends := there.get((where, mark, Direction.TO), [])) == 1
    }


def _jumps(page: Page) -> Iterator[tuple[Article, Continuation]]:
    """The jump lines of a page with their articles, in the order of the page."""
    for article in page.articles:
        for jump in (article.continued_from, article.continued_to):
            if jump is not None:
                yield article, jump


def _is_own_page(page: Page, jump: Continuation) -> bool:
    if page.label is None or jump.page is None:
        return False
    return page_meant(jump.page, page.label, (page.label,)) == page.label


def _used_again(
    page: Page, jumps: Iterable[tuple[Article, Continuation]]
) -> Iterator[tuple[Article, Continuation, Continuation]]:
    """The jump lines that cannot be told from an earlier one: one direction, one page, one mark; each with that one."""
    firsts: dict[tuple[Direction, str], list[Continuation]] = defaultdict(list)
    for article, jump in jumps:
        if jump.mark is None:
            continue
        alike = firsts[jump.direction, folded(jump.mark)]
        first = next((one for one in alike if _name_one_page(page, one, jump)), None)
        if first is None:
            alike.append(jump)
        else:
            yield article, jump, first


def _name_one_page(page: Page, one: Continuation, other: Continuation) -> bool:
    """Whether both may mean the same page; one whose number is missing may mean any."""
    if one.page is None or other.page is None:
        return True
    return page_meant(one.page, page.label, (other.page,)) == other.page


def _partners(links: Sequence[Link]) -> Mapping[tuple[str, int, Direction], tuple[Certainty, Place]]:
    """The other end of each linked jump line, by page, article and direction."""
    partners: dict[tuple[str, int, Direction], tuple[Certainty, Place]] = {}
    for link in links:
        partners[link.head.page, link.head.article, Direction.TO] = (link.state, link.tail)
        partners[link.tail.page, link.tail.article, Direction.FROM] = (link.state, link.head)
    return partners


def _finding(rule: Rule, page: Page, article: Article, jump: Continuation, **facts: str | int) -> Finding:
    """A finding at a jump line, known by where it points; one without a mark also by its article's first words."""
    words = "" if jump.mark else opening_words(article)
    known_by = f"{jump.direction} {jump.page} {jump.mark or ''} {words}"
    spot = jump_spot(jump)
    return finding(rule, page, spot, {"raw": jump.raw, **facts}, excerpt=jump.raw, article=article, known_by=known_by)
