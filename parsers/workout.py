"""What is a workout, once it has been read from its file?

Every moment is aware UTC; samples and pauses count in seconds from the start. Every array is numpy float64, with NaN
where the device gave no value. Names end in their unit.
"""

from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]
"""One value per record message, shape (records,), NaN where the record has none."""


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """The record messages of a workout as columns on one time line.

    Every column has shape (records,): one row per record message of the file, in order of time (a stable sort, so rows
    of the same second keep the order of the file). A column is None when no record of the file has a value in it.

    Attributes:
        time_s: Seconds since the workout's `started_at`; never decreasing, never NaN; may repeat, and may be negative
            in the rare file whose first session says it started after its first records.
    """

    time_s: Column
    heart_rate_bpm: Column | None = None
    power_w: Column | None = None
    speed_mps: Column | None = None
    cadence_rpm: Column | None = None
    distance_m: Column | None = None
    temperature_c: Column | None = None
    altitude_m: Column | None = None

    def __len__(self) -> int:
        return len(self.time_s)


@dataclass(frozen=True, slots=True)
class Session:
    """One sport of a workout, as the device summed it up (or as the records say, where the device did not).

    Attributes:
        sport: The FIT profile's name: "running", "cycling", "swimming", "transition", "generic", ...
        sub_sport: "generic", "trail", "lap_swimming", "strength_training", ..., or None.
        timer_s: Duration without pauses.
        elapsed_s: Duration with pauses.
        rpe: The athlete's own rating of effort, 1..10, given after the workout; None to take that of the whole workout.
    """

    sport: str
    sub_sport: str | None
    started_at: datetime
    timer_s: float
    elapsed_s: float
    distance_m: float | None = None
    kcal: float | None = None
    avg_hr_bpm: float | None = None
    max_hr_bpm: float | None = None
    avg_power_w: float | None = None
    threshold_power_w: float | None = None
    rpe: float | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch in which the timer stood still, in seconds since the workout's `started_at`."""

    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Vendor:
    """The watch maker's own verdict, which is shown beside ours and never replaces it. None is "not in the file".

    Attributes:
        recovery_min: The watch's recovery time in minutes (message 140 field 9, or else event 38; undocumented).
        sweat_loss_ml: Session field 178, undocumented.
        rpe: The athlete's own rating of effort, 0..10, entered on the watch (session field 193, divided by 10).
        feel: How the athlete felt, 0..100 (session field 192).
    """

    recovery_min: float | None = None
    training_effect: float | None = None
    anaerobic_training_effect: float | None = None
    training_load_peak: float | None = None
    stress_score: float | None = None
    sweat_loss_ml: float | None = None
    rpe: float | None = None
    feel: float | None = None


@dataclass(frozen=True, slots=True)
class DeviceProfile:
    """What the device believes about its wearer; None is "not in the file".

    Attributes:
        max_hr_is_of_user_profile: Whether the maximum heart rate stands nowhere but in the user profile, where devices
            hold a factory setting.
        birth_year: Four digits.
        age: Years that the wearer has completed.
        maker: The profile's name of the device's maker, "garmin".
    """

    resting_hr_bpm: float | None = None
    max_hr_bpm: float | None = None
    lthr_bpm: float | None = None
    ftp_w: float | None = None
    mass_kg: float | None = None
    sex: str | None = None
    max_hr_is_of_user_profile: bool = False
    birth_year: int | None = None
    age: int | None = None
    maker: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Workout:
    """A training: the sum of its sessions, with the samples of all of them.

    Attributes:
        started_at: Start of the first session, aware UTC.
        ended_at: Last instant of elapsed time, aware UTC.
        sport: Sport of the workout; "multisport" when its sessions (transitions apart) are of more than one sport.
        sub_sport: Sub-sport of the only, or else the longest, session.
        device: "garmin fenix6" style name, or None.
        timer_s: Sum of the sessions' timer time, transitions included.
        elapsed_s: From `started_at` to `ended_at`.
        sessions: At least one, in order of start; derived from the records when the file has none.
        pauses: Non-overlapping, in order.
        min_temperature_c: Lowest temperature the device felt (a wrist reads warm), or None.
        time_in_zone_s: The device's own seconds per heart rate zone (message 216 of the session), or None.
        exercise_categories: Names of the strength exercises done (`set` messages), in order of appearance, each once.
        beat_intervals_s: Seconds from each heart beat to the next (`hrv` messages), shape (beats,), in order of the
            file, never NaN; None when there are none. They are not filtered: an impossibly long one stands for beats
            that the strap missed, and without it all later beats would seem to have come earlier.
        has_clock: False when the device did not know the date (a time before 2000), so that no advice can be timed.
        salvaged: True when the file was damaged or cut off, and the workout is what was readable.
        is_cut_off: True when the end of the file was missing.
        fault_offset: Byte at which reading stopped, where anything is odd; None where nothing is.
        local_offset_s: How far the device's local clock was ahead of UTC, in whole quarter hours of at most 14 h; None
            when the file does not say.
        serial: Serial number of the device, or None.
        created_at: When the device began the file, aware UTC, or None.
        shift_s: Seconds by which all other dates were shifted, as they could not be true; 0 as the file gives them.
    """

    started_at: datetime
    ended_at: datetime
    sport: str
    sub_sport: str | None
    device: str | None
    timer_s: float
    elapsed_s: float
    distance_m: float | None
    kcal: float | None
    avg_hr_bpm: float | None
    max_hr_bpm: float | None
    avg_power_w: float | None
    samples: Samples
    sessions: tuple[Session, ...]
    pauses: tuple[Pause, ...] = ()
    vendor: Vendor = field(default_factory=Vendor)
    profile: DeviceProfile = field(default_factory=DeviceProfile)
    min_temperature_c: float | None = None
    time_in_zone_s: tuple[float, ...] | None = None
    exercise_categories: tuple[str, ...] = ()
    beat_intervals_s: NDArray[np.float64] | None = None
    has_clock: bool = True
    salvaged: bool = False
    is_cut_off: bool = False
    fault_offset: int | None = None
    local_offset_s: float | None = None
    serial: int | None = None
    created_at: datetime | None = None
    shift_s: float = 0.0

    @property
    def records(self) -> int:
        """Number of record messages."""
        return len(self.samples)
