"""An inbox in a folder of the test's own."""

from pathlib import Path

import pytest

from worker.inbox import places
from worker.inbox.places import Places


@pytest.fixture
def around(tmp_path: Path) -> Places:
    """An inbox with its places beside it, as in the data folder."""
    return places.around(tmp_path / "inbox")
