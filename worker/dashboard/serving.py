"""Serving: the dashboard listens on its address until it is told to stop, and says where it can be found."""

import json
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from worker import celery, settings
from worker.dashboard import app, guard, tokens
from worker.dashboard.live import Pulse
from worker.house import House

# How long open requests may take to end when the server stops, in seconds.
GRACE = 3


class _Server(uvicorn.Server):
    """A server that ends the streams of live updates before it waits for its connections to end."""

    def __init__(self, config: uvicorn.Config, pulse: Pulse) -> None:
        super().__init__(config)
        self._pulse = pulse

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """End on a signal and leave it at that: raised once more, it would kill what is still to be cleared away."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {wish: signal.signal(wish, self.handle_exit) for wish in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for wish, handler in before.items():
                signal.signal(wish, handler)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._pulse.closing.set()
        await super().shutdown(sockets)


def serve(
    here: House,
    *,
    broker_answers: Callable[[], bool] = celery.answers,
    ready: Callable[[str, str], None] = lambda _url, _link: None,
) -> None:
    """Serve the dashboard until SIGTERM or SIGINT; raises WrongSettings when it may or can not listen.

    Once it listens, `ready` is told its address, and the link that signs in; both are in `dashboard.json` in the data
    folder, readable by its owner only, for as long as it runs.
    """
    shown = here.settings.dashboard
    guard.check_binding(shown.host, shown.password.get_secret_value())
    token = tokens.token(here.settings.data_dir)
    application = app.create(here, token, broker_answers)
    with _listening(shown.host, shown.port) as listener:
        url = shown.url.rstrip("/") or _address(shown.host, listener.getsockname()[1])
        link = f"{url}/?token={token}"
        with _announced(here.settings.data_dir / "dashboard.json", {"url": url, "token": token}):
            ready(url, link)
            server(application).run(sockets=[listener])


def server(application: FastAPI) -> uvicorn.Server:
    """Give a server for the application; its access log is off, since addresses may carry the token."""
    config = uvicorn.Config(
        application,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # whoever may name an address of his own could guess without end
        timeout_graceful_shutdown=GRACE,
        ws="none",
    )
    return _Server(config, application.state.room.pulse)


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.create_server(address[:2], family=family, backlog=128)
    except OSError as wrong:
        raise settings.WrongSettings(
            f"The dashboard cannot listen on {host}:{port}: {_reason(wrong)}. Set another "
            "dashboard.port (0 takes any free one) or dashboard.host."
        ) from None
    with listener:
        yield listener


@contextmanager
def _announced(file: Path, words: dict[str, str]) -> Iterator[None]:
    tokens.write_private(file, json.dumps(words) + "\n")
    try:
        yield
    finally:
        file.unlink(missing_ok=True)


def _address(host: str, port: int) -> str:
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{name}:{port}"


def _reason(wrong: OSError) -> str:
    """The system's own words; Python adds the address to them, which we have said."""
    return os.strerror(wrong.errno).lower() if wrong.errno and wrong.errno > 0 else str(wrong).lower()
