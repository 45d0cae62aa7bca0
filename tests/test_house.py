"""The house: what is opened for a process, and what is refused."""

from pathlib import Path

import pytest

from worker import house, settings
from worker.house import House
from worker.newspaper.paper import WrongPaper

PAPER = """
code = "evening"
name = "晚报"
settle_after = "1h"
alerts = {alerts}
"""


def opened(folder: Path, alerts: str = "[]", **environment: str) -> House:
    (folder / "papers").mkdir()
    (folder / "papers" / "evening.toml").write_text(PAPER.format(alerts=alerts))
    return house.open(settings.read(folder, environment, folder / "data"), folder)


def test_a_paper_waits_for_its_pages_as_long_as_it_says(tmp_path: Path) -> None:
    here = opened(tmp_path)
    assert {code: wait.total_seconds() for code, wait in here.settle_after.items()} == {"evening": 3600}
    assert here.paper("evening").name == "晚报"
    assert here.paper("unknown") is here.papers.generic


def test_a_paper_that_names_its_channels_has_a_route(tmp_path: Path) -> None:
    assert opened(tmp_path, '["log"]').routes == {"evening": ("log",)}


def test_a_channel_that_does_not_exist_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(WrongPaper) as wrong:
        opened(tmp_path, '["pager"]')
    assert str(wrong.value) == (
        "The paper evening sends its alerts to 'pager', and there is no channel of that name; there are: log."
    )


def test_links_in_alerts_lead_to_the_dashboard_unless_only_it_knows_its_port(tmp_path: Path) -> None:
    assert opened(tmp_path).base_url == "http://127.0.0.1:8600"


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        ({"JUMPLINE_DASHBOARD__PORT": "0"}, ""),
        ({"JUMPLINE_DASHBOARD__HOST": "0.0.0.0"}, "http://127.0.0.1:8600"),
        ({"JUMPLINE_DASHBOARD__URL": "https://desk.example.org/"}, "https://desk.example.org"),
    ],
)
def test_the_address_that_people_use_is_said_by_a_setting(
    tmp_path: Path, environment: dict[str, str], address: str
) -> None:
    assert opened(tmp_path, **environment).base_url == address
