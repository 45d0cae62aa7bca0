"""Lists and single things, as JSON and as text."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run

FIELDS = {
    "deliveries": "id name sha256 stage reason attempts issue page received_at ended_at",
    "issues": "id paper date edition state pages missing findings",
    "articles": "id issue page position kind headline bylines story chars",
    "findings": "id code name severity state issue page line message delivery first_seen resolved_at",
    "alerts": "id group kind state findings created_at notifications",
}


@pytest.mark.parametrize("command", FIELDS)
def test_a_list_has_the_fields_that_programs_rely_on(run: Run, stored: Path, command: str) -> None:
    listed = run(command, "--json", "--data", stored).json
    assert listed
    assert set(FIELDS[command].split()) <= set(listed[0])


@pytest.mark.parametrize("command", FIELDS)
def test_a_list_is_newest_first_and_as_long_as_asked(run: Run, stored: Path, command: str) -> None:
    everything = run(command, "--json", "--limit", 0, "--data", stored).json
    assert run(command, "--json", "--limit", 1, "--data", stored).json == everything[:1]
    numbers = [int(one["id"][1:]) for one in everything]
    assert numbers == sorted(numbers, reverse=True)


@pytest.mark.parametrize(
    ("arguments", "field", "expected"),
    [
        (["deliveries", "--stage", "rejected"], "id", ["d3"]),
        (["deliveries", "--name", "A01"], "id", ["d2"]),
        (["issues", "--state", "provisional"], "state", ["provisional"]),
        (["issues", "--paper", "焦作"], "id", ["i1"]),
        (["issues", "--date", "2022-08-15"], "id", ["i1"]),
        (["issues", "--date", "2022-08-16"], "id", []),
        (["articles", "--issue", "i1", "--text", "秋粮"], "headline", ["我市启动秋粮田间管理巡回指导"]),
        (["findings", "--code", "f001"], "code", ["F001"]),
    ],
)
def test_a_list_is_filtered(run: Run, stored: Path, arguments: list[str], field: str, expected: list[str]) -> None:
    assert [one[field] for one in run(*arguments, "--json", "--data", stored).json] == expected


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("deliveries", "焦作日报-2022-08-15-A02.md"),
        ("issues", "2022-08-15"),
        ("articles", "我市启动秋粮田间管理巡回指导"),
        ("findings", "《 is opened and never closed"),
        ("alerts", "problem"),
    ],
)
def test_a_list_is_a_table_for_people(run: Run, stored: Path, command: str, words: str) -> None:
    ran = run(command, "--data", stored)
    assert ran.code == 0
    assert words in ran.out


def test_people_read_notes_and_programs_info(run: Run, stored: Path) -> None:
    asked = ("findings", "--severity", "note", "--data", stored)
    assert {one["severity"] for one in run(*asked, "--json").json} == {"info"}
    assert " note " in run(*asked).out
    assert " info " not in run(*asked).out


def test_severities_are_in_the_readers_language(run: Run, stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUMPLINE_LOCALE__LANGUAGE", "zh")
    assert " 错误 " in run("findings", "--data", stored).out
    assert "个错误" in run("deliveries", "--data", stored).out
    assert "severity    提示" in run("show", "f1", "--data", stored).out


@pytest.mark.parametrize("what", ["d1", "d3", "i1", "p1", "a1", "a9", "f1", "n1"])
def test_everything_that_has_an_id_is_shown_whole(run: Run, stored: Path, what: str) -> None:
    assert run("show", what, "--json", "--data", stored).json["id"] == what
    shown = run("show", what, "--data", stored)
    assert shown.out.startswith(f"{what}  ")


def test_an_issue_that_could_not_be_told_is_shown_whole(run: Run, stored: Path) -> None:
    (issue,) = run("issues", "--state", "provisional", "--json", "--data", stored).json
    assert run("show", issue["id"], "--data", stored).out.startswith(f"{issue['id']}  ? ?")


def test_a_story_is_shown_through_both_pages(run: Run, stored: Path) -> None:
    assert [part["page"] for part in run("show", "a9", "--json", "--data", stored).json["parts"]] == ["A01", "A02"]


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["show", "d99"], 1, "There is no d99: `jumpline deliveries` lists what there is."),
        (["show", "x1"], 2, "'x1' is no id: d12 is a delivery, i3 an issue"),
        (["deliveries", "--stage", "lost"], 2, "--stage 'lost' is not known; it is one of received, stored"),
        (["articles", "--issue", "d1"], 2, "d1 names a delivery, and an issue is asked for"),
        (["articles", "--issue", "i99"], 1, "There is no i99: `jumpline issues` lists what there is."),
        (["findings", "--issue", "i99"], 1, "There is no i99: `jumpline issues` lists what there is."),
        (["findings", "--code", "Z9"], 2, "There is no rule Z9: `jumpline rules` lists them."),
        (["issues", "--date", "2022-13-45"], 2, "--date takes a day such as 2022-08-15. See `jumpline issues --help`."),
        (
            ["deliveries", "--limit", "-1"],
            2,
            "--limit takes a whole number, 0 or more. See `jumpline deliveries --help`.",
        ),
        (["deliveries", "--limit", "x"], 2, "--limit takes a whole number, 0 or more."),
        (["articles", "--kind", "bad"], 2, "--kind: 'bad' is not one of 'news', 'photo'"),
        (["findings", "--severity", "bad"], 2, "one of error, warning, note. See `jumpline findings --help`."),
        (["deliverys"], 2, "deliverys"),
    ],
)
def test_what_cannot_be_listed_is_one_sentence(
    run: Run, stored: Path, arguments: list[str], code: int, sentence: str
) -> None:
    ran = run(*arguments, *(["--data", stored] if len(arguments) > 1 else []))
    assert (ran.code, ran.out) == (code, "")
    assert sentence in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("arguments", [["deliveries"], ["show", "d1"], ["doctor", "--process", "any"]])
def test_a_folder_without_a_house_is_said(run: Run, tmp_path: Path, arguments: list[str]) -> None:
    ran = run(*arguments, "--data", tmp_path)
    assert ran.code == 1
    assert ran.err == (
        f"jumpline: There is nothing of Jumpline's in {tmp_path} yet: "
        "start `jumpline up`, or name another folder with --data.\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_tables_of_another_version_are_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "jumpline.db").touch()
    ran = run("deliveries", "--data", tmp_path)
    assert ran.code == 1
    assert "run `jumpline migrate`" in ran.err


def test_a_database_that_is_away_is_said_without_its_password(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUMPLINE_DATABASE__URL", "postgresql+psycopg://jumpline:s3cret@127.0.0.1:1/jumpline")
    ran = run("deliveries", "--data", tmp_path)
    assert ran.code == 1
    assert "The database cannot be used" in ran.err
    assert "s3cret" not in ran.err
