"""Jump lines in the forms that papers print them in, and the page and mark that each names."""

import re
from random import Random

from tests.corpus import words
from tests.corpus.house import House
from tests.corpus.pieces import Jump, Part, Role

_OTHER = {"to": ("下转", "转", "转接"), "from": ("上接", "接", "续接", "紧接")}


def jump(house: House, rng: Random, direction: str, page: int, order: int, title: str = "") -> tuple[str, Jump]:
    """A jump line as the house prints it; `order` counts those of its page from 0 and chooses the mark."""
    form = _FORMS[house.jump_form % len(_FORMS)]
    mark = house.jump_marks[order] if house.jump_marks and form in _MARKABLE else None
    word = "下转" if direction == "to" else "上接"
    if form in _BRACKETED and rng.random() < 0.1:
        word = rng.choice(_OTHER[direction])
    inside = f"《{title}》" if title and form in _BRACKETED and rng.random() < 0.15 else ""
    text = form.format(
        word=word,
        label=house.label(page),
        short=f"{house.section}{page}",
        number=page,
        wide=house.label(page).translate(_WIDE),
        han=words.han_label(page),
        two=f"{words.han_label(page)[1:-1]}、{words.han_label(page + 1)[1:]}",
        mark=mark or "",
        title=inside,
    )
    if rng.random() < 0.02:  # the digits were lost on the way
        return f"（{word}第 版）", Jump(direction, None, None)
    named = f"{page:02}" if form in _NUMBERED else house.label(page)
    return text, Jump(direction, named, mark)


def alone(text: str, told: Jump) -> Part:
    """A jump line on a line of its own."""
    return Part(Role.JUMP, text, jump=told)


_SLOT = re.compile(r"\{\w+\}")
_WIDE = str.maketrans("0123456789AB", "０１２３４５６７８９ＡＢ")
_FORMS = (
    "（{word}{label}版{mark}{title}）",
    "({word}{label}版{mark}{title})",
    "（{word}{short}版{mark}{title}）",
    "（{word}第{label}版{mark}）",
    "（{word}{han}{title}）",
    "({word}{han}{mark})",
    "（{word}第{number}版{mark}{title}）",
    "（{word}{wide}版{mark})",
    "( {word} {label} 版 {mark} )",
    "（{word}{label}版）{mark}",
    "◀{word}{label}版",
    "▶ {word} {label} 版",
    "{word}{label}版{mark}",
    "{word}{han}",
    "【{word}{label}版{mark}】",
    "（{word}{label}）",
    "（{word}第{number}页{mark}）",
    "（{mark}{word}{label}版）",
    "（{word}{two}）",
)
_MARKABLE = frozenset(form for form in _FORMS if "{mark}" in form)
_NUMBERED = frozenset(form for form in _FORMS if {"{number}", "{han}", "{two}"} & set(_SLOT.findall(form)))
_BRACKETED = frozenset(form for form in _FORMS if "{title}" in form)
