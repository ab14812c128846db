"""How hard was a workout, and when is the athlete ready again?"""

from datetime import timedelta, tzinfo

import numpy as np

from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import Assessment, Intensity, Load
from hersteld.recovery.athlete.caution import may_train_hard
from hersteld.recovery.athlete.history import History
from hersteld.recovery.athlete.muscles import is_gentle_sport, is_transition
from hersteld.recovery.athlete.physiology import Physiology
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.clocks.effort import Effort, effort_of
from hersteld.recovery.clocks.factors import Factors, factors
from hersteld.recovery.clocks.hours import Clocks, clocks_of, hardness_of, longest, numbers_of
from hersteld.recovery.clocks.night_shift import NightShift, reasons_of
from hersteld.recovery.clocks.ready import Ready, ready
from hersteld.recovery.load.day import trained_at
from hersteld.recovery.load.sensors import heart_rate, hr_coverage, power, threshold_power_w, within
from hersteld.recovery.load.series import Series
from hersteld.recovery.load.trends import daily_loads, trend
from hersteld.recovery.numbers import Reason, Source, because, given
from hersteld.recovery.rules import Rules
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
    today = trained_at(workout).astimezone(zone).date()
    loads_until_yesterday = daily_loads(history.workouts, today - timedelta(days=1), zone, history.long_ago)
    load_today = load.value + sum(
        past.load for past in history.workouts if past.trained_at.astimezone(zone).date() == today
    )
    today_trend = None if history.is_empty else trend(np.append(loads_until_yesterday, load_today), rules.rest)
    effort = effort_of(workout, load, physiology, rules)
    clocks = clocks_of(effort, rules.rest)
    hardness = hardness_of(
        clocks,
        rules.rest,
        run_load=effort.run_load,
        is_gentle_sport=all(is_gentle_sport(session) or is_transition(session) for session in workout.sessions),
        too_short=workout.timer_s < 60 * rules.messages.min_workout_min,
    )
    factor = factors(athlete, physiology, history, loads_until_yesterday, workout.ended_at, rules.rest)
    when = ready(
        workout,
        clocks,
        factor.product,
        history,
        rules.rest,
        zone,
        gentle=hardness.gentle,
        very_long_run=hardness.very_long_run,
        rest_day=athlete.experience == "beginner",
        nights=NightShift(
            history.nights_by_noon,
            history.nights,
            rules.nights,
            may_be_earlier=may_train_hard(athlete.conditions, adult=physiology.adult),
        ),
    )
    return Assessment(
        intensity=_intensity(workout, load, beats, physiology, rules),
        hard=hardness.hard,
        very_hard=hardness.very_hard,
        gentle=hardness.gentle,
        very_long_run=hardness.very_long_run,
        seconds_by_intensity=_seconds_by_intensity(beats, physiology, rules),
        seconds_at_threshold=_seconds_at_threshold(workout, load, beats, physiology, rules),
        clocks=clocks,
        clock_h=max(clocks.values()),
        decided_by=longest(clocks),
        recovery_h=when.recovery_h,
        remaining_h=when.open_h,
        easy_from=when.easy_from,
        ready_at=when.ready_at,
        ready_other_at=when.ready_other_at,
        next_training_on=when.next_training_on,
        rested_at=when.rested_at,
        rested_other_at=when.rested_other_at,
        loaded_muscles=when.loaded_muscles,
        resting_muscles=when.resting_muscles,
        ready_before_at=when.ready_before_at,
        easy_week_until=when.easy_week_until,
        night=when.night,
        ctl=today_trend.ctl if today_trend else None,
        atl=today_trend.atl if today_trend else None,
        tsb=today_trend.tsb if today_trend else None,
        warnings=warnings_of(
            workout,
            load=load,
            physiology=physiology,
            athlete=athlete,
            history=history,
            rules=rules,
            hard=hardness.hard,
            gentle=hardness.gentle,
            zone=zone,
        ),
        reasons=_reasons(load, effort, clocks, factor, when, rules),
    )


def _reasons(
    load: Load, effort: Effort, clocks: Clocks, factor: Factors, when: Ready, all_rules: Rules
) -> tuple[Reason, ...]:
    """Return every number that the hours of rest were computed from; of the clocks those of the one that decided."""
    rules = all_rules.rest
    reasons = [given("load", round(load.value, 1), "1", f"rung: {load.rung}")]
    if effort.load < load.value:
        reasons += [
            given("load_for_rest", round(effort.load, 1), "1", Source.COUNTED),
            because(rules.unmeasured_from_h),
            because(rules.unmeasured_until_h),
        ]
    if effort.threshold_min:
        reasons.append(given("threshold_min", round(effort.threshold_min, 1), "min", Source.COUNTED))
    if effort.impact_load:
        reasons.append(given("impact_load", round(effort.impact_load, 1), "1", Source.COUNTED))
    if effort.near_maximal_min:
        reasons.append(given("near_maximal_min", round(effort.near_maximal_min, 1), "min", Source.COUNTED))
    if effort.strength_min:
        reasons.append(given("strength_min", round(effort.strength_min, 1), "min", Source.COUNTED))
    reasons += [because(number) for number in numbers_of(longest(clocks), rules)]
    reasons += factor.reasons
    if when.open_h:
        reasons += [
            given("remaining_h", round(when.open_h, 1), "h", Source.EARLIER_WORKOUTS),
            because(rules.carry_share),
            because(rules.open_max_h),
        ]
    if when.next_training_on is not None:
        reasons += [because(rules.beginner_days), because(rules.rest_day_from_h)]
    if when.night is not None:
        reasons += reasons_of(when.night, all_rules.nights)
    return tuple(reasons)


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
    """Return the seconds at or above threshold: by power in each session whose load came from it, else by heart rate.

    A heart rate that gave a load which nobody can have counts nowhere.
    """
    watts = power(workout, rules.load)
    total_s = 0.0
    for session, step in zip(workout.sessions, load.sessions, strict=True):
        ftp_w = threshold_power_w(session, physiology)
        if step.rung == "power" and ftp_w:
            total_s += within(session, workout, watts).seconds_from(rules.intensity.ftp_share * ftp_w)
        elif "heart_rate" not in step.rejected:
            total_s += within(session, workout, beats).seconds_from(physiology.lthr_bpm)
    return total_s
