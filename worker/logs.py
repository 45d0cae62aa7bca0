"""The log: key-value lines on a terminal, JSON lines everywhere else, for our own words and the libraries' alike.

A line that is about a delivery carries `delivery=12`: `structlog.get_logger().bind(delivery=12)`, or
`structlog.contextvars.bound_contextvars(delivery=12)` around the work.
"""

import logging
import re
import sys
from collections.abc import Mapping
from types import TracebackType
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# Libraries that tell every step of theirs: from them only what somebody ought to look at.
QUIET = ("amqp", "asyncio", "celery", "httpx", "kombu", "multipart", "uvicorn", "watchdog", "alembic")

# redis://jumpline:s3cret@host -> redis://jumpline:***@host
PASSWORD_IN_URL = re.compile(r"(?P<before>\b[a-z][a-z0-9+.-]*://[^\s/:@]*:)[^\s@/]+(?=@)", re.IGNORECASE)

# What a key of this name holds is never written.
SECRET_KEYS = re.compile(r"password|secret|token|authorization", re.IGNORECASE)


def start(process: str, stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """Send every log line of this process to the stream (standard output), in the form that suits it."""
    stream = stream or sys.stdout
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        _named(process),
        structlog.processors.StackInfoRenderer(),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_rendering(stream)],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    logging.captureWarnings(capture=True)


def crashed(kind: type[BaseException], wrong: BaseException, trace: TracebackType | None) -> None:
    """Log what nobody foresaw like any other line, where whoever reads the log finds it; for sys.excepthook."""
    structlog.get_logger().critical("The process ends by a fault of Jumpline's own.", exc_info=(kind, wrong, trace))


def without_secrets(logger: WrappedLogger, method: str, line: EventDict) -> EventDict:
    """Blot out passwords, whether a key is named so or an address holds one."""
    del logger, method
    return {key: "***" if SECRET_KEYS.search(key) else _blotted(value) for key, value in line.items()}


def _blotted(value: object) -> Any:
    if isinstance(value, str):
        return PASSWORD_IN_URL.sub(r"\g<before>***", value)
    if isinstance(value, Mapping):
        return {key: "***" if SECRET_KEYS.search(str(key)) else _blotted(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_blotted(inner) for inner in value]
    return value


def _named(process: str) -> Processor:
    """Say in every line which process speaks: several of them may write to one place."""

    def named(logger: WrappedLogger, method: str, line: EventDict) -> EventDict:
        del logger, method
        line.setdefault("process", process)
        return line

    return named


def _rendering(stream: TextIO) -> list[Processor]:
    """Tracebacks become text before secrets are blotted out: an exception may quote an address."""
    if stream.isatty():
        plain = structlog.dev.ConsoleRenderer(timestamp_key="at", exception_formatter=structlog.dev.plain_traceback)
        return [structlog.processors.format_exc_info, without_secrets, plain]
    return [
        structlog.processors.format_exc_info,
        without_secrets,
        structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
    ]
