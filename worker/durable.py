"""Names in folders that survive a loss of power, as file systems promise only when asked."""

import os
from pathlib import Path


def sync(folder: Path) -> None:
    """Write down which names the folder holds now; returns when they are safe."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
