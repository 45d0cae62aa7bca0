"""The settings: read once, from defaults, `jumpline.toml` and the environment, and refused in one sentence when wrong.

What is given later in this list wins: the defaults here, `CONFIG/jumpline.toml`, `JUMPLINE_SECTION__KEY` in the
environment (or `JUMPLINE_SECTION__KEY_FILE`, a file that holds the value), `--data`.
"""

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

PREFIX = "JUMPLINE_"

# Names of the environment that are read before there are settings, or are not settings at all.
NOT_SETTINGS = frozenset({"JUMPLINE_DATA", "JUMPLINE_CONFIG"})

UNITS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400}
SIZES = {"B": 1, "KB": 1000, "MB": 1000**2, "GB": 1000**3}


class WrongSettings(ValueError):
    """One sentence that names key, value and what is allowed."""


def _duration(value: object) -> object:
    """300ms, 1.5s, 15m, 2h, 7d."""
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)\s*", value) if isinstance(value, str) else None
    if match:
        return timedelta(seconds=float(match[1]) * UNITS[match[2]])
    if isinstance(value, timedelta):
        return value
    raise ValueError("it must be a duration such as 300ms, 15m or 2h")


def _size(value: object) -> object:
    """64MB, 200KB."""
    match = re.fullmatch(r"\s*(\d+)\s*(B|KB|MB|GB)\s*", value, re.IGNORECASE) if isinstance(value, str) else None
    if match:
        return int(match[1]) * SIZES[match[2].upper()]
    if type(value) is int and value > 0:
        return value
    raise ValueError("it must be a size such as 200KB or 64MB")


def _zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError("it must be a time zone such as Asia/Shanghai or UTC")
    return value


Duration = Annotated[timedelta, BeforeValidator(_duration)]
Size = Annotated[int, BeforeValidator(_size)]


class Section(BaseModel):
    """A table of the settings file; a key that it does not know is a mistake, not a wish."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Database(Section):
    """Where the truth lives."""

    url: SecretStr = Field(SecretStr(""), description="Empty: SQLite in the data folder. Else postgresql+psycopg://…")


class Broker(Section):
    """What carries the ids of work to the workers; it may lose everything at any moment."""

    url: SecretStr = Field(SecretStr(""), description="Empty: the embedded server. Else redis://… or rediss://…")


class Blobs(Section):
    """Where the original bytes are kept for ever."""

    url: str = Field("", description="Empty: the folder blobs in the data folder. Else a folder's path.")


class Inbox(Section):
    """The folders that people drop files into."""

    paths: tuple[Path, ...] = Field((), description="Empty: the folder inbox in the data folder.")
    settle_for: Duration = Field(
        timedelta(seconds=2), description="A file found by a scan is taken when it has not changed for so long."
    )
    settle_after_close: Duration = Field(
        timedelta(milliseconds=300), description="The same after a file was closed by its writer or renamed into place."
    )
    rescan_every: Duration = Field(
        timedelta(seconds=30), description="How often the folder is looked through, whatever the events said."
    )
    observer: Literal["auto", "native", "polling"] = Field(
        "auto", description="How changes are seen. auto: polling on network file systems, native elsewhere."
    )
    max_bytes: Size = Field(64_000_000, description="A larger file is rejected (F008).")


class Issues(Section):
    """When an issue is taken to be complete."""

    settle_after: Duration = Field(
        timedelta(minutes=15), description="An issue closes when no page has come for so long. A paper may say its own."
    )


class Worker(Section):
    """The processes that read, check and store."""

    processes: int = Field(0, ge=0, le=256, description="0: as many as there are cores.")
    lease: Duration = Field(timedelta(minutes=2), description="How long one worker may keep one delivery to itself.")
    attempts: int = Field(3, ge=1, le=20, description="After so many attempts a delivery is failed.")
    sweep_every: Duration = Field(timedelta(seconds=10), description="How often what is left undone is looked for.")


class Webhook(Section):
    """An HTTP address that takes one JSON object for each notification."""

    type: Literal["webhook"]
    name: str = "webhook"
    url: SecretStr
    allow_private: bool = False


class Email(Section):
    """Mail through an SMTP server."""

    type: Literal["email"]
    name: str = "email"
    host: str
    port: int = Field(587, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password: SecretStr = SecretStr("")
    sender: str
    to: tuple[str, ...] = Field(min_length=1)


class Log(Section):
    """A line in the worker's log, for people who watch the terminal."""

    type: Literal["log"]
    name: str = "log"


