"""The small pieces of a page: briefs, pictures, notices, tables, lists, verses, letters, results, weather, ads."""

from random import Random

from tests.corpus import house as habits
from tests.corpus import words, writing
from tests.corpus.house import House
from tests.corpus.pieces import Genre, Part, Person, Piece, Role

_VERSES = (
    "风从河的对岸吹来|带着新割的青草味|母亲在门槛上坐下|把一天的尘土|轻轻抖落|灯亮了|炊烟有了方向|而我|仍在去远方的路上|数着落下的叶子",
    "雨打芭蕉夜未央|一灯如豆照空廊|故人千里音书断|又见檐前燕子忙",
    "码头睡了|船还醒着|缆绳拉着一小截月光|守夜的人|把茶喝到没有颜色|潮水退去|留下字一样的水痕|谁来读它",
    "一垄麦子弯下腰|一垄麦子站着|布谷叫了三遍|父亲磨亮了镰刀|那时候的夏天|是一碗井水|凉到骨头里",
)
_NOTICES = (
    ("关于{thing}项目的公示", "根据工作安排，现将{thing}有关情况予以公示。公示期内如有异议，请以书面形式反映。"),
    ("停水公告", "因管道检修，{date}{hour}时至18时，{place}部分区域停水，请广大用户提前做好储水准备。"),
    ("招聘启事", "因工作需要，{office}面向社会公开招聘工作人员{count}名，报名截止{date}。"),
    ("遗失声明", "{person}不慎遗失身份证，号码尾数{number2}，声明作废。"),
    ("{place}人民政府公告", "经研究，决定对{thing}实行统一管理，自{date}起施行。联系电话：{phone}。"),
)
_LISTED = (
    "带好有效证件和准考证",
    "提前一小时到达现场",
    "不得携带易燃易爆物品",
    "服从工作人员引导",
    "遇雨天活动顺延",
    "保持手机畅通",
)
_SKIES = ("多云转晴", "小雨转阴", "晴间多云", "雷阵雨", "阴有小雪", "晴")


def brief(house: House, rng: Random) -> Piece:
    """A lead with its report and no headline."""
    about = writing.matter(rng)
    text, named = habits.lead(house, rng)
    return Piece(Genre.BRIEF, (_part(house, text + writing.opening(about, rng), named),))


def photo(house: House, rng: Random) -> Piece:
    """A caption and its credit, in one line or two; some have a headline."""
    about = writing.matter(rng)
    frames = (
        "{date}，{place}{plain}在{thing}现场忙碌。{place}{deed}，{result}。",
        "图为{plain}们在查看{thing}。",
        "{date}，俯瞰{place}{thing}，{result}。近年来，{place}{deed}。",
    )
    caption = rng.choice(("", "", "", "", "", "①")) + writing.fill(rng.choice(frames), about, rng)
    text, named = habits.credit(house, rng)
    heads: tuple[Part, ...] = ()
    if rng.random() < 0.35:
        title = rng.choice(("图片新闻", writing.headline(about, rng), about.things[0] + "忙"))
        heads = (Part(Role.HEADLINE, house.printed(title)),)
    if rng.random() < 0.4:
        return Piece(Genre.PHOTO, (*heads, Part(Role.CAPTION, house.printed(f"{caption}{text}"), named)))
    return Piece(
        Genre.PHOTO, (*heads, _of(house, Role.CAPTION, caption), Part(Role.CREDIT, house.printed(text), named))
    )


def notice(house: House, rng: Random) -> Piece:
    """An announcement, signed and dated, some with a table."""
    about = writing.matter(rng)
    title, frame = rng.choice(_NOTICES)
    parts = [_of(house, Role.HEADLINE, writing.fill(title, about, rng)), _part(house, writing.fill(frame, about, rng))]
    if rng.random() < 0.5:
        parts.append(_part(house, writing.fill("特此公告。如有疑问，请咨询{office}，电话{phone}。", about, rng)))
    date = f"{house.day.year}年{house.day.month}月{house.day.day}日"
    who = about.place + words.office(rng)
    signed = (f"{who} {date}",) if rng.random() < 0.3 else (who, date)
    parts += [_of(house, Role.SIGNATURE, line) for line in signed]
    if rng.random() < 0.25:
        parts += _rows(house, rng)
    return Piece(Genre.NOTICE, tuple(parts))


def obituary(house: House, rng: Random) -> Piece:
    """A death notice."""
    about = writing.matter(rng)
    died = f"于{house.day.month}月{house.day.day}日在{about.place}逝世，享年{rng.randint(70, 99)}岁。"
    first = f"{about.office}离休干部{about.official}同志，因病医治无效，{died}"
    second = f"{about.official}同志生前长期从事{about.things[0]}工作。遵照本人遗愿，丧事从简。谨此讣告。"
    date = f"{house.day.year}年{house.day.month}月{house.day.day}日"
    return Piece(
        Genre.OBITUARY,
        (
            Part(Role.HEADLINE, "讣告"),
            _part(house, first),
            _part(house, second),
            Part(Role.SIGNATURE, f"{about.official}同志治丧小组"),
            Part(Role.SIGNATURE, house.printed(date)),
        ),
    )


def table(house: House, rng: Random) -> Piece:
    """A headline and figures."""
    about = writing.matter(rng)
    head = f"{about.place}{about.things[0]}{rng.choice(('一览表', '统计表', '名单', '价格表'))}"
    return Piece(Genre.TABLE, (_of(house, Role.HEADLINE, head), *_rows(house, rng)))


