"""Sentences, paragraphs and headlines about one matter, drawn from frames so that a text keeps to its subject."""

import re
from dataclasses import dataclass
from random import Random

from tests.corpus import words
from tests.corpus.topics import TOPICS, Topic

_SLOT = re.compile(r"\{(\w+)\}")

_OPENINGS = (
    "{date}，{place}{gathering}召开，{post}{official}出席会议并讲话",
    "{date}，记者从{office}获悉，{place}{deed}，{result}",
    "“{voice}。”{date}一早，{plain}{person}指着眼前的{thing}说",
    "近日，走进{place}，{thing}随处可见，{plain}们正忙个不停",
    "今年以来，{place}把{thing}作为头等大事，{deed}，{deed2}",
    "{date}上午{hour}时许，{post}{official}一行来到{place}，实地察看{thing}情况",
    "随着最后一道工序完成，{place}{thing}{date}正式交付，{number}{unit}投入使用",
    "连日来，{place}{deed}，为{thing}打下基础",
)
_MIDDLES = (
    "据介绍，{place}已{deed}，累计投入资金{number}万元，惠及{number2}{unit}",
    "{office}有关负责人表示，下一步将{deed}，让{result}",
    "{official}指出，{thing}关系千家万户，各级各部门要{deed}，一件事情接着一件事情办",
    "{official}强调，要坚持问题导向，{deed}，{deed2}，确保{thing}取得实效",
    "“{voice}。”{plain}{person}说",
    "在{place}，{thing}曾是块难啃的骨头。{number}{unit}缺口怎么补？{person}和同事跑了整整一个月",
    "数据显示，截至{date}，{place}共有{number}{unit}，比上年同期增长{percent}%",
    "过去，{thing}少人问津；如今，{result}",
    "{person}算了一笔账：{number}{unit}，一年下来能省{number2}元",
    "针对{thing}中存在的薄弱环节，{office}成立了{count}个工作组，{deed}",
    "为此，{place}专门出台《{thing}三年行动方案》，明确{count}项任务、{count2}条措施",
    "与此同时，{place}还{deed}，{result}",
    "该{kind}还{deed}，推动{thing}往深里走、往实里走",
    "记者看到，{thing}旁边立着一块牌子，上面写着{number}{unit}的明细",
    "说起{thing}，{person}打开了话匣子：“{voice}！”",
    "负责此项工作的{person}告诉记者，难就难在{thing}，好在{result}",
    "有{percent}%的受访者认为，{thing}最需要的是耐心",
    "{thing}怎么办？{place}的答案是：{deed}",
    "走进{place}{person}家，墙上挂着{thing}的老照片，桌上摆着刚领回来的证书",
    "“{thing}不是一家一户的事。”{official}在{gathering}上算了三笔账，台下{count2}名代表听得仔细",
    "从{date}到{date2}，{place}先后{deed}，先易后难，逐项销号",
    "早在{count2}年前，{place}就尝试过{thing}，因为缺钱缺人，没能坚持下来",
    "转机出现在去年{month}月：{office}牵头，{deed}，{person}第一个报了名",
    "和{place}一样，邻近的{town}也把目光投向{thing}，{result}",
    "{person}今年{count2}岁，干这一行已经{count}个年头，{thing}的门道他闭着眼也能说清",
    "不过，也有人担心：{thing}投入大、见效慢，{unit_word}从哪里来",
    "对此，{office}{post}{official}坦言，{thing}没有捷径，只能{deed}",
    "按照计划，{place}将分{count}批推进，首批{number}{unit}已经到位",
    "雨后初晴，{place}的{thing}前围满了人，{plain}{person}顾不上擦汗",
    "专家认为，{result}，离不开{thing}这一环",
)
_CLOSINGS = (
    "采访结束时，{person}又一头扎进{thing}里去了",
    "如今的{place}，{result}",
    "这是{place}推进{thing}的又一个缩影",
    "{place}还将{deed}，力争到明年底{result}",
    "“{voice}。”{person}望着远处，笑了",
    "截至目前，已有{number}{unit}受益，{result}",
    "会议还研究了其他事项",
    "{office}提醒，市民如有疑问，可拨打热线{phone}咨询",
    "据悉，{thing}相关工作将持续到{month}月底",
)
# Words in which a careless reader finds a jump line.
LOOK_ALIKES = (
    "{person}在会上接受采访时说，{thing}不能等",
    "{person}马上接着说：“第2版方案已经改好。”",
    "双方在利益上接轨，{thing}才走得远",
    "老师把导线上接用电器的一端剪断，学生们看得入神",
    "转弯前打一下转向灯，{person}叮嘱徒弟",
    "紧接着，{person}又去了第三车间",
    "这本书的修订第二版收入了{thing}一章",
    "第一版印了{number}册，很快售罄",
    "他从县城转两趟车到{place}",
    "{person}接第一版样稿时手有些抖",
    "图书馆里，{person}翻到第3页，又转第5页继续读",
    "从{date}转天气转凉",
)
_HEAD_FORMS = (
    "{place}：{deed}",
    "{place}{deed}",
    "{office}多措并举抓{thing}",
    "我市{thing}工作推进会召开",
    "{place}{gathering}召开",
    "{deed} {result}",
    "“{thing}”何以走红？",
    "{official}到{place}调研{thing}",
    "{result}",
    "从“{thing}”看{place}之变",
    "{person}：{voice}",
    "截至上月底 {place}{thing}达{number}{unit}",
)


