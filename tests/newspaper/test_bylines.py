"""Leads, bylines, credits and the page's furniture: every printed form is a row."""

import time

import pytest

from worker.newspaper import bylines
from worker.newspaper.furniture import is_furniture
from worker.newspaper.model import Byline, Dateline
from worker.newspaper.paper import Paper

LEADS = [
    ("本报讯(记者朱晓琳)8月13日上午", [("朱晓琳", "记者")], ("本报讯", None, None), "8月13日上午"),
    ("本报讯（记者 陆一波）昨天", [("陆一波", "记者")], ("本报讯", None, None), "昨天"),
    ("本报讯 (记者 王京) 昨天", [("王京", "记者")], ("本报讯", None, None), "昨天"),
    ("本报讯(记者詹长松 见习记者张苗)8月", [("詹长松", "记者"), ("张苗", "见习记者")], ("本报讯", None, None), "8月"),
    ("本报讯(通讯员常丹)为持续", [("常丹", "通讯员")], ("本报讯", None, None), "为持续"),
    ("本报讯(记者张三、李四)近日", [("张三", "记者"), ("李四", "记者")], ("本报讯", None, None), "近日"),
    ("本报讯(记者 张三 李四)近日", [("张三", "记者"), ("李四", "记者")], ("本报讯", None, None), "近日"),
    ("本报讯(记者吴  三)近日", [("吴三", "记者")], ("本报讯", None, None), "近日"),
    ("本报讯(记者吴　三、李　四)近日", [("吴三", "记者"), ("李四", "记者")], ("本报讯", None, None), "近日"),
    ("本报讯(记者阿不都·热合曼)近日", [("阿不都·热合曼", "记者")], ("本报讯", None, None), "近日"),
    ("本报讯记者张严报道：近日", [("张严", "记者")], ("本报讯", None, None), "近日"),
    ("本报讯近日,全市", [], ("本报讯", None, None), "近日,全市"),
    ("本报讯 近日,全市", [], ("本报讯", None, None), "近日,全市"),
    ("本报讯(附图片1张)近日", [], ("本报讯", None, None), "(附图片1张)近日"),
    ("本报北京１２月３１日讯 记者张严报道：今天", [("张严", "记者")], ("本报", "北京", "１２月３１日"), "今天"),
    (
        "本报北京10月19日电 （记者张严、王明）今天",
        [("张严", "记者"), ("王明", "记者")],
        ("本报", "北京", "10月19日"),
        "今天",
    ),
    ("新华社贵阳１２月３１日电（记者刘子富）今天", [("刘子富", "记者")], ("新华社", "贵阳", "１２月３１日"), "今天"),
    ("新华社北京１月１日电（江涛、曹斌）今天", [("江涛", ""), ("曹斌", "")], ("新华社", "北京", "１月１日"), "今天"),
    ("据新华社北京１２月３０日电 今天", [], ("新华社", "北京", "１２月３０日"), "今天"),
    ("综合本报和新华社电 今天", [], ("本报和新华社电", None, None), "今天"),
    ("【本报讯】（记者林美玲）近日", [("林美玲", "记者")], ("本报讯", None, None), "近日"),
    ("【本報訊】（記者何詠詩）近日", [("何詠詩", "記者")], ("本報訊", None, None), "近日"),
    (
        "本報訊（記者何詠詩、特約通訊員陳國華）近日",
        [("何詠詩", "記者"), ("陳國華", "特約通訊員")],
        ("本報訊", None, None),
        "近日",
    ),
    ("【本報專訊】近日", [], ("本報專訊", None, None), "近日"),
    ("【本報記者何詠詩報道】近日", [("何詠詩", "記者")], None, "近日"),
    ("【本報記者何詠詩攝影報導】 近日", [("何詠詩", "記者")], None, "近日"),
    ("【本報澳門10月19日電】近日", [], ("本報", "澳門", "10月19日"), "近日"),
    ("新華社臺北１月１日電（記者李國華）今天", [("李國華", "記者")], ("新華社", "臺北", "１月１日"), "今天"),
    ("本報訊 記者何詠詩報道：近日", [("何詠詩", "記者")], ("本報訊", None, None), "近日"),
    ("(记者赵改玲 通讯员毕光明)近日", [("赵改玲", "记者"), ("毕光明", "通讯员")], None, "近日"),
]


