"""The door: help, version, quick starts, and one sentence whatever goes wrong."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.conftest import SAMPLE
from worker.cli import door

COMMANDS = [
    *("up", "inbox", "worker", "beat", "dashboard"),
    *("drop", "read", "check", "rules"),
    *("deliveries", "issues", "articles", "findings", "alerts", "show"),
    *("retry", "identify", "doctor", "migrate"),
]

PLAIN = {name: value for name, value in os.environ.items() if not name.startswith("JUMPLINE_")}


def test_help_names_every_command(run: Run) -> None:
    ran = run("--help")
    assert ran.code == 0
    assert [command for command in COMMANDS if f" {command} " not in ran.out] == []


@pytest.mark.parametrize("command", [*COMMANDS, "alerts test"])
def test_every_command_takes_data_and_config_and_has_help(run: Run, command: str) -> None:
    ran = run(*command.split(), "--help")
    assert ran.code == 0
    assert "--data" in ran.out
    assert "--config" in ran.out


def test_the_version_is_said(run: Run) -> None:
    assert run("--version").out.startswith("jumpline 0.")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["read"], "Missing argument 'FILE'. See `jumpline read --help`."),
        (["deliverys"], "No such command 'deliverys'. Did you mean 'deliveries'? See `jumpline --help`."),
        (["issues", "--limt"], "No such option: --limt (Possible options: --limit). See `jumpline issues --help`."),
        (["alerts", "tst"], "No such command 'tst'. Did you mean 'test'? See `jumpline alerts --help`."),
    ],
)
def test_wrong_usage_is_one_sentence(run: Run, arguments: list[str], sentence: str) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out, ran.err) == (2, "", f"jumpline: {sentence}\n")


def test_wrong_settings_are_one_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUMPLINE_INBOX__SETTLE_FOR", "soon")
    ran = run("read", SAMPLE)
    assert ran.code == 2
    assert ran.err == (
        "jumpline: The setting inbox.settle_for = 'soon' (JUMPLINE_INBOX__SETTLE_FOR in the environment) "
        "is not allowed: it must be a duration such as 300ms, 15m or 2h.\n"
    )


def test_a_wrong_paper_is_one_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "x.toml").write_text("name = 3")
    ran = run("read", SAMPLE, "--config", tmp_path)
    assert ran.code == 2
    assert "papers/x.toml" in ran.err


def test_a_reader_that_goes_away_is_no_error() -> None:
    told = subprocess.run(
        f"{sys.executable} -P -m worker.cli rules --json | head -c 1",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
        env=PLAIN,
    )
    assert (told.stdout, told.stderr) == ("[", "")


def in_a_terminal_that_knows_no_chinese(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "worker.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={**PLAIN, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C", "JUMPLINE_LOCALE__LANGUAGE": "zh"},
    )


def test_a_terminal_that_knows_no_chinese_is_shown_codes() -> None:
    told = in_a_terminal_that_knows_no_chinese("rules", "C001")
    assert (told.returncode, told.stderr) == (0, "")
    assert "\\u8bfb\\u8005" in told.stdout
    missing = in_a_terminal_that_knows_no_chinese("rules", "规则")
    assert missing.returncode == 2
    assert missing.stderr.startswith("jumpline: There is no rule ")


def test_json_is_whole_in_such_a_terminal_too() -> None:
    rules = json.loads(in_a_terminal_that_knows_no_chinese("rules", "C001", "--json").stdout)
    assert rules[0]["why"].startswith("读者")


def test_reading_imports_neither_celery_nor_a_database_nor_a_web_server() -> None:
    script = (
        "import sys; from worker import cli; cli.run(['read', sys.argv[1]]);"
        "sys.exit(' '.join({'celery', 'sqlalchemy', 'fastapi', 'redis', 'watchdog'} & set(sys.modules)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, SAMPLE], capture_output=True, text=True, check=False, env=PLAIN
    )
    assert told.stderr.strip() == ""


def test_what_nobody_foresaw_is_written_down_and_said_in_one_sentence(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "logs").mkdir()
    door.place(tmp_path, None)
    door.last_resort(RuntimeError, RuntimeError("no such thing"), None)
    said = capsys.readouterr().err
    assert said == (
        "jumpline: Jumpline itself is at fault (RuntimeError); "
        f"what happened is written down in {tmp_path}/logs/errors.log.\n"
    )
    assert "RuntimeError: no such thing" in (tmp_path / "logs" / "errors.log").read_text()
