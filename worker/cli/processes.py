"""The commands that run: up, and the single processes of it."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from worker.cli import showing
from worker.cli.door import Config, Data, Place, Trouble, opened, place, trouble_told


def up(*, data: Data = None, config: Config = None) -> None:
    """Run everything on this machine: broker, worker, beat, inbox and dashboard. Ctrl-C ends it."""
    from worker import broker
    from worker import up as everything

    here = place(data, config)
    try:
        with trouble_told():
            everything.run(here.settings, here.config_dir, _drop_sample(here), showing.say)
    except (everything.Busy, broker.Absent, broker.Silent) as wrong:
        raise Trouble(str(wrong)) from None


def inbox(*, data: Data = None, config: Config = None) -> None:
    """Watch the inbox folders: take files in, and hand them back when they have ended."""
    from worker import celery, intake

    _log_as("inbox")
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    here = place(data, config)
    celery.prepare(here.settings, here.config_dir)
    with opened(here, needs_tables=False) as house:
        intake.run(house, stop, here.config_dir)


def worker(
    *,
    processes: Annotated[int | None, typer.Option(min=1, metavar="N", help="How many side by side.")] = None,
    data: Data = None,
    config: Config = None,
) -> None:
    """Read, check and store what comes, and send alerts."""
    import os
    import warnings

    from celery import signals
    from celery.exceptions import SecurityWarning

    from worker import celery

    _log_as("worker")
    # Celery warns of root because of pickles; messages are JSON here, and hold ids only.
    warnings.simplefilter("ignore", SecurityWarning)
    here = place(data, config)
    count = processes or here.settings.worker.processes or os.cpu_count() or 1
    app = celery.prepare(here.settings, here.config_dir)
    with opened(here, needs_tables=False) as house, ExitStack() as living:
        from worker.cli.beating import beating

        # Ready means that the pool stands and the queue is heard; until then nobody should count on this worker.
        def ready(**_: Any) -> None:
            living.enter_context(beating(house, "worker", lambda: {"processes": count}))

        signals.worker_ready.connect(ready, weak=False)
        app.worker_main(
            [
                "--quiet",
                "worker",
                f"--concurrency={count}",
                "--without-gossip",
                "--without-mingle",
                "--without-heartbeat",
                "--loglevel=WARNING",
            ]
        )


def beat(*, data: Data = None, config: Config = None) -> None:
    """Be the clock: have what is left undone looked for, every few seconds. One is enough."""
    from worker import celery
    from worker.cli.beating import beating

    _log_as("beat")
    here = place(data, config)
    app = celery.prepare(here.settings, here.config_dir)
    with opened(here, needs_tables=False) as house, beating(house, "beat"), _ended_quietly():
        app.Beat(quiet=True).run()


def dashboard(
    *,
    link: Annotated[bool, typer.Option("--link", help="Only print the link that signs in to the running one.")] = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Serve the web pages and the JSON API."""
    if link:
        from worker.cli import addresses

        showing.say(addresses.link(place(data, config)))
        return
    from worker import celery
    from worker.cli.beating import beating
    from worker.dashboard import serving

    _log_as("dashboard")
    here = place(data, config)
    celery.prepare(here.settings, here.config_dir)
    with opened(here, needs_tables=False) as house, ExitStack() as living:
        serving.serve(
            house, ready=lambda url, _: living.enter_context(beating(house, "dashboard", lambda: {"url": url}))
        )


@contextmanager
def _ended_quietly() -> Iterator[None]:
    """Celery's beat raises SystemExit on SIGTERM, and KeyboardInterrupt reaches us on SIGINT: both are a plain end."""
    try:
        yield
    except KeyboardInterrupt:
        return


def _log_as(process: str) -> None:
    """Log to standard output, crashes too. Celery would set up logging of its own unless told that it is done."""
    from celery import signals

    from worker import logs

    logs.start(process)
    sys.excepthook = logs.crashed
    signals.setup_logging.connect(lambda **_: None, weak=False)


def _drop_sample(here: Place) -> str | None:
    """The command that drops the sample page, where the sample lies here (in a checkout)."""
    from worker.settings import commands
    from worker.up import greeting

    if not greeting.SAMPLE.is_file():
        return None
    return commands.here(here.settings, here.config_dir, Path.cwd()).typed("drop", str(greeting.SAMPLE))