def results(house: House, rng: Random) -> Piece:
    """Sports results: a lead and a line for each match or place."""
    about = writing.matter(rng)
    text, named = habits.lead(house, rng)
    first = _part(
        house, f"{text}{rng.choice(('全国联赛', '省运会', '公开赛'))}昨日在{about.place}结束，结果如下：", named
    )
    if rng.random() < 0.5:
        lines = [
            f"{words.town(rng)}队 {rng.randint(0, 4)}∶{rng.randint(0, 4)} {words.town(rng)}队"
            for _ in range(rng.randint(3, 7))
        ]
    else:
        lines = [
            f"第{at}名 {words.name(rng)}（{words.town(rng)}） {rng.randint(9, 12)}秒{rng.randint(10, 99)}"
            for at in range(1, rng.randint(4, 9))
        ]
    head = rng.choice(("全国女排联赛战报", f"{about.place}运动会昨日成绩", "赛果速递", "昨日赛况"))
    return Piece(Genre.RESULTS, (Part(Role.HEADLINE, head), first, *(_of(house, Role.ITEM, line) for line in lines)))


def weather(house: House, rng: Random) -> Piece:
    """What the sky will do."""
    about = writing.matter(rng)
    days = ("今天白天", "今天夜间", "明天", "后天")
    lines = []
    for day in days[: rng.randint(2, 4)]:
        wind = f"偏{rng.choice('东南西北')}风{rng.randint(2, 5)}级"
        lines.append(f"{day}：{rng.choice(_SKIES)}，{wind}，气温{rng.randint(-3, 18)}℃～{rng.randint(19, 36)}℃。")
    head = rng.choice(("天气预报", "今日天气", f"{about.place}未来三天天气"))
    return Piece(Genre.WEATHER, (Part(Role.HEADLINE, head), *(_part(house, line) for line in lines)))


def listing(house: House, rng: Random) -> Piece:
    """A headline, a sentence that ends in a colon, and numbered items."""
    about = writing.matter(rng)
    form = rng.choice(("{n}. {w}；", "（{h}）{w}；", "{c}{w}。", "{n}、{w}。", "· {w}"))
    items = rng.sample(_LISTED, rng.randint(3, 5))
    lines = [
        form.format(n=at, h=words.HAN[at], c="①②③④⑤⑥"[at - 1], w=rng.choice(("", f"{about.place}考生须")) + item)
        for at, item in enumerate(items, 1)
    ]
    first = _part(house, writing.fill("{date}，{office}发布{thing}须知，具体事项如下：", about, rng))
    head = _of(house, Role.HEADLINE, writing.fill("{office}发布{thing}须知", about, rng))
    return Piece(Genre.LIST, (head, first, *(_of(house, Role.ITEM, line) for line in lines)))


def poem(house: House, rng: Random) -> Piece:
    """A title, its poet and short lines."""
    one = words.name(rng)
    byline = rng.choice((f"作者：{one}", f"□ {one}"))
    verses = rng.choice(_VERSES).split("|")
    title = rng.choice(("麦收时节", "渡口", "秋夜", "故乡的河", "写给父亲", "立冬"))
    return Piece(
        Genre.POEM,
        (
            Part(Role.HEADLINE, title),
            Part(Role.BYLINE, house.printed(byline), (Person(one, "作者" if "作者" in byline else ""),)),
            *(Part(Role.VERSE, verse) for verse in verses),
        ),
    )


def letter(house: House, rng: Random) -> Piece:
    """A reader's letter."""
    about = writing.matter(rng)
    title = writing.fill(rng.choice(("{thing}该管管了", "盼{thing}早日进{place}", "谢谢{place}的{plain}")), about, rng)
    parts = [_of(house, Role.HEADLINE, title), _part(house, rng.choice(("编辑同志：", "尊敬的编辑：")))]
    parts += [_part(house, writing.paragraph(about, rng)) for _ in range(rng.choice((1, 2)))]
    parts.append(Part(Role.SIGNATURE, f"{rng.choice(('市民', '读者', '居民'))} {words.name(rng)}"))
    return Piece(Genre.LETTER, tuple(parts))


def advertisement(house: House, rng: Random) -> Piece:
    """Something for sale or to let."""
    about = writing.matter(rng)
    head = rng.choice(("旺铺招租", "厂房转让", f"{about.place}汽车展销会", "房产拍卖公告", "驾校招生"))
    text = writing.fill("位于{place}，面积{number2}平方米，交通便利，价格面议，有意者请于{date}前联系。", about, rng)
    phone = writing.fill("联系电话：{phone}　{person}", about, rng)
    where = writing.fill("地址：{place}人民路{count}号", about, rng)
    return Piece(
        Genre.AD,
        (Part(Role.HEADLINE, head), _part(house, text), _of(house, Role.ITEM, phone), _of(house, Role.ITEM, where)),
    )


def _rows(house: House, rng: Random) -> list[Part]:
    """The rows of a table, the first cell of some left empty because it belongs to the one above."""
    rows = [("类别", "项目", "单位")]
    for kind in rng.sample(("图书类", "戏剧类", "广播类", "歌曲类", "绘画类"), rng.randint(2, 4)):
        for cell in (kind, "", "")[: rng.choice((1, 1, 2, 3))]:
            row = (cell, f"《{words.town(rng)}往事》", f"{words.town(rng)}市{words.office(rng)}")
            rows.append(row)
    if house.table == " | ":
        lines = ["| " + " | ".join(row) + " |" for row in rows]
    else:
        width = 16 if house.table.isspace() and house.table != "\t" else 0
        lines = [house.table.join(cell.ljust(width, " ") for cell in row).rstrip() for row in rows]
    return [Part(Role.ROW, line, cells=row) for line, row in zip(lines, rows, strict=True)]


def _part(house: House, text: str, named: tuple[Person, ...] = ()) -> Part:
    return Part(Role.PARAGRAPH, house.printed(text), named)


def _of(house: House, role: Role, text: str) -> Part:
    return Part(role, house.printed(text))
