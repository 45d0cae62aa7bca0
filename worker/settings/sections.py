"""What can be set: one class a section, each key with its kind, its default and what it is for."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr

from worker.settings.units import (
    BrokerAddress,
    DatabaseAddress,
    Duration,
    Folder,
    FolderOrNothing,
    Folders,
    Period,
    Size,
    WebAddress,
    Zone,
)


class Section(BaseModel):
    """A table of the settings file; a key that it does not know is a mistake, not a wish."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, validate_default=True)


class Database(Section):
    """Where the truth lives."""

    url: DatabaseAddress = Field(
        SecretStr(""),
        description="Empty: SQLite in the data folder. Else `postgresql+psycopg://user:password@host/name`.",
    )


class Broker(Section):
    """What carries the ids of work to the workers; it may lose everything at any moment."""

    url: BrokerAddress = Field(
        SecretStr(""), description="Empty: the embedded server. Else `redis://…`, or `rediss://…` for TLS."
    )


class Blobs(Section):
    """Where the original bytes are kept for ever."""

    url: FolderOrNothing = Field("", description="Empty: the folder `blobs` in the data folder. Else a folder's path.")


class Inbox(Section):
    """The folders that people drop files into."""

    paths: Folders = Field(
        (), description="A list of folders. Empty: the one folder `inbox` in the data folder. None inside another."
    )
    settle_for: Duration = Field(
        timedelta(seconds=2), description="A file found by a scan is taken when it has not changed for so long."
    )
    settle_after_close: Duration = Field(
        timedelta(milliseconds=300), description="The same after a file was closed by its writer or renamed into place."
    )
    rescan_every: Period = Field(
        timedelta(seconds=30), description="How often the folder is looked through, whatever the events said."
    )
    observer: Literal["auto", "native", "polling"] = Field(
        "auto", description="How changes are seen. `auto`: polling on network file systems, native elsewhere."
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
    lease: Period = Field(timedelta(minutes=2), description="How long one worker may keep one delivery to itself.")
    attempts: int = Field(3, ge=1, le=20, description="After so many attempts a delivery is failed.")
    sweep_every: Period = Field(timedelta(seconds=10), description="How often what is left undone is looked for.")


class Webhook(Section):
    """An HTTP address that takes one JSON object for each notification."""

    type: Literal["webhook"] = Field(description="`webhook`")
    name: str = Field("webhook", description="What papers and lists call this channel.")
    url: WebAddress = Field(min_length=1, description="Where to send to: `https://…` or `http://…`.")
    allow_private: bool = Field(
        default=False, description="true: the address may lie in a private network, or on this machine."
    )


class Email(Section):
    """Mail through an SMTP server."""

    type: Literal["email"] = Field(description="`email`")
    name: str = Field("email", description="What papers and lists call this channel.")
    host: str = Field(min_length=1, description="The SMTP server.")
    port: int = Field(587, ge=1, le=65535, description="Its port.")
    security: Literal["starttls", "tls", "none"] = Field("starttls", description="`tls` is usual on port 465.")
    user: str = Field("", description="Empty: the server asks for no password.")
    password: SecretStr = Field(SecretStr(""), description="The user's password.")
    sender: str = Field(min_length=1, description="The address that mails come from.")
    to: tuple[str, ...] = Field(min_length=1, description="A list of the addresses that mails go to.")


class Log(Section):
    """A line in the worker's log, for people who watch the terminal."""

    type: Literal["log"] = Field(description="`log`")
    name: str = Field("log", description="What papers and lists call this channel.")


Channel = Annotated[Webhook | Email | Log, Field(discriminator="type")]
CHANNELS: tuple[type[Section], ...] = (Webhook, Email, Log)


def _named_once(channels: tuple[Channel, ...]) -> tuple[Channel, ...]:
    names = [channel.name for channel in channels]
    if len(set(names)) < len(names):
        raise ValueError("two channels have one name, so give each a name of its own")
    return channels


class Alerts(Section):
    """Who is told what, and how often."""

    group_wait: Duration = Field(
        timedelta(seconds=30), description="How long an issue's first problems are gathered into one notification."
    )
    group_interval: Duration = Field(
        timedelta(minutes=5), description="How long the next ones of the same issue are gathered."
    )
    repeat_interval: Period = Field(
        timedelta(hours=24),
        description="Errors that still stand are told again in one reminder for each paper, at most once in so long, "
        "and not when they were seen first more than 30 days ago.",
    )
    min_severity: Literal["error", "warning", "info"] = Field("warning", description="Lesser findings are not sent.")
    channels: Annotated[tuple[Channel, ...], AfterValidator(_named_once)] = Field(
        (Log(type="log"),), description="Tables of type webhook, email or log; from the environment a JSON list."
    )


class Dashboard(Section):
    """The web pages and the JSON API."""

    host: str = Field("127.0.0.1", description="The address to listen on. Any but this machine's own wants a password.")
    port: int = Field(8600, ge=0, le=65535, description="0: any free one.")
    password: SecretStr = Field(
        SecretStr(""), description="Empty: the token in the address that is printed at the start."
    )
    url: str = Field("", description="The address people reach it by, for links in alerts. Empty: host and port.")


class Locale(Section):
    """How Jumpline speaks."""

    language: Literal["auto", "zh", "en"] = Field("auto", description="`auto`: by the environment, or the browser.")
    timezone: Zone = Field("Asia/Shanghai", description="For times shown to people.")

    @property
    def zone(self) -> ZoneInfo:
        """The time zone, ready for use."""
        return ZoneInfo(self.timezone)


class Settings(Section):
    """All settings of one installation."""

    data_dir: Folder = Field(
        Path("var"), description="What is kept on this machine: inbox, originals, database, logs. Also: `--data`."
    )
    database: Database = Database()
    broker: Broker = Broker()
    blobs: Blobs = Blobs()
    inbox: Inbox = Inbox()
    issues: Issues = Issues()
    worker: Worker = Worker()
    alerts: Alerts = Alerts()
    dashboard: Dashboard = Dashboard()
    locale: Locale = Locale()

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
        return Path(self.blobs.url).expanduser().absolute() if self.blobs.url else self.data_dir / "blobs"

    @property
    def broker_dir(self) -> Path:
        """The embedded broker's folder."""
        return self.data_dir / "broker"
