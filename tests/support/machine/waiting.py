"""Wait for a fact instead of for a time."""

import time
from collections.abc import Callable


def until(happened: Callable[[], bool], *, within_s: float = 30.0) -> None:
    """Return as soon as it happened; fail when it does not."""
    deadline = time.monotonic() + within_s
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)
