"""When a child that died is started again."""

from dataclasses import dataclass

# A child that lived so long had recovered: its next death counts as the first. Seconds.
STEADY = 60.0

# The first wait and the longest one, in seconds; each death doubles the wait.
SHORTEST, LONGEST = 1.0, 30.0


@dataclass(frozen=True, slots=True)
class Restart:
    """What a death leads to: how long to wait, in seconds, and the count of deaths in a row."""

    wait: float
    deaths: int


def after(lived: float, deaths: int) -> Restart:
    """Decide on a child that lived so many seconds, after so many deaths in a row before this one."""
    deaths = 1 if lived >= STEADY else deaths + 1
    return Restart(min(LONGEST, SHORTEST * 2 ** min(deaths - 1, 10)), deaths)
