"""What came before? The past as the rules need it: summaries, newest last, no samples."""

from dataclasses import dataclass
from datetime import date, datetime

from hersteld.parsers.workout import Column


@dataclass(frozen=True, slots=True)
class PastWorkout:
    """One earlier workout, already assessed.

    Attributes:
        load: Training load on the one scale (one hour at threshold = 100).
        hard: Whether the rules called it hard.
        hr_peak_30s_bpm: Highest mean heart rate over 30 s, or None.
        light: Whether it stayed very light or light and under the beginner rule's exemption.
        ready_at: When its plan said "ready for hard", None when it gave none.
        easy_from: When its plan said "easy is fine", None when it gave none.
    """

    started_at: datetime
    ended_at: datetime
    sport: str
    load: float
    hard: bool
    light: bool
    hr_peak_30s_bpm: float | None = None
    ready_at: datetime | None = None
    easy_from: datetime | None = None


@dataclass(frozen=True, slots=True, eq=False)
class LongAgo:
    """What still counts of the workouts that are too long ago to matter one by one.

    Attributes:
        first: The local date of the first of them.
        loads: The sum of their loads on each local date from the first on.
        peaks_bpm: The highest of their `hr_peak_30s_bpm`, as many as the rules look at, of the time they look at.
    """

    first: date
    loads: Column
    peaks_bpm: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """All workouts before the one at hand, oldest first, and what the athlete or the watch reported.

    Attributes:
        workouts: Oldest first. None of them is part of the workout at hand.
        long_ago: What came before these, on earlier local dates: none of it is open any more when the workout at hand
            starts. None when these are all.
        resting_hr_bpm: 28-day median of the watch's resting heart rates, or None.
        weighed_mass_kg: Latest weigh-in, or None.
    """

    workouts: tuple[PastWorkout, ...] = ()
    long_ago: LongAgo | None = None
    resting_hr_bpm: float | None = None
    weighed_mass_kg: float | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing came before."""
        return not self.workouts and self.long_ago is None
