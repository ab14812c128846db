"""The service as it would be if nobody had written the code for taps and for Home Assistant.

Run in place of `python -m hersteld`, for `benchmarks.service.answers` alone.
"""

import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any


class _Nothing:
    """Stands in for what hears of taps, and for what tells Home Assistant."""

    untold = None

    def __init__(self, *_: object) -> None:
        pass

    def asking(self, _store: object) -> Callable[[object, Any], Any]:
        """Return what asks nothing."""
        return lambda _row, message: message

    def take(self) -> bool:
        """Take no tap."""
        return False

    def tell_health(self, _trouble: object) -> None:
        """Tell nobody."""

    def start(self) -> None:
        """Do nothing."""

    keep = close = start


def _stand_in(module: str, name: str) -> None:
    stand_in = ModuleType(module)
    setattr(stand_in, name, _Nothing)
    sys.modules[module] = stand_in


if __name__ == "__main__":
    _stand_in("hersteld.daemon.replies.configured", "Replies")
    _stand_in("hersteld.daemon.home_assistant.keeper", "HomeAssistantKeeper")
    from hersteld.daemon.cli.main import main

    main()
