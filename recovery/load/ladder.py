"""How much was a workout? The first rung of the ladder whose inputs exist gives the load.

There is one scale for all sports: an hour exactly at threshold is 100. Each session of a workout climbs the ladder by
itself, and the loads of the sessions add up.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType

import numpy as np

from hersteld.parsers.workout import Session, Workout
from hersteld.recovery.advice import Grade, Load, Rung, SessionLoad
from hersteld.recovery.athlete.muscles import family, is_gentle_sport, is_transition
from hersteld.recovery.athlete.physiology import Physiology
from hersteld.recovery.load.formulas import banister_load, load_per_hour, weighted_power_w, weights_of_zones
from hersteld.recovery.load.sensors import coverage, has_enough_power, heart_rate, power, threshold_power_w, within
from hersteld.recovery.load.series import Series
from hersteld.recovery.numbers import Number, Reason, Source, because, given
from hersteld.recovery.rules import LoadRules

_GRADES: tuple[Grade, ...] = ("A", "B", "C", "D")
UNDERRATED = ("strength", "hiit", "climbing")
"""Families whose effort the heart rate underrates."""


_NONE_LEARNED: Mapping[str, Number] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class _Step:
    """The load that one rung gives for one session."""

    load: float
    rung: Rung
    grade: Grade
    reasons: tuple[Reason, ...]
    trimp: float | None = None


def training_load(
    workout: Workout,
    physiology: Physiology,
    rules: LoadRules,
    *,
    rpe: float | None = None,
    usual_rpe: Mapping[str, Number] = _NONE_LEARNED,
) -> Load:
    """Return the load of a workout: the sum over its sessions.

    A rung whose load is more than anybody can do in the time is passed over, except rating and duration.

    Args:
        rpe: The athlete's own rating of effort, 1..10; None to take the rating of the watch, where there is one. That
            of a session counts before both.
        usual_rpe: The athlete's own usual rating of families of sports, where it was learned.
    """
    of_workout = rpe if rpe is not None else workout.vendor.rpe
    ratings = [of_workout if session.rpe is None else session.rpe for session in workout.sessions]
    beats, watts = heart_rate(workout, rules), power(workout, rules)
    is_only_sport = sum(not is_transition(session) for session in workout.sessions) == 1
    steps: list[_Step] = []
    sessions: list[SessionLoad] = []
    for session, rating in zip(workout.sessions, ratings, strict=True):
        transition = is_transition(session)
        ladder = _ladder(
            session,
            within(session, workout, beats),
            within(session, workout, watts),
            workout.time_in_zone_s if is_only_sport and not transition else None,
            None if transition else rating,
            physiology,
            rules,
            usual_rpe,
        )
        most = rules.max_per_hour * session.timer_s / 3600
        rejected: list[Rung] = []
        for step in ladder:
            if step.load <= most or step.rung in ("rpe", "duration"):
                steps.append(step)
                from_average = step.rung == "zone_times" and step.trimp is not None
                sessions.append(SessionLoad(step.load, step.rung, from_average, tuple(rejected)))
                break
            rejected.append(step.rung)
    load = sum(step.load for step in steps)
    leading = max(steps, key=lambda step: step.load)
    trimps = [step.trimp for step in steps if step.trimp is not None]
    return Load(
        value=load,
        rung=leading.rung,
        grade=_grade_of(steps, float(rules.considerable_share) * load),
        trimp=sum(trimps) if trimps else None,
        session_rpe=_session_rpe(workout, ratings),
        reasons=tuple(reason for step in steps for reason in step.reasons),
        sessions=tuple(sessions),
    )


def _session_rpe(workout: Workout, ratings: Sequence[float | None]) -> float | None:
    """Return Foster's rating x minutes, of the whole workout where it has one rating; None without a rating.

    Source: Foster 1998.
    """
    rated = [(rating, session) for rating, session in zip(ratings, workout.sessions, strict=True) if rating is not None]
    if not rated:
        return None
    if len(rated) == len(ratings) and len({rating for rating, _ in rated}) == 1:
        return rated[0][0] * workout.timer_s / 60
    return sum(rating * session.timer_s for rating, session in rated) / 60


def _ladder(
    session: Session,
    beats: Series,
    watts: Series,
    zones_s: tuple[float, ...] | None,
    rating: float | None,
    physiology: Physiology,
    rules: LoadRules,
    usual_rpe: Mapping[str, Number],
) -> Iterator[_Step]:
    """Yield the load of each rung that has its inputs, best first; the last rung always has them."""
    yield from _by_power(session, watts, physiology, rules)
    by_heart = chain(
        _by_heart_rate(session, beats, physiology, rules),
        _by_zone_times(session, zones_s, rules),
        _by_average(session, physiology, rules),
    )
    assumed = _by_duration(session, rules, usual_rpe)
    if family(session) in UNDERRATED:
        yield from _by_rating(session, rating, rules)
        yield from (step for step in by_heart if step.load >= assumed.load)
    else:
        yield from by_heart
        yield from _by_rating(session, rating, rules)
    yield assumed


def _by_power(session: Session, watts: Series, physiology: Physiology, rules: LoadRules) -> Iterator[_Step]:
    ftp_w = threshold_power_w(session, physiology)
    if not ftp_w or not has_enough_power(watts, session.timer_s, rules):
        return
    known = physiology.reasons.get("ftp_w") if ftp_w == physiology.ftp_w else None
    weighted_w = weighted_power_w(watts, int(rules.power_window_s), float(rules.power_mean_exponent))
    yield _Step(
        session.timer_s / 3600 * (weighted_w / ftp_w) ** 2 * 100,
        "power",
        _lowered("A", coverage(watts, session.timer_s), rules),
        (
            _timer(session),
            given("weighted_power_w", round(weighted_w, 1), "W", Source.FILE),
            known or given("ftp_w", ftp_w, "W", Source.FILE),
            because(rules.power_window_s),
            because(rules.power_mean_exponent),
        ),
    )


def _by_heart_rate(session: Session, beats: Series, physiology: Physiology, rules: LoadRules) -> Iterator[_Step]:
    covered = coverage(beats, session.timer_s)
    if not beats.covered_s or covered < rules.coverage_min:
        return
    banister = banister_load(beats, physiology, rules)
    yield _Step(
        banister.load / covered,
        "heart_rate",
        _guessed(_lowered("B", covered, rules), physiology),
        (_timer(session), given("hr_coverage", round(covered, 3), "1", Source.FILE), *banister.reasons),
        trimp=banister.trimp / covered,
    )


def _by_zone_times(session: Session, zones_s: tuple[float, ...] | None, rules: LoadRules) -> Iterator[_Step]:
    """Yield the load by the device's time in heart rate zones.

    Source: Edwards 1993, for the weights; an hour in zone 4 is 100.
    """
    weights = None if zones_s is None else weights_of_zones(len(zones_s), rules)
    if zones_s is None or weights is None or session.timer_s <= 0:
        return
    # Devices count the zones over elapsed time. Zones that cover little say as little as the heart rate did.
    covered = sum(zones_s) / session.timer_s
    if covered < rules.coverage_min:
        return
    points = float(np.dot(zones_s, weights)) / 60
    load = points / covered / (60 * rules.zone_threshold_weight) * 100
    yield _Step(load, "zone_times", "C", (because(rules.zone_weights), because(rules.zone_threshold_weight)))


def _by_average(session: Session, physiology: Physiology, rules: LoadRules) -> Iterator[_Step]:
    """Yield the load by the session's average heart rate, as if it had been held all the time."""
    average_bpm = session.avg_hr_bpm
    if average_bpm is None or not rules.hr_low_bpm <= average_bpm <= rules.hr_high_bpm or session.timer_s <= 0:
        return
    constant = Series(np.zeros(1), np.array([session.timer_s]), np.array([average_bpm]))
    banister = banister_load(constant, physiology, rules)
    reasons = (_timer(session), given("avg_hr_bpm", average_bpm, "bpm", Source.FILE), *banister.reasons)
    yield _Step(banister.load, "zone_times", _guessed("C", physiology), reasons, trimp=banister.trimp)


