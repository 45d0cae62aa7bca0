"""Lines that columns broke: joined where the text is wrapped, left alone elsewhere, each word with its place."""

import textwrap

import pytest

from worker.newspaper import paper, reader
from worker.newspaper.model import Article

HAN = (
    "8月13日上午，全国文明城市创建工作推进会召开，市领导出席会议并讲话。会议强调，各级各部门要采取步行调查、登高望远等一线工作方法，全面排查发现问题，对照标准立即整改，确保各项工作落到实处。",
    "会议要求，要坚持问题导向，建立台账，逐项销号，做到事事有人管、件件有着落，推动创建工作再上新的台阶，让广大市民得到更多的实惠，共同建设更加美好的家园。",
)
ENGLISH = (
    "The council voted on Monday to approve the long-awaited plan for a bridge in the eastern district of the town.",
    "Work is to begin in the spring, the mayor said, and the bridge will be open to traffic before the year is over.",
)


def articles(text: str) -> tuple[Article, ...]:
    return reader.read("x-2022-08-15-A02.txt", text.encode(), paper.Papers()).pages[0].articles


def wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """The lines of a column of so many Han characters."""
    whole = indent + text
    return [whole[at : at + width] for at in range(0, len(whole), width)]


@pytest.mark.parametrize("width", [14, 17, 20, 26, 38])
@pytest.mark.parametrize(
    ("indent", "between"), [("\u3000\u3000", ""), ("", "\n"), ("\u3000\u3000", "\n"), ("    ", "")]
)
def test_wrapped_paragraphs_are_whole(width: int, indent: str, between: str) -> None:
    paragraphs = ["\n".join(wrapped(text, width, indent)) for text in HAN]
    (article,) = articles(f"全市推进会召开\n\n{chr(10).join([paragraphs[0] + between, paragraphs[1]])}\n")
    assert [block.text for block in article.body] == list(HAN)
    first = len(wrapped(HAN[0], width, indent))
    assert article.body[0].lines == tuple(range(3, 3 + first))


@pytest.mark.parametrize("width", [28, 32, 36, 40])
def test_latin_words_keep_their_spaces(width: int) -> None:
    text = "\n\n".join("\n".join(textwrap.wrap(one, width)) for one in ENGLISH)
    (article,) = articles(f"Council approves new bridge\n\nBy JANE DOE\n\n{text}\n")
    assert [block.text for block in article.body] == list(ENGLISH)


def test_a_hyphen_at_a_lines_end_is_undone_and_one_within_a_word_stays() -> None:
    whole = " ".join(ENGLISH)
    lines = textwrap.wrap(whole, 50, break_on_hyphens=False)
    word = lines[1].split()[0]
    lines[:2] = [f"{lines[0]} {word[:3]}-", lines[1].removeprefix(word[:3])]
    (article,) = articles("Council approves new bridge\n\nBy JANE DOE\n\n" + "\n".join(lines) + "\n")
    assert "long-awaited" in article.text
    assert article.text == whole


def test_a_jump_line_at_a_wrapped_paragraphs_end_has_its_own_place() -> None:
    lines = wrapped(HAN[0], 20, "\u3000\u3000")
    lines[-1] += "（下转A03版①）"
    (article,) = articles("全市推进会召开\n\n" + "\n".join(lines) + "\n")
    jump = article.continued_to
    assert jump is not None
    assert (jump.line, jump.page, jump.raw) == (2 + len(lines), "A03", "（下转A03版①）")
    assert lines[-1][jump.column - 1 : jump.end_column - 1] == jump.raw
    assert article.body[-1].lines == (jump.line,)


@pytest.mark.parametrize(
    "text",
    [
        "# 标题\n\n第一段文字到此结束。\n第二段文字也到此结束。\n第三段文字同样到此结束。\n",
        "# 名单\n\n" + "\n".join(f"王京{number}　焦作市文联　散文《太行山下的村庄》" for number in range(9)),
        "# 诗\n\n白日依山尽，黄河入海流。\n欲穷千里目，更上一层楼。\n白日依山尽，黄河入海流。\n",
        "# 目录\n\n" + "\n".join(f"{number}. 全市创建工作推进会召开并对下一步工作作了安排" for number in range(9)),
    ],
)
def test_lines_that_nobody_wrapped_stay_apart(text: str) -> None:
    (article,) = articles(text)
    assert all(len(block.lines) == 1 for block in article.body)
