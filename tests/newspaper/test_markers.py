"""Jump lines: every printed form is a row, and so is everything that only looks like one."""

import time

import pytest

from worker.newspaper import markers
from worker.newspaper.model import Continuation, Direction
from worker.newspaper.paper import Paper

TO, FROM = Direction.TO, Direction.FROM

FORMS = [
    ("(上接A01版①)", FROM, "A01", "①"),
    ("(上接A01版②)助力我市坚定“两个依靠”,闯出高质量发展新路子。", FROM, "A01", "②"),
    ("……正在成为现实。(下转A02版①)", TO, "A02", "①"),
    ("（下转A02版②）", TO, "A02", "②"),
    ("（下转Ａ０２版)", TO, "A02", None),
    ("( 上接 A 01 版 ① )", FROM, "A01", "①"),
    ("上接A01版", FROM, "A01", None),
    ("◀上接A01版", FROM, "A01", None),
    ("▶下转A02版", TO, "A02", None),
    ("◀ 上接 A01 版", FROM, "A01", None),
    ("接第一版", FROM, "01", None),
    ("(转第2版)", TO, "02", None),
    ("他笑着说。（转第二版）", TO, "02", None),
    ("下转A8版", TO, "A08", None),
    ("（上接第1版《为了谁》）", FROM, "01", None),
    ("（紧接第一版）", FROM, "01", None),
    ("（续接第三版）", FROM, "03", None),
    ("（转接第四版）", TO, "04", None),
    ("（下转第十二版）", TO, "12", None),
    ("（下转第二十版）", TO, "20", None),
    ("（上接第02版）", FROM, "02", None),
    ("（上接１版）", FROM, "01", None),
    ("（下转二、三版）", TO, "02", None),
    ("（下转第12页）", TO, "12", None),
    ("(下转A02)", TO, "A02", None),
    ("（下轉A3版）", TO, "A03", None),
    ("(上接A01版⑴)", FROM, "A01", "⑴"),
    ("(上接A01版❶)", FROM, "A01", "❶"),
    ("(上接A01版(1))", FROM, "A01", "(1)"),
    ("(上接A01版[1])", FROM, "A01", "[1]"),
    ("(上接A01版▲)", FROM, "A01", "▲"),
    ("(上接A01版)●", FROM, "A01", "●"),
    ("①（上接A01版）", FROM, "A01", None),
    ("（★下转A02版）", TO, "A02", "★"),
    ("## (上接第 243页）", FROM, "243", None),
    ("**(下转A02版①)**", TO, "A02", "①"),
    ("　　（上接A01版①）", FROM, "A01", "①"),
    ("上接A01版②助力我市坚定", FROM, "A01", "②"),
    ("奋力谱写新的篇章。下转A02版①", TO, "A02", "①"),
    ("（上接第 页 ）", FROM, None, None),
    ("（下转第 版）", TO, None, None),
    ("下转第 版", TO, None, None),
    ("Continued on Page A6", TO, "A06", None),
    ("Continued from Page A1", FROM, "A01", None),
    ("the council said on Monday. Continued on Page Three", TO, "03", None),
    ("(Continued on A6)", TO, "A06", None),
    ("CONTINUED ON PAGE 7", TO, "07", None),
    ("See STORY, A6", TO, "A06", None),
    ("From A1", FROM, "A01", None),
    ("Please turn to page A7", TO, "A07", None),
    ("(Schluß auf Seite 8)", TO, "08", None),
    ("(Schluß von Seite 1)", FROM, "01", None),
    ("Fortsetzung Seite 16", TO, "16", None),
    ("Fortsetzung auf Seite 3", TO, "03", None),
    ("Fortsetzung von Seite 1", FROM, "01", None),
    ("Suite page 3", TO, "03", None),
    ("(SUITE ET SCHÉMA PAGE54)", TO, "54", None),
    ("Suite de la page 1", FROM, "01", None),
    ("Pasa a la página 4", TO, "04", None),
    ("Viene de la página 1", FROM, "01", None),
    ("（3面に続く）", TO, "03", None),
    ("1面から続く", FROM, "01", None),
    ("3면에 계속", TO, "03", None),
    ("1면에서 계속", FROM, "01", None),
    ("Fortsetzung auf S. 3", TO, "03", None),
    ("Fortsetzung von S. 1", FROM, "01", None),
    ("Schluss auf Seite 8", TO, "08", None),
    ("Suite et fin page 5", TO, "05", None),
    ("Suite et fin de la page 1", FROM, "01", None),
    ("Lire la suite page 3", TO, "03", None),
    ("Sigue en la página 4", TO, "04", None),
    ("(Continúa en la pág. 6)", TO, "06", None),
    ("Viene de la pág. 1", FROM, "01", None),
    ("1面よりつづく", FROM, "01", None),
    ("（３面へ続く）", TO, "03", None),
    ("2면으로 이어짐", TO, "02", None),
    ("◀1면에서 이어짐", FROM, "01", None),
]

