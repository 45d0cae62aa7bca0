"""The same job against PostgreSQL: the front page comes last, and mends what was said."""

from pathlib import Path

import pytest

from tests import sinks
from tests.acceptance.person import running, wait_for
from tests.conftest import FRONT_PAGE, SAMPLE

pytestmark = [pytest.mark.acceptance, pytest.mark.postgres, pytest.mark.timeout(120)]


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_the_main_job_on_postgresql(database_url: str, tmp_path: Path) -> None:
    settings = {
        "JUMPLINE_DATABASE__URL": database_url,
        "JUMPLINE_DASHBOARD__PORT": "0",
        "JUMPLINE_ISSUES__SETTLE_AFTER": "1s",
        "JUMPLINE_WORKER__SWEEP_EVERY": "500ms",
    }
    with (
        sinks.webhook() as webhook,
        sinks.mail() as mail,
        running(tmp_path / "data", settings, webhook, mail) as jumpline,
    ):
        jumpline.put(SAMPLE.name, SAMPLE.read_bytes())
        wait_for(lambda: len(jumpline.get("/findings?code=C001&state=open")) == 2)
        jumpline.put(FRONT_PAGE.name, FRONT_PAGE.read_bytes())
        wait_for(lambda: len(jumpline.get("/findings?code=C001&state=resolved")) == 2)
        (issue,) = jumpline.get("/issues")
        assert issue["pages"] == ["A01", "A02"]
        assert len(jumpline.get(f"/issues/{issue['id']}")["links"]) == 2
        assert jumpline.handed_to("done", FRONT_PAGE.name).read_bytes() == FRONT_PAGE.read_bytes()
