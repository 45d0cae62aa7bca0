"""What became of a delivery, gathered from the tables: the sample page and others through the real steps."""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import FRONT_PAGE, SAMPLE
from worker import database, house, ledger, settings, steps
from worker.house import House
from worker.inbox.report import Outcome, Repaired, Ways, report
from worker.newspaper.model import Certainty, RepairKind
from worker.newspaper.rules import Language
from worker.settings.commands import Command
from worker.tables import Delivery, Stage
from worker.views import outcomes

CONFIG = Path(__file__).parents[2] / "config"
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def here(tmp_path: Path) -> Iterator[House]:
    opened = house.open(settings.read(CONFIG, {}, tmp_path), CONFIG)
    database.migrate(opened.engine)
    yield opened
    opened.engine.dispose()


def outcome(here: House, name: str, data: bytes, language: Language = "zh") -> Outcome:
    """What becomes of a file that is dropped and worked on to its end."""
    kept = here.blobs.keep(io.BytesIO(data))
    arrival = ledger.Arrival(uuid4().hex, "/in", name, name.encode(), kept.sha256, kept.bytes)
    with here.write() as session:
        (number,) = ledger.record(session, [arrival], house.now())
    steps.ingest(here, number, "worker")
    for issue in steps.sweep(here, house.now()).issues:
        steps.assemble(here, issue)
    with here.look() as session:
        return outcomes.outcome(session, session.get_one(Delivery, number), language, SHANGHAI, house.now())


def test_the_sample_page_is_told_whole(here: House) -> None:
    told = outcome(here, SAMPLE.name, SAMPLE.read_bytes())
    assert (told.stage, told.delivery, told.bytes) == (Stage.STORED, 1, 17074)
    (page,) = told.pages
    assert (page.paper, page.date, page.label, page.missing) == ("焦作日报", date(2022, 8, 15), "A02", ())
    assert page.stands
    assert len(page.articles) == 13
    assert page.articles[0].headline == "解放区:细化创建标准 提升创建档次"
    assert [one.continued_from for one in page.articles if one.continued_from] == ["A01①", "A01②"]
    assert Repaired(RepairKind.JOIN_PARAGRAPH, (9, 11), Certainty.APPLIED) in page.repairs
    assert {("A001", 3), ("C002", 69), ("C002", 149)} <= {(one.code, one.line) for one in told.told}
    ranks = [one.severity.rank for one in told.told]
    assert ranks == sorted(ranks)


def test_a_page_that_cannot_be_told_says_what_is_missing_and_proposed(here: House) -> None:
    told = outcome(here, "000_52dbe719001a33ae.txt", SAMPLE.read_bytes())
    (page,) = told.pages
    assert page.missing == ("paper", "date", "page")
    assert page.proposed["date"] == "2022-08-15"
    words = report(told, "zh", Ways("", Command().typed))
    assert "jumpline identify d1 --paper '焦作日报' --date 2022-08-15 --page '版次'" in words


def test_a_duplicate_names_the_one_before_it(here: House) -> None:
    outcome(here, SAMPLE.name, SAMPLE.read_bytes())
    told = outcome(here, SAMPLE.name, SAMPLE.read_bytes())
    assert told.stage is Stage.DUPLICATE
    assert told.earlier == (1, house.now().astimezone(SHANGHAI).date())
    assert told.pages == ()


@pytest.mark.parametrize(("data", "code"), [(b"", "F001"), (b"\x80\x81\xff\xfe\x00" * 100, "F002")])
def test_a_rejected_file_is_told_with_its_finding(here: House, data: bytes, code: str) -> None:
    told = outcome(here, "A02.md", data, "en")
    assert told.stage is Stage.REJECTED
    assert [one.code for one in told.told] == [code]
    assert told.told[0].mend
    assert "A02.md" in told.told[0].says


def test_a_page_that_is_joined_says_with_which_and_when(here: House) -> None:
    assert outcome(here, SAMPLE.name, SAMPLE.read_bytes()).pages[0].joined == ()
    before = house.now()
    told = outcome(here, FRONT_PAGE.name, FRONT_PAGE.read_bytes())
    assert told.pages[0].joined == (("A02", 2),)
    assert before <= told.at <= house.now()
    assert told.at.tzinfo is SHANGHAI
