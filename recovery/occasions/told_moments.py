"""From when is which training fine, as two moments, for whoever shows moments and no sentences?

They are those of the events in a calendar of the recovery (`recovery_events`): what `hersteld status` says and the
messages have said, and nothing beside it. Where easy training alone is told, no moment is known for hard training.
"""

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from hersteld.recovery.occasions.recovery_events import recovery_events
from hersteld.recovery.occasions.verdict import Verdict

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ToldMoments:
    """What is told of a recovery.

    Attributes:
        easy_from, ready_at: From when easy training, and training without limits, is fine, aware UTC; None where
            nothing is told of it.
    """

    easy_from: datetime | None = None
    ready_at: datetime | None = None

    @property
    def over_at(self) -> datetime | None:
        """The last moment that is told, aware UTC; None where none is."""
        return self.ready_at or self.easy_from

    def hours_left(self, now: datetime) -> int | None:
        """Return the hours until the last moment that is told, rounded up; 0 once it has come, None without any.

        Args:
            now: Aware.
        """
        over_at = self.over_at
        return None if over_at is None else max(0, math.ceil((over_at - now) / _HOUR))


def told_moments(told: Verdict, ended_at: datetime, zone: tzinfo) -> ToldMoments:
    """Return the moments that are told of a recovery; a day without an hour begins at its local midnight.

    Args:
        told: What holds right after the workout, when all is still to come.
        ended_at: When the workout ended that asked for the rest, aware UTC.
        zone: The athlete's time zone.
    """
    if told.name == "ready":  # it asked for no rest
        return ToldMoments(told.easy_from, told.ready_at)
    easy_from = ready_at = None
    for event in recovery_events(told, ended_at, zone):
        if event.slot == "easy":
            easy_from = _moment(event.starts, zone)
        if event.slot == "hard" or event.kind == "train":
            ready_at = _moment(event.starts, zone)
    return ToldMoments(easy_from, ready_at)


def _moment(starts: datetime | date, zone: tzinfo) -> datetime:
    return starts if isinstance(starts, datetime) else datetime.combine(starts, time(), tzinfo=zone).astimezone(UTC)
