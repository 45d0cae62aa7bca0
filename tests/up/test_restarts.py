"""When a child that died is started again."""

import pytest

from worker.up import restarts
from worker.up.restarts import Restart


@pytest.mark.parametrize(
    ("lived", "deaths", "restart"),
    [
        (0.1, 0, Restart(wait=1, deaths=1)),
        (0.1, 1, Restart(wait=2, deaths=2)),
        (0.1, 2, Restart(wait=4, deaths=3)),
        (0.1, 3, Restart(wait=8, deaths=4)),
        (0.1, 4, Restart(wait=16, deaths=5)),
        (0.1, 5, Restart(wait=30, deaths=6)),
        (0.1, 5000, Restart(wait=30, deaths=5001)),
        (59.9, 2, Restart(wait=4, deaths=3)),
        (60.0, 2, Restart(wait=1, deaths=1)),
    ],
)
def test_each_death_doubles_the_wait_until_a_child_has_lived_for_a_minute(
    lived: float, deaths: int, restart: Restart
) -> None:
    assert restarts.after(lived, deaths) == restart
