"""Who assesses anew what an answer or a change of the athlete touches: the service, or this process?"""

from collections.abc import Callable

from hersteld.config.settings import Settings
from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.lock import daemon_at
from hersteld.daemon.planning.planner import Planner
from hersteld.daemon.system.clock import Clock


class FollowUp:
    """Marks what is to be assessed anew, and sees to it that it is.

    A service that runs on the same database does it; where none does, this process does, and the next start of the
    service says what is left to be said.

    Attributes:
        report: Told how many workouts are assessed anew so far, and of how many, where this process does that.
    """

    report: Callable[[int, int], None]

    def __init__(self, store: Store, settings: Settings, clock: Clock) -> None:
        self._store = store
        self.report = lambda _done, _of: None
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
