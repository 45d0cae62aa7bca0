"""A delivery of many files: every page it holds is stored once, and what cannot be read is said of the delivery."""

import io
import zipfile
from collections.abc import Mapping

import pytest

from tests.conftest import SAMPLE
from tests.steps.conftest import Desk
from worker.tables import AlertKind, Stage

A02 = SAMPLE.read_bytes()
A01 = (SAMPLE.parent / "焦作日报-2022-08-15-A01.md").read_bytes()
NAMED, NAMELESS = "焦作日报-2022-08-15.zip", "000.zip"
BOTH = {"A01.md": A01, "A02.md": A02}


def zipped(files: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return target.getvalue()


def test_an_archive_is_one_delivery_of_all_its_pages(desk: Desk) -> None:
    delivery = desk.delivery(desk.drop(NAMED, zipped(BOTH)))
    assert (delivery.stage, delivery.reason, delivery.format, delivery.encoding) == (Stage.STORED, None, "zip", "UTF-8")
    assert [issue.key for issue in desk.issues()] == ["jiaozuo-daily/2022-08-15/"]
    assert {page for _, page, _ in desk.articles()} == {"A01", "A02"}
    assert desk.links() == [(17, 69), (33, 149)]


def test_an_archive_gives_what_its_pages_give_by_themselves(desk: Desk) -> None:
    desk.drop("焦作日报-2022-08-15-A01.md", A01)
    desk.drop("焦作日报-2022-08-15-A02.md", A02)
    by_themselves = (desk.articles(), desk.links(), desk.findings(), desk.standing_text())
    desk.drop(NAMED, zipped(BOTH))
    assert (desk.articles(), desk.links(), desk.findings(), desk.standing_text()) == by_themselves


def test_one_bad_page_is_told_and_does_not_lose_the_others(desk: Desk) -> None:
    number = desk.drop(NAMED, zipped({"A01.md": A01, "A02.md": b"", "A03.pdf": b"%PDF-1.7"}))
    delivery = desk.delivery(number)
    assert delivery.stage == Stage.STORED
    assert delivery.reason is not None
    assert delivery.reason.startswith("2 of its 3 files could not be read.")
    assert {page for _, page, _ in desk.articles()} == {"A01"}
    assert [code for code, _, _ in desk.findings() if code.startswith("F")] == ["F001", "F007"]
    assert set(desk.told(AlertKind.PROBLEM)) >= {"F001", "F007"}


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (zipped({}), ["F001"]),
        (zipped({"A01.md": b"", "A02.md": b""}), ["F001", "F001"]),
        (zipped(BOTH)[:200], ["F007"]),
    ],
)
def test_an_archive_without_any_page_that_can_be_read_is_rejected(desk: Desk, data: bytes, codes: list[str]) -> None:
    assert desk.delivery(desk.drop(NAMED, data)).stage == Stage.REJECTED
    assert [code for code, _, _ in desk.findings()] == codes


def test_the_same_archive_again_is_a_duplicate(desk: Desk) -> None:
    first, second = desk.drop(NAMED, zipped(BOTH)), desk.drop(NAMED, zipped(BOTH))
    assert (desk.delivery(second).stage, desk.delivery(second).duplicate_of) == (Stage.DUPLICATE, first)


@pytest.mark.parametrize("names", [(NAMELESS, NAMED), (NAMED, NAMELESS)])
def test_an_archive_whose_name_tells_nothing_yields_to_one_that_does(desk: Desk, names: tuple[str, str]) -> None:
    deliveries = {name: desk.drop(name, zipped(BOTH)) for name in names}
    assert desk.delivery(deliveries[NAMED]).stage == Stage.STORED
    assert desk.delivery(deliveries[NAMELESS]).duplicate_of == deliveries[NAMED]
    assert {issue for issue, _, _ in desk.articles()} == {"jiaozuo-daily/2022-08-15/"}


def test_pages_of_an_archive_that_cannot_be_told_are_each_an_issue_of_their_own(desk: Desk) -> None:
    number = desk.drop(NAMELESS, zipped({"first.md": A02, "second.md": A02 + b"\n"}))
    assert [issue.key for issue in desk.issues()] == [f"delivery/{number}/1", f"delivery/{number}/2"]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_correction_in_an_archive_stands_whichever_is_worked_on_last(desk: Desk, order: tuple[int, int]) -> None:
    corrected = A02.replace("官松奇指出".encode(), "官松奇强调".encode())
    received = [desk.record("焦作日报-2022-08-15-A02.md", A02), desk.record(NAMED, zipped({"A02.md": corrected}))]
    desk.work(*(received[place] for place in order))
    assert len(desk.articles()) == 13
    assert "官松奇强调,目前创建工作" in desk.standing_text()


def test_records_of_several_days_go_to_their_issues(desk: Desk) -> None:
    record = "<REC>\n<报纸>=焦作日报\n<日期>=2022-08-{}\n<版次>=A01\n<标题>=标题\n<正文>=文字。\n"
    desk.drop("export.trs", (record.format(15) + record.format(16)).encode("gb18030"))
    assert [issue.key for issue in desk.issues()] == ["jiaozuo-daily/2022-08-15/", "jiaozuo-daily/2022-08-16/"]
