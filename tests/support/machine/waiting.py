"""Wait for a fact instead of for a time."""

import time
from collections.abc import Callable


def until(condition: Callable[[], bool], *, within_s: float = 30.0) -> None:
    """Return as soon as the condition holds; fail when it does not hold in time."""
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)