def _by_rating(session: Session, rating: float | None, rules: LoadRules) -> Iterator[_Step]:
    if rating is None or rating < 1:
        return
    yield _Step(
        load_per_hour(rating, rules) * session.timer_s / 3600,
        "rpe",
        "C",
        (_timer(session), given("rpe", rating, "1", Source.RATING), because(rules.per_hour_by_rpe)),
    )


def _by_duration(session: Session, rules: LoadRules, usual_rpe: Mapping[str, Number]) -> _Step:
    """Return the load as if the session had been rated as its sport usually is, by this athlete where that is known.

    What the athlete set in the rules comes before what was learned.
    """
    sport = family(session)
    if sport == "hiit":
        assumed = rules.rpe_intervals
    elif sport in UNDERRATED:
        assumed = rules.rpe_strenuous
    elif is_gentle_sport(session) or is_transition(session):
        assumed = rules.rpe_gentle
    else:
        assumed = rules.rpe_other
    reason = because(assumed)
    if assumed.kind != "input" and not is_transition(session) and sport in usual_rpe:
        assumed = usual_rpe[sport]
        reason = given("usual_rpe", float(assumed), "1", assumed.source)
    load = load_per_hour(float(assumed), rules) * session.timer_s / 3600
    return _Step(load, "duration", "D", (_timer(session), reason, because(rules.per_hour_by_rpe)))


def _grade_of(steps: list[_Step], negligible: float) -> Grade:
    """Return the lowest grade of the sessions, without the small ones that are negligible together."""
    left_out = 0.0
    grades: list[Grade] = []
    for step in sorted(steps, key=lambda step: (step.load, step.grade)):
        left_out += step.load
        if left_out >= negligible:
            grades.append(step.grade)
    return max(grades)


def _lowered(grade: Grade, covered: float, rules: LoadRules) -> Grade:
    """Return the grade, or the next lower one where part of the session had to be guessed from the rest."""
    return grade if covered >= rules.coverage_full else _GRADES[_GRADES.index(grade) + 1]


def _guessed(grade: Grade, physiology: Physiology) -> Grade:
    """Return the grade, or the lowest one where nothing tells the maximum heart rate, not even an age."""
    return "D" if physiology.max_hr_origin == "default" else grade


def _timer(session: Session) -> Reason:
    return given("timer_s", round(session.timer_s, 1), "s", Source.FILE)
