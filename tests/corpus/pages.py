"""Whole files, made from a seed: a house, its pieces, what goes wrong with them, and a form."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random

from tests.corpus import converters, elsewhere, exchange, faults, furniture, layouts, reports, smaller
from tests.corpus import house as habits
from tests.corpus.house import House
from tests.corpus.layouts import Form, Row
from tests.corpus.pieces import HEADS, Flow, Genre, Part, Person, Piece, Placed, Role, flow
from tests.corpus.truth import Sample, tell

_SAMPLES = Path(__file__).parents[1] / "samples"
_ISSUES = 0.12  # of the files hold a whole issue
_CONVERTED = 0.3  # of the Markdown pages come from a program that read pictures of pages
_ELSEWHERE = 0.06  # are of other lands or scripts
_ENCODINGS = ("utf-8",) * 8 + ("gb18030", "utf-8-sig", "utf-16")
_SMALL: tuple[Callable[[House, Random], Piece], ...] = (
    smaller.photo,
    smaller.photo,
    smaller.brief,
    smaller.notice,
    smaller.table,
    smaller.results,
    smaller.weather,
    smaller.listing,
    smaller.poem,
    smaller.letter,
    smaller.obituary,
    smaller.advertisement,
    reports.opinion,
    reports.interview,
)


@dataclass(slots=True)
class _Sheet:
    """One printed page while it is made: its flow, the pieces by owner, what went wrong."""

    flow: Flow
    pieces: dict[int, Piece]
    faults: set[str]


def samples(seed: int, count: int, forms: Sequence[Form] = tuple(Form)) -> Iterator[Sample]:
    """So many files, of these forms by turns; the same seed gives the same ones."""
    for at in range(count):
        yield sample(seed, at, forms[at % len(forms)])


def sample(seed: int, at: int, form: Form) -> Sample:
    """The file number `at` of a seed."""
    rng = Random(f"{seed}/{at}")
    house = habits.draw(rng)
    number = rng.choice((1, 2, 2, 3, 4, 5, 8, 12))
    if not form.is_page:
        return _exchanged(house, rng, form, number)
    if rng.random() < _ELSEWHERE:
        return _elsewhere(house, rng, form, number)
    if rng.random() < _ISSUES:
        return _issue(house, rng, form)
    sheet = _sheet(house, rng, number, first=0)
    _spoil(sheet, house, rng, number)
    rows = layouts.lay(sheet.flow, form, rng)
    if form in {Form.MARKDOWN, Form.ODD} and rng.random() < _CONVERTED:
        rows = converters.converted(rows, rng)
    name = f"{house.paper}-{house.day.isoformat()}-{house.label(number)}.{'md' if form.marked else 'txt'}"
    return _file(name, rows, sheet.pieces, sheet.faults, form, rng)


def _issue(house: House, rng: Random, form: Form) -> Sample:
    """Several pages in one file, each under its page line."""
    rows: list[Row] = []
    pieces: dict[int, Piece] = {}
    wrong: set[str] = {"issue"}
    feeds = rng.random() < 0.3
    for number in range(1, rng.randint(3, 6)):
        sheet = _sheet(house, rng, number, first=len(pieces))
        _spoil(sheet, house, rng, number)
        owner = len(pieces) + len(sheet.pieces)
        line = Part(Role.FURNITURE, furniture.page_line(house, rng, number))
        pieces |= sheet.pieces | {owner: Piece(Genre.FURNITURE, (line,))}
        wrong |= sheet.faults
        head = f"## {line.text}" if form is Form.MARKDOWN and rng.random() < 0.5 else line.text
        rows.append(Row(("\f" if feeds and number > 1 else "") + head, Placed(owner, 0, line)))
        rows += [Row(""), *layouts.lay(sheet.flow, form, rng), Row("")]
    name = f"{house.paper}-{house.day.isoformat()}.{'md' if form.marked else 'txt'}"
    return _file(name, rows, pieces, wrong, form, rng)


def _elsewhere(house: House, rng: Random, form: Form, number: int) -> Sample:
    """A page in English, or in traditional characters and mostly Big5."""
    day = house.day.isoformat()
    if rng.random() < 0.5:
        rows = layouts.lay(flow(pieces := elsewhere.english(rng, number)), form, rng)
        return _file(f"The Standard-{day}-A{number}.txt", rows, dict(enumerate(pieces)), {"English"}, form, rng)
    rows = layouts.lay(flow(pieces := elsewhere.traditional(house, rng, number)), form, rng)
    sample = _file(f"{house.paper}-{day}-{house.label(number)}.txt", rows, dict(enumerate(pieces)), set(), form, rng)
    data = "\n".join(row.text for row in rows).encode("big5") if rng.random() < 0.7 else sample.data
    return replace(sample, data=data, faults=frozenset({"traditional"}))


def _exchanged(house: House, rng: Random, form: Form, number: int) -> Sample:
    """A page as another system gives it, without what goes wrong on paper."""
    sheet = _sheet(house, rng, number, first=0)
    name = f"{house.paper}-{house.day.isoformat()}-{house.label(number)}"
    if form is Form.TRS:
        return _file(f"{name}.txt", exchange.trs(sheet.flow, house, number, rng), sheet.pieces, set(), form, rng)
    if form is Form.HTML:
        return _file(f"{name}.html", exchange.semantic(sheet.flow, house, number), sheet.pieces, set(), form, rng)
    piece = next(one for one in sheet.pieces.values() if one.parts[0].role in HEADS - {Role.COLUMN})
    return _file(f"{name}-1.htm", exchange.founder(piece, house, number, rng), {0: piece}, set(), form, rng)


def _file(name: str, rows: list[Row], pieces: dict[int, Piece], wrong: set[str], form: Form, rng: Random) -> Sample:
    text = rng.choice(("\n", "\n", "\n", "\r\n")).join(row.text for row in rows) + rng.choice(("\n", ""))
    data = text.encode(rng.choice(_ENCODINGS))
    truth = tell(rows, {owner: piece.genre for owner, piece in pieces.items()})
    return Sample(name, data, form, form.marked, truth, frozenset(wrong))


def _sheet(house: House, rng: Random, number: int, first: int) -> _Sheet:
    """A printed page; its owners are numbered from `first`."""
    wrong: set[str] = set()
    stories = [_story(house, rng) for _ in range(rng.randint(3, 7))]
    if rng.random() < 0.25:
        at = rng.randrange(len(stories))
        stories[at] = faults.truncated(stories[at], rng)
        wrong.add("truncated")
    stories = _jumping(house, rng, stories, number)
    small = [rng.choice(_SMALL)(house, rng) for _ in range(rng.randint(0, 5))]
    if rng.random() < 0.1:
        small += [smaller.brief(house, rng) for _ in range(3)]
    rng.shuffle(small)
    pieces = _mixed(stories, small, rng)
    if rng.random() < 0.06:
        pieces.insert(0, reports.fragment(house, rng))
        wrong.add("beginning lost")
    if pieces[0].genre is not Genre.FRAGMENT:
        pieces = furniture.masthead(house, rng, number) + pieces
    if rng.random() < 0.5:
        pieces.append(furniture.imprint(rng))
    return _Sheet(flow(pieces, first), dict(enumerate(pieces, first)), wrong)


def _spoil(sheet: _Sheet, house: House, rng: Random, number: int) -> None:
    """Let happen to the page what happens to pages."""
    first = min(sheet.pieces)
    if rng.random() < 0.3:
        for _ in range(rng.choice((1, 1, 1, 2))):
            sheet.flow = faults.displaced(sheet.flow, sheet.pieces, rng)
        sheet.faults.add("displaced")
    if rng.random() < 0.15:
        owner = first + len(sheet.pieces)
        sheet.pieces[owner] = furniture.running_head(house, rng, number)
        sheet.flow = faults.headed(sheet.flow, rng, Placed(owner, 0, sheet.pieces[owner].parts[0]))
    if rng.random() < 0.15:
        owner = first + len(sheet.pieces)
        picture = smaller.photo(house, rng)
        if picture.parts[0].role is Role.CAPTION:
            sheet.pieces[owner] = picture
            sheet.flow = faults.interrupted(sheet.flow, rng, flow([picture], owner))
            sheet.faults.add("interrupted")
    sheet.flow = faults.split(sheet.flow, rng, rng.choice((0.0, 0.1, 0.3)))


def _story(house: House, rng: Random) -> Piece:
    chance = rng.random()
    if chance < 0.08:
        return rng.choice(_found())
    return reports.feature(house, rng) if chance < 0.25 else reports.news(house, rng)


def _jumping(house: House, rng: Random, stories: list[Piece], number: int) -> list[Piece]:
    """The stories, some going on on other pages, with the rests of stories from other pages put in."""
    order = 0
    for at, story in enumerate(stories):
        if rng.random() < 0.15 and order < 5:
            page = number + rng.choice((1, 1, 2, 3))
            stories[at] = reports.continued(house, rng, story, page, order)
            order += 1
    rests = rng.choice((0, 0, 1, 1, 2)) if number > 1 else 0
    for order in range(rests):
        rest = reports.continuation(house, rng, rng.randint(1, number - 1), order)
        if rng.random() < 0.08:
            rest = reports.continued(house, rng, rest, number + 1, order + 3)
        stories.insert(rng.randrange(len(stories) + 1), rest)
    return stories


def _mixed(stories: list[Piece], small: list[Piece], rng: Random) -> list[Piece]:
    """Stories and small pieces in an order that a page may have: what needs a text above it to be told is not first."""
    pieces = list(stories)
    for one in small:
        pieces.insert(rng.randint(1, len(pieces)), one)
    advertised = next((at for at, one in enumerate(pieces) if one.genre is Genre.AD), None)
    if advertised is not None and rng.random() < 0.4:
        pieces.insert(advertised, furniture.advertising())
    return pieces


@cache
def _found() -> tuple[Piece, ...]:
    """The whole reports of the sample page, as a careful reader finds them."""
    told = json.loads((_SAMPLES / "焦作日报-2022-08-15-A02.expected.json").read_text("utf-8"))
    lines = (_SAMPLES / "焦作日报-2022-08-15-A02.md").read_text("utf-8").split("\n")
    joined = {second: first for first, second in told["joins"]}
    pieces = []
    for one in told["articles"]:
        whole = (
            one["kind"] == "news" and not {"starts", "ends", "subheads", "repair"} & set(one) and len(one["lines"]) > 2
        )
        if not whole or {55, 57} & set(one["lines"]):
            continue
        named = tuple(Person(person["name"], person["role"]) for person in one.get("bylines", []))
        texts: dict[int, str] = {}
        for line in one["lines"][1:]:
            start = joined.get(line, line)
            texts[start] = texts.get(start, "") + lines[line - 1]
        body = [Part(Role.PARAGRAPH, text, named if not at else ()) for at, text in enumerate(texts.values())]
        pieces.append(Piece(Genre.SAMPLE, (Part(Role.HEADLINE, one["headline"]), *body)))
    return tuple(pieces)
