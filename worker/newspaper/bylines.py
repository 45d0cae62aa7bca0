"""The grammar of leads, bylines and credits: who wrote or photographed, for which agency, from where, on which day."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from worker.newspaper import people
from worker.newspaper.model import Byline, Dateline
from worker.newspaper.paper import GENERIC, Paper

_AGENCIES = "本报|本刊|本台|本网|新华社|中新社|中新网|新华网|人民网|中国新闻社|法新社|路透社|美联社|塔斯社"
_DAY = r"(?:[0-9０-９]{1,4}年)?\s?[0-9０-９]{1,2}\s?月\s?[0-9０-９]{1,2}\s?日"
_STANDING_AT_MOST = 60  # characters of a line that holds nothing but people
_TAIL = 70  # characters at a paragraph's end in which a credit or closing byline is looked for

# 本报讯, 本报北京10月19日电, 据新华社北京１２月３０日电, 综合本报和新华社电, 新华社电; not 本报电话
_DATELINE = rf"""
    (?:据|综合)? \s{{0,3}}
    (?P<agency>(?:{_AGENCIES}) (?:[和、](?:{_AGENCIES}))?) \s{{0,3}}
    (?:
        (?P<place>[\u4e00-\u9fff]{{1,10}}?)?? \s{{0,2}} (?P<date>{_DAY}) \s{{0,2}} (?:讯|专?电|消息)
      | (?P<plain>专?讯|专?电(?=\s|[（(:：]|$)|消息(?=[（(:：]))
      | (?P<from>[\u4e00-\u9fff]{{2,6}}?)(?:讯|电)(?=[（(:：])
    )
"""
# (记者詹长松 见习记者张苗) or, without brackets, 记者张严报道:
_PEOPLE = (
    r"\s{0,4}(?:[（(](?P<enclosed>[^（）()]{2,80})[）)]"
    r"|(?P<free>[^。,，:：（()）]{2,60}?)(?:摄影)?(?:报[道导])?\s?[:：])?"
)

# 【本報訊】（記者…）, and with who wrote it in the same frame: 【本報記者何詠詩報道】
_FRAME = re.compile(r"[ \u3000\u00a0]{0,4}【(?P<inside>[^【】]{2,40})】")
_REPORTS = re.compile(r"(?:摄影)?报[道导]$|专?讯$")

# 图片由市文旅局提供, 资料图片, 新华社发
_PROVIDED = re.compile(
    r"(?:图片|照片|图)?由(?P<giver>[^，。,]{2,20})(?:提供|供图)|(?P<stock>资料(?:图片|照片|图)|新华社发|CFP)"
)
# 文/图 李四, 摄影:王五, 图/赵六
_PICTURE_FIRST = re.compile(rf"(?P<role>{people.PICTURES}|图|文)\s{{0,3}}[:：/／ \u3000]\s{{0,3}}(?P<rest>.+)")
# what may follow a photographer: 摄（新华社发）, 摄/光明图片
_SUPPLIER = re.compile(r"(?<=摄)\s?(?:[（(](?:新华社|中新社)发[）)]|[/／][\u4e00-\u9fff]{2,6})$")
# 刘金元 摄影, 兰红光摄, 记者张三摄影报道; not 我爱摄影
_PICTURE_LAST = re.compile(rf"\s(?:{people.PICTURES}|图)$|(?<!拍)摄$|(?:记者|通讯员).{{2,40}}(?:{people.PICTURES})$")
_OPENS_STANDING = re.compile(
    rf"(?:{people.ORGANISATIONS})?\s{{0,3}}(?:.{{0,10}}?记者|特?约?通讯员|特?约?评论员|作者|撰稿|实习生)"
)
# By JANE DOE, By Jane Doe and John Q. Public
_BY = re.compile(
    r"(?:By|BY)\s{1,3}(?P<names>[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){1,3}(?:(?:,? and|,)\s[A-Z][\w.'’ -]*){0,3})"
)
_BULLET = "□■◎●○◆ \t\u3000\u00a0"
_CLOSING = re.compile(r"[（(](?P<inside>[^（）()]{3,60})[）)]$")


@dataclass(frozen=True, slots=True)
class Lead:
    """The words before a report's first sentence; `length` counts their characters."""

    dateline: Dateline | None
    bylines: tuple[Byline, ...]
    length: int


@dataclass(frozen=True, slots=True)
class Tail:
    """People named at the end of a text, from the character `start` on; a credit when they made the picture."""

    bylines: tuple[Byline, ...]
    start: int
    dateline: Dateline | None = None


def lead(text: str, line: int, paper: Paper = GENERIC) -> Lead | None:
    """The lead that a paragraph opens with: 本报讯(记者朱晓琳), 新华社贵阳12月31日电（记者刘子富）."""
    frame = _FRAME.match(text)
    if frame and (framed := _framed(text, frame, line, paper)):
        return framed
    plain = people.simplified(text)
    if frame:  # blanks in the frame's stead
        inside, end = frame.start("inside"), frame.end("inside")
        plain = f"{plain[: inside - 1]} {plain[inside:end]} {plain[end + 1 :]}"
    found = _lead_pattern(paper.leads).match(plain)
    if not found:
        return None
    enclosed, free = people.printed(text, found, "enclosed"), people.printed(text, found, "free")
    named = people.read(enclosed or free or "", line, paper.roles) if enclosed or free else ()
    dateline = _dateline(text, found)
    if named is None or (free and not any(one.role for one in named)):
        named, end = (), found.end("opening")
    else:
        end = found.end()
    if dateline is None and not any(one.role for one in named):
        return None
    return Lead(dateline, named, _opening(text, end))


def _framed(text: str, frame: re.Match[str], line: int, paper: Paper) -> Lead | None:
    """The lead that stands as a whole in one frame, when it names who wrote the report."""
    inside = frame["inside"]
    reports = _REPORTS.search(people.simplified(inside))
    named = people.read(inside[: reports.start()] if reports else inside, line, paper.roles)
    if not named or not all(one.role and one.name for one in named):
        return None
    return Lead(None, named, _opening(text, frame.end()))


def _opening(text: str, end: int) -> int:
    """The length of a lead that ends at this character, with what parts it from the first sentence."""
    rest = text[end:]
    return end + len(rest) - len(rest.lstrip(" \u3000\u00a0:："))


def standing(text: str, line: int, paper: Paper = GENERIC) -> tuple[Byline, ...]:
    """The people of a line that names nobody else and says nothing else: □ 本报记者 张三 通讯员 李四."""
    words = text.strip(_BULLET)
    if len(words) > _STANDING_AT_MOST:
        return ()
    if english := _BY.fullmatch(words):
        return tuple(Byline(name, "By", None, words, line) for name in re.split(r",? and |, ", english["names"]))
    words = _unbracketed(words)
    if not _OPENS_STANDING.match(people.simplified(words)) and not words.startswith(paper.roles or ("\0",)):
        return ()
    return people.read(words, line, paper.roles) or ()


def author(text: str, line: int, paper: Paper = GENERIC) -> tuple[Byline, ...]:
    """The people of words that a format keeps for authors; who stands there without a role is an author (作者)."""
    words = text.strip(_BULLET)
    named = people.read(words, line, paper.roles) or (Byline(words, "", None, words, line),)
    return tuple(replace(one, role=one.role or "作者") for one in named if one.name)


def credit(text: str, line: int, paper: Paper = GENERIC) -> Tail | None:
    """Who made the picture, when a text ends in that: 本报记者 刘金元 摄, …参观。（新华社记者兰红光摄）."""
    words = text.rstrip()
    for start in _starts(words):
        if named := _pictured(_unbracketed(words[start:].strip(_BULLET)), line, paper):
            return Tail(named, start)
    return None


def closing(text: str, line: int, paper: Paper = GENERIC) -> Tail | None:
    """Who wrote a text, when it ends in that in brackets: （记者 张三）, （新华社北京10月19日电 记者赵超、安蓓）."""
    found = _CLOSING.search(text, max(0, len(text) - _TAIL)) if text[-1:] in "）)" else None
    if not found:
        return None
    inside = found["inside"]
    opening = lead(inside, line, paper)
    if opening and opening.dateline:
        named = people.read(inside[opening.length :], line, paper.roles) if inside[opening.length :].strip() else ()
        return None if named is None else Tail(opening.bylines + named, found.start(), opening.dateline)
    named = people.read(inside, line, paper.roles)
    return Tail(named, found.start()) if named and all(one.role and one.name for one in named) else None


def _starts(words: str) -> list[int]:
    """Where a credit could begin: at the line's own start when it is short, after a sentence, at a bracket."""
    floor = max(0, len(words) - _TAIL)
    after = [found.end() for found in re.finditer(r"[。！？!?”」]\s{0,6}|\s{2,8}", words[floor:])]
    brackets = [found.start() for found in re.finditer(r"[（(]", words[floor:])]
    whole = [0] if len(words) <= _STANDING_AT_MOST else []
    return whole + sorted(floor + at for at in after + brackets if floor + at < len(words))


def _pictured(words: str, line: int, paper: Paper) -> tuple[Byline, ...]:
    """The people of a credit, when these words are one and nothing else."""
    plain = people.simplified(words)
    if provided := _PROVIDED.fullmatch(plain):
        giver = people.printed(words, provided, "giver")
        role = "提供" if giver else people.printed(words, provided, "stock") or ""
        return (Byline(giver or "", role, None, words, line),)
    if found := _SUPPLIER.search(plain):
        words, plain = words[: found.start()], plain[: found.start()]
    if first := _PICTURE_FIRST.fullmatch(plain):
        named = people.read(words[first.start("rest") :], line, paper.roles) or ()
        role = people.printed(words, first, "role") or ""
        return tuple(Byline(one.name, role, one.organisation, words, line) for one in named if one.name)
    if _PICTURE_LAST.search(plain):
        return tuple(one for one in people.read(words, line, paper.roles) or () if one.name)
    return ()


def _unbracketed(words: str) -> str:
    """The words without the pair of brackets around the whole of them."""
    return words[1:-1].strip() if words and words[0] in "（(" and words[-1] in "）)" else words


def _dateline(text: str, found: re.Match[str]) -> Dateline | None:
    """The agency, place and date of a lead that prints them; an agency without either keeps its 讯 or 电."""
    agency, own = people.printed(text, found, "agency"), people.printed(text, found, "own")
    if not agency:
        return Dateline(own) if own else None
    place = people.printed(text, found, "place") or people.printed(text, found, "from")
    return Dateline(agency + (people.printed(text, found, "plain") or ""), place, found["date"])


@lru_cache(maxsize=64)
def _lead_pattern(own: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(re.escape(people.simplified(one)) for one in own) or r"(?!)"
    opening = rf"(?P<opening>{_DATELINE}|(?P<own>{words})|(?=[（(][^（）()]{{0,6}}(?:记者|通讯员)))"
    return re.compile(rf"[ \u3000\u00a0]{{0,4}}{opening}{_PEOPLE}", re.VERBOSE)
