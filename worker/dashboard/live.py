"""Live updates: one stream of events for each open page, fed from one look at the tables each half second."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

import anyio.to_thread
from sqlalchemy.exc import SQLAlchemyError

# Seconds between two looks at the tables, and between two ticks, by which pages with ages on them keep fresh.
EVERY = 0.5
TICK = 10


class Pulse:
    """The pulse of the tables, looked at by however many listeners once in EVERY seconds, and by none when none is."""

    def __init__(self, look: Callable[[], str]) -> None:
        """`look` gives the pulse; it may block."""
        self._look = look
        self._lock = asyncio.Lock()
        self._last = ""
        self._at = -EVERY
        self.closing = asyncio.Event()

    async def latest(self) -> str:
        """Give the pulse as it was at most EVERY seconds ago."""
        async with self._lock:
            if time.monotonic() - self._at >= EVERY:
                self._last = await anyio.to_thread.run_sync(self._look)
                self._at = time.monotonic()
            return self._last

    async def events(self) -> AsyncIterator[str]:
        """Give events until the listener leaves, the server closes or the database is away; browsers come back."""
        yield "retry: 2000\n\n"
        last, ticked = "", time.monotonic()
        with suppress(SQLAlchemyError):
            while not self.closing.is_set():
                pulse = await self.latest()
                if pulse != last:
                    last = pulse
                    yield f"event: pulse\ndata: {pulse}\n\n"
                if time.monotonic() - ticked >= TICK:
                    ticked = time.monotonic()
                    yield "event: tick\ndata: \n\n"
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.closing.wait(), EVERY)
