"""Takes the README's picture of the dashboard anew: `python -m tests.screenshot [FOLDER]`, with Chromium installed.

It shows a real `jumpline up` with the sample page dropped into its inbox. With a folder, it takes every page of the
dashboard into it, for a look at the whole.
"""

import json
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page

from tests import browsers, sinks
from tests.acceptance.person import Jumpline, running, wait_for
from tests.conftest import FRONT_PAGE, SAMPLE

PICTURE = Path(__file__).parents[1] / "docs" / "dashboard.png"
PAGES = {
    "overview": "/",
    "deliveries": "/deliveries",
    "delivery": "/deliveries/1",
    "issues": "/issues",
    "issue": "/issues/1",
    "page": "/pages/1",
    "article": "/articles/9",
    "findings": "/findings",
    "alerts": "/alerts",
    "alert": "/alerts/1",
    "health": "/health",
}


def main(folder: Path | None) -> None:
    """Take the README's picture, or all pages into a folder."""
    settings = {
        "JUMPLINE_DASHBOARD__PORT": "0",
        "JUMPLINE_ISSUES__SETTLE_AFTER": "2s",
        "JUMPLINE_WORKER__SWEEP_EVERY": "500ms",
        "JUMPLINE_ALERTS__GROUP_WAIT": "300ms",
        "JUMPLINE_ALERTS__GROUP_INTERVAL": "1s",
    }
    with (
        tempfile.TemporaryDirectory() as home,
        sinks.webhook() as webhook,
        sinks.mail() as mail,
        running(Path(home) / "data", settings, webhook, mail) as jumpline,
        browsers.chromium() as browser,
    ):
        jumpline.put(SAMPLE.name, SAMPLE.read_bytes())
        jumpline.ended(SAMPLE.name)
        wait_for(lambda: jumpline.get("/findings?code=C001"))
        shown = browser.new_page(viewport={"width": 1440, "height": 900}, device_scale_factor=1, locale="en")
        sign_in(shown, jumpline)
        if folder is None:
            shown.goto(address(jumpline) + PAGES["page"])
            shown.screenshot(path=PICTURE)
        else:
            wait_for(lambda: jumpline.get("/alerts?kind=problem&state=sent")[1:])  # the jump lines were told too
            jumpline.put(FRONT_PAGE.name, FRONT_PAGE.read_bytes())
            jumpline.ended(FRONT_PAGE.name)
            wait_for(lambda: jumpline.get("/alerts?kind=resolved&state=sent"))
            for name, path in PAGES.items():
                shown.goto(address(jumpline) + path)
                shown.screenshot(path=folder / f"{name}.png", full_page=True)


def address(jumpline: Jumpline) -> str:
    """Where the dashboard is."""
    return str(json.loads((jumpline.data / "dashboard.json").read_text())["url"])


def sign_in(shown: Page, jumpline: Jumpline) -> None:
    """Open the link that `jumpline up` prints."""
    known = json.loads((jumpline.data / "dashboard.json").read_text())
    shown.goto(f"{known['url']}/?token={known['token']}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