Channel = Annotated[Webhook | Email | Log, Field(discriminator="type")]


def _named_once(channels: tuple[Channel, ...]) -> tuple[Channel, ...]:
    names = [channel.name for channel in channels]
    if len(set(names)) < len(names):
        raise ValueError("two channels have one name: give each a name of its own")
    return channels


class Alerts(Section):
    """Who is told what, and how often."""

    group_wait: Duration = Field(
        timedelta(seconds=30), description="How long an issue's first problems are gathered into one notification."
    )
    group_interval: Duration = Field(
        timedelta(minutes=5), description="How long the next ones of the same issue are gathered."
    )
    repeat_interval: Duration = Field(
        timedelta(hours=24), description="An error that still stands is told again after so long."
    )
    min_severity: Literal["error", "warning", "info"] = Field("warning", description="Lesser findings are not sent.")
    channels: Annotated[tuple[Channel, ...], AfterValidator(_named_once)] = Field(
        (Log(type="log"),), description="Tables of type webhook, email or log; from the environment a JSON list."
    )


class Dashboard(Section):
    """The web pages and the JSON API."""

    host: str = Field("127.0.0.1", description="Any other address wants a password.")
    port: int = Field(8600, ge=0, le=65535, description="0: any free one.")
    password: SecretStr = Field(SecretStr(""), description="Empty: the token that is printed at the start.")
    url: str = Field("", description="The address people reach it by, for links in alerts. Empty: host and port.")


class Locale(Section):
    """How Jumpline speaks."""

    language: Literal["auto", "zh", "en"] = Field("auto", description="auto: by the environment, or the browser.")
    timezone: Annotated[str, AfterValidator(_zone)] = Field("Asia/Shanghai", description="For times shown to people.")

    @property
    def zone(self) -> ZoneInfo:
        """The time zone, ready for use."""
        return ZoneInfo(self.timezone)


class Settings(BaseSettings):
    """All settings of one installation."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True, hide_input_in_errors=True
    )

    data_dir: Path = Field(Path("var"), description="What is kept on this machine: inbox, originals, database, logs.")
    database: Database = Database()
    broker: Broker = Broker()
    blobs: Blobs = Blobs()
    inbox: Inbox = Inbox()
    issues: Issues = Issues()
    worker: Worker = Worker()
    alerts: Alerts = Alerts()
    dashboard: Dashboard = Dashboard()
    locale: Locale = Locale()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """`read` has merged everything already."""
        del settings_cls, env_settings, dotenv_settings, file_secret_settings
        return (init_settings,)

    @property
    def database_url(self) -> str:
        """Where the database is, for SQLAlchemy."""
        return self.database.url.get_secret_value() or f"sqlite:///{self.data_dir / 'jumpline.db'}"

    @property
    def inboxes(self) -> tuple[Path, ...]:
        """The inbox folders."""
        return self.inbox.paths or (self.data_dir / "inbox",)

    @property
    def blobs_dir(self) -> Path:
        """The folder of the original bytes."""
        return Path(self.blobs.url) if self.blobs.url else self.data_dir / "blobs"

    @property
    def broker_socket(self) -> Path:
        """The embedded broker's Unix socket."""
        return self.data_dir / "broker" / "socket"


