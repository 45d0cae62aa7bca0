"""The habits of a made-up newspaper: its marks, leads, bylines, credits and how it names its pages."""

import datetime as dt
from dataclasses import dataclass
from random import Random

from tests.corpus import words
from tests.corpus.pieces import Part, Person, Role

_HALF = str.maketrans("，：；！？（）", ",:;!?()")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True, slots=True)
class House:
    """What a paper always does the same way."""

    paper: str
    town: str
    day: dt.date
    half_width: bool  # ASCII commas, colons and brackets
    wide_digits: bool  # １２月３１日
    spaced_names: bool  # （记者 王京）
    padded_names: bool  # 王  京
    line_bylines: bool  # □ 本报记者 王京 below the headline of a feature
    section: str  # the letter of its pages: A, or nothing
    jump_form: int
    jump_marks: str  # what tells several jump lines of one page apart; empty for none
    jump_alone: bool  # 下转 stands on a line of its own
    credit_form: int
    table: str  # what stands between the cells: a tab, a stroke or spaces

    def printed(self, text: str) -> str:
        """The text in the marks and digits of the house."""
        text = text.translate(_HALF) if self.half_width else text
        return text.translate(_WIDE) if self.wide_digits else text

    def label(self, number: int) -> str:
        """A page's label in normal form."""
        return f"{self.section}{number:02}"


def draw(rng: Random) -> House:
    """A house with habits of its own."""
    return House(
        paper=words.paper(rng),
        town=words.town(rng),
        day=words.day(rng),
        half_width=rng.random() < 0.4,
        wide_digits=rng.random() < 0.12,
        spaced_names=rng.random() < 0.4,
        padded_names=rng.random() < 0.3,
        line_bylines=rng.random() < 0.7,
        section=rng.choice(("A", "A", "", "", "B")),
        jump_form=rng.randrange(1000),
        jump_marks=rng.choice(("①②③④⑤", "①②③④⑤", "⑴⑵⑶⑷⑸", "❶❷❸❹❺", "▲●★■◆", "")),
        jump_alone=rng.random() < 0.5,
        credit_form=rng.randrange(1000),
        table=rng.choice(("\t", "\t", " | ", "    ")),
    )


def shown(house: House, rng: Random, person: str) -> str:
    """A name as the house prints it: some pad those of two characters."""
    if house.padded_names and len(person) == 2:
        return person[0] + rng.choice(("  ", "\u3000", "\u00a0\u00a0", " ")) + person[1]
    return person


def people(house: House, rng: Random) -> tuple[str, tuple[Person, ...]]:
    """记者王京 通讯员李四 as printed, and whom it names."""
    role = rng.choice(("记者",) * 8 + ("通讯员", "见习记者", "实习记者", "特约记者", "首席记者", "特约通讯员"))
    groups = [(role, [words.name(rng) for _ in range(rng.choice((1, 1, 1, 2, 2, 3)))])]
    if role.endswith("记者") and rng.random() < 0.3:
        groups.append((rng.choice(("通讯员", "通讯员", "见习记者", "实习生")), [words.name(rng)]))
    between = rng.choice(("、", "、", " ", "　"))
    if house.padded_names:
        between = "、"
    gap = " " if house.spaced_names else ""
    text = " ".join(f"{role}{gap}{between.join(shown(house, rng, one) for one in named)}" for role, named in groups)
    return text, tuple(Person(one, role) for role, named in groups for one in named)


def lead(house: House, rng: Random) -> tuple[str, tuple[Person, ...]]:
    """What a report opens with, and whom it names."""
    chance = rng.random()
    date = f"{house.day.month}月{max(1, house.day.day - 1)}日"
    if chance < 0.58:
        text, named = people(house, rng)
        return rng.choice(("本报讯（{0}）", "本报讯（{0}）", "本报讯（{0}）　", "本报讯 （{0}）")).format(text), named
    if chance < 0.64:
        one = words.name(rng)
        return f"本报讯记者{one}报道：", (Person(one, "记者"),)
    if chance < 0.72:
        return "本报讯 ", ()
    place = rng.choice(("北京", "上海", "贵阳", house.town, "香港", "联合国", "石家庄"))
    agency = rng.choice(("新华社", "新华社", "中新社", "本报"))
    text, named = people(house, rng)
    if not named[0].role.endswith("记者"):
        return f"据新华社{place}{date}电 ", ()
    forms = (
        (f"{agency}{place}{date}电（{text}）", named),
        (f"{agency}{place}{date}电 （{text}）", named),
        (f"据新华社{place}{date}电 ", ()),
        (f"新华社{place}{date}电（{named[0].name}、{named[-1].name}）", tuple(Person(one.name, "") for one in named)),
        (f"本报{place}{date}讯 记者{named[0].name}报道：", (Person(named[0].name, "记者"),)),
    )
    form = rng.choice(forms[:3] if len(named) != 2 else forms)
    return form if form[0] is not forms[3][0] or named[0].name != named[1].name else forms[0]


def byline(house: House, rng: Random) -> Part:
    """A byline that stands on a line of its own."""
    text, named = people(house, rng)
    one = words.name(rng)
    forms = [
        (f"□ 本报记者 {text.removeprefix('记者').strip()}", named),
        (f"本报记者 {text.removeprefix('记者').strip()}", named),
        (f"□本报记者 {text.removeprefix('记者').strip()}", named),
        (f"本报驻{house.town}记者{one}", (Person(one, f"驻{house.town}记者"),)),
        (f"■ 记者 {shown(house, rng, one)}", (Person(one, "记者"),)),
        (f"作者：{one}", (Person(one, "作者"),)),
        (f"通讯员 {one}", (Person(one, "通讯员"),)),
        (f"文/图 {one}", (Person(one, "文/图"),)),
    ]
    if named[0].role != "记者":
        forms = forms[3:]
    text, named = rng.choice(forms)
    return Part(Role.BYLINE, text, named)


def credit(house: House, rng: Random) -> tuple[str, tuple[Person, ...]]:
    """Who made a picture."""
    one = words.name(rng)
    seen = shown(house, rng, one)
    forms = (
        (f"本报记者 {seen} 摄", "摄"),
        (f"{seen} 摄", "摄"),
        (f"（{seen}摄）", "摄"),
        (f"新华社记者{seen}摄", "摄"),
        (f"（新华社记者{seen}摄）", "摄"),
        (f"{seen}摄（新华社发）", "摄"),
        (f"{seen}摄/光明图片", "摄"),
        (f"本报记者 {seen} 摄影报道", "摄影报道"),
        (f"摄影：{seen}", "摄影"),
        (f"通讯员 {seen} 摄", "摄"),
    )
    if rng.random() < 0.1:
        giver = rng.choice(("市文旅局", "受访者", "县融媒体中心"))
        given = (f"图片由{giver}提供", (Person(giver, "提供"),))
        return rng.choice((given, ("资料图片", ()), ("新华社发", ())))
    text, role = forms[(house.credit_form + rng.choice((0, 0, 1))) % len(forms)]
    return text, (Person(one, role),)
