"""What is a reading of the days made of?"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from hersteld.parsers.workout import DeviceProfile

Level = Literal["unmeasurable", "awake", "light", "deep", "rem"]


@dataclass(frozen=True, slots=True)
class Measurement:
    """One value at one time, aware UTC."""

    at: datetime
    value: float


@dataclass(frozen=True, slots=True)
class Weight:
    """One weigh-in. `user` is the number of the scale's user, None where the scale gives none."""

    at: datetime
    mass_kg: float
    fat_percent: float | None = None
    user: int | None = None


@dataclass(frozen=True, slots=True)
class HrvStatus:
    """The watch's verdict on the heart rate variability (RMSSD, ms) of the night, compared with what is usual.

    Attributes:
        low_below_ms: Below this value the watch calls it low.
        balanced_from_ms, balanced_to_ms: Between these values the watch calls it balanced.
        status: "none", "poor", "low", "unbalanced" or "balanced".
    """

    at: datetime
    weekly_average_ms: float | None
    last_night_average_ms: float | None
    last_night_5_min_high_ms: float | None
    low_below_ms: float | None
    balanced_from_ms: float | None
    balanced_to_ms: float | None
    status: str | None


@dataclass(frozen=True, slots=True)
class Beats:
    """The times between heart beats, in ms, from one moment on."""

    at: datetime
    intervals_ms: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Sleep:
    """The watch's verdict on a night: scores 0..100, stress 0..100. Its only time is that of its file."""

    score: float | None
    recovery_score: float | None
    awakenings: float | None
    stress: float | None


@dataclass(frozen=True, slots=True)
class Stage:
    """A stretch of a night in which the watch found the same level of sleep; times aware UTC."""

    begin: datetime
    end: datetime
    level: Level


@dataclass(frozen=True, slots=True)
class DailyReadings:
    """What one file holds, each kind in order of the file.

    Attributes:
        device: Tells one device from another: the profile's numbers of maker and product, and the serial number, with
            "-" for what the file does not say: "1/3113/3998343642".
        created_at: When the device made the file, by its own clock.
        utc_offset_s: Seconds by which the watch's local time was ahead of UTC, from which follows the wearer's date;
            None where the file does not say.
        heart_rate: bpm, usually one a minute.
        resting_hr: bpm, of the day so far.
        resting_hr_usual: bpm, the watch's mean over the last days.
        hrv_rmssd: ms, every five minutes of the night.
        stages: Of the nights, oldest first, none within another.
        profile: What the device believes about its wearer.
    """

    device: str = "-/-/-"
    created_at: datetime | None = None
    utc_offset_s: float | None = None
    heart_rate: tuple[Measurement, ...] = ()
    resting_hr: tuple[Measurement, ...] = ()
    resting_hr_usual: tuple[Measurement, ...] = ()
    hrv_rmssd: tuple[Measurement, ...] = ()
    hrv_status: tuple[HrvStatus, ...] = ()
    beats: tuple[Beats, ...] = ()
    sleep: tuple[Sleep, ...] = ()
    stages: tuple[Stage, ...] = ()
    weights: tuple[Weight, ...] = ()
    profile: DeviceProfile = field(default_factory=DeviceProfile)
