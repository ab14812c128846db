"""What came before a workout? The past as the rules need it: summaries without samples."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from hersteld.recovery.athlete.regions import share_a_muscle
from hersteld.recovery.nights.night import Night

if TYPE_CHECKING:  # imports numpy, for which `hersteld status` must not wait
    from hersteld.parsers.workout import Column


@dataclass(frozen=True, slots=True)
class PastWorkout:
    """One earlier workout, already assessed.

    Attributes:
        started_at, ended_at: Aware UTC.
        trained_at: A moment on the local day that the load belongs to, aware UTC.
        sport: Sport of the workout, as the file names it.
        load: Training load, 0 or more; one hour at threshold is 100.
        hard: Whether the rules call it hard.
        gentle: Whether it left readiness as it was.
        very_long_run: Whether an easy week follows.
        hr_peak_30s_bpm: Highest mean heart rate over 30 s, in beats per minute; None without a heart rate.
        ready_at: When its plan allows hard training, aware UTC; None when it gives no time.
        easy_from: When its plan allows easy training, aware UTC; None when it gives no time.
        ready_other_at: When its plan allows hard training of muscles that no weights keep resting, aware UTC.
        rested_at, rested_other_at: When its own hours of rest are over, for the muscles trained with weights and for
            all others, aware UTC; no rest day, and nothing of earlier workouts, is in them. None after a gentle one.
        loaded_muscles: The muscles that were trained with weights.
        best_20min_w: Highest mean power over 20 min of a ride without a motor, in watts; None without one.
    """

    started_at: datetime
    ended_at: datetime
    trained_at: datetime
    sport: str
    load: float
    hard: bool
    gentle: bool
    very_long_run: bool = False
    hr_peak_30s_bpm: float | None = None
    ready_at: datetime | None = None
    easy_from: datetime | None = None
    ready_other_at: datetime | None = None
    rested_at: datetime | None = None
    rested_other_at: datetime | None = None
    loaded_muscles: tuple[str, ...] = ()

    def rested_for(self, trained: Iterable[str]) -> datetime | None:
        """Return when its own hours are over for a workout of these muscles, aware UTC; None when none were asked for.

        Args:
            trained: The muscles of the other workout.
        """
        is_shared = share_a_muscle(self.loaded_muscles, trained)
        return self.rested_at if is_shared else self.rested_other_at

    best_20min_w: float | None = None


@dataclass(frozen=True, slots=True)
class SweatSample:
    """What the scales said of the athlete's sweat in one workout.

    Attributes:
        ml_per_kcal: Sweat for each kilocalorie, without the factor of the heat, above 0.
        temperature_c: Of the workout.
    """

    ml_per_kcal: float
    temperature_c: float


@dataclass(frozen=True, slots=True, eq=False)
class LongAgo:
    """What still counts of the workouts that are too long ago to matter one by one.

    Attributes:
        first: The local date of the first of them.
        loads: The sum of their loads on each local date from the first on, shape (days,).
        peaks_bpm: The highest of their `hr_peak_30s_bpm`, as many and as recent as the rules ask for.
        best_20min_w: The highest of their `best_20min_w` that is as recent as the rules ask for; None without one.
    """

    first: date
    loads: "Column"
    peaks_bpm: tuple[float, ...] = ()
    best_20min_w: float | None = None


@dataclass(frozen=True, slots=True)
class History:
    """All workouts before the one that is assessed, and what the athlete or the watch reported.

    Attributes:
        workouts: Oldest first; the one that is assessed is not among them.
        long_ago: The workouts before these, on earlier local dates; the recovery from all of them is over when the one
            that is assessed starts. None when `workouts` are all.
        resting_hr_bpm: Median of the watch's resting heart rates in the weeks before, in beats per minute, or None.
        weighed_mass_kg: Latest weigh-in, or None.
        sweats: What the scales said of the sweat of earlier workouts, newest first.
        ratings: The family and the rating (1..10) of earlier workouts that the athlete rated.
        nights: One for each day and device, oldest first: those that say what is usual, and those after the workout
            that is assessed.
        nights_by_noon: One a day, as far as it was known by the noon of its day: only these move readiness.
    """

    workouts: tuple[PastWorkout, ...] = ()
    long_ago: LongAgo | None = None
    resting_hr_bpm: float | None = None
    weighed_mass_kg: float | None = None
    sweats: tuple[SweatSample, ...] = ()
    ratings: tuple[tuple[str, float], ...] = ()
    nights: tuple[Night, ...] = ()
    nights_by_noon: tuple[Night, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is no earlier workout."""
        return not self.workouts and self.long_ago is None