def read(config_dir: Path, environment: Mapping[str, str] | None = None, data_dir: Path | None = None) -> Settings:
    """Give the settings; raises WrongSettings with a sentence for the operator."""
    environment = os.environ if environment is None else environment
    file = config_dir / "jumpline.toml"
    values = _from_file(file)
    for section, given in _from_environment(environment).items():
        if isinstance(given, dict) and isinstance(values.get(section), dict):
            values[section] = {**values[section], **given}
        else:
            values[section] = given
    if data_dir is not None:
        values["data_dir"] = data_dir
    try:
        settings = Settings(**values)
    except ValidationError as wrong:
        raise WrongSettings(_sentence(wrong, values, file)) from None
    return settings.model_copy(update={"data_dir": settings.data_dir.expanduser().absolute()})


def spoken(settings: Settings, environment: Mapping[str, str] | None = None) -> Literal["zh", "en"]:
    """Give the language of reports, alerts and the command line: the one set, else the environment's, else English."""
    if settings.locale.language != "auto":
        return settings.locale.language
    environment = os.environ if environment is None else environment
    said = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "zh" if said.startswith("zh") else "en"


def _from_file(file: Path) -> dict[str, Any]:
    if not file.exists():
        return {}
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise WrongSettings(f"{file} is not TOML: {wrong}.") from None
    except OSError as wrong:
        raise WrongSettings(f"{file} cannot be read: {wrong.strerror}.") from None


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    """Give what JUMPLINE_SECTION__KEY and JUMPLINE_SECTION__KEY_FILE say, as nested tables."""
    ours = {name: text for name, text in environment.items() if name.startswith(PREFIX) and name not in NOT_SETTINGS}
    for name in [name for name in ours if name.endswith("_FILE")]:
        try:
            ours[name.removesuffix("_FILE")] = Path(ours.pop(name)).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as wrong:
            raise WrongSettings(f"{name} names a file that cannot be read: {wrong}.") from None
    for name in ours:
        section, _, key = name.removeprefix(PREFIX).lower().partition("__")
        field = Settings.model_fields.get(section)
        known = list(Settings.model_fields) if not field else _keys(field.annotation)
        if field is None or (key and key not in known):
            guess = difflib.get_close_matches(key if field else section, known, 1)
            raise WrongSettings(f"{name} in the environment is no setting.{_did_you_mean(guess)}")
    lowered = {name.lower(): text for name, text in ours.items()}

    class Environment(EnvSettingsSource):
        def _load_env_vars(self) -> Mapping[str, str | None]:
            return lowered

    try:
        return Environment(Settings)()
    except SettingsError as wrong:
        raise WrongSettings(f"The environment is wrong: {wrong}; a list or a table must be written as JSON.") from None


def _keys(annotation: object) -> list[str]:
    return list(annotation.model_fields) if isinstance(annotation, type) and issubclass(annotation, BaseModel) else []


def _did_you_mean(guess: list[str]) -> str:
    return f" Did you mean {guess[0]}?" if guess else ""


def _sentence(wrong: ValidationError, values: Mapping[str, Any], file: Path) -> str:
    """Name key, value and what is allowed; a secret's value is not repeated."""
    error = wrong.errors(include_input=False)[0]
    place = [str(step) for step in error["loc"]]
    key = ".".join(place)
    if error["type"] == "extra_forbidden":
        field = Settings.model_fields.get(place[0])
        known = _keys(field.annotation) if field and len(place) > 1 else list(Settings.model_fields)
        return f"{key} in {file} is no setting.{_did_you_mean(difflib.get_close_matches(place[-1], known, 1))}"
    value: Any = values
    for step in error["loc"]:
        value = value.get(step) if isinstance(value, Mapping) else None
    shown = "" if place[-1] in {"url", "password"} or value is None else f" = {value!r}"
    reason = error["msg"].removeprefix("Value error, ")
    return f"The setting {key}{shown} is not allowed: {reason[0].lower()}{reason[1:]}."
