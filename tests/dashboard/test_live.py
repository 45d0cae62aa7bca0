"""Live updates: events when something changes, silence when nothing does, an end when the server closes."""

import json
import threading
from pathlib import Path

import anyio
import httpx
import pytest
from sqlalchemy.exc import OperationalError

from tests.conftest import FRONT_PAGE
from tests.dashboard.conftest import CONFIG, TOKEN, Served, opened, served
from tests.dashboard.seed import drop
from worker import house, settings
from worker.dashboard import serving
from worker.dashboard.live import Pulse


def test_a_listener_is_told_of_a_change(own_desk: Served) -> None:
    with own_desk.program() as client, client.stream("GET", "/events") as stream:
        lines = (line for line in stream.iter_lines() if line.startswith("data: "))
        first = next(lines)
        drop(own_desk.here, "焦作日报-2022-08-30-A01.md", FRONT_PAGE.read_bytes() + b"\n\nlate")
        assert next(lines) != first


def test_many_listeners_cost_one_look() -> None:
    looks: list[str] = []

    def look() -> str:
        looks.append("looked")
        return "a pulse"

    async def listen() -> None:
        pulse = Pulse(look)
        async with anyio.create_task_group() as group:
            for _ in range(50):
                group.start_soon(pulse.latest)

    anyio.run(listen)
    assert looks == ["looked"]


def test_the_stream_ends_when_the_database_is_away() -> None:
    def away() -> str:
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    async def listen() -> list[str]:
        return [event async for event in Pulse(away).events()]

    assert anyio.run(listen) == ["retry: 2000\n\n"]


def test_the_dashboard_says_where_it_is_and_leaves_no_trace_of_it(tmp_path: Path) -> None:
    here = opened(tmp_path)
    file = tmp_path / "dashboard.json"
    seen: list[tuple[str, int, dict[str, str]]] = []

    def ready(url: str, link: str) -> None:
        seen.append((link, file.stat().st_mode & 0o777, json.loads(file.read_text("utf-8"))))
        raise InterruptedError(url)

    with pytest.raises(InterruptedError) as ended:
        serving.serve(here, broker_answers=lambda: True, ready=ready)
    url = str(ended.value)
    assert url.startswith("http://127.0.0.1:")
    token = (tmp_path / "dashboard.token").read_text("utf-8").strip()
    assert seen == [(f"{url}/?token={token}", 0o600, {"url": url, "token": token})]
    assert not file.exists()


def test_open_streams_do_not_hold_up_the_end(tmp_path: Path) -> None:
    here = opened(tmp_path)
    ended = threading.Event()

    def listen(url: str, heard: threading.Event) -> None:
        with httpx.stream("GET", f"{url}/events", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=20) as stream:
            for _ in stream.iter_lines():
                heard.set()
        ended.set()

    heard = threading.Event()
    with served(here) as url:
        thread = threading.Thread(target=listen, args=(url, heard))
        thread.start()
        assert heard.wait(10)
    thread.join(5)
    assert ended.is_set()


def test_an_address_in_use_is_told_in_one_sentence(desk: Served, tmp_path: Path) -> None:
    port = desk.url.rpartition(":")[2]
    here = opened(tmp_path, JUMPLINE_DASHBOARD__PORT=port)
    with pytest.raises(settings.WrongSettings, match=f"cannot listen on 127.0.0.1:{port}: address already in use"):
        serving.serve(here, broker_answers=lambda: True)


def test_other_machines_are_not_let_in_without_a_password(tmp_path: Path) -> None:
    here = house.open(settings.read(CONFIG, {"JUMPLINE_DASHBOARD__HOST": "0.0.0.0"}, tmp_path), CONFIG)
    with pytest.raises(settings.WrongSettings, match=r"dashboard\.password must be set"):
        serving.serve(here, broker_answers=lambda: True)
