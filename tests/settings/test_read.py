"""Reading the settings: what wins, and the one sentence that a wrong value ends in."""

from datetime import timedelta
from pathlib import Path

import pytest

from worker import settings
from worker.settings import Email, Log, Webhook, WrongSettings


def written(folder: Path, text: str) -> Path:
    (folder / "jumpline.toml").write_text(text, "utf-8")
    return folder


def refusal(folder: Path, text: str = "", **environment: str) -> str:
    with pytest.raises(WrongSettings) as wrong:
        settings.read(written(folder, text), {f"JUMPLINE_{name}": value for name, value in environment.items()})
    return str(wrong.value).replace(str(folder), "DIR")


def test_without_a_file_the_defaults_run_on_one_machine(tmp_path: Path) -> None:
    read = settings.read(tmp_path, {})
    assert read.data_dir == Path.cwd() / "var"
    assert read.database_url == f"sqlite:///{Path.cwd()}/var/jumpline.db"
    assert read.inboxes == (Path.cwd() / "var" / "inbox",)
    assert read.alerts.channels == (Log(type="log"),)


def test_the_file_wins_over_the_defaults(tmp_path: Path) -> None:
    read = settings.read(written(tmp_path, '[inbox]\nsettle_for = "5s"\nmax_bytes = "2MB"\n'), {})
    assert (read.inbox.settle_for, read.inbox.max_bytes) == (timedelta(seconds=5), 2_000_000)


def test_the_environment_wins_over_the_file_key_by_key(tmp_path: Path) -> None:
    folder = written(tmp_path, '[inbox]\nsettle_for = "5s"\nobserver = "polling"\n')
    read = settings.read(folder, {"JUMPLINE_INBOX__SETTLE_FOR": "7s"})
    assert (read.inbox.settle_for, read.inbox.observer) == (timedelta(seconds=7), "polling")


@pytest.mark.parametrize("name", ["JUMPLINE_DATA", "JUMPLINE_DATA_DIR"])
def test_the_data_folder_may_come_from_the_environment(tmp_path: Path, name: str) -> None:
    assert settings.read(written(tmp_path, 'data_dir = "/a"'), {name: "/b"}).data_dir == Path("/b")


def test_the_option_for_the_data_folder_wins_over_everything(tmp_path: Path) -> None:
    assert settings.read(written(tmp_path, 'data_dir = "/a"'), {"JUMPLINE_DATA": "/b"}, Path("/c")).data_dir == Path(
        "/c"
    )


def test_a_secret_may_be_kept_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s3cret\n")
    read = settings.read(tmp_path, {"JUMPLINE_DASHBOARD__PASSWORD_FILE": str(tmp_path / "secret")})
    assert read.dashboard.password.get_secret_value() == "s3cret"


@pytest.mark.parametrize("given", ["/a", '["/a"]'])
def test_a_list_of_one_word_may_be_the_word_itself(tmp_path: Path, given: str) -> None:
    assert settings.read(tmp_path, {"JUMPLINE_INBOX__PATHS": given}).inboxes == (Path("/a"),)


def test_channels_are_read_by_their_type(tmp_path: Path) -> None:
    channels = (
        '[{"type": "webhook", "url": "https://x.example/y", "allow_private": true},'
        ' {"type": "email", "host": "smtp.x.example", "sender": "a@x.example", "to": ["b@x.example"]}]'
    )
    webhook, email = settings.read(tmp_path, {"JUMPLINE_ALERTS__CHANNELS": channels}).alerts.channels
    assert isinstance(webhook, Webhook)
    assert (webhook.url.get_secret_value(), webhook.allow_private) == ("https://x.example/y", True)
    assert isinstance(email, Email)
    assert (email.port, email.security, email.to) == (587, "starttls", ("b@x.example",))


