"""The long pieces of a page: news, features, comments, interviews, continuations, fragments."""

from dataclasses import replace
from random import Random

from tests.corpus import house as habits
from tests.corpus import jump_lines, words, writing
from tests.corpus.house import House
from tests.corpus.pieces import Genre, Part, Person, Piece, Role

_COLUMNS = ("【民生观察】", "【城市脉动】", "●今日视点", "【记者走基层】", "◆新春走基层", "【多味斋】", "■热点追踪")
_KICKERS = (
    "牢记嘱托 感恩奋进",
    "喜迎盛会 铿锵有力",
    "全力以赴拼经济",
    "我为群众办实事",
    "走进乡村看振兴",
    "深化改革进行时",
)
_SUBHEAD_FORMS = ("{0}、{1}", "（{0}）{1}", "{1}", "{1}")
_POINTERS = ("（全文见第四版）", "（未完待续）", "（续完）", "（相关报道见第三版）", "（详见今日第5版）")
_NUMERALS = "一二三四五六七八九"
_SUBHEADS = (
    "破题",
    "答卷",
    "新路子从哪里来",
    "“老把式”遇上新技术",
    "算好一笔长远账",
    "难题怎么解",
    "让改变看得见",
    "从一到百的跨越",
)


def news(house: House, rng: Random) -> Piece:
    """A headline, a lead or closing byline, and paragraphs."""
    about = writing.matter(rng)
    text, named = habits.lead(house, rng)
    parts = [*_heads(house, rng, about)]
    if rng.random() < 0.12:
        parts += [_paragraph(house, writing.opening(about, rng)), *_body(house, rng, about)]
        parts[-1] = _signed(house, rng, parts[-1])
    elif rng.random() < 0.05:
        lead = _paragraph(house, text + writing.opening(about, rng), named)
        parts += [lead, *_body(house, rng, about), _paragraph(house, rng.choice(_POINTERS))]
    else:
        parts += [_paragraph(house, text + writing.opening(about, rng), named), *_body(house, rng, about)]
    return Piece(Genre.NEWS, tuple(parts))


def feature(house: House, rng: Random) -> Piece:
    """A long report with its byline below the headline, in parts with subheads."""
    about = writing.matter(rng)
    parts = [*_heads(house, rng, about)]
    if house.line_bylines:
        parts.append(habits.byline(house, rng))
        parts.append(_paragraph(house, writing.opening(about, rng)))
    else:
        text, named = habits.lead(house, rng)
        parts.append(_paragraph(house, text + writing.opening(about, rng), named))
    form = rng.choice(_SUBHEAD_FORMS)
    for at, inside in enumerate(rng.sample(_SUBHEADS, rng.choice((2, 3, 3, 4)))):
        parts.append(_subhead(house, form, at, inside))
        parts += _body(house, rng, about)
    return Piece(Genre.FEATURE, tuple(parts))


def opinion(house: House, rng: Random) -> Piece:
    """A comment by a named or nameless writer."""
    about = writing.matter(rng)
    one = words.name(rng)
    byline = rng.choice(
        (
            Part(Role.BYLINE, "本报评论员", (Person("本报评论员", "评论员"),)),
            Part(Role.BYLINE, f"本报评论员 {one}", (Person(one, "评论员"),)),
            Part(Role.BYLINE, f"□ {one}", (Person(one, ""),)),
            Part(Role.BYLINE, f"作者：{one}", (Person(one, "作者"),)),
        )
    )
    head = Part(Role.HEADLINE, house.printed(writing.headline(about, rng)))
    return Piece(Genre.OPINION, (head, byline, *_body(house, rng, about), *_body(house, rng, about)))


def interview(house: House, rng: Random) -> Piece:
    """Questions and answers."""
    about = writing.matter(rng)
    ask, answer = rng.choice((("问：", "答："), ("记者：", f"{about.official}："), ("Q：", "A：")))
    parts = [Part(Role.HEADLINE, house.printed(writing.headline(about, rng))), habits.byline(house, rng)]
    parts.append(_paragraph(house, writing.opening(about, rng)))
    for thing in about.things:
        parts.append(_paragraph(house, f"{ask}{thing}目前进展如何？"))
        parts.append(_paragraph(house, answer + writing.paragraph(about, rng)))
    return Piece(Genre.INTERVIEW, tuple(parts))


