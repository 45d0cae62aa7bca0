"""The people that a byline or credit names: 记者詹长松 见习记者张苗."""

import re
from collections.abc import Iterator
from functools import lru_cache

from worker.newspaper.model import Byline

# Roles that stand before a name. 见习记者张苗, 本报驻阿联酋记者林皎明, 特约通讯员 王五
_WRITERS = (
    r"(?:见习|实习|特约|首席|特派|高级)?记者|驻[\u4e00-\u9fff]{1,8}?记者|"
    r"(?:特约)?通讯员|(?:特约)?评论员|实习生|作者|撰稿|文字整理"
)
# Roles that stand after a name, or before it with a stroke or colon: 刘金元 摄, 文/图 李四, 摄影:王五
PICTURES = r"摄影报[道导]|文[/／]图|图[/／]文|文[/／]摄|摄影|供图|制图|绘图|漫画|(?<!拍)摄"
ORGANISATIONS = (
    r"本报|本刊|本台|本网|新华社|中新社|人民日报|光明日报|经济日报|新华网|人民网|中新网|"
    r"[\u4e00-\u9fff]{2,4}(?:日报|晚报|早报|晨报|商报|时报)"
)
# 本報記者, 特約通訊員, 攝: the characters of those words as papers in traditional ones print them
_SIMPLE = str.maketrans(
    "報記訊電攝員約評論實習見駐專圖據繪畫製導時資網臺濟華經綜聞國聯",
    "报记讯电摄员约评论实习见驻专图据绘画制导时资网台济华经综闻国联",
)
_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003134f]{2,4}|[\u3400-\u9fff]{1,8}(?:[·•．][\u3400-\u9fff]{1,8}){1,3}")
_BETWEEN = re.compile(r"([、,，;；/|\s]+)")
_AFTER = re.compile(rf"\s{{0,4}}(?P<role>{PICTURES})\s*$")
_STRAY = " \t\u3000\u00a0:：、，,/"


def read(text: str, line: int, extra: tuple[str, ...] = ()) -> tuple[Byline, ...] | None:
    """The people in a text that consists of nothing but roles and names; None when it holds other words too.

    `extra` are a paper's own roles. A role without any name gives one person with an empty name.
    """
    people: list[Byline] = []
    for organisation, role, words, raw in _parts(text, extra):
        after = _AFTER.search(simplified(words))
        found = names(words[: after.start()] if after else words)
        if found is None:
            return None
        if not found:
            found = [f"{organisation or ''}{role}"] if simplified(role).endswith("评论员") else [""]
        said = (printed(words, after, "role") if after else None) or role
        people += [Byline(name, said, organisation, raw.strip(), line) for name in found]
    return tuple(people) or None


def simplified(text: str) -> str:
    """The same text, as long as before, with the words of roles and agencies in simplified characters."""
    return text.translate(_SIMPLE)


def printed(text: str, found: re.Match[str], group: str) -> str | None:
    """The words of a group that was found in the simplified text, in the text's own characters."""
    return text[slice(*found.span(group))] if found[group] is not None else None


def names(words: str) -> list[str] | None:
    """The names that these words list, padded ones joined (吴  三 is 吴三); None when they are not only names."""
    parts = _BETWEEN.split(words.strip(_STRAY))
    found: list[str] = []
    padded = False
    for part, between in zip(parts[::2], [*parts[1::2], ""], strict=True):
        if padded and len(part) == 1:
            found[-1] += part
            padded = False
        elif part:
            found.append(part)
            padded = len(part) == 1 and not between.strip()
    return found if all(_NAME.fullmatch(name) for name in found) else None


def _parts(text: str, extra: tuple[str, ...]) -> Iterator[tuple[str | None, str, str, str]]:
    """Organisation, role, the words that should be names, and the whole as printed, for each role in the text."""
    roles = list(_roles(extra).finditer(simplified(text)))
    before = text[: roles[0].start()] if roles else text
    if before.strip(_STRAY):
        yield None, "", before, before
    ends = [*(role.start() for role in roles[1:]), len(text)]
    for role, end in zip(roles, ends, strict=False):  # without any role there is still the text's end
        organisation, said = printed(text, role, "organisation"), printed(text, role, "role")
        yield organisation, said or "", text[role.end() : end], text[role.start() : end]


@lru_cache(maxsize=64)
def _roles(extra: tuple[str, ...]) -> re.Pattern[str]:
    own = "".join(f"{re.escape(simplified(role))}|" for role in extra)
    return re.compile(rf"(?P<organisation>{ORGANISATIONS})?\s{{0,3}}(?P<role>{own}{_WRITERS})\s{{0,3}}[/／:：]?")