@dataclass(frozen=True, slots=True)
class Matter:
    """What one article is about: the words that come back in it."""

    topic: Topic
    place: str
    office: str
    official: str
    post: str
    people: tuple[str, ...]
    things: tuple[str, ...]


def matter(rng: Random) -> Matter:
    """A new matter."""
    topic = rng.choice(TOPICS)
    return Matter(
        topic=topic,
        place=words.place(rng),
        office=rng.choice(("市", "县", "省", "区")) + words.office(rng),
        official=words.name(rng),
        post=words.post(rng),
        people=tuple(words.name(rng) for _ in range(2)),
        things=tuple(rng.sample(topic.things, 3)),
    )


def fill(frame: str, about: Matter, rng: Random) -> str:
    """The frame with its slots filled by the matter's words."""
    topic = about.topic
    deeds = rng.sample(topic.deeds, 2)
    values = {
        "place": about.place,
        "kind": about.place[-1],
        "office": about.office,
        "official": about.official,
        "post": about.post,
        "person": rng.choice(about.people),
        "plain": words.plain_person(rng),
        "thing": rng.choice(about.things),
        "deed": deeds[0],
        "deed2": deeds[1],
        "result": rng.choice(topic.results),
        "voice": rng.choice(topic.voices),
        "gathering": rng.choice(topic.gatherings),
        "unit": rng.choice(topic.units),
        "number": words.number(rng),
        "number2": str(rng.randint(30, 9000)),
        "count": str(rng.randint(3, 12)),
        "count2": str(rng.randint(13, 40)),
        "percent": f"{rng.randint(2, 60)}.{rng.randint(1, 9)}",
        "date": f"{rng.randint(1, 12)}月{rng.randint(1, 28)}日",
        "date2": f"{rng.randint(1, 12)}月{rng.randint(1, 28)}日",
        "town": words.place(rng),
        "unit_word": rng.choice(("钱", "人", "地", "技术")),
        "month": str(rng.randint(1, 12)),
        "hour": str(rng.randint(8, 11)),
        "phone": f"0{rng.randint(310, 939)}-{rng.randint(2000000, 8999999)}",
    }
    return _SLOT.sub(lambda slot: values[slot[1]], frame)


def headline(about: Matter, rng: Random) -> str:
    """A headline for the matter."""
    return fill(rng.choice(about.topic.heads + _HEAD_FORMS), about, rng)


def opening(about: Matter, rng: Random) -> str:
    """The first sentence or two of a report."""
    text = _ended(fill(rng.choice(_OPENINGS), about, rng))
    return text + (_ended(fill(rng.choice(_MIDDLES), about, rng)) if rng.random() < 0.5 else "")


def paragraph(about: Matter, rng: Random, *, look_alike: bool = False) -> str:
    """One paragraph of one to five sentences; some speak words that only look like a jump line."""
    frames = rng.sample(_MIDDLES, rng.choice((1, 2, 2, 3, 3, 4, 5)))
    if look_alike:
        frames.insert(rng.randrange(len(frames) + 1), rng.choice(LOOK_ALIKES))
    return "".join(_ended(fill(frame, about, rng)) for frame in frames)


def closing(about: Matter, rng: Random) -> str:
    """The last paragraph of a report."""
    return _ended(fill(rng.choice(_CLOSINGS), about, rng))


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith(("。”", "！”", "。", "？")) else sentence + "。"
