"""Which buttons of bubbles were pressed, until the main loop takes that?"""

import threading
from collections import deque
from collections.abc import Callable

_MOST_KEPT = 1000


class Presses:
    """What was pressed on the desktop of this process.

    Attributes:
        wake: Called, in any thread, when something was pressed.
    """

    wake: Callable[[], None]

    def __init__(self) -> None:
        self.wake = lambda: None
        self._lock = threading.Lock()
        self._pressed: deque[str] = deque(maxlen=_MOST_KEPT)

    def put(self, choice: str) -> None:
        """Keep what was pressed, and wake whoever takes it.

        Args:
            choice: One of those that a message offered.
        """
        with self._lock:
            self._pressed.append(choice)
        self.wake()

    def first(self) -> str | None:
        """Return what was pressed first and is not done; None where nothing was."""
        with self._lock:
            return self._pressed[0] if self._pressed else None

    def done(self) -> None:
        """Forget the first, as what it says is stored."""
        with self._lock:
            self._pressed.popleft()


PRESSES = Presses()
"""Those of this process: Apprise makes its plugins by itself, and hands them nothing."""
