"""Pages of other lands and scripts: an English daily, and a paper in traditional characters."""

from dataclasses import replace
from random import Random

from tests.corpus.house import House
from tests.corpus.pieces import Genre, Jump, Part, Person, Piece, Role

_FIRST = ("Jane", "John", "Maria", "Peter", "Grace", "Daniel", "Amina", "Samuel", "Ruth", "Tomás", "Helen", "Victor")
_LAST = ("Doe", "Carter", "O'Neill", "Mwangi", "Smith-Jones", "Garcia", "Kowalski", "Okafor", "Lindqvist", "Baker")
_TOWNS = ("Ashford", "Port Elgin", "Kisumu", "Mill Valley", "St. Helens", "Newbridge", "Eastleigh", "Harrow Creek")
_SUBJECTS = (
    ("bridge", "engineers", "commuters", "repair", "toll", "river crossing"),
    ("school", "teachers", "parents", "reopen", "lunch", "reading room"),
    ("harvest", "growers", "traders", "irrigate", "seed", "maize"),
    ("hospital", "nurses", "patients", "expand", "night shift", "maternity ward"),
    ("library", "readers", "volunteers", "restore", "lending", "local archive"),
    ("ferry", "crews", "islanders", "replace", "fare", "landing stage"),
)
_HEADS = (
    "{town} council backs {thing} plan",
    "Why {town}'s {thing} divides {people}",
    "New {thing} to open in {town} by spring",
    "{others} fear for {thing} as costs rise",
    "‘We waited {number} years’: {town} gets its {thing}",
)
_SENTENCES = (
    "The council voted {number} to 3 on Monday to {verb} the {thing}.",
    "“We have waited long enough,” said {person}, who speaks for the {people}.",
    "The work is expected to cost ${number}.5 million and to take two years.",
    "{others} have complained about the {object} since the {place} was closed in March.",
    "A report published last week found that {number} percent of {others} use the {place} every day.",
    "Critics say that the {object} will hit the poorest {others} hardest.",
    "Mr. {last} declined to say when the {people} would be consulted.",
    "Work on the {place} begins in the fall, according to a long-awaited schedule.",
    "In {town}, {people} and {others} met on Tuesday night to discuss the {object}.",
)
# Reports in traditional characters: headline, writer, paragraphs.
_TRADITIONAL = (
    (
        "海濱長廊延伸段年底啟用",
        "陳志明",
        "發展局昨日表示，海濱長廊延伸段工程進展順利，預計年底前啟用，屆時居民可由碼頭步行至公園。",
        "工程費用約三億元，沿途設有座椅、飲水機和單車徑。當區區議員說，居民等候多年，盼望當局如期完成。",
    ),
    (
        "舊區小店掛起百年招牌",
        "林美玲",
        "鐘錶街一家修理舖上月滿一百年，店主黃伯把祖父寫的招牌重新上漆，街坊紛紛前來合照。",
        "「機器會壞，手藝不會。」黃伯說，兒子已答應接手，下個月起還會開班授徒。",
    ),
    (
        "颱風過後果園搶收 農民盼穩價",
        "張國華",
        "颱風昨晨離境，南部果園落果逾三成。農民趁天晴搶收，擔心價格下跌，血本無歸。",
        "農業部門指出，受災農戶可於十日內申報，補助款最快下月發放。",
    ),
    (
        "中學生發明導盲手杖獲金獎",
        "何詠詩",
        "三名中學生發明的導盲手杖，在國際青年科技展中獲得金獎，評審讚揚設計簡單實用。",
        "隊長說，靈感來自祖母。手杖能辨別路面高低，並以震動提示使用者。",
    ),
    (
        "渡輪加班疏導人潮",
        "李偉成",
        "長假首日，離島碼頭人潮洶湧，渡輪公司加開二十班船，仍有旅客等候逾一小時。",
        "當局呼籲市民盡早啟程，並留意天氣變化。",
    ),
)


def english(rng: Random, number: int) -> list[Piece]:
    """The reports of an English page, some going on on another page."""
    return [_report(rng, number) for _ in range(rng.randint(3, 6))]


def traditional(house: House, rng: Random, number: int) -> list[Piece]:
    """The reports of a page in traditional characters, the first going on on another page."""
    pieces = []
    for title, name, first, *rest in rng.sample(_TRADITIONAL, rng.randint(3, 5)):
        lead = rng.choice(("【本報訊】（記者{0}）", "【本報記者{0}報道】", "本報訊（記者{0}）")).format(name)
        parts = [Part(Role.HEADLINE, title), Part(Role.PARAGRAPH, lead + first, (Person(name, "記者"),))]
        pieces.append(Piece(Genre.NEWS, (*parts, *(Part(Role.PARAGRAPH, text) for text in rest))))
    page = number + 1
    jump = Part(Role.JUMP, f"（下轉{house.section}{page}版）", jump=Jump("to", house.label(page), None))
    return [replace(pieces[0], parts=(*pieces[0].parts, jump)), *pieces[1:]]


def _report(rng: Random, number: int) -> Piece:
    place, people, others, verb, cost, thing = rng.choice(_SUBJECTS)
    name, speaker = (f"{rng.choice(_FIRST)} {rng.choice(_LAST)}" for _ in range(2))
    words = {"place": place, "people": people, "others": others, "verb": verb, "object": cost, "thing": thing}
    words |= {
        "person": speaker,
        "last": speaker.split()[-1],
        "town": rng.choice(_TOWNS),
        "number": f"{rng.randint(4, 97)}",
    }
    heads = [Part(Role.HEADLINE, _capital(rng.choice(_HEADS).format(**words)))]
    printed = name.upper() if rng.random() < 0.5 else name
    heads.append(Part(Role.BYLINE, f"By {printed}", (Person(printed, "By"),)))
    frames = rng.sample(_SENTENCES, rng.randint(5, 8))
    sentences = [_capital(frame.format(**words)) for frame in frames]
    body = [Part(Role.PARAGRAPH, " ".join(sentences[at : at + 3])) for at in range(0, len(sentences), 3)]
    chance = rng.random()
    if chance < 0.25:
        page = number + rng.randint(1, 4)
        told = Jump("to", f"A{page:02}", None)
        text = rng.choice((f"Continued on Page A{page}", f"(Continued on A{page})", f"Please turn to page A{page}"))
        body.append(Part(Role.JUMP, text, jump=told))
    elif chance < 0.35 and number > 1:
        told = Jump("from", "A01", None)
        heads = [heads[0], Part(Role.JUMP, rng.choice(("Continued from Page A1", "From A1")), jump=told)]
        return Piece(Genre.CONTINUATION, (*heads, *body))
    return Piece(Genre.NEWS, (*heads, *body))


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
