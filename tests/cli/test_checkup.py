"""doctor and migrate."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Desk, Run
from worker import heartbeats, house


def test_migrate_makes_the_tables_and_may_be_repeated(run: Run, tmp_path: Path) -> None:
    first = run("migrate", "--data", tmp_path / "new")
    assert first.code == 0
    assert first.out == run("migrate", "--data", tmp_path / "new").out
    assert run("deliveries", "--json", "--data", tmp_path / "new").json == []


def test_the_doctor_says_of_each_thing_how_it_is(run: Run, desk: Desk) -> None:
    ran = run("doctor", "--json", "--data", desk.data)
    told = {one["what"]: one for one in ran.json}
    assert ran.code == 1
    assert [told[what]["ok"] for what in ("settings", "folders", "database")] == [True] * 3
    assert told["broker"]["told"].endswith("does not answer: `jumpline up` starts it.")
    assert told["worker"]["told"] == "No worker works (never seen): start `jumpline up`, or `jumpline worker`."


def test_the_doctor_makes_no_database_where_there_is_none(run: Run, tmp_path: Path) -> None:
    told = {one["what"]: one["told"] for one in run("doctor", "--json", "--data", tmp_path).json}
    assert told["database"].startswith(f"There is nothing of Jumpline's in {tmp_path} yet")
    assert list(tmp_path.iterdir()) == []


def test_the_doctor_says_that_tables_are_missing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "jumpline.db").touch()
    told = {one["what"]: one["told"] for one in run("doctor", "--json", "--data", tmp_path).json}
    assert "run `jumpline migrate`" in told["database"]


def test_the_doctor_says_it_to_people_a_line_each(run: Run, desk: Desk) -> None:
    lines = run("doctor", "--data", desk.data).out.splitlines()
    assert lines[0].startswith("ok       settings")
    assert any(line.startswith("trouble  inbox") for line in lines)


@pytest.mark.parametrize(
    ("channels", "told"),
    [
        ("[]", "alerts go to the log only; set [alerts] channels to reach people"),
        ('[{"type": "log"}]', "alerts go to the log only; set [alerts] channels to reach people"),
        ('[{"type": "log"}, {"type": "webhook", "url": "https://x.example"}]', "alerts go to log, webhook"),
    ],
)
def test_the_doctor_says_whom_alerts_reach(
    run: Run, desk: Desk, monkeypatch: pytest.MonkeyPatch, channels: str, told: str
) -> None:
    monkeypatch.setenv("JUMPLINE_ALERTS__CHANNELS", channels)
    assert {"what": "alerts", "ok": True, "told": told} in run("doctor", "--json", "--data", desk.data).json


def test_the_dashboards_address_can_be_asked_again_and_its_token_only_on_purpose(run: Run, desk: Desk) -> None:
    (desk.data / "dashboard.json").write_text('{"url": "http://127.0.0.1:4321", "token": "t0ken"}')
    said = run("doctor", "--data", desk.data).out
    assert "http://127.0.0.1:4321 " in said
    assert "t0ken" not in said
    assert run("dashboard", "--link", "--data", desk.data).out == "http://127.0.0.1:4321/?token=t0ken\n"


def test_where_no_dashboard_runs_there_is_no_link(run: Run, desk: Desk) -> None:
    ran = run("dashboard", "--link", "--data", desk.data)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"jumpline: No dashboard runs on {desk.data}: start `jumpline up`")
    assert "no dashboard runs here" in run("doctor", "--data", desk.data).out


def test_an_address_that_cannot_be_read_is_said(run: Run, desk: Desk) -> None:
    (desk.data / "dashboard.json").write_text("[]")
    assert "does not hold an address" in run("dashboard", "--link", "--data", desk.data).err


@pytest.mark.parametrize("kind", ["inbox", "any"])
@pytest.mark.parametrize(("age", "code"), [(timedelta(seconds=5), 0), (timedelta(minutes=5), 1)])
def test_a_health_check_asks_for_a_recent_sign_of_life(
    run: Run, desk: Desk, kind: str, age: timedelta, code: int
) -> None:
    now = house.now()
    with desk.here.write() as session:
        heartbeats.beat(session, "inbox", now - age, now - age, {})
    assert run("doctor", "--process", kind, "--data", desk.data).code == code


def test_a_process_that_was_never_there_is_not_healthy(run: Run, desk: Desk) -> None:
    ran = run("doctor", "--process", "beat", "--data", desk.data)
    assert (ran.code, ran.err) == (1, "jumpline: No beat of this host has ever given a sign of life.\n")
