"""read, check and rules: what they print, and how they end."""

import io
import json
import sys
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.conftest import FRONT_PAGE, SAMPLE


def test_a_reading_is_one_json_object(run: Run) -> None:
    reading = run("read", SAMPLE, "--json").json
    assert reading["schema"] == "jumpline.reading/1"
    assert [page["label"] for page in reading["pages"]] == ["A02"]
    assert len(reading["pages"][0]["articles"]) == 13


def test_several_readings_are_one_object_a_line(run: Run) -> None:
    ran = run("read", SAMPLE, FRONT_PAGE, "--json")
    labels = [json.loads(line)["pages"][0]["label"] for line in ran.out.splitlines()]
    assert labels == ["A02", "A01"]


def test_a_folder_is_read_as_one_issue_with_its_links(run: Run, tmp_path: Path) -> None:
    for sample in (SAMPLE, FRONT_PAGE):
        (tmp_path / sample.name).write_bytes(sample.read_bytes())
    (tmp_path / ".hidden.md").write_text("# not for us\n")
    issue = run("read", tmp_path, "--json").json
    assert [page["label"] for page in issue["pages"]] == ["A01", "A02"]
    assert [(link["head"]["page"], link["tail"]["page"]) for link in issue["links"]] == [("A01", "A02")] * 2


def test_an_archive_is_read_as_one_issue_with_its_links(run: Run, tmp_path: Path) -> None:
    packed = tmp_path / "焦作日报-2022-08-15.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(SAMPLE, "A02.md")
        archive.write(FRONT_PAGE, "A01.md")
        archive.writestr("A03.md", "")
    ran = run("read", packed, "--json")
    issue = json.loads(ran.out)
    assert ran.code == 1
    assert [page["label"] for page in issue["pages"]] == ["A01", "A02"]
    assert len(issue["links"]) == 2
    empty = [finding["file"] for finding in issue["findings"] if finding["code"] == "F001"]
    assert [Path(name).name for name in empty] == ["A03.md"]
    checked = run("check", packed)
    assert checked.code == 1
    assert "F001" in checked.out


def test_files_of_other_types_in_a_folder_are_one_line_and_no_errors(run: Run, tmp_path: Path) -> None:
    (tmp_path / FRONT_PAGE.name).write_bytes(FRONT_PAGE.read_bytes())
    for name in ("A01.expected.json", "notes.json", "page.xyz"):
        (tmp_path / name).write_text("{}")
    for command in ("check", "read"):
        ran = run(command, tmp_path)
        assert "F007" not in ran.out
        assert ran.err == "3 files of other types were passed over (.json, .xyz).\n"


def test_a_file_of_another_type_that_is_named_is_an_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "page.xyz").write_text("{}")
    ran = run("check", tmp_path / "page.xyz")
    assert (ran.code, ran.err) == (1, "")
    assert "error F007" in ran.out


def test_a_folder_of_other_types_only_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "page.xyz").write_text("{}")
    ran = run("check", tmp_path)
    assert ran.code == 1
    assert ran.err.endswith(f"jumpline: {tmp_path}: there is no file that Jumpline reads.\n")


def test_a_reading_is_told_to_people_too(run: Run) -> None:
    ran = run("read", FRONT_PAGE)
    assert ran.code == 0
    assert "焦作日报, 2022-08-15" in ran.out
    assert "我市启动秋粮田间管理巡回指导" in ran.out


def test_findings_of_severity_error_end_with_one(run: Run) -> None:
    ran = run("check", SAMPLE)
    assert ran.code == 1
    assert "C001" in ran.out


def test_both_pages_together_have_no_unmatched_continuation(run: Run) -> None:
    assert run("check", SAMPLE, FRONT_PAGE, "--select", "C").out == "No problems found.\n"


def test_a_page_without_errors_ends_with_zero(run: Run) -> None:
    assert run("check", FRONT_PAGE, "--ignore", "C001").code == 0


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        (["--select", "C001"], {"C001"}),
        (["--select", "c"], {"C001"}),
        (["--select", "C", "--select", "M001"], {"C001", "M001"}),
        (["--select", "C", "--ignore", "C001"], set()),
    ],
)
def test_rules_are_selected_and_ignored_by_how_their_codes_begin(run: Run, options: list[str], codes: set[str]) -> None:
    ran = run("check", SAMPLE, "--format", "json", *options)
    assert {finding["code"] for finding in ran.json} == codes


def test_findings_name_their_file(run: Run) -> None:
    assert {finding["file"] for finding in run("check", SAMPLE, "--json").json} == {str(SAMPLE)}


def test_findings_are_a_sarif_log(run: Run) -> None:
    log = run("check", SAMPLE, "--format", "sarif").json
    assert log["version"] == "2.1.0"
    assert "C001" in {result["ruleId"] for result in log["runs"][0]["results"]}


def test_a_page_comes_through_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SAMPLE.read_bytes())))
    assert len(run("read", "-", "--json").json["pages"][0]["articles"]) == 13


def test_the_paper_may_be_said(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "2022-08-15-A02.md"
    page.write_bytes(SAMPLE.read_bytes())
    assert run("read", page, "--paper", "jzrb", "--json").json["identity"]["paper"] == "焦作日报"


def test_a_file_that_cannot_be_read_as_a_page_is_a_finding(run: Run, tmp_path: Path) -> None:
    empty = tmp_path / "A02.md"
    empty.touch()
    ran = run("check", empty, "--json")
    assert (ran.code, [finding["code"] for finding in ran.json]) == (1, ["F001"])


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_reading_what_cannot_be_read_ends_with_one(run: Run, tmp_path: Path, options: list[str]) -> None:
    (tmp_path / "A02.md").touch()
    ran = run("read", tmp_path / "A02.md", FRONT_PAGE, *options)
    assert ran.code == 1
    assert "F001" in ran.out


def test_a_name_that_is_not_utf_8_is_printed_all_the_same(run: Run, tmp_path: Path) -> None:
    page = Path(f"{tmp_path}/\udcbd\udcb9.md")
    page.write_bytes(SAMPLE.read_bytes())
    assert run("read", page, "--json").json["source"]["name"].endswith("\\xbd\\xb9.md")


@pytest.mark.parametrize("command", ["read", "check"])
def test_a_file_that_is_not_there_is_the_askers_mistake(run: Run, command: str) -> None:
    ran = run(command, "/nowhere/A02.md")
    assert (ran.code, ran.err) == (2, "jumpline: /nowhere/A02.md cannot be read: No such file or directory.\n")


def test_an_empty_folder_is_said(run: Run, tmp_path: Path) -> None:
    assert run("read", tmp_path).err == f"jumpline: The folder {tmp_path} holds no files that Jumpline would take.\n"


def test_an_unknown_paper_is_said_with_the_known_ones(run: Run) -> None:
    ran = run("read", SAMPLE, "--paper", "焦作晚报")
    assert ran.code == 2
    assert "known are " in ran.err
    assert "jiaozuo-daily" in ran.err


def test_all_rules_are_listed(run: Run) -> None:
    codes = [rule["code"] for rule in run("rules", "--json").json]
    assert {"F001", "P001", "A001", "C001", "M001"} <= set(codes)
    assert "C001" in run("rules").out


def test_one_rule_is_told_whole(run: Run) -> None:
    out = run("rules", "c001").out
    assert out.startswith("C001  unmatched-continuation  (error)")
    assert "why" in out


def test_a_rule_that_is_not_there_is_said(run: Run) -> None:
    ran = run("rules", "X999")
    assert (ran.code, ran.err) == (2, "jumpline: There is no rule X999: `jumpline rules` lists them.\n")
