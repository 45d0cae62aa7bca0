"""The command line as a person uses it: arguments in, an exit code and two streams out."""

import io
import json
import logging
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import structlog

from tests.conftest import FRONT_PAGE, SAMPLE
from worker import cli, database, house, ledger, settings, steps
from worker.house import House

CONFIG = Path(__file__).parents[2] / "config"


@dataclass(frozen=True)
class Ran:
    """What a command did: its exit code, what it printed, what it said on standard error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `jumpline ARGUMENT...` in English, whatever this machine's own settings are."""
    for name in [name for name in os.environ if name.startswith("JUMPLINE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("JUMPLINE_LOCALE__LANGUAGE", "en")
    monkeypatch.setenv("JUMPLINE_CONFIG", str(CONFIG))

    def run(*arguments: object) -> Ran:
        capsys.readouterr()
        code = cli.run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return run


@dataclass(frozen=True)
class Desk:
    """Files worked on to their end, without inbox or broker."""

    here: House

    @property
    def data(self) -> Path:
        return self.here.settings.data_dir

    def record(self, name: str, data: bytes) -> int:
        kept = self.here.blobs.keep(io.BytesIO(data))
        arrival = ledger.Arrival(uuid4().hex, "/in", name, name.encode(), kept.sha256, kept.bytes)
        with self.here.write() as session:
            return ledger.record(session, [arrival], house.now())[0]

    def work(self, delivery: int) -> None:
        for issue in steps.ingest(self.here, delivery, "worker"):
            steps.assemble(self.here, issue)

    def drop(self, name: str, data: bytes) -> None:
        self.work(self.record(name, data))


def desk_in(folder: Path) -> Desk:
    here = house.open(settings.read(CONFIG, {"JUMPLINE_LOCALE__LANGUAGE": "en"}, folder), CONFIG)
    folder.mkdir(parents=True, exist_ok=True)
    database.migrate(here.engine)
    return Desk(here)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty house of the test's own."""
    desk = desk_in(tmp_path / "data")
    yield desk
    desk.here.engine.dispose()


@pytest.fixture(scope="session")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder to look at: d1 is A02, d2 its A01, d3 is empty, d4 is A02 under a name that tells nothing."""
    desk = desk_in(tmp_path_factory.mktemp("cli") / "data")
    desk.drop(SAMPLE.name, SAMPLE.read_bytes())
    desk.drop(FRONT_PAGE.name, FRONT_PAGE.read_bytes())
    desk.drop("empty.md", b"")
    desk.drop("000_52dbe719001a33ae.txt", "本报讯 这一段文字没有说明它是哪一天的报纸。\n".encode())
    desk.here.engine.dispose()
    return desk.data
