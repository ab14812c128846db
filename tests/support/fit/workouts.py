"""Workouts made by hand, for tests of the rules."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from hersteld.parsers.workout import DeviceProfile, Pause, Samples, Session, Vendor, Workout

NOON = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)
"""A Wednesday."""

Curve = float | NDArray[np.float64] | None


def a_workout(
    minutes: float = 60,
    *,
    hr: Curve = None,
    power: Curve = None,
    sport: str = "running",
    sub_sport: str | None = None,
    ended_at: datetime = NOON,
    paused: tuple[Pause, ...] = (),
    step_s: float = 1.0,
    distance_m: float | None = None,
    kcal: float | None = None,
    avg_hr: float | None = None,
    temperature_c: float | None = None,
    vendor: Vendor | None = None,
    profile: DeviceProfile | None = None,
    exercises: tuple[str, ...] = (),
    zones: tuple[float, ...] | None = None,
    threshold_power_w: float | None = None,
    has_clock: bool = True,
    salvaged: bool = False,
) -> Workout:
    """Return a workout of so many minutes of timer time, one session, a sample per `step_s`.

    `hr` and `power` are one value for all samples, or one per sample.
    """
    elapsed_s = minutes * 60 + sum(pause.end_s - pause.start_s for pause in paused)
    times = np.arange(0.0, elapsed_s + step_s / 2, step_s)

    def column(curve: Curve) -> NDArray[np.float64] | None:
        return None if curve is None else np.broadcast_to(np.asarray(curve, dtype=float), times.shape).copy()

    started_at = ended_at - timedelta(seconds=elapsed_s)
    session = Session(
        sport,
        sub_sport,
        started_at,
        minutes * 60,
        elapsed_s,
        distance_m=distance_m,
        avg_hr_bpm=avg_hr,
        threshold_power_w=threshold_power_w,
    )
    return Workout(
        started_at=started_at,
        ended_at=ended_at,
        sport=sport,
        sub_sport=sub_sport,
        device=None,
        timer_s=minutes * 60,
        elapsed_s=elapsed_s,
        distance_m=distance_m,
        kcal=kcal,
        avg_hr_bpm=avg_hr,
        max_hr_bpm=None,
        avg_power_w=None,
        samples=Samples(times, heart_rate_bpm=column(hr), power_w=column(power)),
        sessions=(session,),
        pauses=paused,
        vendor=vendor or Vendor(),
        profile=profile or DeviceProfile(),
        min_temperature_c=temperature_c,
        time_in_zone_s=zones,
        exercise_categories=exercises,
        has_clock=has_clock,
        salvaged=salvaged,
    )


def replace_cadence(workout: Workout, cadence_rpm: float) -> Workout:
    """Return the workout with one cadence for all samples."""
    column = np.full(len(workout.samples), float(cadence_rpm))
    return replace(workout, samples=replace(workout.samples, cadence_rpm=column))


def seconds(minutes: float, shape: Callable[[NDArray[np.float64]], NDArray[np.float64]]) -> NDArray[np.float64]:
    """Return a curve over the seconds of a workout without pauses."""
    return shape(np.arange(0.0, minutes * 60 + 0.5))
