"""What has the athlete shown in a workout: which heart rate for half a minute, which power for twenty?"""

import numpy as np

from hersteld.parsers.workout import Column, Workout
from hersteld.recovery.athlete.evidence import Evidence
from hersteld.recovery.athlete.muscles import family
from hersteld.recovery.athlete.sport_families import has_motor
from hersteld.recovery.load.sensors import heart_rate, power, within
from hersteld.recovery.load.series import Series, active_series
from hersteld.recovery.rules import Rules


def best_efforts(workout: Workout, rules: Rules) -> Evidence:
    """Return the best of a workout without faults of its sensors.

    Args:
        workout: As `believable` returns it, without a cap on the heart rate.
    """
    return Evidence(_peak_bpm(workout, rules), _best_20min_w(workout, rules))


def _peak_bpm(workout: Workout, rules: Rules) -> float | None:
    """Return the highest mean heart rate over `peak_s` that is not the cadence; None where none was held so long."""
    window_s = int(rules.athlete.peak_s)
    means = heart_rate(workout, rules.load).rolling_means(window_s)
    beats, cadence = workout.samples.heart_rate_bpm, workout.samples.cadence_rpm
    if beats is not None and cadence is not None:
        share = _share_near_cadence(workout, beats, cadence, rules).rolling_means(window_s)
        if len(share) == len(means):
            means = means[share < rules.athlete.cadence_share]
    return float(means.max()) if len(means) else None


def _share_near_cadence(workout: Workout, beats: Column, cadence: Column, rules: Rules) -> Series:
    """Return 1 where the heart rate is near the cadence, or near twice a runner's, and 0 elsewhere."""
    is_near = np.minimum(np.abs(beats - cadence), np.abs(beats - 2 * cadence)) <= rules.athlete.cadence_bpm
    near = np.where(np.isnan(beats), np.nan, is_near)
    return active_series(workout.samples.time_s, near, workout.pauses, gap_s=float(rules.load.gap_s), interpolated=True)


def _best_20min_w(workout: Workout, rules: Rules) -> float | None:
    """Return the highest mean power over `best_power_s` of a ride without a motor; None without one."""
    watts = power(workout, rules.load)
    best: list[float] = []
    for session in workout.sessions:
        if family(session) != "cycling" or has_motor(session.sport, session.sub_sport):
            continue
        means = within(session, workout, watts).rolling_means(int(rules.athlete.best_power_s))
        best += [float(means.max())] if len(means) else []
    return max(best, default=None)
