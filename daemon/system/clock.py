"""What time is it, where are we, and how do we wait?

What depends on the date, or waits for it, is handed a `Clock`, so that a test or the demo can bring its own. Only
time-outs of processes ask the system themselves.
"""

import logging
import threading
import time
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Protocol

import tzlocal

from hersteld.daemon.system.errors import reason_of
from hersteld.parsers.line import Line

log = logging.getLogger(__name__)

BUILT_AT = datetime(2026, 1, 1, tzinfo=UTC)
"""No clock that is right shows an earlier moment than this; a release moves it on."""


class Clock(Protocol):
    """The time, for whoever needs it."""

    def now(self) -> datetime:
        """Return the moment, aware UTC. It may jump, either way."""

    def monotonic_s(self) -> float:
        """Return seconds since some moment in the past, for measuring durations. It never goes back."""

    def wait(self, event: threading.Event, timeout_s: float) -> bool:
        """Wait until the event is set or the time is over; return whether it is set."""

    def zone(self) -> tzinfo:
        """Return the local timezone as it is now: a traveller's changes."""


class SystemClock:
    """The clock of this machine."""

    def __init__(self) -> None:
        self._zone: tzinfo = UTC
        self._zone_fault = ""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic_s(self) -> float:
        return time.monotonic()

    def wait(self, event: threading.Event, timeout_s: float) -> bool:
        return event.wait(max(0.0, timeout_s))

    def zone(self) -> tzinfo:
        try:
            self._zone = tzlocal.reload_localzone()
            self._zone_fault = ""
        except (LookupError, ValueError, OSError) as error:  # TZ or /etc/localtime names no zone, or two at once
            if str(error) != self._zone_fault:
                self._zone_fault = str(error)
                from hersteld.config.texts.speech import say  # noqa: PLC0415 - imports that are seldom needed here

                # The words of the error repeat TZ, and what stands in a variable may be anything.
                reason = (reason_of(error) if isinstance(error, OSError) else Line("system.zone_unknown"),)
                log.warning("%s", say("system.zone_unreadable", reason=reason, zone=str(self._zone)))
        return self._zone


class ManualClock:
    """A clock that stands still until it is moved, for tests and for stepping through a simulated week.

    Args:
        start: First moment, aware UTC.
        zone: The timezone it claims to be in.
    """

    def __init__(self, start: datetime, *, zone: tzinfo = UTC) -> None:
        self._now = start
        self._zone = zone
        self._passed_s = 0.0

    def now(self) -> datetime:
        return self._now

    def monotonic_s(self) -> float:
        return self._passed_s

    def wait(self, event: threading.Event, timeout_s: float) -> bool:
        """Never wait: time passes only when it is moved."""
        del timeout_s
        return event.is_set()

    def zone(self) -> tzinfo:
        return self._zone

    def move(self, by: timedelta) -> None:
        """Let time pass."""
        self._now += by
        self._passed_s += by.total_seconds()

    def jump(self, to: datetime) -> None:
        """Set the clock, as NTP or a user does: no time passes."""
        self._now = to

    def travel(self, zone: tzinfo) -> None:
        """Be in another timezone from now on."""
        self._zone = zone


def iso(moment: datetime) -> str:
    """Return an aware moment as ISO text in UTC with microseconds: these sort as text the way moments do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def from_iso(text: str) -> datetime:
    """Return the moment that `iso` wrote, aware UTC."""
    return datetime.fromisoformat(text).astimezone(UTC)
