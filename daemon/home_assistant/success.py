"""Is Home Assistant told, and what does the log say of it?

The log says each reason once until a connection lasts again, however often it is tried. A connection that ends soon
after it began is no success: two services of the same name drive each other out in this way, and few brokers say so.
"""

import logging
import time

from hersteld.config.texts.speech import say
from hersteld.daemon.home_assistant.refusals import BROKEN_OFF, BROKEN_OFF_AGAIN, NOT_ALLOWED, TAKEN_OVER
from hersteld.parsers.line import Line

log = logging.getLogger(__name__)

LASTS_S = 120.0
"""A connection that has lasted so long is none of a row that end at once; no pause between two tries is as long."""
_ROW = 2
"""So many of them in a row are no accident."""


class Success:
    """Whether Home Assistant is told, by the thread that tells it; others may read.

    Attributes:
        trouble: Why it is not, as a part of a sentence; None while it is, or nothing was tried yet.
        is_connected: Whether the broker has accepted the connection that there is.
    """

    def __init__(self) -> None:
        self.trouble: Line | None = None
        self.is_connected = False
        self._connected_s: float | None = None
        self._ended_soon = 0
        self._said: set[str] = set()
        self._has_told = False

    @property
    def lasted(self) -> bool:
        """Whether the connection has lasted, or did before it ended."""
        return self._connected_s is not None and time.monotonic() - self._connected_s >= LASTS_S

    def begins(self) -> None:
        """A connection is tried."""
        self._connected_s = None

    def connected(self) -> None:
        """The broker has accepted it."""
        self.is_connected = True
        self._connected_s = time.monotonic()
        if self.trouble not in (TAKEN_OVER, BROKEN_OFF_AGAIN):
            self.trouble = None

    def told(self) -> None:
        """All that there is to tell has arrived; say so at once the first time, later when the connection lasts."""
        if self.lasted:
            self._ended_soon = 0
            if self.trouble in (TAKEN_OVER, BROKEN_OFF_AGAIN):
                self.trouble = None
        if self.trouble is not None:
            return
        if not self._has_told:
            self._has_told = True
            self._said.clear()
            log.info("%s", say("home_assistant.told"))
        elif self._said and self.lasted:
            self._said.clear()
            log.info("%s", say("home_assistant.told_again"))

    def failed(self, reason: Line) -> None:
        """There is no connection, or what is told does not arrive."""
        if reason == BROKEN_OFF and self._connected_s is not None:
            self._ended_soon = 0 if self.lasted else self._ended_soon + 1
            reason = BROKEN_OFF_AGAIN if self._ended_soon >= _ROW else reason
        elif reason != NOT_ALLOWED:
            self._ended_soon = 0
        self.trouble = reason
        if reason.id not in self._said:
            self._said.add(reason.id)
            log.warning("%s", say("home_assistant.untold", reason=(reason,)))
