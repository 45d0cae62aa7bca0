"""The words of what speaks for a repair, in Chinese and in English."""

from collections.abc import Mapping
from types import MappingProxyType

from worker.newspaper.model import Reason, Sign
from worker.newspaper.rules.rule import Language, Text, filled

SAYS: Mapping[Sign, Text] = MappingProxyType(
    {
        Sign.OPEN_END: Text(
            "第 {line} 行在“{words}”处断开，没有句末标点",
            "line {line} breaks off at “{words}” without a sentence mark",
        ),
        Sign.GOES_ON: Text("第 {line} 行接着是“{words}”", "line {line} goes on with “{words}”"),
        Sign.EMPTY_CELL: Text(
            "第 {line} 行的前 {cells} 格是空的，上一行是“{words}”",
            "the first {cells} cell(s) of line {line} are empty; the row above has “{words}”",
        ),
        Sign.NO_TEXT: Text(
            "第 {line} 行的标题“{headline}”下面没有正文",
            "the headline “{headline}” on line {line} is followed by no text",
        ),
        Sign.OWN_LEAD: Text(
            "从第 {line} 行起是一篇有自己电头、却没有标题的稿件",
            "line {line} opens a report of its own that has no headline",
        ),
        Sign.HEADLESS: Text("从第 {line} 行起的文字没有标题", "the text from line {line} on has no headline"),
        Sign.LOST_START: Text(
            "第 {line} 行开头的“{words}”像是前文的后半截",
            "line {line} begins like the end of something: “{words}”",
        ),
        Sign.ANTECEDENT: Text(
            "文中的“{anaphor}”前面没有交代，标题里有“{name}”",
            "“{anaphor}” stands for something that the text has not named; the headline names “{name}”",
        ),
        Sign.COVERAGE: Text(
            "标题里的“{words}”在这段文字里（按少见程度计占标题的 {percent}%）",
            "the text has “{words}” of the headline ({percent} % of it, by the rarity of its words)",
        ),
        Sign.SHARED: Text(
            "“{words}”只在标题和这段文字里出现",
            "“{words}” stands in the headline and in this text, and in no other article",
        ),
        Sign.DETACHED: Text(
            "与现在所在的稿件几乎没有共同的词语（{cohesion}）",
            "it has next to nothing in common with the article that it stands in ({cohesion})",
        ),
        Sign.HOST_ENDS: Text(
            "所在的稿件到第 {line} 行已经结束", "the article that it stands in has come to its end on line {line}"
        ),
        Sign.NEAREST: Text("没有更近的缺正文的标题", "no other headline without a text is nearer"),
        Sign.MARGIN: Text("得分 {score}，其次的可能只有 {next}", "it scores {score}, the next best answer {next}"),
    }
)


def reason(one: Reason, language: Language) -> str:
    """What speaks for a repair, in words."""
    return filled(SAYS[one.sign], one.facts, language)
