"""The Celery app: how ids of work reach the workers, and nothing that must not be lost."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from celery import Celery
from kombu import Queue
from kombu.exceptions import OperationalError

from worker import broker
from worker.settings import Settings


class Task(StrEnum):
    """The names that producer and worker agree on; a message under another name would be thrown away."""

    INGEST = "jumpline.ingest"  # ids of deliveries
    ASSEMBLE = "jumpline.assemble"  # the id of an issue
    NOTIFY = "jumpline.notify"  # nothing: it sends what is due
    SWEEP = "jumpline.sweep"  # nothing: it looks for what is left undone


app = Celery("jumpline", include=["worker.tasks"])

# The queues: pages and issues in one, the clock and the alerts in the other.
READING, CLOCK = "jumpline", "jumpline.clock"

# A broker that does not answer is given up quickly: the sweep announces again. Seconds.
PATIENCE = 2

# How many deliveries travel in one message: a message costs about as much as reading a small page.
BATCH = 20


def prepare(settings: Settings, config_dir: Path) -> Celery:
    """Point the app at this installation's broker, and its tasks at this installation's settings; gives the app."""
    url = settings.broker.url.get_secret_value() or broker.url(settings.broker_dir)
    app.conf.update(
        broker_url=url,
        # The ledger knows how every delivery stands; a second memory in a result backend could only contradict it.
        result_backend=None,
        task_ignore_result=True,
        task_serializer="json",
        accept_content=["json"],
        # Early on purpose: the lease in the database brings a lost delivery back, not the broker's visibility timeout.
        task_acks_late=False,
        worker_prefetch_multiplier=1,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,  # a broker may be away for a night; Celery's own default gives up
        # It would cancel late acknowledged tasks only, of which there are none; unsaid, Celery warns at each reconnect.
        worker_cancel_long_running_tasks_on_connection_loss=True,
        broker_transport_options={
            "socket_timeout": PATIENCE,
            "socket_connect_timeout": PATIENCE,
            "retry_on_timeout": False,
            "max_retries": 0,
        },
        beat_scheduler="celery.beat:Scheduler",  # the schedule is one line: nothing to keep on disk
        beat_schedule={"sweep": {"task": Task.SWEEP, "schedule": settings.worker.sweep_every}},
        # The clock's own queue is asked in turn with the other: a backlog of pages must not stop it.
        task_queues=[Queue(READING), Queue(CLOCK)],
        task_default_queue=READING,
        task_routes={Task.SWEEP: {"queue": CLOCK}, Task.NOTIFY: {"queue": CLOCK}},
        # What hangs is killed; its lease runs out at about the same time, and its attempt has been counted.
        task_time_limit=int(settings.worker.lease.total_seconds()),
        timezone="UTC",
        jumpline_settings=settings,
        jumpline_config=config_dir,
    )
    return app


def send(task: Task, *arguments: object) -> bool:
    """Send one message; False says that the broker is away, which loses nothing."""
    try:
        app.send_task(task, args=arguments, retry=False)
    except OperationalError:
        return False
    return True


def announce(deliveries: Sequence[int]) -> bool:
    """Ask the workers to ingest these deliveries, several a message; False says that the broker is away."""
    batches = (deliveries[start : start + BATCH] for start in range(0, len(deliveries), BATCH))
    return all(send(Task.INGEST, list(batch)) for batch in batches)


def answers() -> bool:
    """Say whether the broker takes connections now."""
    try:
        with app.connection_for_write() as connection:
            connection.ensure_connection(max_retries=0, timeout=PATIENCE)
    except OperationalError:
        return False
    return True
