"""What the signals ask for: SIGINT, SIGTERM and SIGHUP to end, any of them a second time to end at once."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager


class Wish:
    """What the signals asked for: to end, and, asked twice, to end at once."""

    def __init__(self) -> None:
        """Nothing has been asked for yet."""
        self.count = 0

    @contextmanager
    def heard(self) -> Iterator[int]:
        """Listen to signals; gives a file descriptor that wakes a selector up at each of them."""
        ear, mouth = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        before = {
            number: signal.signal(number, self._asked) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        }
        before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(mouth, warn_on_full_buffer=False)
        try:
            yield ear
        finally:
            signal.set_wakeup_fd(-1)
            for number, handler in before.items():
                signal.signal(number, handler)
            os.close(ear)
            os.close(mouth)

    def _asked(self, *_: object) -> None:
        self.count += 1
