"""Who assesses anew what an answer or a change of the athlete touches: the service, or this process?"""

import time
from collections.abc import Callable

from hersteld.config.settings import Settings
from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.lock import daemon_at
from hersteld.daemon.planning.planner import Planner
from hersteld.daemon.store.dirty import DirtyRow
from hersteld.daemon.system.clock import Clock

SETTLES_WITHIN_S = 3.0
"""So long a command waits at most for a service that assesses anew; it needs some tenths of a second for a week."""
_LOOK_EVERY_S = 0.05


class FollowUp:
    """Marks what is to be assessed anew, and sees to it that it is.

    A service that runs on the same database does it; where none does, this process does, and the next start of the
    service says what is left to be said.

    Attributes:
        report: Told how many workouts are assessed anew so far, and of how many, where this process does that.
        wait: Waits for some seconds.
    """

    report: Callable[[int, int], None]
    wait: Callable[[float], None]

    def __init__(self, store: Store, settings: Settings, clock: Clock) -> None:
        self._store = store
        self._row = DirtyRow(store)
        self.report = lambda _done, _of: None
        self.wait = time.sleep
        self._waited_s = 0.0
        self.reassessment = Planner(store, settings, (), clock, finishes=False).reassessment

    def run(self) -> None:
        """Assess anew what is marked, or wake the service, which does; outside the transaction that marked it."""
        service = daemon_at(self._store.path)
        if service is not None:
            service.wake()
            return
        self.reassessment.check_settings()
        of = self.reassessment.count_marked()
        while self.reassessment.assess_next():
            self.report(of - self.reassessment.count_marked(), of)
        self.report(of, of)

    def has_settled(self) -> bool:
        """Wait for the service where one runs, and return whether nothing is left to be assessed anew.

        Until then what is stored is what held before the answer. Who asks once more does not wait for as long again.
        """
        while self._row.read().since is not None:
            if self._waited_s >= SETTLES_WITHIN_S:
                return False
            self.wait(_LOOK_EVERY_S)
            self._waited_s += _LOOK_EVERY_S
        return True
