"""What was measured of one night?"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

HrvVerdict = Literal["none", "poor", "low", "unbalanced", "balanced"]


@dataclass(frozen=True, slots=True)
class Night:
    """One night, as the device that recorded it longest tells it; None stands for what it did not measure.

    Attributes:
        day: The local date on which the athlete woke up.
        woke_at: When the night ended, aware UTC: the end of the sleep, or the last that was measured of it.
        arrived_at: When the first file of it came in, aware UTC.
        resting_hr_bpm: Resting heart rate of that day, in beats per minute.
        rmssd_ms: Heart rate variability of the night (RMSSD), in milliseconds.
        hrv_status: The watch's own verdict on it, compared with what is usual.
        sleep_s: Seconds asleep, without naps.
        sleep_score: The watch's own score of the sleep, 0..100.
        device: Tells one device from another; only nights of the same one are compared with each other.
    """

    day: date
    woke_at: datetime
    arrived_at: datetime
    resting_hr_bpm: float | None = None
    rmssd_ms: float | None = None
    hrv_status: HrvVerdict | None = None
    sleep_s: float | None = None
    sleep_score: float | None = None
    device: str = ""