@pytest.mark.parametrize(("text", "named", "dateline", "rest"), LEADS)
def test_a_lead_is_read(
    text: str, named: list[tuple[str, str]], dateline: tuple[str | None, ...] | None, rest: str
) -> None:
    lead = bylines.lead(text, 1)
    assert lead is not None
    assert [(one.name, one.role) for one in lead.bylines] == named
    assert lead.dateline == (Dateline(*dateline) if dateline else None)
    assert text[lead.length :] == rest


@pytest.mark.parametrize(
    "text",
    [
        "本报电话:(0391)3568198",
        "本报记者昨日来到现场。",
        "新华社记者来电询问详情。",
        "新华书店开门迎客。",
        "【城市脉动】近日,全市",
        "【本報記者何詠詩的一天】近日",
        "【下转A02版】",
        "(三)记者站的同志也来了。",
        "昨天,本报讯息中心成立。",
        "",
    ],
)
def test_words_that_only_resemble_a_lead_are_none(text: str) -> None:
    assert bylines.lead(text, 1) is None


def test_a_person_keeps_role_organisation_and_print() -> None:
    lead = bylines.lead("本报讯(记者詹长松 见习记者张苗)8月", 43)
    assert lead is not None
    assert lead.bylines == (
        Byline("詹长松", "记者", None, "记者詹长松", 43),
        Byline("张苗", "见习记者", None, "见习记者张苗", 43),
    )


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("□ 本报记者 张三", [("张三", "记者", "本报")]),
        ("◎ 本報記者 張國華", [("張國華", "記者", "本報")]),
        ("本报记者 张三 通讯员 李四", [("张三", "记者", "本报"), ("李四", "通讯员", None)]),
        ("本报驻阿联酋记者林皎明", [("林皎明", "驻阿联酋记者", "本报")]),
        ("本报评论员", [("本报评论员", "评论员", "本报")]),
        ("(记者 王京)", [("王京", "记者", None)]),
        ("作者:王京", [("王京", "作者", None)]),
        ("特约通讯员 吴  三", [("吴三", "特约通讯员", None)]),
        ("By JANE DOE", [("JANE DOE", "By", None)]),
        ("By Jane Doe and John Q. Public", [("Jane Doe", "By", None), ("John Q. Public", "By", None)]),
        ("By the river", []),
        ("记者节快到了,大家都很忙。", []),
        ("本报记者走进车间看生产", []),
        ("焦作的夏天", []),
    ],
)
def test_a_byline_alone_on_its_line_is_read(text: str, named: list[tuple[str, str, str | None]]) -> None:
    assert [(one.name, one.role, one.organisation) for one in bylines.standing(text, 1)] == named


