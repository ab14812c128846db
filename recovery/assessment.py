"""How hard was it, and when is the athlete ready again?"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, tzinfo

import numpy as np

from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import Assessment, Intensity, Load
from hersteld.recovery.athlete.history import History
from hersteld.recovery.athlete.muscles import family
from hersteld.recovery.athlete.physiology import Physiology
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.load.sensors import heart_rate, hr_coverage, power, threshold_power_w, within
from hersteld.recovery.load.series import Series
from hersteld.recovery.load.trends import daily_loads, trend
from hersteld.recovery.numbers import Number, Reason, because, given
from hersteld.recovery.rules import RestRules, Rules
from hersteld.recovery.warnings import warnings_of

INTENSITIES: tuple[Intensity, ...] = ("very_light", "light", "moderate", "vigorous", "near_maximal")


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
        zone: The athlete's time zone, for local dates.
    """
    beats = heart_rate(workout, rules.load)
    seconds = _seconds_by_intensity(beats, physiology, rules)
    at_threshold = _seconds_at_threshold(workout, beats, physiology, rules)
    intensity = _intensity(workout, load, beats, physiology, rules)
    near_maximal_s = seconds.get("near_maximal", 0.0)
    strength = _strength_s(workout) >= 60 * rules.intensity.strength_min
    short = workout.timer_s < 60 * rules.messages.min_workout_min
    hard = not short and (
        load.value >= rules.intensity.hard_load
        or at_threshold >= 60 * rules.intensity.threshold_min
        or near_maximal_s >= 60 * rules.intensity.near_maximal_min
        or strength
    )
    light = not hard and _exempt(workout, intensity, seconds, rules.rest, float(rules.messages.min_workout_min))
    day = workout.started_at.astimezone(zone).date()
    before = daily_loads(history.workouts, day - timedelta(days=1), zone, history.long_ago)
    after = _with_today(before, _today(history, day, zone) + load.value)
    recovery_h, reasons, remaining_h = _recovery_hours(
        workout, load, athlete, history, rules, before, at_threshold, near_maximal_s, strength
    )
    # Training easily while hours are open must not make anybody ready sooner than not training at all.
    ready = _latest(workout.ended_at + timedelta(hours=recovery_h), (past.ready_at for past in history.workouts))
    ready_at: datetime | None = ready
    easy_from: datetime | None = _latest(
        workout.ended_at + timedelta(hours=recovery_h * rules.rest.easy_share),
        (past.easy_from for past in history.workouts),
    )
    recovery_h = max(recovery_h, (ready - workout.ended_at).total_seconds() / 3600)
    next_day = None
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
        next_day = easy_from.astimezone(zone).date()
        ready_at = max(ready, easy_from)
        reasons = (*reasons, because(rules.rest.beginner_days))
    now = trend(after, rules.rest)
    known = not history.is_empty
    return Assessment(
        intensity=intensity,
        hard=hard,
        light=light,
        seconds_by_intensity=seconds,
        seconds_at_threshold=at_threshold,
        recovery_h=recovery_h,
        easy_from=easy_from,
        ready_at=ready_at,
        next_training_on=next_day,
        ctl=now.ctl if known else None,
        atl=now.atl if known else None,
        tsb=now.tsb if known else None,
        remaining_h=remaining_h,
        hr_peak_30s_bpm=_peak(beats, rules),
        warnings=warnings,
        reasons=reasons,
    )


def first_hours(load: float, rules: RestRules) -> float:
    """Return the hours a load alone asks for, before level, past and floors: the curve, piecewise linear."""
    return float(np.interp(load, rules.curve_load, rules.curve_h))


