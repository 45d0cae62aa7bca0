"""A reading as JSON: it is what its schema says, field by field."""

import json
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from tests.newspaper.build import KNOWN, SOURCE, THE_DAY, article, issue, jump, page
from worker.exports import reading
from worker.newspaper import assembling, rules
from worker.newspaper.model import (
    Article,
    Block,
    BlockKind,
    Byline,
    Certainty,
    Dateline,
    Headline,
    Kind,
    Page,
    Reading,
    Reason,
    Repair,
    RepairKind,
    Sign,
    Unreadable,
)
from worker.newspaper.paper import GENERIC


@pytest.fixture(scope="module")
def schema() -> jsonschema.protocols.Validator:
    told = json.loads((files("worker.exports") / "schemas" / "reading-1.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(told)
    return jsonschema.Draft202012Validator(told)


FULL = Article(
    position=1,
    kind=Kind.NOTICE,
    headline=Headline("评审结果公示", kicker="公告", lines=(1,)),
    lines=(1, 2, 3, 4, 5),
    body=(
        Block(BlockKind.PARAGRAPH, "经过专家评审会评审，确定8部作品。", (2,)),
        Block(BlockKind.TABLE, "类别\t项目\n戏剧类\t《杨介人》", (3, 4), (("类别", "项目"), ("戏剧类", "《杨介人》"))),
        Block(BlockKind.MARKER, "(下转A03版①)", (5,)),
    ),
    bylines=(Byline("朱晓琳", "记者", None, "记者朱晓琳", 2),),
    dateline=Dateline("本报讯", None, None),
    signed_by="领导小组办公室",
    signed_on=THE_DAY,
    continued_to=jump("to", "A03", "①", 5),
)
SOURCE_LINES = ("评审结果公示", "经过专家评审会评审，确定8部作品。", "类别\t项目", "戏剧类\t《杨介人》", "(下转A03版①)")
JOINED = Repair(
    RepairKind.JOIN_PARAGRAPH, (1, 2), 1, 0.9, Certainty.APPLIED, (Reason(Sign.GOES_ON, {"line": 2, "words": "行"}),)
)
FULL_PAGE = Page("A02", 2, None, (FULL,), SOURCE_LINES, repairs=(JOINED,), file="A02.md")


def as_read(*pages: Page) -> Reading:
    found = tuple(one for each in pages for one in rules.check_page(each, KNOWN, GENERIC))
    return Reading(SOURCE, KNOWN, pages, found)


def test_a_reading_is_what_its_schema_says(schema: jsonschema.protocols.Validator) -> None:
    told = reading.reading_object(as_read(FULL_PAGE), "zh")
    schema.validate(json.loads(json.dumps(told, ensure_ascii=False)))


def test_every_article_has_every_field() -> None:
    (told,) = reading.reading_object(as_read(FULL_PAGE), "en")["pages"][0]["articles"]
    assert told == {
        "position": 1,
        "kind": "notice",
        "column": None,
        "headline": {"kicker": "公告", "main": "评审结果公示", "sub": None},
        "bylines": [{"name": "朱晓琳", "role": "记者", "organisation": None, "raw": "记者朱晓琳", "line": 2}],
        "dateline": {"agency": "本报讯", "place": None, "date": None},
        "credits": [],
        "signed_by": "领导小组办公室",
        "signed_on": "2022-08-15",
        "continued_from": None,
        "continued_to": {
            "page": "A03",
            "mark": "①",
            "raw": "(下转A03版①)",
            "line": 5,
            "column": 1,
            "end_column": 10,
        },
        "starts": "clean",
        "ends": "clean",
        "lines": [1, 2, 3, 4, 5],
        "body": [
            {"kind": "paragraph", "text": "经过专家评审会评审，确定8部作品。", "lines": [2]},
            {
                "kind": "table",
                "text": "类别\t项目\n戏剧类\t《杨介人》",
                "lines": [3, 4],
                "rows": [["类别", "项目"], ["戏剧类", "《杨介人》"]],
            },
            {"kind": "marker", "text": "(下转A03版①)", "lines": [5]},
        ],
        "text": "经过专家评审会评审，确定8部作品。\n类别\t项目\n戏剧类\t《杨介人》",
    }


@pytest.mark.parametrize(("language", "message"), [("en", "paragraph that a column's end cut"), ("zh", "分栏时被切开")])
def test_findings_are_told_in_the_reader_s_language(language: rules.Language, message: str) -> None:
    (finding,) = reading.reading_object(as_read(FULL_PAGE), language)["findings"]
    assert (finding["code"], finding["name"], finding["severity"]) == ("A005", "paragraph-split", "info")
    assert message in finding["message"]


def test_a_rejected_file_is_a_reading_without_pages(schema: jsonschema.protocols.Validator) -> None:
    rejected = Reading(SOURCE, KNOWN, (), (rules.rejection(Unreadable("F001"), SOURCE),))
    told = reading.reading_object(rejected, "en")
    schema.validate(told)
    assert told["pages"] == []
    assert [finding["code"] for finding in told["findings"]] == ["F001"]


def test_a_folder_is_one_object_with_its_links(schema: jsonschema.protocols.Validator) -> None:
    front = page(article("今天召开。", goes=jump("to", "A02", "①", 3)), label="A01", file="A01.md")
    tail = article("接着说。", title=None, kind=Kind.CONTINUATION, comes=jump("from", "A01", "①", 1))
    second = page(tail, label="A02", file="A02.md")
    readings = [as_read(front), as_read(second)]
    (group,) = assembling.group(readings)
    whole = assembling.assemble(group.issue, group.found, GENERIC)

    told: dict[str, Any] = reading.issue_object(group.issue, readings, whole.links, whole.findings, "en")

    schema.validate(told)
    assert [(one["file"], one["label"]) for one in told["pages"]] == [("A01.md", "A01"), ("A02.md", "A02")]
    assert told["links"] == [
        {
            "head": {"page": "A01", "line": 3, "article": 1},
            "tail": {"page": "A02", "line": 1, "article": 1},
            "state": "made",
            "score": 1.0,
            "evidence": ["Page A01 prints (下转A02版①) and page A02 prints (上接A01版①); pages and mark agree."],
        }
    ]
    assert told["findings"] == []


def test_an_issue_without_readings_is_an_object_too(schema: jsonschema.protocols.Validator) -> None:
    schema.validate(reading.issue_object(issue(), [], (), (), "zh"))
