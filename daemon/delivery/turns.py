"""Who may call its service now, when there are many targets?

Each call takes a process of some 60 MB, so fifty targets must not call at once. Some servers hang until their time is
over. Were all calls to such servers, the others would have to wait: so one place is for targets that did not fail last.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

MOST_CALLS = 4
"""How many calls may be made at the same time, and how many processes stay for the next one."""


class Turns:
    """Gives turns to threads, a few at the same time.

    Args:
        most: How many.
    """

    def __init__(self, most: int = MOST_CALLS) -> None:
        self._most = most
        self._taken = 0
        self._taken_by_suspects = 0
        self._changed = threading.Condition()

    @contextmanager
    def turn(self, *, is_suspect: bool, within_s: float) -> Iterator[bool]:
        """Take a turn for as long as the block lasts; give whether there was one in time.

        Args:
            is_suspect: Whether the last call failed, so that this one may hang.
        """
        has_turn = self._take(is_suspect, time.monotonic() + within_s)
        try:
            yield has_turn
        finally:
            if has_turn:
                with self._changed:
                    self._taken -= 1
                    self._taken_by_suspects -= is_suspect
                    self._changed.notify_all()

    def _take(self, is_suspect: bool, until_s: float) -> bool:
        with self._changed:
            while self._taken >= self._most or (is_suspect and self._taken_by_suspects >= self._most - 1):
                left_s = until_s - time.monotonic()
                if left_s <= 0:
                    return False
                self._changed.wait(left_s)
            self._taken += 1
            self._taken_by_suspects += is_suspect
            return True
