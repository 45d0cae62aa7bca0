"""The names and numbers of the made-up pages: people, places, offices, papers, days."""

import datetime as dt
from random import Random

_SURNAMES = tuple(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文买鞠臧靳"
)
_DOUBLE = ("欧阳", "司马", "上官", "诸葛", "慕容", "皇甫")
_GIVEN = tuple(
    "明华强伟芳敏静丽军洋勇艳杰娟涛超霞平刚玲桂英玉萍红兰鹏飞宇欣怡子涵梓晨浩然雨桐思远佳琪建国志文海波春燕永康立新秋实晓东少华学义庆丰博雅若曦景行云舟长松小可一凡"
)
_OTHERS = ("买买提·艾力", "阿依古丽·玉素甫", "扎西顿珠", "约翰·史密斯", "玛丽亚·冈萨雷斯", "巴特尔")
_FIRST = tuple("青云石清安永长平临南北东西金玉白龙凤望秀宁泽祁汝淮沂沁温")
_SECOND = tuple("川溪河阳山州城丰江泉湾岭原陵浦源桥塘")
_OFFICES = (
    *("教育局", "卫生健康委", "农业农村局", "交通运输局", "水利局", "生态环境局", "文化和旅游局", "科技局", "财政局"),
    *("工业和信息化局", "体育局", "消防救援支队", "人民法院", "民政局", "人力资源和社会保障局", "商务局", "公安局"),
    *("文物考古研究所", "市场监管局", "总工会", "团委", "妇联"),
)
_POSTS = (
    "市长",
    "副市长",
    "市委书记",
    "县委书记",
    "局长",
    "副局长",
    "主任",
    "党组书记",
    "院长",
    "校长",
    "理事长",
    "总工程师",
)
_PLAIN = ("村民", "市民", "工人", "护士", "教师", "志愿者", "种粮大户", "店主", "居民", "退役军人", "大学生")
_PAPERS = ("日报", "晚报", "晨报", "商报", "时报")
SECTIONS = (
    "要闻",
    "综合新闻",
    "本市新闻",
    "国内新闻",
    "国际新闻",
    "文化",
    "体育",
    "经济",
    "民生",
    "副刊",
    "理论",
    "专题",
    "广告",
)
WEEKDAYS = "一二三四五六日"
HAN = "〇一二三四五六七八九"


def name(rng: Random) -> str:
    """A person's name: mostly of two or three characters, some of four, some with a dot."""
    chance = rng.random()
    if chance < 0.03:
        return rng.choice(_OTHERS)
    surname = rng.choice(_DOUBLE) if chance < 0.07 else rng.choice(_SURNAMES)
    return surname + "".join(rng.sample(_GIVEN, rng.choice((1, 2, 2))))


def town(rng: Random) -> str:
    """The name of a place, without what kind of place it is."""
    return rng.choice(_FIRST) + rng.choice(_SECOND)


def place(rng: Random) -> str:
    """A city, county, district or township."""
    return town(rng) + rng.choice(("市", "市", "县", "县", "区", "镇", "乡"))


def office(rng: Random) -> str:
    """An office without its place."""
    return rng.choice(_OFFICES)


def post(rng: Random) -> str:
    """What an official is."""
    return rng.choice(_POSTS)


def plain_person(rng: Random) -> str:
    """What somebody who is no official is."""
    return rng.choice(_PLAIN)


def paper(rng: Random) -> str:
    """The name of a newspaper."""
    return town(rng) + rng.choice(_PAPERS)


def number(rng: Random) -> str:
    """A number as a report prints it."""
    return rng.choice(
        (
            str(rng.randint(2, 99)),
            str(rng.randint(100, 9800)),
            f"{rng.randint(1, 99)}.{rng.randint(1, 9)}",
            f"{rng.randint(1, 90)}万",
            f"{rng.randint(2, 9)}00余",
        )
    )


def day(rng: Random) -> dt.date:
    """The date of an issue."""
    return dt.date(1998, 1, 1) + dt.timedelta(days=rng.randrange(10_300))


def han_label(number: int) -> str:
    """第二版 for 2."""
    tens, ones = divmod(number, 10)
    return "第" + (("" if tens < 2 else HAN[tens]) + "十" if tens else "") + (HAN[ones] if ones else "") + "版"
