"""A real browser at the dashboard: signing in by the link, live updates, and everything without JavaScript."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import browsers
from tests.conftest import FRONT_PAGE
from tests.dashboard.conftest import TOKEN, Served
from tests.dashboard.seed import drop

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The machine's Chromium. Under CI a machine without one is wrong."""
    if browsers.program() is None:
        if os.environ.get("CI"):
            pytest.fail("There is no Chromium on this machine, and under CI there must be.")
        pytest.skip("there is no Chromium on this machine")
    with browsers.chromium() as browser:
        yield browser


@contextmanager
def window(browser: Browser, desk: Served, *, scripts: bool = True) -> Iterator[Page]:
    """A window, signed in by the link, that has nothing to complain of: no failed script, nothing the CSP forbids."""
    complaints: list[str] = []
    context = browser.new_context(java_script_enabled=scripts, locale="en-GB")
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(f"{desk.url}/?token={TOKEN}")
    try:
        yield page
    finally:
        context.close()
    assert complaints == []


def test_a_delivery_appears_without_reloading_and_what_was_typed_stays(chromium: Browser, own_desk: Served) -> None:
    with window(chromium, own_desk) as page:
        assert TOKEN not in page.url
        page.get_by_role("navigation").get_by_role("link", name="Deliveries").click()
        expect(page.locator("#live")).to_have_text("live")
        page.get_by_label("File name").fill("half a na")
        page.evaluate("window.stillTheSameDocument = true")
        drop(own_desk.here, FRONT_PAGE.name.replace("08-15", "08-31"), FRONT_PAGE.read_bytes() + b"\n\nlate")
        expect(page.get_by_role("link", name="焦作日报-2022-08-31-A01.md")).to_be_visible()
        assert page.evaluate("window.stillTheSameDocument")
        expect(page.get_by_label("File name")).to_have_value("half a na")
        expect(page.get_by_label("File name")).to_be_focused()


def test_a_finding_leads_to_its_line(chromium: Browser, desk: Served) -> None:
    with window(chromium, desk) as page:
        page.goto(f"{desk.url}/pages/1")
        page.locator(".jumps a", has_text="C001").first.click()
        expect(page.locator("li:target")).to_contain_text("(上接A01版①)")
        expect(page.locator("li:target")).to_be_in_viewport()


def test_everything_is_there_without_scripts(chromium: Browser, own_desk: Served) -> None:
    with window(chromium, own_desk, scripts=False) as page:
        page.get_by_role("link", name="焦作日报-2022-08-17-A03.md").click()
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("received")
        page.get_by_role("navigation").get_by_role("link", name="Issues").click()
        page.get_by_label("State").select_option("provisional")
        page.get_by_role("button", name="Filter").click()
        page.get_by_role("link", name="000_52dbe719001a33ae.txt").click()
        page.get_by_role("textbox", name="Page").fill("A05")
        page.get_by_role("button", name="Place it").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("焦作日报")
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


@pytest.mark.parametrize("width", [390, 1440])
def test_no_page_is_wider_than_the_window(chromium: Browser, desk: Served, width: int) -> None:
    with window(chromium, desk) as page:
        page.set_viewport_size({"width": width, "height": 900})
        for path in (
            "/",
            "/deliveries",
            f"/issues/{desk.seeded.joined_issue}",
            f"/issues/{desk.seeded.provisional_issue}",
            "/pages/1",
            "/articles/1",
            "/findings",
            "/alerts/1",
            "/health",
        ):
            page.goto(desk.url + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
