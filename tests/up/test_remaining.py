"""What waits for the next start."""

from pathlib import Path

from sqlalchemy import Engine

from worker import database, house, ledger, settings
from worker.ledger import Arrival
from worker.up import remaining


def arrive(engine: Engine, claim: str) -> None:
    with database.write(engine) as session:
        ledger.record(session, [Arrival(claim, "/in", "A02.md", b"A02.md", "e" * 64, 5)], house.now())


def test_files_in_the_inbox_and_deliveries_that_have_not_ended_wait(tmp_path: Path) -> None:
    here = settings.read(tmp_path, {}, tmp_path)
    engine = database.connect(here.database_url)
    database.migrate(engine)
    assert remaining.count(here) == 0
    (tmp_path / "inbox" / "desk").mkdir(parents=True)
    (tmp_path / "inbox" / "desk" / "A02.md").touch()
    (tmp_path / "inbox" / "A03.md.part").touch()
    arrive(engine, "one")
    arrive(engine, "two")
    assert remaining.count(here) == 3
    engine.dispose()


def test_what_was_handed_back_inside_an_inbox_does_not_wait(tmp_path: Path) -> None:
    here = settings.read(tmp_path, {"JUMPLINE_INBOX__PATHS": str(tmp_path / "in")}, tmp_path / "in" / "var")
    for folder in (tmp_path / "in" / ".jumpline" / "done", here.data_dir):
        folder.mkdir(parents=True)
        (folder / "A02.md").touch()
    assert remaining.count(here) == 0