@pytest.mark.parametrize(
    ("text", "named", "before"),
    [
        ("本报记者 刘金元 摄", [("刘金元", "摄", "本报")], ""),
        ("本報記者 何詠詩 攝", [("何詠詩", "攝", "本報")], ""),
        ("攝影：何詠詩", [("何詠詩", "攝影", None)], ""),
        ("（新华社记者兰红光摄）", [("兰红光", "摄", "新华社")], ""),
        ("新华社记者 鞠\u00a0\u00a0鹏摄", [("鞠鹏", "摄", "新华社")], ""),
        ("王明摄（新华社发）", [("王明", "摄", None)], ""),
        ("王明摄/光明图片", [("王明", "摄", None)], ""),
        ("工人在车间忙碌。 本报记者 刘金元 摄", [("刘金元", "摄", "本报")], "工人在车间忙碌。 "),
        ("图为工人在车间忙碌。（王明 摄）", [("王明", "摄", None)], "图为工人在车间忙碌。"),
        ("图片由市文旅局提供", [("市文旅局", "提供", None)], ""),
        ("资料图片", [("", "资料图片", None)], ""),
        ("文/图 李四", [("李四", "文/图", None)], ""),
        ("记者张三摄影报道", [("张三", "摄影报道", None)], ""),
        ("摄影:王五", [("王五", "摄影", None)], ""),
        ("本报记者 张三 摄影报道", [("张三", "摄影报道", "本报")], ""),
    ],
)
def test_a_credit_is_read(text: str, named: list[tuple[str, str, str | None]], before: str) -> None:
    tail = bylines.credit(text, 1)
    assert tail is not None
    assert [(one.name, one.role, one.organisation) for one in tail.bylines] == named
    assert text[: tail.start] == before


@pytest.mark.parametrize(
    "text", ["最高气温三十六摄氏度", "天空摄影师", "这组照片由游客拍摄", "他爱上了摄影。", "我爱摄影", "摄", ""]
)
def test_words_about_pictures_are_no_credit(text: str) -> None:
    assert bylines.credit(text, 1) is None


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("会议闭幕。（新华社北京10月19日电  记者赵超、安蓓）", ["赵超", "安蓓"]),
        ("会议闭幕。(记者 王京)", ["王京"]),
        ("会议闭幕。(记者站供稿的消息)", None),
        ("会议闭幕。(见图)", None),
    ],
)
def test_a_byline_at_the_end_is_read(text: str, named: list[str] | None) -> None:
    tail = bylines.closing(text, 1)
    assert (tail and [one.name for one in tail.bylines]) == named


def test_a_paper_brings_its_own_leads_and_roles() -> None:
    paper = Paper("x", "某报", leads=("晨报快讯",), roles=("探访员",))
    lead = bylines.lead("晨报快讯(探访员王京)今天", 1, paper)
    assert lead is not None
    assert [(one.name, one.role) for one in lead.bylines] == [("王京", "探访员")]


@pytest.mark.parametrize(
    "text",
    [
        "本版责编:张三 版式设计:李四",
        "责任编辑：张三　美编：李四",
        "本版编辑张三",
        "今日8版",
        "今日八版",
        "国内统一连续出版物号 CN 41-0005",
        "邮发代号 35-27",
        "第12345期",
        "总第678期 今日8版",
        "责编 张三 校对 李四",
        "2022年8月15日 星期一 第二版",
        "焦作日报 2022年8月15日 星期一",
        "广  告",
        "A02",
    ],
)
def test_furniture_is_known(text: str) -> None:
    assert is_furniture(text)


@pytest.mark.parametrize(
    "text",
    ["2022年8月15日", "编辑部的故事", "广告业发展迅速", "8月12日,工人在生产。", "第一版", "责任重于泰山"]
    + [
        "统筹 疫情防控和经济社会发展",
        "第123期 中原大讲堂开讲",
        "2022年8月15日 第三届旅游节开幕",
        "2022年8月15日星期一,小王上班了",
    ],
)
def test_words_that_belong_to_articles_are_no_furniture(text: str) -> None:
    assert not is_furniture(text)


@pytest.mark.parametrize("letters", ["本报讯(", "(记者", "记者 ", "新华社北", "本报", " ", "摄", "责编:", "二〇"])
def test_a_megabyte_of_its_worst_letters_is_read_in_time(letters: str) -> None:
    text = letters * (1_000_000 // len(letters))
    began = time.perf_counter()
    for grammar in (bylines.lead, bylines.standing, bylines.credit, bylines.closing):
        grammar(text, 1)
    is_furniture(text)
    assert time.perf_counter() - began < 5
