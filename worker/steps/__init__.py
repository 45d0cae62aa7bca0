"""The way of a delivery, step by step: the work itself, which knows no Celery."""

from worker.steps.assemble import assemble
from worker.steps.follow import follow
from worker.steps.ingest import ingest, let_go
from worker.steps.notify import notify
from worker.steps.sweep import Left, sweep

__all__ = ["Left", "assemble", "follow", "ingest", "let_go", "notify", "sweep"]
