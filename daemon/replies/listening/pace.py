"""How long is a server left alone that cannot be read?"""

from collections.abc import Callable
from dataclasses import dataclass

KEEPALIVE_S = 45.0
"""How often ntfy says that it is there, unless its configuration says otherwise."""
_FIRST_RESTART_S, _LAST_RESTART_S = 1.0, 300.0


@dataclass(frozen=True, slots=True)
class Pace:
    """How long is waited for what, in seconds.

    Attributes:
        silent_s: For a word of the server on an open connection.
        first_s, last_s: Between two tries, from the first pause to the longest.
        refused_s: After a refusal.
    """

    silent_s: float = 2 * KEEPALIVE_S
    first_s: float = 2.0
    last_s: float = 300.0
    refused_s: float = 3600.0

    def pause_s(
        self, failures: int, chance: Callable[[], float], *, is_refused: bool = False, asked_s: float | None = None
    ) -> float:
        """Return how long to wait before the next try.

        The pauses double, a quarter more or less by chance, as all readers of a server come back at the same moment.

        Args:
            failures: How many tries failed before this one, without one that went well.
            chance: Draws from [0, 1).
            is_refused: Whether the server refuses us.
            asked_s: How long it asks to be left alone; it never is for less.
        """
        spread = 0.75 + chance() / 2
        if is_refused:
            return self.refused_s * spread
        pause_s = min(self.last_s, self.first_s * 2.0 ** min(failures, 20))
        return pause_s * spread if asked_s is None else asked_s + pause_s * chance()


def restart_s(before_s: float, *, lived_s: float) -> float:
    """Return how long to wait before the process that reads is started anew, in seconds.

    One that dies soon is started ever more seldom, though it may have reached its server each time.

    Args:
        before_s: The pause before the process that has ended; 0 for the first.
        lived_s: How long that one lived.
    """
    if not before_s or lived_s >= _LAST_RESTART_S:
        return _FIRST_RESTART_S
    return min(_LAST_RESTART_S, 2 * before_s)
