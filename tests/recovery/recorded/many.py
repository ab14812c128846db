"""Many kinds of athletes, workouts and pasts, drawn at random but always the same."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

import numpy as np

from hersteld.parsers.workout import DeviceProfile, Pause, Vendor, Workout
from hersteld.recovery.advice import Recovery
from hersteld.recovery.athlete.history import History, LongAgo, PastWorkout
from hersteld.recovery.athlete.profile import CONDITIONS, EXPERIENCES, FOODS, Athlete, Condition, Food
from hersteld.recovery.join import join
from hersteld.recovery.past import past_workout
from hersteld.recovery.recover import recover
from tests.support.fit.recoveries import AMSTERDAM, a_past_workout, local, shipped_rules
from tests.support.fit.workouts import Curve, a_workout, replace_cadence, seconds

SPORTS: tuple[tuple[str, str | None], ...] = (
    ("running", None),
    ("running", "trail"),
    ("running", "treadmill"),
    ("cycling", None),
    ("cycling", "indoor_cycling"),
    ("e_biking", None),
    ("swimming", "lap_swimming"),
    ("swimming", "open_water"),
    ("rowing", None),
    ("walking", None),
    ("walking", None),
    ("hiking", None),
    ("cross_country_skiing", None),
    ("training", "strength_training"),
    ("training", "yoga"),
    ("hiit", None),
    ("soccer", None),
    ("tennis", None),
    ("kitesurfing", None),
    ("generic", None),
)
EXERCISES = (("squat", "deadlift"), ("bench_press", "row"), ("crunch",), ())
CURVES = ("none", "easy", "moderate", "hard", "intervals", "fades", "spikes", "stuck", "gaps", "too_low")
LOADED = (("quadriceps", "hamstrings"), ("chest", "triceps"), ("lats",))
MINUTES = (4, 12, 25, 44, 45, 61, 75, 95, 121, 180, 250, 400)
HOURS = ("06:30", "11:15", "16:59", "18:20", "21:40", "23:55", "02:10")


class Made(NamedTuple):
    """What the rules make of one workout, its name in words, and what later workouts need to know of it.

    Attributes:
        past, workout: None for a typical workout, of which only what the rules make of it is kept.
    """

    name: str
    recovery: Recovery
    past: PastWorkout | None = None
    workout: Workout | None = None


def many(count: int) -> Iterator[Made]:
    """Yield what the rules make of so many workouts, one by one; each has its own seed, so more of them change none."""
    for seed in range(count):
        draw = random.Random(seed)
        athlete, workout, past = _athlete(draw), _workout(draw), _past(draw)
        if draw.random() < 0.12:
            workout = _after_another(draw, workout)
        weighed, drunk = _weighed(draw)
        rpe = draw.choice((0.0, 2.0, 5.0, 9.0, 10.0)) if draw.random() < 0.1 else None
        after_h = draw.choice((None, None, None, -2, 5, 7.5, 20, 50))
        recovery = recover(
            workout,
            athlete,
            _history(draw, past, workout.ended_at),
            shipped_rules(),
            zone=AMSTERDAM,
            rpe=rpe,
            weighed_loss_kg=weighed,
            drunk_ml=drunk,
            next_session_at=None if after_h is None else workout.ended_at + timedelta(hours=after_h),
        )
        flags = ",".join(sorted((*athlete.conditions, *athlete.food)))
        name = f"{seed} {workout.sport}/{workout.sub_sport} {workout.timer_s / 60:g} min {athlete.experience} {flags}"
        yield Made(name.strip(), recovery, past_workout(workout, recovery), workout)


def _weighed(draw: random.Random) -> tuple[float | None, float | None]:
    """Return the mass lost by the scales, and what was drunk."""
    if draw.random() < 0.85:
        return None, None
    return draw.choice((-0.3, 0.0, 0.4, 1.2, 3.1)), draw.choice((0.0, 500.0, 2100.0))


def _after_another(draw: random.Random, workout: Workout) -> Workout:
    """Return a workout as the second part of a brick; the clock of the first may run into it."""
    first, gap_min = _workout(draw), draw.choice((-2, 0, 9, 40))
    by = workout.started_at - timedelta(minutes=gap_min) - first.ended_at
    sessions = tuple(replace(session, started_at=session.started_at + by) for session in first.sessions)
    moved = replace(
        first,
        started_at=first.started_at + by,
        ended_at=first.ended_at + by,
        sessions=sessions,
        avg_power_w=draw.choice((None, 180.0)),
        max_hr_bpm=draw.choice((None, 171.0)),
    )
    return join(moved, replace(workout, avg_power_w=draw.choice((None, 210.0)), max_hr_bpm=draw.choice((None, 166.0))))


def _history(draw: random.Random, past: tuple[PastWorkout, ...], ended_at: datetime) -> History:
    """Return a past as it was before the end of a workout, with what the watch and the scales say."""
    moved = tuple(_moved(one, ended_at) for one in past)
    long_ago = None
    if draw.random() < 0.15:
        loads = np.asarray([draw.choice((0.0, 40.0, 110.0)) for _ in range(60)])
        first = (ended_at - timedelta(days=200)).date()
        long_ago = LongAgo(first, loads, draw.choice(((), (181.0, 180.0, 176.0))), draw.choice((None, 255.0)))
    return History(moved, long_ago, draw.choice((None, None, 47.0)), draw.choice((None, None, 66.5)))


def _athlete(draw: random.Random) -> Athlete:
    conditions: list[Condition] = [name for name in CONDITIONS if draw.random() < 0.04]  # type: ignore[misc]
    food: list[Food] = [name for name in FOODS if draw.random() < 0.12]  # type: ignore[misc]
    assumed = draw.random() < 0.2
    return Athlete(
        experience="beginner" if assumed else draw.choice(EXPERIENCES),  # type: ignore[arg-type]
        experience_assumed=assumed,
        sex=draw.choice((None, "male", "female")),
        birth_year=draw.choice((None, None, 1944, 1956, 1961, 1975, 1986, 2000, 2008, 2009)),
        mass_kg=draw.choice((None, 48.5, 62.0, 70.0, 94.0)),
        resting_hr_bpm=draw.choice((None, 39.0, 55.0, 71.0)),
        max_hr_bpm=draw.choice((None, None, 171.0, 190.0, 204.0)),
        lthr_bpm=draw.choice((None, None, 158.0, 170.0)),
        ftp_w=draw.choice((None, None, 180.0, 265.0, 330.0)),
        conditions=frozenset(conditions),
        food=frozenset(food),
    )


def _workout(draw: random.Random) -> Workout:
    sport, sub_sport = draw.choice(SPORTS)
    minutes = draw.choice(MINUTES)
    paused = (Pause(600.0, 600.0 + draw.choice((40, 400, 4000))),) if draw.random() < 0.2 and minutes > 20 else ()
    elapsed = minutes + sum(pause.end_s - pause.start_s for pause in paused) / 60
    rides = sport in ("cycling", "e_biking", "rowing") or (sport == "running" and draw.random() < 0.2)
    is_strength = sub_sport == "strength_training"
    zones = draw.choice((None, None, None, (300.0, 600.0, 900.0, 600.0, 300.0), (0.0, 0.0, 500.0, 2500.0, 900.0)))
    workout = a_workout(
        minutes,
        hr=_heart_rate(draw, elapsed),
        power=_power(draw, elapsed) if rides else None,
        sport=sport,
        sub_sport=sub_sport,
        ended_at=local(draw.choice(HOURS), draw.choice(("2026-05-06", "2026-01-14", "2026-03-28", "2026-10-25"))),
        paused=paused,
        distance_m=draw.choice((None, None, 900.0, 5200.0, 21_200.0, 42_195.0, 90_000.0)),
        kcal=draw.choice((None, None, 180.0, 700.0, 2400.0)),
        avg_hr=draw.choice((None, None, 96.0, 131.0, 158.0, 250.0)),
        temperature_c=draw.choice((None, None, -4.0, 9.0, 15.0, 26.0, 29.0, 34.0)),
        vendor=_vendor(draw),
        profile=_profile(draw),
        exercises=draw.choice(EXERCISES) if is_strength else (),
        zones=zones,
        threshold_power_w=draw.choice((None, None, 210.0)),
        has_clock=draw.random() > 0.03,
        salvaged=draw.random() < 0.06,
    )
    if draw.random() < 0.3:
        workout = replace_cadence(workout, draw.choice((0.0, 55.0, 86.0)))
    if draw.random() < 0.4:
        workout = _with_speed(draw, workout)
    return _with_two_sessions(workout) if draw.random() < 0.12 else workout


def _heart_rate(draw: random.Random, minutes: float) -> Curve:
    kind = draw.choice(CURVES)
    base = draw.choice((104.0, 118.0, 128.0, 141.0))
    work = {"easy": base, "moderate": base + 14, "hard": base + 34}.get(kind, base + 25)
    shape = seconds(minutes, lambda at: work + 3 * np.sin(at / 47))
    at = np.arange(len(shape))
    match kind:
        case "none":
            return None
        case "intervals":
            return np.where(at % 360 < 180, work + 18, work - 25)
        case "fades":
            return np.asarray(np.where(at > len(at) - 900, 88.0, work))
        case "spikes":
            return np.where(at % 700 < 3, 231.0, shape)
        case "stuck":
            return np.full(len(shape), 147.0)
        case "gaps":
            return np.where(at % 900 < draw.choice((200, 500)), np.nan, shape)
        case "too_low":
            return np.full(len(shape), 33.0)
    return shape


def _power(draw: random.Random, minutes: float) -> Curve:
    mean = draw.choice((None, 95.0, 150.0, 210.0, 290.0, 400.0))
    if mean is None:
        return None
    shape = seconds(minutes, lambda at: mean + 0.3 * mean * np.sin(at / draw.choice((30, 300))))
    if draw.random() < 0.15:
        shape[::400] = 2600.0
    if draw.random() < 0.15:
        shape[: len(shape) // 2] = 0.0
    return shape


def _vendor(draw: random.Random) -> Vendor:
    return Vendor(
        recovery_min=draw.choice((None, None, 0.0, 700.0, 2900.0)),
        training_effect=draw.choice((None, 2.1, 4.6)),
        anaerobic_training_effect=draw.choice((None, None, 0.2, 3.4)),
        stress_score=draw.choice((None, None, 44.0, 131.0)),
        sweat_loss_ml=draw.choice((None, None, 250.0, 1400.0)),
        rpe=draw.choice((None, None, None, 3.0, 7.0, 10.0)),
    )


def _profile(draw: random.Random) -> DeviceProfile:
    return DeviceProfile(
        resting_hr_bpm=draw.choice((None, None, 48.0, 60.0)),
        max_hr_bpm=draw.choice((None, None, 185.0, 187.0, 220.0)),
        lthr_bpm=draw.choice((None, None, 165.0)),
        ftp_w=draw.choice((None, None, 200.0, 241.0)),
        mass_kg=draw.choice((None, 75.0, 83.5)),
        sex=draw.choice((None, "male", "female")),
        max_hr_is_of_user_profile=draw.random() < 0.5,
        birth_year=draw.choice((None, None, None, 1970, 2010)),
        age=draw.choice((None, None, None, None, 15, 34, 66)),
        maker=draw.choice((None, "garmin", "suunto", "coros")),
    )


def _with_speed(draw: random.Random, workout: Workout) -> Workout:
    """Return the workout with a speed, a distance and a height; in some, nothing moves in the last part."""
    time_s = workout.samples.time_s
    speed = np.full(len(time_s), draw.choice((1.4, 2.9, 7.0)))
    if draw.random() < 0.4:
        speed[time_s > 0.4 * workout.elapsed_s] = 0.0
    distance = np.concatenate([[0.0], np.cumsum(speed[:-1] * np.diff(time_s))])
    altitude = 40 + draw.choice((0.0, 250.0)) * np.sin(time_s / 900) ** 2
    samples = replace(workout.samples, speed_mps=speed, distance_m=distance, altitude_m=altitude)
    return replace(workout, samples=samples)


def _with_two_sessions(workout: Workout) -> Workout:
    """Return the workout as two sessions: a swim of the first third, and the sport as it was."""
    (whole,) = workout.sessions
    third_s = round(workout.elapsed_s / 3)
    start = workout.started_at
    swim = replace(whole, sport="swimming", sub_sport=None, timer_s=third_s, elapsed_s=third_s)
    rest = replace(
        whole,
        started_at=start + timedelta(seconds=third_s),
        timer_s=max(workout.timer_s - third_s, 1.0),
        elapsed_s=workout.elapsed_s - third_s,
    )
    sport = whole.sport if whole.sport == "swimming" else "multisport"
    return replace(workout, sport=sport, sessions=(swim, rest))


def _past(draw: random.Random) -> tuple[PastWorkout, ...]:
    """Return earlier workouts; their dates count from noon of 2026-05-06 and are moved later."""
    noon = local("12:00")
    match draw.choice(("none", "none", "yesterday", "week", "season", "weights", "late", "peaks")):
        case "yesterday":
            return (a_past_workout(noon - timedelta(hours=20), load=160, hours=2, ready_h=60),)
        case "week":
            days = range(1, 7)
            return tuple(a_past_workout(noon - timedelta(days=day), load=60 + 9 * day, ready_h=30) for day in days)
        case "season":
            every = draw.choice((2, 3, 5))
            days = range(1, 120, every)
            return tuple(a_past_workout(noon - timedelta(days=day), load=40 + day % 50) for day in days)
        case "weights":
            before = noon - timedelta(hours=draw.choice((9, 30, 60)))
            return (a_past_workout(before, load=50, ready_h=72, other_h=10, loaded=draw.choice(LOADED)),)
        case "late":
            return (a_past_workout(noon - timedelta(minutes=2), load=30, hours=0.2, ready_h=12, gentle=True),)
        case "peaks":
            one = a_past_workout(noon - timedelta(days=3), load=80, ready_h=20)
            peaks = [(draw.choice((176.0, 189.0, 199.0)), draw.choice((None, 231.0, 288.0))) for _ in range(4)]
            return tuple(replace(one, hr_peak_30s_bpm=bpm, best_20min_w=watts) for bpm, watts in peaks)
        case _:
            return ()


def _moved(past: PastWorkout, ended_at: datetime) -> PastWorkout:
    """Return an earlier workout, as long before the end of this one as it was before noon."""
    by = ended_at - local("12:00")
    names = ("started_at", "ended_at", "trained_at", "ready_at", "easy_from", "ready_other_at", "rested_at")
    moved = {name: getattr(past, name) for name in (*names, "rested_other_at")}
    return replace(past, **{name: at and at + by for name, at in moved.items()})
