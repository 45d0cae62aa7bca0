"""A command that ends with its parent: `python tether.py PARENT COMMAND ARGUMENT...`.

The kernel is asked to send SIGTERM when the parent dies, however it dies; the request outlives the exec that follows,
so it holds for any program. It is made here, in the child, and not between fork and exec in the parent, where Python
code is not safe beside threads. A parent that died before the request was made is noticed by its number.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


def main(parent: int, command: list[str]) -> None:
    """Become the command, tied to the parent."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() == parent:
        os.execv(command[0], command)  # noqa: S606 (no shell is what is wanted)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
