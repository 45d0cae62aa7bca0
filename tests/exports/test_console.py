"""Findings at a terminal: the marks stand under the words, also under Han characters and in long lines."""

import pytest
from rich.cells import cell_len

from tests.newspaper.build import KNOWN, SOURCE, article, page
from worker.exports import console
from worker.newspaper import rules
from worker.newspaper.model import Severity, Unreadable
from worker.newspaper.paper import GENERIC

PAGE = page(article("出台《支持工业。", line=3), label="A02", file="A02.md")
FOUND = rules.check_page(PAGE, KNOWN, GENERIC)
EMPTY = rules.rejection(Unreadable("F001"), SOURCE)


def test_a_finding_shows_its_place_its_line_and_what_to_do() -> None:
    assert console.told(FOUND, [PAGE], "en").plain == (
        "A02.md:4:3 error M001 《 is opened and never closed: the article ends without its 》.\n"
        "  |\n"
        "4 | 出台《支持工业。\n"
        "  |     ^^\n"
        "  = help: Compare the printed page and put back the words or the mark that is missing.\n"
        "\n"
        "1 error."
    )


def test_it_is_told_in_chinese_too() -> None:
    told = console.told(FOUND, [PAGE], "zh").plain
    assert "A02.md:4:3 错误 M001 " in told
    assert "“《”之后直到文章结束都没有“》”。" in told
    assert "= 办法：对照印出的版面" in told
    assert told.endswith("1 个错误。")


def test_a_finding_without_a_line_shows_none() -> None:
    assert console.told([EMPTY], [], "en").plain == (
        "A02.md error F001 The file “A02.md” is empty: there is not a word in it.\n"
        "  = help: Export the page again and drop it once more.\n"
        "\n"
        "1 error."
    )


def test_a_finding_whose_source_is_not_at_hand_shows_no_line() -> None:
    assert " |" not in console.told(FOUND, [], "en").plain


@pytest.mark.parametrize(("language", "words"), [("en", "No problems found."), ("zh", "没有发现问题。")])
def test_nothing_found_is_said(language: rules.Language, words: str) -> None:
    assert console.told([], [], language).plain == words


def test_the_number_of_findings_is_said() -> None:
    assert console.told([*FOUND, EMPTY], [PAGE], "en").plain.endswith("\n2 errors.")


@pytest.mark.parametrize(
    ("language", "words"), [("en", "2 errors, 1 warning, 3 notes"), ("zh", "2 个错误、1 个警告、3 条提示")]
)
def test_severities_are_counted_in_the_words_of_the_dashboard(language: rules.Language, words: str) -> None:
    assert console.counted({Severity.INFO: 3, Severity.WARNING: 1, Severity.ERROR: 2}, language) == words


@pytest.mark.parametrize(
    ("line", "start", "end", "expected"),
    [
        ("abc def", 5, 8, ("abc def", "    ^^^")),
        ("出台《支持", 3, 4, ("出台《支持", "    ^^")),
        ("A02版①", 1, 5, ("A02版①", "^^^^^")),
        ("甲\t乙", 3, 4, ("甲 乙", "   ^^")),
        ("ab", 3, 3, ("ab", "  ^")),
        ("", 1, 2, ("", "^")),
        ("red \x1b[31m", 1, 4, ("red  [31m", "^^^")),
    ],
)
def test_marks_stand_under_the_words(line: str, start: int, end: int, expected: tuple[str, str]) -> None:
    assert console.marked(line, start, end) == expected


@pytest.mark.parametrize("start", [1, 20, 100, 290, 300])
def test_a_paragraph_is_cut_to_what_a_terminal_shows(start: int) -> None:
    line = "".join(chr(0x4E00 + at) for at in range(300))
    words, marks = console.marked(line, start, start + 1)
    assert cell_len(words) <= 76
    under = cell_len(marks) - 2
    shown = next(at for at in range(len(words)) if cell_len(words[:at]) == under)
    assert words[shown] == line[start - 1]


def test_marks_over_a_whole_paragraph_are_cut_with_it() -> None:
    words, marks = console.marked("字" * 300, 1, 301)
    assert (words, marks) == ("字" * 36 + "…", "^" * 72)