def level_factor(athlete: Athlete, rules: RestRules) -> Number:
    """Return the factor of the athlete's experience."""
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
    before: np.ndarray[tuple[int], np.dtype[np.float64]],
    at_threshold_s: float,
    near_maximal_s: float,
    strength: bool,
) -> tuple[float, tuple[Reason, ...], float]:
    """Return hours until ready for hard, the reasons, and the hours still open from before."""
    rest = rules.rest
    level = level_factor(athlete, rest)
    reasons = [given("load", round(load.value, 1), "1", f"rung: {load.rung}"), because(rest.curve_h), because(level)]
    busy = 1.0
    if len(before) >= rest.history_days:
        week = trend(before, rest)
        if week.ctl > 0:
            busy = min(max(week.atl / week.ctl, 1.0), float(rest.busy_week_max))
            reasons.append(given("busy_week", round(busy, 2), "1", "your last week against your last six"))
    floor = 0.0
    for applies, number in (
        (at_threshold_s >= 60 * rules.intensity.threshold_min, rest.floor_threshold_h),
        (near_maximal_s >= 60 * rules.intensity.near_maximal_min, rest.floor_near_maximal_h),
        (strength, rest.floor_strength_h),
        (is_long_run(workout, rest), rest.floor_long_run_h),
    ):
        if applies:
            floor = max(floor, float(number))
            reasons.append(because(number))
    open_until = max((past.ready_at for past in history.workouts if past.ready_at is not None), default=None)
    remaining_h = 0.0
    if open_until is not None and workout.has_clock:
        remaining_h = max(0.0, (open_until - workout.started_at).total_seconds() / 3600)
    if remaining_h:
        reasons += [
            given("remaining_h", round(remaining_h, 1), "h", "your earlier workouts"),
            because(rest.carry_share),
        ]
    hours = max(first_hours(load.value, rest) * level * busy, floor) + rest.carry_share * remaining_h
    return min(float(rest.max_h), hours), tuple(reasons), remaining_h


def _latest(moment: datetime, earlier: Iterable[datetime | None]) -> datetime:
    return max((moment, *(other for other in earlier if other is not None)))


def is_long_run(workout: Workout, rules: RestRules) -> bool:
    """Whether the running in this workout was so far or so long that the body needs days."""
    runs = [session for session in workout.sessions if family(session) == "running"]
    far = sum(session.distance_m or 0.0 for session in runs) >= 1000 * rules.long_run_km
    return far or sum(session.timer_s for session in runs) >= 3600 * rules.long_run_h


def _intensity(workout: Workout, load: Load, beats: Series, physiology: Physiology, rules: Rules) -> Intensity:
    """Intensity of the whole: mean share of the heart rate reserve, or load per hour where heart rate is no guide."""
    if load.rung not in ("rpe", "duration") and hr_coverage(workout, rules.load) >= rules.load.coverage_min:
        return _class(physiology.reserve_share(beats.mean()), tuple(rules.intensity.reserve_bounds))
    hours = workout.timer_s / 3600
    return _class(load.value / hours if hours > 0 else 0.0, tuple(rules.intensity.load_per_hour_bounds))


def _class(value: float, bounds: tuple[float, ...]) -> Intensity:
    return INTENSITIES[int(np.searchsorted(bounds, value, side="right"))]


def _seconds_by_intensity(beats: Series, physiology: Physiology, rules: Rules) -> dict[Intensity, float]:
    if not len(beats.value):
        return {}
    edges = [physiology.bpm_at(share) for share in rules.intensity.reserve_bounds]
    classes = np.searchsorted(edges, beats.value, side="right")
    sums = np.bincount(classes, weights=beats.held_s, minlength=len(INTENSITIES))
    return {name: float(total) for name, total in zip(INTENSITIES, sums, strict=True)}


def _seconds_at_threshold(workout: Workout, beats: Series, physiology: Physiology, rules: Rules) -> float:
    watts = power(workout, rules.load)
    total = 0.0
    for session in workout.sessions:
        by_heart = within(session, workout, beats).seconds_from(physiology.lthr_bpm)
        ftp = threshold_power_w(session, physiology)
        by_power = within(session, workout, watts).seconds_from(rules.intensity.ftp_share * ftp) if ftp else 0.0
        total += max(by_heart, by_power)
    return total


def _strength_s(workout: Workout) -> float:
    return sum(session.timer_s for session in workout.sessions if family(session) == "strength")


def _exempt(
    workout: Workout, intensity: Intensity, seconds: dict[Intensity, float], rules: RestRules, shortest_min: float
) -> bool:
    """Whether the beginner rule lets this pass: short, and it stayed light; or too short to be a workout."""
    above = sum(seconds.get(name, 0.0) for name in ("moderate", "vigorous", "near_maximal"))
    if workout.timer_s < 60 * shortest_min:
        return True
    stayed_light = intensity in ("very_light", "light") and above < rules.beginner_exempt_above_light_s
    return stayed_light and workout.timer_s < 60 * rules.beginner_exempt_min


def _peak(beats: Series, rules: Rules) -> float | None:
    means = beats.rolling_means(int(rules.athlete.peak_s))
    return float(means.max()) if len(means) else None


def _today(history: History, day: date, zone: tzinfo) -> float:
    return sum(past.load for past in history.workouts if past.started_at.astimezone(zone).date() == day)


def _with_today(
    before: np.ndarray[tuple[int], np.dtype[np.float64]], load: float
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.concatenate((before, [load]))
