"""Which heart rate and which power of a workout can be believed, and how much of it do they cover?"""

import numpy as np

from hersteld.parsers.workout import Session, Workout
from hersteld.recovery.athlete.muscles import family
from hersteld.recovery.athlete.physiology import Physiology
from hersteld.recovery.athlete.sport_families import has_motor
from hersteld.recovery.load.series import Series, active_series
from hersteld.recovery.rules import LoadRules


def heart_rate(workout: Workout, rules: LoadRules) -> Series:
    """Return the heart rate of a workout, in beats per minute, with the active time each value was held.

    Readings that no heart can have are faults of the sensor and left out.
    """
    beats = workout.samples.heart_rate_bpm
    if beats is not None:
        beats = np.where((beats >= rules.hr_low_bpm) & (beats <= rules.hr_high_bpm), beats, np.nan)
    return active_series(workout.samples.time_s, beats, workout.pauses, gap_s=float(rules.gap_s), interpolated=True)


def heart_rate_as_read(workout: Workout, rules: LoadRules) -> Series:
    """Return the heart rate of a workout as its sensor gave it, faults included; 0 is no reading."""
    beats = workout.samples.heart_rate_bpm
    if beats is not None:
        beats = np.where(beats > 0, beats, np.nan)
    return active_series(workout.samples.time_s, beats, workout.pauses, gap_s=float(rules.gap_s), interpolated=True)


def power(workout: Workout, rules: LoadRules) -> Series:
    """Return the power of a workout, in watts, with the active time each value was held.

    Zeros stay, since a rider who coasts has no power; readings that nobody can have are faults of the meter and left
    out.
    """
    watts = workout.samples.power_w
    if watts is not None:
        watts = np.where((watts >= 0) & (watts <= rules.power_high_w), watts, np.nan)
    return active_series(workout.samples.time_s, watts, workout.pauses, gap_s=float(rules.gap_s))


def altitude_range_m(session: Session, workout: Workout) -> float:
    """Return by how much the highest point of a session lies above its lowest; 0 where nobody knows."""
    altitudes_m = workout.samples.altitude_m
    if altitudes_m is None:
        return 0.0
    start_s = (session.started_at - workout.started_at).total_seconds()
    times_s = workout.samples.time_s
    known = np.isfinite(altitudes_m) & (times_s >= start_s) & (times_s <= start_s + session.elapsed_s)
    return float(np.ptp(altitudes_m[known])) if known.any() else 0.0


def within(session: Session, workout: Workout, series: Series) -> Series:
    """Return the part of a workout's series that belongs to one of its sessions."""
    if len(workout.sessions) == 1:
        return series
    start_s = (session.started_at - workout.started_at).total_seconds()
    return series.between(start_s, start_s + session.elapsed_s)


def threshold_power_w(session: Session, physiology: Physiology) -> float | None:
    """Return the power that is threshold in a session, in watts; None when nobody knows it.

    A cyclist's FTP says nothing about a running power meter, so other sports need the threshold of the file. Of a power
    that a motor shared, no threshold of the athlete says anything.
    """
    if has_motor(session.sport, session.sub_sport):
        return None
    return physiology.ftp_w if family(session) == "cycling" else session.threshold_power_w


def coverage(series: Series, timer_s: float) -> float:
    """Return the share of timer time that has a value, 0..1; 0 when there is no timer time."""
    return min(1.0, series.covered_s / timer_s) if timer_s > 0 else 0.0


def hr_coverage(workout: Workout, rules: LoadRules) -> float:
    """Return the share of timer time that has a believable heart rate, 0..1."""
    return coverage(heart_rate(workout, rules), workout.timer_s)


def has_enough_power(watts: Series, timer_s: float, rules: LoadRules) -> bool:
    """Return whether a power stands for the whole of a session, or of a workout, of so much timer time."""
    return watts.covered_s >= rules.power_min_s and coverage(watts, timer_s) >= rules.coverage_min
