"""How hard was a workout, and when is the athlete ready again?"""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta, tzinfo

import numpy as np

from hersteld.parsers.workout import Column, Workout
from hersteld.recovery.advice import Assessment, Intensity, Load
from hersteld.recovery.athlete.history import History
from hersteld.recovery.athlete.muscles import family
from hersteld.recovery.athlete.physiology import Physiology
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.load.sensors import heart_rate, hr_coverage, power, threshold_power_w, within
from hersteld.recovery.load.series import Series
from hersteld.recovery.load.trends import daily_loads, trend
from hersteld.recovery.numbers import Number, Reason, Source, because, given
from hersteld.recovery.rules import RestRules, Rules
from hersteld.recovery.warnings import warnings_of

INTENSITIES: tuple[Intensity, ...] = ("very_light", "light", "moderate", "vigorous", "near_maximal")
"""From low to high."""


def assess(
    workout: Workout,
    load: Load,
    physiology: Physiology,
    athlete: Athlete,
    history: History,
    rules: Rules,
    zone: tzinfo,
) -> Assessment:
    """Return intensity, hardness, readiness and trend of a workout.

    Args:
        load: The workout's own load.
        history: The workouts before this one.
        zone: The athlete's time zone, for local dates.
    """
    beats = heart_rate(workout, rules.load)
    seconds = _seconds_by_intensity(beats, physiology, rules)
    at_threshold_s = _seconds_at_threshold(workout, load, beats, physiology, rules)
    intensity = _intensity(workout, load, beats, physiology, rules)
    near_maximal_s = seconds.get("near_maximal", 0.0)
    strength = _strength_s(workout) >= 60 * rules.intensity.strength_min
    short = workout.timer_s < 60 * rules.messages.min_workout_min
    hard = not short and (
        load.value >= rules.intensity.hard_load
        or at_threshold_s >= 60 * rules.intensity.threshold_min
        or near_maximal_s >= 60 * rules.intensity.near_maximal_min
        or strength
    )
    light = not hard and _asks_no_rest_day(workout, intensity, seconds, rules)
    today = workout.started_at.astimezone(zone).date()
    loads_until_yesterday = daily_loads(history.workouts, today - timedelta(days=1), zone, history.long_ago)
    load_today = load.value + sum(
        past.load for past in history.workouts if past.started_at.astimezone(zone).date() == today
    )
    recovery_h, reasons, remaining_h = _recovery_hours(
        workout, load, athlete, history, rules, loads_until_yesterday, at_threshold_s, near_maximal_s, strength
    )
    # Easy training while earlier hours last must not make anybody ready sooner than no training at all.
    ready = _latest(workout.ended_at + timedelta(hours=recovery_h), (past.ready_at for past in history.workouts))
    ready_at: datetime | None = ready
    easy_from: datetime | None = _latest(
        workout.ended_at + timedelta(hours=recovery_h * rules.rest.easy_share),
        (past.easy_from for past in history.workouts),
    )
    recovery_h = max(recovery_h, (ready - workout.ended_at).total_seconds() / 3600)
    next_training_on = None
    warnings = warnings_of(
        workout,
        load=load,
        physiology=physiology,
        athlete=athlete,
        history=history,
        rules=rules,
        light=light,
        zone=zone,
    )
    if not workout.has_clock:
        ready_at = easy_from = None
    elif athlete.experience == "beginner" and not light and easy_from is not None:
        first_day = workout.ended_at.astimezone(zone).date() + timedelta(days=int(rules.rest.beginner_days))
        midnight = datetime.combine(first_day, time(), tzinfo=zone).astimezone(workout.ended_at.tzinfo)
        easy_from = max(easy_from, midnight)
        next_training_on = easy_from.astimezone(zone).date()
        ready_at = max(ready, easy_from)
        reasons = (*reasons, because(rules.rest.beginner_days))
    today_trend = None if history.is_empty else trend(np.append(loads_until_yesterday, load_today), rules.rest)
    return Assessment(
        intensity=intensity,
        hard=hard,
        light=light,
        seconds_by_intensity=seconds,
        seconds_at_threshold=at_threshold_s,
        recovery_h=recovery_h,
        easy_from=easy_from,
        ready_at=ready_at,
        next_training_on=next_training_on,
        ctl=today_trend.ctl if today_trend else None,
        atl=today_trend.atl if today_trend else None,
        tsb=today_trend.tsb if today_trend else None,
        remaining_h=remaining_h,
        warnings=warnings,
        reasons=reasons,
        gentle=light,
        very_hard=hard and load.value >= rules.intensity.very_hard_load,
        very_long_run=is_long_run(workout, rules.rest),
        clock_h=recovery_h,
        ready_other_at=ready_at,
    )


def first_hours(load: float, rules: RestRules) -> float:
    """Return the hours of rest that a load alone asks for, before the athlete's level, the past and the floors.

    Args:
        load: Training load, 0 or more.

    Returns:
        Hours, linear between the points of the curve, and those of its last point beyond.

    Source: Coggan's bands, in Allen & Coggan 2010, for two points of the curve; the others are ours.
    """
    return float(np.interp(load, rules.curve_load, rules.curve_h))


def level_factor(athlete: Athlete, rules: RestRules) -> Number:
    """Return the factor by which the athlete's experience changes the hours of rest.

    Source: the article for who needs more rest and who needs less; the factors are ours.
    """
    return {
        "beginner": rules.level_beginner,
        "recreational": rules.level_recreational,
        "trained": rules.level_trained,
        "elite": rules.level_elite,
    }[athlete.experience]


