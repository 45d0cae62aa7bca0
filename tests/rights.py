"""Rights: root may do everything, so what others may not do is tested as somebody else."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65534


@contextmanager
def nobody_special(folder: Path) -> Iterator[None]:
    """Go on as a user with no rights over others' files, to whom the folder and all below it are given.

    The folder must not lie below one of pytest's own, which are closed to other users.
    """
    if os.geteuid() != 0:
        yield
        return
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
