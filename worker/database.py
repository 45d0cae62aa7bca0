"""The database: opening it durably, reading and writing in it, bringing its tables up to date."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

# What the database raises when it is away, read-only for a while, or too busy: what may go away by itself.
AWAY = (OperationalError, InterfaceError, InternalError)

# How long a writer waits for another writer before it gives up, in seconds.
PATIENCE = 15

# An execution option: this connection only reads, so on SQLite it need not wait for writers.
READS = "jumpline_reads"


def connect(url: str) -> Engine:
    """Give an engine whose commits survive a loss of power, on SQLite and PostgreSQL alike."""
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 5})
    engine = create_engine(url, connect_args={"timeout": PATIENCE})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    """WAL lets readers and one writer work side by side; FULL makes each commit durable, not only consistent."""
    del record
    connection.isolation_level = None  # we say BEGIN ourselves
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={PATIENCE * 1000}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its lock at once: a reader that turns writer half-way could not wait, only fail."""
    reads = connection.get_execution_options().get(READS, False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


@contextmanager
def write(engine: Engine) -> Iterator[Session]:
    """Give a session that commits at the end, or nothing of it."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def look(engine: Engine) -> Iterator[Session]:
    """Give a session for reading one consistent state."""
    reading = engine.execution_options(**{READS: True})
    if engine.dialect.name != "sqlite":
        reading = reading.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    with Session(reading) as session:
        yield session


def await_answer(engine: Engine, seconds: float) -> None:
    """Wait until the database takes connections; raises OperationalError when it does not within that time."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            engine.connect().close()
        except OperationalError:
            if time.monotonic() >= deadline:
                raise
            time.sleep(0.5)
        else:
            return


def migrate(engine: Engine) -> str:
    """Bring the tables up to date; gives the revision reached."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            # Two processes that start at once must not both create the tables.
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(20220815)")
        command.upgrade(_alembic(connection), "head")
        return str(MigrationContext.configure(connection).get_current_revision())


def revisions(engine: Engine) -> tuple[str | None, str | None]:
    """Give the revision that the tables have, and the one that this version of Jumpline needs."""
    with engine.connect().execution_options(**{READS: True}) as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return current, ScriptDirectory.from_config(_alembic(None)).get_current_head()


def _alembic(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    attributes: dict[str, Any] = config.attributes
    attributes["connection"] = connection
    return config
