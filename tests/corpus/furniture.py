"""What belongs to the page and to no article: mastheads, running heads, who made the page."""

from random import Random

from tests.corpus import words
from tests.corpus.house import House
from tests.corpus.pieces import Genre, Part, Piece, Role


def masthead(house: House, rng: Random, number: int) -> list[Piece]:
    """What stands at the top of a page; a front page has more of it, some pages have none."""
    if rng.random() < 0.35:
        return []
    lines = [f"{house.paper} {running(house, rng, number)}"]
    if number == 1:
        lines += rng.sample(
            (
                f"国内统一连续出版物号 CN {rng.randint(11, 65)}-{rng.randint(1, 99):04}",
                f"邮发代号 {rng.randint(1, 90)}-{rng.randint(1, 200)}",
                f"第{rng.randint(1000, 29999)}期",
                f"今日{rng.choice((4, 8, 12, 16))}版",
            ),
            rng.randint(1, 4),
        )
    return [_line(line) for line in lines]


def running(house: House, rng: Random, number: int) -> str:
    """A running head: the date, the weekday, the page."""
    day = house.day
    weekday = words.WEEKDAYS[day.weekday()]
    label = rng.choice((words.han_label(number), f"第{number:02}版", ""))
    return f"{day.year}年{day.month}月{day.day}日 星期{weekday} {label}".rstrip()


def running_head(house: House, rng: Random, number: int) -> Piece:
    """A running head as a piece of its own."""
    return _line(running(house, rng, number))


def imprint(rng: Random) -> Piece:
    """Who made the page."""
    one, two, three = (words.name(rng) for _ in range(3))
    return _line(
        rng.choice(
            (
                f"本版责编：{one}　版式设计：{two}",
                f"责任编辑：{one} 校对：{two} 组版：{three}",
                f"本版编辑：{one}　美编：{two}",
                f"值班主任：{one}  责编：{two}  校对：{three}",
                f"本版责编:{one} 版式:{two}",
            )
        )
    )


def advertising() -> Piece:
    """The word that stands above advertisements."""
    return _line("广告")


def page_line(house: House, rng: Random, number: int) -> str:
    """The line that begins a page in a file of several."""
    section = rng.choice(words.SECTIONS)
    if house.section:
        return f"{house.section}{number:02}版{rng.choice((f':{section}', f'：{section}', ''))}"
    return rng.choice(
        (f"第{number:02}版", f"第{number:02}版：{section}", f"{number:02}版：{section}", words.han_label(number))
    )


def _line(text: str) -> Piece:
    return Piece(Genre.FURNITURE, (Part(Role.FURNITURE, text),))
