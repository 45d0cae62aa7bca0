"""What holds for the findings of any page, whatever is printed on it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from worker.exports import console, sarif
from worker.newspaper import assembling, reader, rules
from worker.newspaper.model import Reading
from worker.newspaper.paper import Papers

PIECES = [
    "《",
    "》",
    "（",
    ")",
    "「",
    "」",
    "\n",
    "\n\n",
    "## ",
    "本报讯(记者张三)",
    "(下转A02版①)",
    "（上接第 版）",
    "上接1版",
    "，",
    "。",
]
WORDS = [
    "全市工作推进会今天召开",
    "委党校委党校",
    "出台支持工业经济高质量发展的意见，持续推进各项工作落到实处",
    "\t",
    "  ",
    "\x00",
    "1)",
]
PAGES = st.lists(st.sampled_from(PIECES + WORDS), max_size=40).map("".join)


def as_read(text: str) -> Reading:
    return reader.read("焦作日报-2022-08-15-A01.md", text.encode(), Papers())


@settings(max_examples=150, deadline=None, derandomize=True)
@given(PAGES)
def test_every_finding_stands_on_the_page_and_can_be_told(text: str) -> None:
    reading = as_read(text)
    source = reading.pages[0].source if reading.pages else ()
    for one in reading.findings:
        assert rules.message(one, "zh")
        assert rules.message(one, "en")
        if one.line is not None and one.end_line is not None:
            assert 1 <= one.line <= one.end_line <= len(source)
            assert 1 <= (one.column or 0) <= len(source[one.line - 1]) + 1
            assert 1 <= (one.end_column or 0) <= len(source[one.end_line - 1]) + 1
    assert console.told(reading.findings, reading.pages, "en").plain
    assert len(sarif.sarif_log(reading.findings, "zh", "0")["runs"][0]["results"]) == len(reading.findings)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(PAGES)
def test_no_two_findings_of_a_page_have_one_fingerprint(text: str) -> None:
    reading = as_read(text)
    for group in assembling.group([reading]):
        found = assembling.assemble(group.issue, group.found, Papers().generic).findings
        places = [(one.page, one.fingerprint) for one in found]
        assert len(places) == len(set(places))
        assert {one.code for one in reading.findings} <= {one.code for one in found}


@settings(max_examples=150, deadline=None, derandomize=True)
@given(PAGES)
def test_a_bracket_is_told_at_its_place_or_at_its_line(text: str) -> None:
    reading = as_read(text)
    for one in reading.findings:
        if one.code == "M001":
            line = reading.pages[0].source[(one.line or 0) - 1]
            whole_line = len(line) - len(line.lstrip()) + 1  # where it is said to be when its place cannot be told
            assert line[(one.column or 0) - 1] == one.facts["mark"] or one.column == whole_line
