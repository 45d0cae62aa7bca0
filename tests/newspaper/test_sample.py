"""The sample page, held field by field against what a careful reader finds on it."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from worker.newspaper import assembling, mending, paper, reader, reading, rules
from worker.newspaper.formats import sheets
from worker.newspaper.model import Article, BlockKind, Certainty, Ends, Page, Reading, RepairKind, Starts

SAMPLES = Path(__file__).parents[1] / "samples"
NAME = "焦作日报-2022-08-15-A02.md"
EXPECTED = json.loads((SAMPLES / "焦作日报-2022-08-15-A02.expected.json").read_text("utf-8"))
JIAOZUO = paper.parse(
    (Path(__file__).parents[2] / "config" / "papers" / "jiaozuo-daily.toml").read_text("utf-8"), "jiaozuo-daily.toml"
)

# Which rule says what the careful reader finds missing, wrong or mended; with the page alone the issue is closed.
CODES = {
    "unmatched continuation": "C001",
    "headline without a body": "A001",
    "displaced text": "A006",
    "the beginning of a text is lost": "A003",
    "text breaks off": "A004",
    "《 without 》": "M001",
    "a run of characters is repeated": "M005",
}


def read(name: str = NAME) -> Reading:
    return reader.read(name, (SAMPLES / NAME).read_bytes(), paper.Papers((JIAOZUO,)))


@pytest.fixture(scope="module")
def page() -> Page:
    (page,) = read().pages
    return page


def articles_and_what_is_expected() -> list[Any]:
    """Each article on the page beside what a careful reader finds."""
    (page,) = read().pages
    return [
        pytest.param(found, wanted, id=str(wanted["lines"][0]))
        for found, wanted in zip(page.articles, EXPECTED["articles"], strict=True)
    ]


def test_identity_comes_from_the_file_name() -> None:
    told = read().identity
    assert (told.paper, str(told.date), told.page, told.missing) == ("焦作日报", "2022-08-15", "A02", ())


def test_the_page_carries_its_label_and_every_line() -> None:
    (page,) = read().pages
    assert (page.label, page.sequence, page.furniture) == ("A02", 2, ())
    assert "\n".join(page.source) == (SAMPLES / NAME).read_text("utf-8")


@pytest.mark.parametrize(("found", "wanted"), articles_and_what_is_expected())
def test_an_article_is_what_a_careful_reader_finds(found: Article, wanted: dict[str, Any]) -> None:
    assert (found.kind, found.title) == (wanted["kind"], wanted["headline"])
    assert list(found.lines) == wanted["lines"]
    assert [{"name": one.name, "role": one.role} for one in found.bylines] == wanted.get("bylines", [])
    assert [
        {"name": one.name, "role": one.role, "organisation": one.organisation} for one in found.credits
    ] == wanted.get("credits", [])
    assert (found.dateline.agency if found.dateline else None) == wanted.get("agency")
    assert found.signed_by == wanted.get("signed_by")
    assert (found.signed_on.isoformat() if found.signed_on else None) == wanted.get("signed_on")
    subheads = [block.text for block in found.body if block.kind is BlockKind.SUBHEAD]
    assert subheads == wanted.get("subheads", [])


@pytest.mark.parametrize(("found", "wanted"), articles_and_what_is_expected())
def test_a_continuation_knows_its_page_and_mark(found: Article, wanted: dict[str, Any]) -> None:
    jump = found.continued_from
    told = jump and {"page": jump.page, "mark": jump.mark, "raw": jump.raw, "line": jump.line}
    assert told == wanted.get("continued_from")
    assert found.continued_to is None


def test_displaced_text_is_put_under_its_own_headline_and_says_why(page: Page) -> None:
    (moved,) = [repair for repair in page.repairs if repair.kind is RepairKind.REATTACH_TEXT]
    assert (moved.lines, moved.to, moved.state) == ((57, 59, 61), 1, Certainty.APPLIED)
    assert {
        "“该区” stands for something that the text has not named; the headline names “解放区”",
        "line 57 begins like the end of something: “区生活垃圾日产日清。”",
        "the article that it stands in has come to its end on line 55",
    } <= {rules.reason(one, "en") for one in moved.evidence}
    assert "文中的“该区”前面没有交代，标题里有“解放区”" in [rules.reason(one, "zh") for one in moved.evidence]


def test_a_repair_refused_leaves_the_text_where_it_came() -> None:
    lines = sheets.read(NAME, (SAMPLES / NAME).read_bytes()).sheets[0].lines
    articles, _ = reading.read(lines, JIAOZUO)
    mended, repairs = mending.mend(articles, {(RepairKind.REATTACH_TEXT, (57, 59, 61))})
    assert mended[0].lines == (3,)
    assert mended[6].lines == (51, 53, 55, 57, 59, 61)
    assert RepairKind.REATTACH_TEXT not in {repair.kind for repair in repairs}


@pytest.mark.parametrize(("found", "wanted"), articles_and_what_is_expected())
def test_beginnings_and_ends_are_told(found: Article, wanted: dict[str, Any]) -> None:
    assert (found.starts, found.ends) == (wanted.get("starts", Starts.CLEAN), wanted.get("ends", Ends.CLEAN))
    text = found.text.removeprefix("逻辑点二 再造\n")
    assert text.startswith(wanted.get("body_starts", wanted.get("caption_starts", "")))
    assert text.endswith(wanted.get("body_ends", ""))


def test_split_paragraphs_are_joined_and_recorded(page: Page) -> None:
    joins = [repair for repair in page.repairs if repair.kind is RepairKind.JOIN_PARAGRAPH]
    assert [list(repair.lines) for repair in joins] == EXPECTED["joins"]
    assert [repair.to for repair in joins] == [2, 3, 1]
    assert "全面排查发现问题,对照标准立即整改" in page.articles[1].text
    assert page.articles[1].body[1].lines == (9, 11)


def test_the_table_has_its_rows_with_merged_cells_filled(page: Page) -> None:
    (table,) = [block for block in page.articles[10].body if block.kind is BlockKind.TABLE]
    wanted = EXPECTED["articles"][10]["table"]
    rows = table.rows or ()
    assert [table.lines[0], table.lines[-1]] == wanted["lines"]
    assert (len(rows), {len(row) for row in rows}) == (wanted["rows"], {wanted["columns"]})
    assert rows[4] == ("文艺类图书", "《黄河少年》", "市文广旅局")
    assert "\n\t《黄河少年》\t市文广旅局" in table.text
    fills = [repair for repair in page.repairs if repair.kind is RepairKind.FILL_MERGED_CELL]
    assert [[repair.lines[0], 1] for repair in fills] == wanted["empty_cells_filled_from_above"]
    assert {repair.state for repair in fills} == {Certainty.APPLIED}


def test_each_line_with_words_belongs_to_exactly_one_article(page: Page) -> None:
    owned = sorted(line for article in page.articles for line in article.lines)
    assert owned == [number for number, line in enumerate(page.source, 1) if line.strip()]


def told_of_the_issue() -> set[tuple[str, int | None]]:
    """What the rules say when the page is all there is."""
    (group,) = assembling.group([read()])
    assembly = assembling.assemble(replace(group.issue, closed=True), group.found, JIAOZUO)
    return {(finding.code, finding.line) for finding in assembly.findings}


@pytest.mark.parametrize(
    "wanted", EXPECTED["findings_that_must_appear"], ids=lambda one: f"{one['line']} {one['what']}"
)
def test_what_must_be_found_is_found(wanted: dict[str, Any]) -> None:
    code = next(code for words, code in CODES.items() if wanted["what"].startswith(words))
    assert (code, wanted["line"]) in told_of_the_issue()


def test_what_must_not_be_found_is_not() -> None:
    found = told_of_the_issue()
    assert [line for code, line in found if code == "M001"] == [109]
    assert {code for code, line in found if line in (65, 69, 149, *range(125, 134))} <= {"C001"}
    assert not [code for code, _ in found if code in {"P001", "A002", "T001"}]


def test_under_a_name_that_tells_nothing_only_the_identity_differs() -> None:
    named, nameless = read(), read("000_52dbe719001a33ae.txt")
    assert nameless.pages[0].articles == named.pages[0].articles
    assert nameless.identity.missing == ("paper", "date", "page")
    assert nameless.identity.proposed == {"date": "2022-08-15", "paper": "焦作日报", "page": "not A01"}
    assert {finding.code for finding in nameless.findings} - {finding.code for finding in named.findings} == {"P001"}


@pytest.mark.parametrize("change", [("\n", "\r\n"), ("\n", "\r")])
def test_line_ends_make_no_difference(change: tuple[str, str]) -> None:
    data = (SAMPLES / NAME).read_text("utf-8").replace(*change).encode()
    (page,) = reader.read(NAME, data, paper.Papers((JIAOZUO,))).pages
    assert page.articles == read().pages[0].articles


@pytest.mark.parametrize("codec", ["gb18030", "utf-16", "utf-8-sig"])
def test_encodings_make_no_difference(codec: str) -> None:
    data = (SAMPLES / NAME).read_text("utf-8").encode(codec)
    (page,) = reader.read(NAME, data, paper.Papers((JIAOZUO,))).pages
    assert page.articles == read().pages[0].articles
