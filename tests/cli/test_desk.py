"""What a person decides at the command line: drop, retry, identify, alerts test."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Desk, Run
from tests.conftest import SAMPLE
from worker import house, ledger, steps


def test_a_dropped_file_lies_in_the_inbox_whole(run: Run, tmp_path: Path) -> None:
    assert run("drop", SAMPLE, "--data", tmp_path).code == 0
    assert (tmp_path / "inbox" / SAMPLE.name).read_bytes() == SAMPLE.read_bytes()


def test_a_second_file_of_the_same_name_takes_nobodys_place(run: Run, tmp_path: Path) -> None:
    run("drop", SAMPLE, "--data", tmp_path)
    run("drop", SAMPLE, "--data", tmp_path)
    assert len(list((tmp_path / "inbox").iterdir())) == 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["/nowhere.md"], "/nowhere.md is not there: name files that exist."),
        (["/tmp"], "/tmp is a folder: name its files, such as /tmp/*."),
        (["/dev/null"], "/dev/null is no regular file but a device: name files."),
        ([SAMPLE, "--inbox", "/nowhere"], "/nowhere is no inbox of this installation, which has "),
    ],
)
def test_what_cannot_be_dropped_is_said(run: Run, tmp_path: Path, arguments: list[object], sentence: str) -> None:
    ran = run("drop", *arguments, "--data", tmp_path)
    assert ran.code == 2
    assert ran.err.startswith(f"jumpline: {sentence}")


def test_a_link_is_not_dropped_as_the_inbox_would_not_take_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "link.md").symlink_to(SAMPLE)
    ran = run("drop", tmp_path / "link.md", "--data", tmp_path / "data")
    assert ran.code == 2
    assert ran.err.startswith(f"jumpline: {tmp_path}/link.md is a symbolic link, which may lead anywhere")
    assert not (tmp_path / "data" / "inbox").exists()


def test_waiting_where_nobody_works_ends_with_what_to_do(run: Run, desk: Desk) -> None:
    ran = run("drop", SAMPLE, "--wait", "--data", desk.data)
    assert ran.code == 1
    assert "is safe, but no inbox works" in ran.err


def test_a_page_that_could_not_be_told_moves_to_its_issue(run: Run, desk: Desk) -> None:
    desk.drop("000_52dbe719001a33ae.txt", SAMPLE.read_bytes())
    ran = run("identify", "d1", "--paper", "焦作日报", "--date", "2022-08-15", "--page", "A02", "--data", desk.data)
    assert (ran.code, ran.err) == (0, "")
    issue = ran.out.split()[3]
    assert run("show", issue, "--json", "--data", desk.data).json["pages"] == ["A02"]


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["d1"], 1, "To place d1, say "),
        (["d9", "--page", "A02"], 1, "d9 has no page that stands: there is nothing to identify."),
        (["nothing"], 2, "'nothing' is no id"),
        (["a1"], 1, "a1 is no delivery, issue or page"),
    ],
)
def test_what_cannot_be_identified_is_said(
    run: Run, desk: Desk, arguments: list[str], code: int, sentence: str
) -> None:
    desk.drop("000_52dbe719001a33ae.txt", "本报讯 这一段文字没有说明它是哪一天的报纸。\n".encode())
    ran = run("identify", *arguments, "--data", desk.data)
    assert ran.code == code
    assert sentence in ran.err


def fail(desk: Desk) -> None:
    """A delivery whose attempts were all used up by faults of the house."""
    number, now = desk.record(SAMPLE.name, SAMPLE.read_bytes()), house.now()
    for _ in range(3):
        with desk.here.write() as session:
            ledger.lease(session, number, "elsewhere:1", now=now, until=now + timedelta(seconds=1), attempts=3)
        now += timedelta(hours=1)
    steps.sweep(desk.here, now)


@pytest.mark.parametrize("arguments", [["d1"], ["1"], ["--failed"]])
def test_what_failed_is_tried_again_though_the_broker_is_away(run: Run, desk: Desk, arguments: list[str]) -> None:
    fail(desk)
    assert run("deliveries", "--json", "--data", desk.data).json[0]["stage"] == "failed"
    assert run("retry", *arguments, "--data", desk.data).out == "d1 is tried again.\n"
    assert run("deliveries", "--json", "--data", desk.data).json[0]["stage"] == "received"


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        (SAMPLE.name, SAMPLE.read_bytes(), "d1 is stored, so there is nothing to try again."),
        ("A02.md", b"", "d1 was rejected: the file is at fault, so mend it and drop it again."),
    ],
)
def test_what_did_not_fail_is_not_tried_again(run: Run, desk: Desk, name: str, data: bytes, sentence: str) -> None:
    desk.drop(name, data)
    ran = run("retry", "d1", "--data", desk.data)
    assert (ran.code, ran.out, ran.err) == (1, "", f"jumpline: {sentence}\n")


def test_what_is_not_there_is_not_tried_again(run: Run, desk: Desk) -> None:
    ran = run("retry", "d999", "--data", desk.data)
    assert (ran.code, ran.err) == (1, "jumpline: There is no d999: `jumpline deliveries` lists what there is.\n")


def test_nothing_failed_is_said(run: Run, desk: Desk) -> None:
    ran = run("retry", "--failed", "--data", desk.data)
    assert (ran.code, ran.out) == (0, "No delivery has failed.\n")


@pytest.mark.parametrize("arguments", [[], ["d1", "--failed"]])
def test_retry_wants_to_know_which(run: Run, desk: Desk, arguments: list[str]) -> None:
    assert run("retry", *arguments, "--data", desk.data).code == 2


def test_the_alerts_are_tried_out(run: Run, desk: Desk) -> None:
    assert run("alerts", "test", "--json", "--data", desk.data).json == [{"channel": "log", "ok": True, "error": None}]


def test_where_nobody_can_be_told_the_test_fails(run: Run, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUMPLINE_ALERTS__CHANNELS", "[]")
    ran = run("alerts", "test", "--data", desk.data)
    assert (ran.code, ran.out) == (1, "No channel is set: [alerts] channels in jumpline.toml.\n")


def test_an_alert_that_cannot_be_sent_ends_with_one(run: Run, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    channel = '[{"type": "webhook", "url": "http://127.0.0.1:1/", "allow_private": true}]'
    monkeypatch.setenv("JUMPLINE_ALERTS__CHANNELS", channel)
    ran = run("alerts", "test", "--json", "--data", desk.data)
    assert ran.code == 1
    assert [(one["channel"], one["ok"]) for one in ran.json] == [("webhook", False)]
