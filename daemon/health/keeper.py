"""Who keeps the record of how the service is, and has it told?"""

import contextlib
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from hersteld.daemon.health.pinger import Pinger
from hersteld.daemon.health.record import Health, HealthFile
from hersteld.daemon.health.trouble import Trouble
from hersteld.daemon.system.clock import Clock
from hersteld.parsers.line import Line

ROUND_S = 10.0
"""The longest time between two rounds of the main loop, so that a hang shows within a minute."""
ALIVE_EVERY_S = 5.0
"""How often it is written during long work that the service goes on with it."""


class HealthKeeper:
    """Writes how the service is, after each round of its main loop and during long work.

    Args:
        before: What an earlier run said last.
        configured: The fingerprint of the configuration that the service was started with.
        reads_alone: Says why files are read in the service's own process.
        unwritten: Says why the calendar of the recovery cannot be written.
        untold: Says why Home Assistant is not told.
        tapped_at: Says when a tap on a message last came in this run.
    """

    def __init__(
        self,
        database: Path,
        pinger: Pinger,
        clock: Clock,
        before: Health | None = None,
        *,
        configured: str | None = None,
        reads_alone: Callable[[], Line | None] = lambda: None,
        unwritten: Callable[[], Line | None] = lambda: None,
        untold: Callable[[], Line | None] = lambda: None,
        tapped_at: Callable[[], datetime | None] = lambda: None,
    ) -> None:
        self._file = HealthFile(database)
        self._pinger = pinger
        self._clock = clock
        self._configured = configured
        self._reads_alone = reads_alone
        self._unwritten = unwritten
        self._untold = untold
        self._tapped_at = tapped_at
        self._tapped_before = before.tapped_at if before else None
        self._looked_at = before.looked_at if before else None
        self._trouble: Trouble | None = None
        self._since: datetime | None = None
        self._written_s: float | None = None

    def goes_on(self) -> None:
        """Note that the main thread goes on with its work."""
        if self._written_s is None or self._clock.monotonic_s() - self._written_s >= ALIVE_EVERY_S:
            self._write()

    def looked(self, looked_at: datetime | None, trouble: Trouble | None) -> None:
        """Note how things are after a round of the main loop, and have it told.

        Args:
            looked_at: When all folders were last looked at with success, in this run.
            trouble: What keeps the service from its work now.
        """
        if trouble is None:
            self._since = None
        elif self._trouble is None or self._trouble.id != trouble.id:
            self._since = self._clock.now()
        self._trouble = trouble
        self._looked_at = looked_at or self._looked_at
        self._pinger.tell(looked_at, trouble.id if trouble else None)
        self._write()

    def _write(self) -> None:
        self._written_s = self._clock.monotonic_s()
        with contextlib.suppress(MemoryError):  # the age of the record tells
            self._file.write(
                Health(
                    pid=os.getpid(),
                    alive_at=self._clock.now(),
                    looked_at=self._looked_at,
                    trouble=self._trouble,
                    since=self._since,
                    reads_alone=self._reads_alone(),
                    unwritten=self._unwritten(),
                    untold=self._untold(),
                    tapped_at=self._tapped_at() or self._tapped_before,
                    pinged=self._pinger.pinged,
                    configured=self._configured,
                )
            )
