"""Which paper, date, edition and page a delivery is, how each is known, and what is missing."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from types import MappingProxyType

from worker.newspaper import dates, markers, naming
from worker.newspaper.furniture import is_furniture
from worker.newspaper.labels import HAN_NUMERAL, normal_label
from worker.newspaper.model import Direction, Identity
from worker.newspaper.naming import Clue
from worker.newspaper.paper import Papers

_MASTHEAD_AT_MOST = 8  # lines with words, from the top, among which a masthead is looked for
_FRONT_MATTER_AT_MOST = 40  # lines

_KEYS = MappingProxyType(
    {
        "paper": "paper", "newspaper": "paper", "报纸": "paper", "报名": "paper",
        "date": "date", "日期": "date",
        "edition": "edition", "版本": "edition",
        "page": "page", "label": "page", "版": "page", "版次": "page",
    }
)  # fmt: skip

# 某某晚报 alone on its line, or before the date of a running head
_PAPER_LINE = re.compile(r"[#\s]{0,8}([\u3400-\u9fff]{2,8}(?:日报|日報|晚报|晚報|早报|晨报|商报|时报))(?=\s|$)")
_WEEKDAY = re.compile(r"(?:星期|周)([一二三四五六日天])")
_HEAD_PAGE = re.compile(rf"第\s?(?:[A-Z]?\d{{1,3}}|{HAN_NUMERAL}{{1,4}})\s?版|(?<![A-Z0-9-])[A-Z]\d{{2}}(?!\d)")


def tell(
    name: str,
    lines: Sequence[str],
    papers: Papers,
    *,
    labels: Sequence[str | None] = (),
    given: Identity | None = None,
) -> Identity:
    """Tell a delivery by what was given, its name, its folder, front matter, page lines, masthead: the first that says.

    `labels` are those that page lines in the file print, one a page; a file of several pages has no page of its own.
    What nothing says is missing; for it the text's own words are only proposed.
    """
    clues = [*_given(given), *naming.read(name, papers), _front_matter(lines), *_page_line(labels)]
    clues.append(_masthead(lines, papers))
    several = len(labels) > 1
    how: dict[str, str] = {}
    told = {
        term: next(_said(term, clues, how), None)
        for term in ("paper", "date", "edition", "page")
        if not (several and term == "page")
    }
    missing = tuple(term for term in ("paper", "date", "page") if told.get(term, "") is None)
    if several and not all(labels):
        missing += ("page",)
    paper = papers.by_name(str(told["paper"])) if told["paper"] else None
    date = next((clue.date for clue in clues if clue.date), None)
    return Identity(
        paper=paper.name if paper else _text(told["paper"]),
        code=paper.code if paper else None,
        date=date,
        edition=_text(told["edition"]),
        page=_text(told.get("page")),
        how=MappingProxyType(how),
        missing=missing,
        proposed=MappingProxyType(_proposals(lines, papers, missing)),
        contradicted=MappingProxyType(_contradicted(clues, date, lines)),
    )


def _said(term: str, clues: Sequence[Clue], how: dict[str, str]) -> Iterator[object]:
    """What each clue says of a term, in the order of trust; the first to be asked for is noted in `how`."""
    for clue in clues:
        if value := getattr(clue, term):
            how.setdefault(term, clue.how)
            yield value


def _text(value: object) -> str | None:
    return str(value) if value else None


def _given(given: Identity | None) -> Iterator[Clue]:
    if given:
        yield Clue("a person", given.paper, given.date, given.edition, given.page)


def _page_line(labels: Sequence[str | None]) -> Iterator[Clue]:
    if len(labels) == 1 and labels[0]:
        yield Clue("page line", page=labels[0])


def _front_matter(lines: Sequence[str]) -> Clue:
    """What the keys between two lines of --- at the top say."""
    values: dict[str, str] = {}
    if lines and lines[0].strip() == "---":
        for line in islice(lines, 1, _FRONT_MATTER_AT_MOST):
            if line.strip() == "---":
                break
            key, _, value = line.replace("：", ":", 1).partition(":")
            term = _KEYS.get(key.strip().lower())
            if term and value.strip():
                values.setdefault(term, value.strip().strip("\"'"))
    found = dates.in_name(values.get("date", ""))
    return Clue(
        "front matter",
        values.get("paper"),
        found.date if found else None,
        values.get("edition"),
        normal_label(values.get("page", "")),
    )


def _contradicted(clues: Sequence[Clue], date: dt.date | None, lines: Sequence[str]) -> dict[str, str]:
    """What each place says of the date, when they do not agree; nothing where a person said it."""
    said = {clue.how: clue.date for clue in clues if clue.date and not clue.loose}
    if date is None or "a person" in said:
        return {}
    told = {place: day.isoformat() for place, day in said.items()}
    weekdays = (found for line in _heads(_top(lines)) if (found := _WEEKDAY.search(line)))
    printed = next(weekdays, None)
    if printed and "一二三四五六日".index(printed[1].replace("天", "日")) != date.weekday():
        return {**told, "weekday": printed[0]}
    return told if len(set(told.values())) > 1 else {}


def _top(lines: Sequence[str]) -> list[str]:
    """The first lines of words, among which a masthead is."""
    return list(islice((line.strip() for line in lines if line.strip()), _MASTHEAD_AT_MOST))


def _heads(top: Sequence[str]) -> list[str]:
    """Those of these lines that are the page's furniture."""
    return [line for line in top if is_furniture(line)]


def _masthead(lines: Sequence[str], papers: Papers) -> Clue:
    """What the first lines of words say, as far as they are furniture: the paper's name, a date with its weekday."""
    top = _top(lines)
    heads = _heads(top)
    paper = next((name for line in heads if (name := naming.known(line, papers))), None)
    printed = (
        found for line in top if (found := _PAPER_LINE.match(line)) and (line in heads or found.end() == len(line))
    )
    paper = paper or next((found[1] for found in printed), None)
    dated = next((found.date for line in heads for found in dates.in_text(line)), None)
    alone = next((day for line in top[:3] if (day := dates.alone(line))), None)
    pages = (_HEAD_PAGE.search(line) for line in heads if "今日" not in line)
    page = next((normal_label(found[0]) for found in pages if found), None)
    return Clue("masthead", paper, dated or alone, None, page, loose=dated is None)


def _proposals(lines: Sequence[str], papers: Papers, missing: Sequence[str]) -> dict[str, str]:
    """What the text allows for the terms that are missing."""
    proposed: dict[str, str] = {}
    if "date" in missing:
        latest = max((found.date for line in lines for found in dates.in_text(line)), default=None)
        proposed |= {"date": latest.isoformat()} if latest else {}
    if "paper" in missing:
        near = _spoken_of(lines, papers)
        proposed |= {"paper": near} if near else {}
    if "page" in missing:
        jumps = (jump for number, line in enumerate(lines, 1) for jump in markers.find(line, number))
        origins = sorted({jump.page for jump in jumps if jump.direction is Direction.FROM and jump.page})
        proposed |= {"page": f"not {', '.join(origins)}"} if origins else {}
    return proposed


def _spoken_of(lines: Sequence[str], papers: Papers) -> str | None:
    """The one known paper that the text names, or, when it names none, the one whose place it speaks of."""
    for words_of in (lambda paper: paper.name, naming.place_of):
        near = {paper.name for paper in papers if (words := words_of(paper)) and any(words in line for line in lines)}
        if near:
            return near.pop() if len(near) == 1 else None
    return None
