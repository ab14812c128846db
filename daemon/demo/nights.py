"""What would the watch of a made-up athlete say of their nights?"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from hersteld.parsers.writing.night_file import BALANCED, LOW, NightFile

USUAL_RMSSD_MS = 58.0
USUAL_RESTING_BPM = 50
_WAKES_AT = time(6, 40)
_SPREAD = 0.2


@dataclass(frozen=True, slots=True)
class DemoNight:
    """One night.

    Attributes:
        day: The local date of waking up.
        rmssd_ms: Its heart rate variability (RMSSD), in milliseconds.
        resting_bpm: Resting heart rate of the day, in beats per minute.
        slept_h: Hours asleep.
        is_low: Whether the watch calls the variability low.
    """

    day: date
    rmssd_ms: float
    resting_bpm: int
    slept_h: float = 7.75
    is_low: bool = False

    def woke_at(self, zone: tzinfo) -> datetime:
        """Return when it ended, aware UTC."""
        return datetime.combine(self.day, _WAKES_AT, tzinfo=zone).astimezone(UTC)


def usual_night(day: date) -> DemoNight:
    """Return a night like most others: the values go up and down a little, always alike on the same date."""
    number = day.toordinal()
    return DemoNight(
        day,
        USUAL_RMSSD_MS * math.exp(_SPREAD * math.sin(2.4 * number)),
        USUAL_RESTING_BPM + round(math.sin(1.7 * number)),
        7.6 + 0.5 * math.sin(1.1 * number),
    )


def nights_file(nights: Iterable[DemoNight], zone: tzinfo) -> bytes:
    """Return the bytes of one file with these nights, oldest first; there is one at least."""
    known = list(nights)
    last = known[-1].woke_at(zone)
    written = NightFile(last).local_time(last, last.astimezone(zone).utcoffset() or timedelta())
    for night in known:
        woke_at = night.woke_at(zone)
        written.slept(woke_at - timedelta(hours=night.slept_h), woke_at)
        written.status(woke_at, LOW if night.is_low else BALANCED, last_night=night.rmssd_ms)
        written.resting(woke_at, night.resting_bpm, USUAL_RESTING_BPM)
    return written.finish()
