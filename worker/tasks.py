"""The Celery tasks: doors to the steps, no more than serialisation, limits and what is sent on."""

import functools
import os
from typing import Any

from celery import Task as CeleryTask
from celery import signals

from worker import celery, house, ledger, processes, steps
from worker.celery import Task, app
from worker.house import House


def here() -> House:
    """Give this process's house; a forked child opens its own, since connections must not be shared."""
    return _opened(os.getpid())


@functools.lru_cache(maxsize=1)
def _opened(pid: int) -> House:
    del pid
    return house.open(app.conf.jumpline_settings, app.conf.jumpline_config)


@app.task(name=Task.INGEST, ignore_result=True)
def ingest(deliveries: list[int]) -> None:
    """Read, check and store these deliveries, one by one."""
    changed: set[int] = set()
    for delivery in deliveries:
        changed.update(steps.ingest(here(), delivery, processes.me()))
    for issue in sorted(changed):
        celery.send(Task.ASSEMBLE, issue)


@signals.task_failure.connect(weak=False)
def give_back(sender: CeleryTask[..., None], exception: BaseException, args: list[Any], **_: Any) -> None:
    """What a dead task held is given back before its lease runs out, and the rest of its message is begun at once.

    Celery tells so in the process that ran the task, or in its parent when that process is gone.
    """
    if sender.name != Task.INGEST:
        return
    opened = here()
    celery.announce(steps.let_go(opened, args[0], exception))
    opened.engine.dispose()  # the parent forks: it must keep no connection


@app.task(name=Task.ASSEMBLE, ignore_result=True)
def assemble(issue: int) -> None:
    """Link an issue's jump lines and run its rules."""
    steps.assemble(here(), issue)


# Every channel may use up its patience on every alert.
@app.task(name=Task.NOTIFY, ignore_result=True, time_limit=900)
def notify() -> None:
    """Send the alerts that are due."""
    steps.notify(here(), processes.me())


@app.task(name=Task.SWEEP, ignore_result=True, expires=60)
def sweep() -> None:
    """Find what is left undone and have it done."""
    now = house.now()
    left = steps.sweep(here(), now)
    if left.deliveries and celery.announce(left.deliveries):
        with here().write() as session:
            ledger.announced(session, left.deliveries, now)
    for issue in left.issues:
        celery.send(Task.ASSEMBLE, issue)
    if left.alerts:
        celery.send(Task.NOTIFY)