def _recovery_hours(
    workout: Workout,
    load: Load,
    athlete: Athlete,
    history: History,
    rules: Rules,
    loads_until_yesterday: Column,
    at_threshold_s: float,
    near_maximal_s: float,
    strength: bool,
) -> tuple[float, tuple[Reason, ...], float]:
    """Return the hours until hard training, the reasons, and the hours that remained of earlier recovery."""
    rest = rules.rest
    level = level_factor(athlete, rest)
    reasons = [given("load", round(load.value, 1), "1", f"rung: {load.rung}"), because(rest.curve_h), because(level)]
    busy_factor = 1.0
    if len(loads_until_yesterday) >= rest.history_days:
        yesterday = trend(loads_until_yesterday, rest)
        if yesterday.ctl > 0:
            busy_factor = min(max(yesterday.atl / yesterday.ctl, 1.0), float(rest.busy_week_max))
            reasons.append(given("busy_week", round(busy_factor, 2), "1", Source.BUSY_WEEK))
    floor_h = 0.0
    for applies, number in (
        (at_threshold_s >= 60 * rules.intensity.threshold_min, rest.floor_threshold_h),
        (near_maximal_s >= 60 * rules.intensity.near_maximal_min, rest.floor_near_maximal_h),
        (strength, rest.floor_strength_h),
        (is_long_run(workout, rest), rest.floor_long_run_h),
    ):
        if applies:
            floor_h = max(floor_h, float(number))
            reasons.append(because(number))
    open_until = max((past.ready_at for past in history.workouts if past.ready_at is not None), default=None)
    remaining_h = 0.0
    if open_until is not None and workout.has_clock:
        remaining_h = max(0.0, (open_until - workout.started_at).total_seconds() / 3600)
    if remaining_h:
        reasons += [
            given("remaining_h", round(remaining_h, 1), "h", Source.EARLIER_WORKOUTS),
            because(rest.carry_share),
        ]
    own_h = max(first_hours(load.value, rest) * level * busy_factor, floor_h)
    return min(float(rest.max_h), own_h + rest.carry_share * remaining_h), tuple(reasons), remaining_h


def _latest(moment: datetime, earlier: Iterable[datetime | None]) -> datetime:
    """Return the moment, or the latest of the earlier ones where that is later still."""
    return max((moment, *(other for other in earlier if other is not None)))


def is_long_run(workout: Workout, rules: RestRules) -> bool:
    """Return whether the running in a workout was so far, or so long, that the body needs days of rest."""
    runs = [session for session in workout.sessions if family(session) == "running"]
    far = sum(session.distance_m or 0.0 for session in runs) >= 1000 * rules.long_run_km
    return far or sum(session.timer_s for session in runs) >= 3600 * rules.long_run_h


def _intensity(workout: Workout, load: Load, beats: Series, physiology: Physiology, rules: Rules) -> Intensity:
    """Return the intensity by the mean share of the heart rate reserve, or by load per hour where that is no guide.

    Source: Garber et al., ACSM 2011, for the bounds in heart rate reserve; those in load per hour are ours.
    """
    if load.rung not in ("rpe", "duration") and hr_coverage(workout, rules.load) >= rules.load.coverage_min:
        return _class(physiology.reserve_share(beats.mean()), tuple(rules.intensity.reserve_bounds))
    hours = workout.timer_s / 3600
    return _class(load.value / hours if hours > 0 else 0.0, tuple(rules.intensity.load_per_hour_bounds))


def _class(value: float, bounds: tuple[float, ...]) -> Intensity:
    """Return the intensity of a value; a value at a bound belongs to the higher one."""
    return INTENSITIES[int(np.searchsorted(bounds, value, side="right"))]


def _seconds_by_intensity(beats: Series, physiology: Physiology, rules: Rules) -> dict[Intensity, float]:
    """Return the seconds of heart rate in each intensity; empty without a heart rate."""
    if not len(beats.value):
        return {}
    bounds_bpm = [physiology.bpm_at(share) for share in rules.intensity.reserve_bounds]
    classes = np.searchsorted(bounds_bpm, beats.value, side="right")
    sums_s = np.bincount(classes, weights=beats.held_s, minlength=len(INTENSITIES))
    return {intensity: float(sum_s) for intensity, sum_s in zip(INTENSITIES, sums_s, strict=True)}


def _seconds_at_threshold(workout: Workout, load: Load, beats: Series, physiology: Physiology, rules: Rules) -> float:
    """Return the seconds at or above threshold: of each session by power where its load is, and else by heart rate."""
    watts = power(workout, rules.load)
    total_s = 0.0
    for session, rung in zip(workout.sessions, load.rungs, strict=True):
        ftp_w = threshold_power_w(session, physiology)
        if rung == "power" and ftp_w:
            total_s += within(session, workout, watts).seconds_from(rules.intensity.ftp_share * ftp_w)
        else:
            total_s += within(session, workout, beats).seconds_from(physiology.lthr_bpm)
    return total_s


def _strength_s(workout: Workout) -> float:
    """Return the timer time of strength training, in seconds."""
    return sum(session.timer_s for session in workout.sessions if family(session) == "strength")


def _asks_no_rest_day(workout: Workout, intensity: Intensity, seconds: Mapping[Intensity, float], rules: Rules) -> bool:
    """Return whether a beginner may train again tomorrow: after a short workout that stayed light, or a very short one.

    Source: the rest day is the article's; the exemption is ours.
    """
    if workout.timer_s < 60 * rules.messages.min_workout_min:
        return True
    above_light_s = sum(seconds.get(above, 0.0) for above in ("moderate", "vigorous", "near_maximal"))
    stayed_light = intensity in ("very_light", "light") and above_light_s < rules.rest.beginner_exempt_above_light_s
    return stayed_light and workout.timer_s < 60 * rules.rest.beginner_exempt_min
