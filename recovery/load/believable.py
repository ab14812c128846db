"""What of a workout can be believed, and what of it was training?

The rest of the rules sees the workout that this returns, except the red flags, which look at what was read.
"""

from dataclasses import replace

import numpy as np

from hersteld.parsers.workout import Column, Session, Workout
from hersteld.recovery.athlete.factory_settings import is_factory_ftp
from hersteld.recovery.athlete.muscles import family
from hersteld.recovery.athlete.physiology import Physiology
from hersteld.recovery.load.faults import Mask, is_no_heart_rate, is_no_power
from hersteld.recovery.load.sensors import coverage, heart_rate, power, within
from hersteld.recovery.load.series import Series
from hersteld.recovery.rules import LoadRules


def believable(workout: Workout, physiology: Physiology, rules: LoadRules) -> Workout:
    """Return the workout without readings that nobody can have, and without what was recorded but not trained.

    Readings before the start, after the end and in a pause become NaN, and so do faults of a sensor. What the device
    summed up stays where its own readings do not contradict it.
    """
    samples = workout.samples
    trained = _is_trained(workout)
    beats, watts = _where(samples.heart_rate_bpm, trained), _where(samples.power_w, trained)
    has_many_faults = False
    if beats is not None:
        others = (samples.speed_mps, samples.power_w, samples.cadence_rpm)
        wrong = is_no_heart_rate(samples.time_s, beats, others, physiology, rules)
        read = ~np.isnan(beats)
        has_many_faults = bool(np.count_nonzero(wrong & read) > rules.faults_share * np.count_nonzero(read))
        beats = np.where(wrong, np.nan, beats)
    if watts is not None:
        watts = np.where(is_no_power(samples.time_s, watts, physiology, rules), np.nan, watts)
    sound = replace(workout, samples=replace(samples, heart_rate_bpm=beats, power_w=watts))
    series = heart_rate(sound, rules)
    sessions = tuple(_session(session, sound, series, has_many_faults, physiology, rules) for session in sound.sessions)
    averages = [(session.avg_hr_bpm, session.timer_s) for session in sessions if session.avg_hr_bpm is not None]
    weight_s = sum(timer_s for _, timer_s in averages)
    contradicted = [one.avg_hr_bpm for one in sessions] != [one.avg_hr_bpm or None for one in workout.sessions]
    average_bpm = sum(bpm * timer_s for bpm, timer_s in averages) / weight_s if weight_s else None
    return replace(
        sound,
        sessions=sessions,
        avg_hr_bpm=average_bpm if contradicted else workout.avg_hr_bpm or None,
        max_hr_bpm=_highest_bpm(workout.max_hr_bpm, series, physiology, rules),
        avg_power_w=_average_power_w(workout, sound, rules),
        time_in_zone_s=None if contradicted or has_many_faults else workout.time_in_zone_s,
    )


def with_cap(workout: Workout, physiology: Physiology) -> Workout:
    """Return the workout with each heart rate above the maximum counted as the maximum."""
    beats = workout.samples.heart_rate_bpm
    if beats is None:
        return workout
    capped: Column = np.minimum(beats, physiology.max_hr_bpm)
    return replace(workout, samples=replace(workout.samples, heart_rate_bpm=capped))


def _is_trained(workout: Workout) -> Mask:
    """Return which records lie within the workout and outside its pauses."""
    time_s = workout.samples.time_s
    trained: Mask = (time_s >= 0) & (time_s <= workout.elapsed_s)
    if workout.pauses:
        starts_s = np.array([pause.start_s for pause in workout.pauses])
        ends_s = np.array([pause.end_s for pause in workout.pauses])
        last = np.searchsorted(starts_s, time_s) - 1  # the last pause that began before
        trained &= (last < 0) | (time_s >= ends_s[last])
    return trained


def _where(column: Column | None, trained: Mask) -> Column | None:
    return None if column is None else np.where(trained, column, np.nan)


def _session(
    session: Session, sound: Workout, series: Series, has_many_faults: bool, physiology: Physiology, rules: LoadRules
) -> Session:
    """Return a session with what its own readings do not contradict, and with no threshold of another sport."""
    own = within(session, sound, series)
    average_bpm = session.avg_hr_bpm or None
    if average_bpm is not None and coverage(own, session.timer_s) >= rules.coverage_min:
        mean_bpm = own.mean()
        if abs(mean_bpm - average_bpm) > rules.hr_contradicts_bpm:
            average_bpm = mean_bpm
    elif has_many_faults:
        average_bpm = None
    threshold_w = session.threshold_power_w
    if family(session) != "cycling" and (
        threshold_w == sound.profile.ftp_w or is_factory_ftp(sound.profile, threshold_w)
    ):
        threshold_w = None  # a cyclist's, which devices also write into the sessions of other sports
    return replace(
        session,
        threshold_power_w=threshold_w,
        avg_hr_bpm=average_bpm,
        max_hr_bpm=_highest_bpm(session.max_hr_bpm, own, physiology, rules),
    )


def _highest_bpm(told_bpm: float | None, series: Series, physiology: Physiology, rules: LoadRules) -> float | None:
    """Return the highest heart rate that was held for seconds, or the device's where it agrees or stands alone."""
    held_bpm = series.rolling_means(int(rules.hr_held_s))
    if len(held_bpm):
        highest_bpm = float(held_bpm.max())
        agrees = told_bpm is not None and abs(told_bpm - highest_bpm) <= rules.hr_contradicts_bpm
        return told_bpm if agrees else highest_bpm
    if told_bpm is None or not rules.hr_low_bpm <= told_bpm <= rules.hr_high_bpm:
        return None
    if physiology.max_hr_is_witnessed and told_bpm > physiology.max_hr_bpm + rules.hr_above_max_bpm:
        return None
    return told_bpm


def _average_power_w(workout: Workout, sound: Workout, rules: LoadRules) -> float | None:
    """Return the average power without faults of the meter; the device's own where there were none."""
    before, after = workout.samples.power_w, sound.samples.power_w
    if before is None or after is None or np.count_nonzero(np.isnan(after)) == np.count_nonzero(np.isnan(before)):
        return workout.avg_power_w
    mean_w = power(sound, rules).mean()
    return None if np.isnan(mean_w) else mean_w
