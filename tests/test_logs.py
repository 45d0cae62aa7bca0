"""What a log line looks like, and what is never in it."""

import json
import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
import structlog

from worker import logs


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def lines(stream: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_tells_whose_it_is_when_and_about_which_delivery() -> None:
    stream = StringIO()
    logs.start("worker", stream)
    structlog.get_logger().bind(delivery=12).info("stored", name="焦作日报.md")
    (line,) = lines(stream)
    assert line.pop("at").endswith("Z")
    assert line == {"event": "stored", "delivery": 12, "name": "焦作日报.md", "level": "info", "process": "worker"}


def test_a_delivery_bound_around_the_work_is_in_every_line_of_it() -> None:
    stream = StringIO()
    logs.start("worker", stream)
    with structlog.contextvars.bound_contextvars(delivery=7):
        structlog.get_logger().info("read")
        logging.getLogger("somebody").warning("slow by %d s", 3)
    assert [(line["event"], line["delivery"]) for line in lines(stream)] == [("read", 7), ("slow by 3 s", 7)]


@pytest.mark.parametrize("library", ["celery.worker", "kombu.mixins", "watchdog.observers.inotify_buffer", "uvicorn"])
def test_a_library_is_heard_only_when_something_is_wrong(library: str) -> None:
    stream = StringIO()
    logs.start("worker", stream)
    logging.getLogger(library).info("every step")
    logging.getLogger(library).warning("trouble")
    assert [line["event"] for line in lines(stream)] == ["trouble"]


def test_on_a_terminal_it_is_a_line_to_read() -> None:
    stream = Terminal()
    logs.start("worker", stream)
    structlog.get_logger().info("stored", delivery=12)
    assert "stored" in stream.getvalue()
    assert not stream.getvalue().startswith("{")


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ({"url": "redis://:s3cret@host/0"}, "redis://:***@host/0"),
        ({"url": "postgresql+psycopg://jumpline:s3cret@db/jumpline"}, "postgresql+psycopg://jumpline:***@db/jumpline"),
        ({"smtp_password": "s3cret"}, "***"),
        ({"channel": {"token": "s3cret"}}, "***"),
        ({"tried": ["amqp://a:s3cret@b"]}, "amqp://a:***@b"),
    ],
)
def test_a_secret_is_blotted_out(said: dict[str, Any], written: str) -> None:
    stream = StringIO()
    logs.start("worker", stream)
    structlog.get_logger().info("connected", **said)
    assert "s3cret" not in stream.getvalue()
    assert written in stream.getvalue()


def test_an_exceptions_traceback_is_kept_without_its_secrets() -> None:
    stream = StringIO()
    logs.start("worker", stream)

    def send() -> None:
        raise ConnectionError("redis://:s3cret@host is away")

    try:
        send()
    except ConnectionError:
        structlog.get_logger().exception("gave up")
    (line,) = lines(stream)
    assert "ConnectionError: redis://:***@host is away" in line["exception"]


def test_what_nobody_foresaw_is_a_line_of_the_log() -> None:
    stream = StringIO()
    logs.start("worker", stream)
    wrong = RuntimeError("no such thing")
    logs.crashed(RuntimeError, wrong, None)
    (line,) = lines(stream)
    assert (line["level"], line["process"]) == ("critical", "worker")
    assert "RuntimeError: no such thing" in line["exception"]
