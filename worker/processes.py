"""Processes by name: who holds a lease, and whether it can still be at work."""

import os
import socket
from contextlib import suppress


def me() -> str:
    """Give the name of this process, `host:pid`, that leases are taken under."""
    return f"{socket.gethostname()}:{os.getpid()}"


def works_on(holder: str, myself: str | None = None) -> bool:
    """Say whether the holder of a lease, `host:pid/lease`, may still be at work; of other hosts nothing is known.

    A process that asks about itself has ended that work: it would not be asking otherwise.
    """
    host, _, pid = holder.partition("/")[0].rpartition(":")
    own_host, _, own_pid = (myself or me()).rpartition(":")
    if host != own_host:
        return True
    return pid != own_pid and _is_alive(int(pid))


def _is_alive(pid: int) -> bool:
    with suppress(PermissionError):  # it is alive, and somebody else's
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
    return True