@pytest.mark.parametrize(
    ("text", "wrong", "allowed"),
    [
        (
            '[inbox]\nsettle_for = "2 sec"',
            "inbox.settle_for = '2 sec'",
            "it must be a duration such as 300ms, 15m or 2h",
        ),
        (
            "[inbox]\nsettle_for = 2",
            "inbox.settle_for = 2",
            "it must be a duration such as 300ms, 15m or 2h",
        ),
        (
            '[worker]\nsweep_every = "0s"',
            "worker.sweep_every = '0s'",
            "it must be longer than nothing, such as 10s",
        ),
        (
            '[inbox]\nmax_bytes = "big"',
            "inbox.max_bytes = 'big'",
            "it must be a size such as 200KB or 64MB",
        ),
        (
            '[inbox]\nobserver = "magic"',
            "inbox.observer = 'magic'",
            "it must be 'auto', 'native' or 'polling'",
        ),
        (
            '[inbox]\npaths = ["/a", "/a/b"]',
            "inbox.paths",
            "/a/b is in the list twice, or lies inside another folder of it",
        ),
        (
            "[dashboard]\nport = 86000",
            "dashboard.port = 86000",
            "it must be 65535 or less",
        ),
        (
            '[dashboard]\nport = "http"',
            "dashboard.port = 'http'",
            "it must be a whole number",
        ),
        (
            '[locale]\ntimezone = "China"',
            "locale.timezone = 'China'",
            "it must be a time zone such as Asia/Shanghai or UTC",
        ),
        (
            '[blobs]\nurl = "s3://bucket"',
            "blobs.url",
            "it must be a folder's path",
        ),
        (
            "inbox = 3",
            "inbox",
            "it must be a section of its own, with keys below it",
        ),
        (
            '[[alerts.channels]]\ntype = "webhok"',
            "alerts channel 1 of type 'webhok'",
            "its type must be webhook, email or log",
        ),
        (
            '[[alerts.channels]]\nurl = "https://x"',
            "alerts channel 1",
            "it needs a type, which is webhook, email or log",
        ),
        (
            '[[alerts.channels]]\ntype = "webhook"',
            "url of alerts channel 1",
            "it is missing",
        ),
        (
            '[[alerts.channels]]\ntype = "webhook"\nurl = ""',
            "url of alerts channel 1",
            "it must not be empty",
        ),
        (
            '[[alerts.channels]]\ntype = "email"\nhost = "x"\nsender = "a@x"\nto = "b@x"',
            "to of alerts channel 1 = 'b@x'",
            "it must be a list",
        ),
        (
            '[[alerts.channels]]\ntype = "log"\n[[alerts.channels]]\ntype = "log"',
            "alerts.channels",
            "two channels have one name, so give each a name of its own",
        ),
    ],
)
def test_a_wrong_value_in_the_file_is_said_in_one_sentence(tmp_path: Path, text: str, wrong: str, allowed: str) -> None:
    assert refusal(tmp_path, text) == f"The setting {wrong} (DIR/jumpline.toml) is not allowed: {allowed}."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[inbox]\nsettle_fro = 1", "inbox.settle_fro in DIR/jumpline.toml is no setting. Did you mean settle_for?"),
        ("[inbex]\n", "inbex in DIR/jumpline.toml is no setting. Did you mean inbox?"),
        ("[zzz]\n", "zzz in DIR/jumpline.toml is no setting."),
        (
            '[[alerts.channels]]\ntype = "webhook"\nurl = "https://x"\nallow_privat = true',
            "allow_privat of alerts channel 1 in DIR/jumpline.toml is no setting. Did you mean allow_private?",
        ),
    ],
)
def test_an_unknown_key_in_the_file_is_told_its_nearest_neighbour(tmp_path: Path, text: str, sentence: str) -> None:
    assert refusal(tmp_path, text) == sentence


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("INBOX__SETTLE_FRO", "1s", "is no setting. Did you mean settle_for?"),
        ("INBX__PATHS", "[]", "is no setting. Did you mean inbox?"),
        ("INBOX", "/a", "is a section: say JUMPLINE_INBOX__PATHS, for example."),
        (
            "ALERTS__CHANNELS",
            '[{"type":',
            'is not JSON: Expecting value at character 10; it must be a list such as ["…"].',
        ),
        ("ALERTS__CHANNELS", "{}", 'is no list: it must be a list such as ["…"].'),
    ],
)
def test_a_wrong_name_in_the_environment_is_said_in_one_sentence(
    tmp_path: Path, name: str, value: str, sentence: str
) -> None:
    assert refusal(tmp_path, **{name: value}) == f"JUMPLINE_{name} in the environment {sentence}"


@pytest.mark.parametrize("name", ["jumpline_inbox__settle_for", "Jumpline_Inbox__Settle_For"])
def test_a_name_in_small_letters_is_not_passed_over_in_silence(tmp_path: Path, name: str) -> None:
    with pytest.raises(WrongSettings) as wrong:
        settings.read(tmp_path, {name: "7s"})
    assert str(wrong.value) == f"{name} in the environment is no setting. Did you mean JUMPLINE_INBOX__SETTLE_FOR?"


