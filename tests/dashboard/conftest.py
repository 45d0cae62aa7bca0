"""A dashboard that is really served, on a free port of this machine, over a house with something of everything."""

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.dashboard.seed import Seeded, seed
from worker import celery, database, house, settings
from worker.dashboard import app, serving
from worker.house import House

CONFIG = Path(__file__).parents[2] / "config"
TOKEN = "a-token-for-tests"
PASSWORD = "a password for tests"


@dataclass(frozen=True, slots=True)
class Served:
    """A dashboard that answers at `url`."""

    url: str
    here: House
    seeded: Seeded

    def anonymous(self) -> httpx.Client:
        """Somebody who has shown nothing."""
        return httpx.Client(base_url=self.url, timeout=20)

    def program(self) -> httpx.Client:
        """A program that sends the token."""
        return httpx.Client(base_url=self.url, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=20)

    @contextmanager
    def browser(self, language: str = "en") -> Iterator[httpx.Client]:
        """A browser that has opened the link with the token."""
        with httpx.Client(base_url=self.url, headers={"Accept-Language": language}, timeout=20) as client:
            assert client.get("/", params={"token": TOKEN}).status_code == 303
            yield client


def form_key(page: httpx.Response) -> str:
    """The key that the forms of a page carry."""
    match = re.search(r'name="form_key" value="([0-9a-f]{64})"', page.text)
    assert match is not None
    return match[1]


def opened(folder: Path, **environment: str) -> House:
    """A new house with all tables, and with a broker that never answers."""
    said = {
        "JUMPLINE_BROKER__URL": "redis://127.0.0.1:1/0",
        "JUMPLINE_DASHBOARD__PASSWORD": PASSWORD,
        "JUMPLINE_DASHBOARD__PORT": "0",
        **environment,
    }
    here = house.open(settings.read(CONFIG, said, folder), CONFIG)
    database.migrate(here.engine)
    celery.prepare(here.settings, CONFIG)
    return here


@contextmanager
def served(here: House) -> Iterator[str]:
    """Serve this house in a thread; gives the address."""
    server = serving.server(app.create(here, TOKEN, lambda: True))
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=20)
            assert not thread.is_alive()
    here.engine.dispose()


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A dashboard for tests that only look."""
    here = opened(tmp_path_factory.mktemp("house"))
    seeded = seed(here)
    with served(here) as url:
        yield Served(url, here, seeded)


@pytest.fixture
def own_desk(tmp_path: Path) -> Iterator[Served]:
    """A dashboard of its own, for a test that changes something."""
    here = opened(tmp_path)
    seeded = seed(here)
    with served(here) as url:
        yield Served(url, here, seeded)
