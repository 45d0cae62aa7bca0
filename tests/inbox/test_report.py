"""The report: what became of a file, for newspaper people, and only words whatever the file says."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from worker.inbox import report as reports
from worker.inbox.quoting import code, quoted
from worker.inbox.report import Brought, Outcome, Piece, Repaired, Told, Ways
from worker.newspaper.model import Certainty, Kind, RepairKind, Severity
from worker.newspaper.rules import Language
from worker.settings.commands import Command
from worker.tables import Stage

THE_PAGE = Brought(
    id="p1",
    paper="焦作日报",
    date=date(2022, 8, 15),
    label="A02",
    stands=True,
    articles=(
        Piece(1, Kind.NEWS, "省住建厅调研组莅焦调研"),
        Piece(2, Kind.PHOTO, None, opening="8月12日,工人在生产苏打水"),
        Piece(3, Kind.CONTINUATION, None, opening="逻辑点二", continued_from="A01①"),
    ),
    repairs=(Repaired(RepairKind.JOIN_PARAGRAPH, (9, 11), Certainty.APPLIED),),
)
AT = datetime(2022, 8, 15, 7, 30, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
WAYS = Ways("", Command("/opt/jumpline", ("--data", "/srv/news")).typed)
HEADLESS = Told("A001", Severity.ERROR, None, 3, "标题下面没有正文。", "把正文补上。")
WAITS = Told("C002", Severity.INFO, None, 69, "“(上接A01版①)”在等 A01 版。", "现在不必处理。")
STORED = Outcome(12, "A02.md", "e" * 64, 17074, Stage.STORED, AT, pages=(THE_PAGE,))

LANGUAGES: list[Language] = ["zh", "en"]


def report(outcome: Outcome, language: Language, ways: Ways = WAYS) -> str:
    return reports.report(outcome, language, ways)


def says(outcome: Outcome, language: Language, *words: str) -> None:
    """The report has all of these words, in this order."""
    text = report(outcome, language)
    place = 0
    for word in words:
        assert word in text[place:]
        place = text.index(word, place) + len(word)


def test_a_stored_page_is_told_with_its_articles_and_what_was_put_in_order() -> None:
    says(
        STORED,
        "zh",
        "# `A02.md` 已入库",
        "现在的情况可用命令查看：`/opt/jumpline show d12 --data /srv/news`",
        "本报告写于 2022-08-15 07:30:05（Asia/Shanghai）",
        "没有发现问题",
        "## 焦作日报　2022-08-15　A02 版",
        "读到 3 篇稿件",
        "1. “省住建厅调研组莅焦调研”",
        "2. （无标题）“8月12日,工人在生产苏打水” · 图片",
        "3. （无标题）“逻辑点二” · 接版 · 接自 A01①",
        "第 9, 11 行：被栏尾断开的一段已接上",
        "不需要做任何事",
        "d12，17,074 字节",
        "e" * 64,
    )


def test_the_same_in_english() -> None:
    says(
        STORED,
        "en",
        "# `A02.md` is stored",
        "How it stands now: `/opt/jumpline show d12 --data /srv/news`",
        "as of 2022-08-15 07:30:05 (Asia/Shanghai)",
        "No problems were found",
        "## 焦作日报, 2022-08-15, page A02",
        "Articles read: 3",
        "continued from A01①",
        "lines 9, 11: a paragraph cut",
        "Nothing needs to be done",
        "Delivery d12, 17,074 bytes",
    )


def test_the_dashboard_comes_first_where_its_address_is_known() -> None:
    text = report(STORED, "en", Ways("http://127.0.0.1:8600", WAYS.typed))
    assert text.splitlines()[2] == "How it stands now, on the dashboard: <http://127.0.0.1:8600/deliveries/12>"
    assert "jumpline show" not in text


def test_a_page_names_those_that_its_stories_go_on_in() -> None:
    joined = replace(THE_PAGE, joined=(("A02", 2), ("A03", 1)))
    says(replace(STORED, pages=(joined,)), "en", "Joined with A02: 2 stories, A03: 1 story")
    says(replace(STORED, pages=(joined,)), "zh", "已与其他版接上：A02 版 2 篇、A03 版 1 篇")


@pytest.mark.parametrize(
    ("severities", "en", "zh"),
    [
        (["error"], "## Found: 1 problem\n", "## 发现 1 个问题\n"),
        (["error", "warning", "info"], "## Found: 2 problems, 1 note\n", "## 发现 2 个问题、1 条提示\n"),
        (["info", "info"], "## Found: 2 notes\n", "## 发现 2 条提示\n"),
    ],
)
def test_notes_are_no_problems(severities: list[str], en: str, zh: str) -> None:
    told = tuple(replace(HEADLESS, severity=Severity(word)) for word in severities)
    assert en in report(replace(STORED, told=told), "en")
    assert zh in report(replace(STORED, told=told), "zh")


def test_one_line_is_a_line() -> None:
    page = replace(THE_PAGE, repairs=(Repaired(RepairKind.JOIN_PARAGRAPH, (129,), Certainty.APPLIED),))
    says(replace(STORED, pages=(page,)), "en", "- line 129: ")


def test_each_problem_is_told_with_its_line_and_what_to_do() -> None:
    says(
        replace(STORED, told=(HEADLESS,)),
        "zh",
        "## 发现 1 个问题",
        "**第 3 行，错误 A001** 标题下面没有正文。",
        "怎么办：把正文补上。",
        "改正后用同样的文件名再投一次",
    )


def test_jump_lines_that_wait_are_told_apart_from_problems() -> None:
    says(replace(STORED, told=(WAITS,)), "zh", "## 等待接上的转版：1 处", "第 69 行", "转版会自动接上")
    assert "发现" not in report(replace(STORED, told=(WAITS,)), "zh")


def test_a_duplicate_names_the_earlier_delivery() -> None:
    twice = replace(STORED, stage=Stage.DUPLICATE, pages=(), earlier=(7, date(2022, 8, 14)))
    says(twice, "zh", "已经收过", "投递 d7，2022-08-14 收到", "不需要做任何事")
    says(twice, "en", "received before", "delivery d7, received 2022-08-14", "Nothing needs to be done")


def test_a_rejected_file_is_said_to_be_at_fault_itself() -> None:
    empty = Told("F001", Severity.ERROR, None, None, "The file “A02.md” is empty.", "Export it again.")
    rejected = replace(STORED, stage=Stage.REJECTED, pages=(), reason="F001", told=(empty,))
    says(rejected, "en", "was not accepted", "The file itself is at fault", "**error F001**", "Export it again.")


def test_a_failed_file_is_not_at_fault_and_can_be_tried_again() -> None:
    failed = replace(STORED, stage=Stage.FAILED, pages=(), reason="The disk is full.")
    says(failed, "en", "The file is not at fault", "The disk is full.", "`/opt/jumpline retry d12 --data /srv/news`")
    says(failed, "zh", "问题不在这个文件", "The disk is full.", "`/opt/jumpline retry d12 --data /srv/news`")


def test_an_unknown_page_comes_with_the_command_that_says_what_is_missing() -> None:
    unknown = replace(
        THE_PAGE,
        paper=None,
        date=None,
        label=None,
        missing=("paper", "date", "page"),
        proposed={"paper": "焦作日报", "date": "2022-08-15", "page": "not A01"},
    )
    says(
        replace(STORED, pages=(unknown,)),
        "zh",
        "报纸不明　日期不明　版次不明",
        "    /opt/jumpline identify d12 --paper '焦作日报' --date 2022-08-15 --page '版次' --data /srv/news",
    )
    two = (replace(unknown, id="p1", missing=("page",)), replace(unknown, id="p2", missing=("page",)))
    says(replace(STORED, pages=two), "en", "identify p1 --page PAGE", "identify p2 --page PAGE")


def test_a_command_at_the_end_of_a_part_leaves_no_gap() -> None:
    assert "\n\n\n" not in report(replace(STORED, pages=(replace(THE_PAGE, missing=("page",)),)), "en")


def test_a_proposal_from_the_file_never_becomes_a_command() -> None:
    hostile = replace(THE_PAGE, missing=("paper",), proposed={"paper": '"; rm -rf ~; "'})
    assert "rm -rf" not in report(replace(STORED, pages=(hostile,)), "en")


def test_a_page_that_was_replaced_says_so() -> None:
    says(replace(STORED, pages=(replace(THE_PAGE, stands=False),)), "zh", "以新的为准")


def test_a_page_without_articles_says_so() -> None:
    says(replace(STORED, pages=(replace(THE_PAGE, articles=()),)), "en", "No articles were found")


def test_a_very_long_list_of_problems_is_cut_and_says_so() -> None:
    text = report(replace(STORED, told=(HEADLESS,) * 130), "en")
    assert text.count("A001") == 100
    assert "And 30 more" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.RECEIVED])
def test_every_end_can_be_told_in_every_language(stage: Stage, language: Language) -> None:
    text = report(replace(STORED, stage=stage, told=(HEADLESS, WAITS)), language)
    assert text.startswith("# `A02.md` ")
    assert "{" not in text
    assert "\n\n\n" not in text


@pytest.mark.parametrize(
    ("words", "safe"),
    [
        ("解放区:细化创建标准 提升创建档次", "解放区:细化创建标准 提升创建档次"),
        ("(上接A01版①)", "(上接A01版①)"),
        ("000_52dbe719001a33ae.txt", "000_52dbe719001a33ae.txt"),
        ("_emphasis_", r"\_emphasis\_"),
        ("**bold** `code`", r"\*\*bold\*\* \`code\`"),
        ("![x](http://evil)", r"!\[x\](http\://evil)"),
        ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
        ("www.example.org me@example.org", r"www\.example.org me\@example.org"),
        ("one\n# two\r\n\tthree", "one # two three"),
        ("a\x1b[31m\x00b", r"a\\u001b\[31m\\u0000b"),
        ("a\u202eb", r"a\\u202eb"),
        ("&lt; | ~~", r"\&lt; \| \~\~"),
        ("C:\\dir", r"C:\\dir"),
    ],
)
def test_words_of_a_file_are_only_words(words: str, safe: str) -> None:
    assert quoted(words) == safe


@pytest.mark.parametrize(
    ("name", "span"),
    [
        ("A02 [final] 8_15*.md", "`A02 [final] 8_15*.md`"),
        ("a`b.md", "``a`b.md``"),
        ("`a``", "``` `a`` ```"),
        ("one\n# two", "`one # two`"),
        ("a\x1bb", "`a\\u001bb`"),
    ],
)
def test_a_name_is_a_code_span_whatever_it_holds(name: str, span: str) -> None:
    assert code(name) == span


def test_a_name_in_a_sentence_is_one_too() -> None:
    empty = Told("F001", Severity.ERROR, None, None, "The file “A_[1].md” is empty.", "Export it again.")
    says(replace(STORED, name="A_[1].md", stage=Stage.REJECTED, told=(empty,)), "en", "The file `A_[1].md` is empty.")


def test_very_long_words_are_cut() -> None:
    assert quoted("版" * 500) == "版" * 299 + "…"


def test_a_hostile_name_and_headline_do_not_change_the_report() -> None:
    hostile = "x\n# stored\n- [click](javascript:alert(1))"
    page = replace(THE_PAGE, articles=(Piece(1, Kind.NEWS, hostile),), paper=hostile, label=hostile)
    lines = report(replace(STORED, name=hostile, pages=(page,)), "en").splitlines()
    assert [line for line in lines if line.startswith("# ")] == [lines[0]]
    assert lines[0] == "# `x # stored - [click](javascript:alert(1))` is stored"
    assert not any("[click]" in line for line in lines[1:])