def continued(house: House, rng: Random, piece: Piece, to: int, order: int) -> Piece:
    """The piece with a jump line to another page at its end."""
    text, told = jump_lines.jump(house, rng, "to", to, order)
    last = piece.parts[-1]
    bare = text[0] not in "（([【" and last.text[-1] not in "。！？”"  # would run into the words above
    if house.jump_alone or last.role is not Role.PARAGRAPH or last.people or bare:
        return replace(piece, parts=(*piece.parts, jump_lines.alone(text, told)))
    glued = replace(last, text=last.text + text, jump=told)
    return replace(piece, parts=(*piece.parts[:-1], glued))


def continuation(house: House, rng: Random, page: int, order: int) -> Piece:
    """The rest of a story from another page: its jump line, perhaps a short headline, and the text."""
    about = writing.matter(rng)
    text, told = jump_lines.jump(house, rng, "from", page, order, title=about.things[0])
    body = [*_body(house, rng, about), *_body(house, rng, about)]
    parts: list[Part] = []
    chance = rng.random()
    if chance < 0.25:
        parts.append(Part(Role.HEADLINE, house.printed(writing.headline(about, rng))))
    if chance > 0.7:
        parts.append(replace(body[0], text=text + body[0].text, jump=told))
        body = body[1:]
    else:
        parts.append(jump_lines.alone(text, told))
        if 0.5 < chance < 0.65:
            parts.append(_subhead(house, rng.choice(_SUBHEAD_FORMS), rng.randint(1, 4), rng.choice(_SUBHEADS)))
    return Piece(Genre.CONTINUATION, (*parts, *body))


def fragment(house: House, rng: Random) -> Piece:
    """Paragraphs whose first begins in mid-sentence: what stood before is on no page."""
    first, *rest = [*_body(house, rng, writing.matter(rng))]
    cut = rng.randint(len(first.text) // 4, len(first.text) // 2)
    return Piece(Genre.FRAGMENT, (replace(first, text=first.text[cut:]), *rest))


def _heads(house: House, rng: Random, about: writing.Matter) -> list[Part]:
    """A headline with now and then a column's name, a kicker or a subtitle."""
    main = writing.headline(about, rng) + rng.choice(("",) * 24 + ("（上）", "（下）", "（附图片1张）", "（三）"))
    heads = [Part(Role.HEADLINE, house.printed(main))]
    chance = rng.random()
    if chance < 0.1:
        heads.insert(0, Part(Role.KICKER, rng.choice(_KICKERS)))
    elif chance < 0.15:
        heads.insert(0, Part(Role.COLUMN, rng.choice(_COLUMNS)))
    if rng.random() < 0.12:
        tail = rng.choice(("——{place}{thing}见闻", "——记{plain}{person}", "{place}{result}", "——写在{gathering}之际"))
        heads.append(Part(Role.SUBTITLE, house.printed(writing.fill(tail, about, rng))))
    return heads


def _body(house: House, rng: Random, about: writing.Matter) -> list[Part]:
    """One to four paragraphs."""
    texts = [writing.paragraph(about, rng, look_alike=rng.random() < 0.12) for _ in range(rng.choice((1, 2, 2, 3)))]
    if rng.random() < 0.4:
        texts.append(writing.closing(about, rng))
    return [_paragraph(house, text) for text in texts]


def _paragraph(house: House, text: str, named: tuple[Person, ...] = ()) -> Part:
    return Part(Role.PARAGRAPH, house.printed(text), named)


def _subhead(house: House, form: str, at: int, inside: str) -> Part:
    return Part(Role.SUBHEAD, house.printed(form.format(_NUMERALS[at], inside)))


def _signed(house: House, rng: Random, last: Part) -> Part:
    """The last paragraph with who wrote it in brackets at its end."""
    text, named = habits.people(house, rng)
    form = rng.choice(("（{0}）", "（{0}）", "（新华社{1}{2}月{3}日电  {0}）"))
    tail = form.format(text, house.town, house.day.month, house.day.day)
    return replace(last, text=last.text + house.printed(tail), people=named)