def test_a_wrong_value_in_the_environment_is_said_by_its_name_there(tmp_path: Path) -> None:
    assert refusal(tmp_path, INBOX__SETTLE_FOR="soon") == (
        "The setting inbox.settle_for = 'soon' (JUMPLINE_INBOX__SETTLE_FOR in the environment) is not allowed: "
        "it must be a duration such as 300ms, 15m or 2h."
    )


def test_an_empty_name_in_the_environment_says_nothing(tmp_path: Path) -> None:
    read = settings.read(written(tmp_path, "[dashboard]\nport = 1234"), {"JUMPLINE_DASHBOARD__PORT": ""})
    assert read.dashboard.port == 1234


def test_a_secrets_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert refusal(tmp_path, DASHBOARD__PASSWORD_FILE="/nowhere/secret") == (
        "JUMPLINE_DASHBOARD__PASSWORD_FILE = '/nowhere/secret' in the environment "
        "names a file that cannot be read: No such file or directory."
    )


def test_a_value_and_a_file_for_it_contradict_each_other(tmp_path: Path) -> None:
    assert refusal(tmp_path, BROKER__URL="redis://x", BROKER__URL_FILE="/x") == (
        "JUMPLINE_BROKER__URL_FILE and JUMPLINE_BROKER__URL are both in the environment: keep one of them."
    )


def test_a_file_that_is_not_toml_is_said_with_its_place(tmp_path: Path) -> None:
    assert refusal(tmp_path, "[inbox\n").startswith("DIR/jumpline.toml is not TOML: ")
    assert "line 1" in refusal(tmp_path, "[inbox\n")


def test_a_settings_file_in_another_encoding_is_said_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "jumpline.toml").write_bytes("# 设置\n".encode("gb18030"))
    with pytest.raises(WrongSettings, match=r"jumpline\.toml is not UTF-8 text: save it as UTF-8\."):
        settings.read(tmp_path, {})


def test_a_settings_file_that_is_a_folder_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "jumpline.toml").mkdir()
    with pytest.raises(WrongSettings, match=r"jumpline\.toml cannot be read: Is a directory\."):
        settings.read(tmp_path, {})


@pytest.mark.parametrize(
    ("text", "environment"),
    [
        ('[database]\nurl = "mysql://u:s3cret@h/d"', {}),
        ('broker = "redis://:s3cret@h"', {}),
        ('[alerts]\nchannels = "https://hooks.example/s3cret"', {}),
        ('[[alerts.channels]]\ntype = "webhook"\nurl = "hooks.example/s3cret"', {}),
        ("", {"BROKER__URL": "http://:s3cret@h"}),
        ("", {"BROKER": "redis://:s3cret@h"}),
        ("", {"ALERTS__CHANNELS": '[{"type": "email", "password": "s3cret"}'}),
        ("", {"ALERTS__CHANNELS": '[{"type": "email", "password": ["s3cret"]}]'}),
        ("[dashboard]\npassword = true", {}),
    ],
)
def test_a_sentence_never_repeats_a_secret(tmp_path: Path, text: str, environment: dict[str, str]) -> None:
    sentence = refusal(tmp_path, text, **environment)
    assert "s3cret" not in sentence
    assert "password = True" not in sentence


def test_settings_that_are_printed_hold_their_secrets_back(tmp_path: Path) -> None:
    read = settings.read(
        tmp_path, {"JUMPLINE_BROKER__URL": "redis://:s3cret@h/0", "JUMPLINE_DASHBOARD__PASSWORD": "s3cret"}
    )
    assert "s3cret" not in repr(read)


@pytest.mark.parametrize(
    ("language", "environment", "spoken"),
    [
        ("zh", {"LANG": "en_US.UTF-8"}, "zh"),
        ("auto", {"LANG": "zh_CN.UTF-8"}, "zh"),
        ("auto", {"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ("auto", {"LC_ALL": "", "LANG": "zh_CN.UTF-8"}, "zh"),
        ("auto", {}, "en"),
    ],
)
def test_the_language_is_the_one_set_else_the_environments(
    tmp_path: Path, language: str, environment: dict[str, str], spoken: str
) -> None:
    read = settings.read(tmp_path, {"JUMPLINE_LOCALE__LANGUAGE": language})
    assert settings.spoken(read, environment) == spoken