LOOK_ALIKES = [
    "会上接受采访的代表都说好。",
    "他马上接着说,第2版的稿子已经排好。",
    "双方在利益上接轨。",
    "把导线上接用电器的一端剪断。",
    "转弯前打一下转向灯。",
    "紧接着,代表们来到第三车间。",
    "（全文见第四版）",
    "本报今日第十版详文",
    "第一版",
    "修订第二版",
    "焦作新区建设纪实（上）",
    "（未完待续）",
    "（续完）",
    "①2022年8月12日,工人在生产。",
    "他接第一版样书时手有些抖。",
    "从11日转12日夜间有雨。",
    "打开书,转第3页继续读下去。",
    "(转10路公交车)",
    "The trial continued on page 3 of the record for hours.",
    "See Smith, who lives at A6.",
    "From A1 to Z9 the list goes on.",
    "(Fortsetzung folgt)",
    "(A suivre)",
    "(à suivre)",
    "(Continuará)",
    "（次号に続く）",
    "다음 호에 계속",
    "Fortsetzung von Seite 1 der Akte lag vor.",
    "Er blätterte auf Seite 3.",
    "Pasa a la página 4 del libro y lee.",
    "Continúa en la página 6 del expediente.",
    "朝刊の1面から続く話題が並ぶ。",
    "Turn to page designers for help.",
    "",
]


@pytest.mark.parametrize(("line", "direction", "page", "mark"), FORMS)
def test_a_printed_form_is_read(line: str, direction: Direction, page: str | None, mark: str | None) -> None:
    assert [(jump.direction, jump.page, jump.mark) for jump in markers.find(line, 1)] == [(direction, page, mark)]


@pytest.mark.parametrize("line", LOOK_ALIKES)
def test_what_only_looks_like_a_jump_line_is_none(line: str) -> None:
    assert markers.find(line, 1) == ()


def test_a_jump_line_knows_where_it_stands() -> None:
    assert markers.find("发展新路。(下转A02版①)", 40) == (
        Continuation(TO, "A02", "①", raw="(下转A02版①)", line=40, column=6, end_column=15),
    )


def test_several_jump_lines_in_one_line_come_in_order() -> None:
    jumps = markers.find("(上接A01版①)短短的一段。(下转A03版①)", 7)
    assert [(jump.direction, jump.page, jump.column) for jump in jumps] == [(FROM, "A01", 1), (TO, "A03", 16)]


def test_a_paper_brings_its_own_words() -> None:
    paper = Paper("x", "某报", jump_to=("请看",))
    assert [jump.page for jump in markers.find("（请看第三版）", 1, paper)] == ["03"]
    assert markers.find("（请看第三版）", 1) == ()


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("A1", "A01"),
        ("Ａ０１", "A01"),
        ("第一版", "01"),
        ("第十二版", "12"),
        ("廿二", "22"),
        ("1", "01"),
        ("a 02版", "A02"),
        ("二、三版", "02"),
        ("Three", "03"),
        ("243", "243"),
        ("版", None),
        ("要闻", None),
    ],
)
def test_a_label_has_one_normal_form(printed: str, label: str | None) -> None:
    assert markers.normal_label(printed) == label


@pytest.mark.parametrize(
    "letters", ["(上接", "接第", "转 ", "上接A01版(", "(上接第1版《", "Continued on ", "See A", "①", "(", "第一"]
)
def test_a_megabyte_of_its_worst_letters_is_read_in_time(letters: str) -> None:
    line = letters * (1_000_000 // len(letters))
    began = time.perf_counter()
    markers.find(line, 1)
    assert time.perf_counter() - began < 10
