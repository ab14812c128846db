"""How much was it? The load ladder: the first rung whose inputs exist gives the load.

One scale for all sports: one hour exactly at threshold = 100. Each session of a workout climbs the ladder by itself;
the loads add up.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from hersteld.parsers.workout import Session, Workout
from hersteld.recovery.advice import Grade, Load, Rung
from hersteld.recovery.athlete.muscles import family, is_transition
from hersteld.recovery.athlete.physiology import Physiology
from hersteld.recovery.load.series import Series, active_series, heart_rate_series
from hersteld.recovery.numbers import Reason, because, given
from hersteld.recovery.rules import LoadRules

_GRADES: tuple[Grade, ...] = ("A", "B", "C", "D")
_RATED_FIRST = ("strength", "hiit", "climbing")  # heart rate underrates them
_GENTLE = ("walking", "yoga", "golf")


@dataclass(frozen=True, slots=True)
class _Step:
    """What one rung gave for one session."""

    value: float
    rung: Rung
    grade: Grade
    reasons: tuple[Reason, ...]
    trimp: float | None = None


def heart_rate(workout: Workout, rules: LoadRules) -> Series:
    """Return the cleaned heart rate of a workout with the active time each value was held."""
    return heart_rate_series(
        workout.samples.time_s,
        workout.samples.heart_rate_bpm,
        workout.pauses,
        low=float(rules.hr_low_bpm),
        high=float(rules.hr_high_bpm),
        gap_s=float(rules.gap_s),
    )


def power(workout: Workout, rules: LoadRules) -> Series:
    """Return the power of a workout, zeros kept, with the active time each value was held."""
    samples = workout.samples
    watts = samples.power_w
    if watts is not None:
        watts = np.where((watts >= 0) & (watts <= rules.power_high_w), watts, np.nan)
    return active_series(samples.time_s, watts, workout.pauses, gap_s=float(rules.gap_s), interpolated=False)


def threshold_power_w(session: Session, physiology: Physiology) -> float | None:
    """Return the power that is threshold in this session, or None when nobody knows it.

    A cyclist's FTP says nothing about a running power meter: other sports need the file's own threshold.
    """
    return physiology.ftp_w if family(session) == "cycling" else session.threshold_power_w


def has_enough_power(watts: Series, session: Session, rules: LoadRules) -> bool:
    """Whether the power of a session says how the whole of it was."""
    coverage = _share(watts.covered_s, session.timer_s)
    return watts.covered_s >= rules.power_min_s and coverage >= rules.coverage_min


def within(session: Session, workout: Workout, held: Series) -> Series:
    """Return the part of a workout's series that belongs to one of its sessions."""
    if len(workout.sessions) == 1:
        return held
    start_s = (session.started_at - workout.started_at).total_seconds()
    return held.between(start_s, start_s + session.elapsed_s)


def hr_coverage(workout: Workout, rules: LoadRules) -> float:
    """Return the share of timer time, 0..1, that has a believable heart rate."""
    return _share(heart_rate(workout, rules).covered_s, workout.timer_s)


def weighted_power_w(held: Series, window_s: int) -> float:
    """Return the fourth-power mean of the rolling mean power, in watts; the plain mean when shorter than a window.

    Source: Coggan, in Allen & Coggan 2010.
    """
    rolling = held.rolling_means(window_s)
    if not len(rolling):
        return held.mean()
    return float(np.mean(rolling**4) ** 0.25)


def trimp(held: Series, physiology: Physiology, k: float, b: float) -> float:
    """Return Banister's training impulse: minutes x reserve share x k e^(b x reserve share), sample by sample.

    Source: Banister 1991, in MacDougall, Wenger & Green.
    """
    x = np.clip(
        (held.value - physiology.resting_hr_bpm) / (physiology.max_hr_bpm - physiology.resting_hr_bpm), 0.0, 1.0
    )
    return float(np.sum(held.held_s / 60 * x * k * np.exp(b * x)))


def training_load(workout: Workout, physiology: Physiology, rules: LoadRules, *, rpe: float | None = None) -> Load:
    """Return the load of a workout: the sum over its sessions.

    Args:
        rpe: The athlete's own rating, 1..10; None to take the watch's, where there is one.
    """
    rating = rpe if rpe is not None else workout.vendor.rpe
    beats, watts = heart_rate(workout, rules), power(workout, rules)
    steps = []
    alone = sum(not is_transition(session) for session in workout.sessions) == 1
    for session in workout.sessions:
        own = within(session, workout, beats), within(session, workout, watts)
        zones = workout.time_in_zone_s if alone and not is_transition(session) else None
        most = rules.max_per_hour * session.timer_s / 3600
        ladder = _ladder(session, *own, zones, rating, physiology, rules)
        steps.append(next(step for step in ladder if step.value <= most or step.rung in ("rpe", "duration")))
    value = sum(step.value for step in steps)
    leading = max(steps, key=lambda step: step.value)
    counted = [step for step in steps if step.value >= rules.considerable_share * value]
    trimps = [step.trimp for step in steps if step.trimp is not None]
    return Load(
        value=value,
        rung=leading.rung,
        grade=max((step.grade for step in counted), default=leading.grade),
        trimp=sum(trimps) if trimps else None,
        session_rpe=None if rating is None else rating * workout.timer_s / 60,
        reasons=tuple(reason for step in steps for reason in step.reasons),
    )


def _ladder(
    session: Session,
    beats: Series,
    watts: Series,
    zones: tuple[float, ...] | None,
    rating: float | None,
    physiology: Physiology,
    rules: LoadRules,
) -> Iterator[_Step]:
    """Yield what each rung that has its inputs gives, best first; the last rung always has them."""
    kind = family(session)
    if is_transition(session):
        rating = None
    yield from _by_power(session, watts, physiology, rules)
    if kind in _RATED_FIRST:
        yield from _by_rating(session, rating, rules)
    yield from _by_heart_rate(session, beats, physiology, rules)
    yield from _by_zone_times(session, zones, rules)
    yield from _by_average(session, physiology, rules)
    yield from _by_rating(session, rating, rules)
    if kind in _RATED_FIRST:
        assumed = rules.rpe_strenuous
    elif kind in _GENTLE or is_transition(session):
        assumed = rules.rpe_gentle
    else:
        assumed = rules.rpe_other
    value = _per_hour(float(assumed), rules) * session.timer_s / 3600
    yield _Step(value, "duration", "D", (_timer(session), because(assumed), because(rules.per_hour_by_rpe)))


def _by_power(session: Session, watts: Series, physiology: Physiology, rules: LoadRules) -> Iterator[_Step]:
    ftp = threshold_power_w(session, physiology)
    whence = physiology.reasons.get("ftp_w") if ftp == physiology.ftp_w else None
    if not ftp or not has_enough_power(watts, session, rules):
        return
    weighted = weighted_power_w(watts, int(rules.power_window_s))
    value = session.timer_s / 3600 * (weighted / ftp) ** 2 * 100
    yield _Step(
        value,
        "power",
        _lowered("A", _share(watts.covered_s, session.timer_s), rules),
        (
            _timer(session),
            given("weighted_power_w", round(weighted, 1), "W", "the workout's file"),
            whence or given("ftp_w", ftp, "W", "the workout's file"),
            because(rules.power_window_s),
        ),
    )


def _by_heart_rate(session: Session, beats: Series, physiology: Physiology, rules: LoadRules) -> Iterator[_Step]:
    coverage = _share(beats.covered_s, session.timer_s)
    if not beats.covered_s or coverage < rules.coverage_min:
        return
    scale = 1.0 if coverage >= rules.coverage_full else 1 / coverage
    value, impulse, reasons = _banister(beats, physiology, rules)
    yield _Step(
        value * scale,
        "heart_rate",
        _lowered("B", coverage, rules),
        (_timer(session), given("hr_coverage", round(coverage, 3), "1", "the workout's file"), *reasons),
        trimp=impulse * scale,
    )


def _by_zone_times(session: Session, zones: tuple[float, ...] | None, rules: LoadRules) -> Iterator[_Step]:
    weights = list(rules.zone_weights)
    if zones is None or not len(weights) <= len(zones) <= len(weights) + 2 or session.timer_s <= 0:
        return
    # Devices count the zones over elapsed time; where they cover little, they say as little as the heart rate did.
    coverage = sum(zones) / session.timer_s
    if coverage < rules.coverage_min:
        return
    # Devices count what is below the first zone as a zone of its own, and some what is above the last.
    by_count = {
        len(weights): weights,
        len(weights) + 1: [0.0, *weights],
        len(weights) + 2: [0.0, *weights, weights[-1]],
    }
    points = sum(seconds / 60 * weight for seconds, weight in zip(zones, by_count[len(zones)], strict=True))
    scale = 1.0 if rules.coverage_full <= coverage <= 1 else 1 / coverage
    value = scale * points / (60 * rules.zone_threshold_weight) * 100
    yield _Step(value, "zone_times", "C", (because(rules.zone_weights), because(rules.zone_threshold_weight)))


def _by_average(session: Session, physiology: Physiology, rules: LoadRules) -> Iterator[_Step]:
    average = session.avg_hr_bpm
    if average is None or not rules.hr_low_bpm <= average <= rules.hr_high_bpm or session.timer_s <= 0:
        return
    whole = Series(np.zeros(1), np.array([session.timer_s]), np.array([average]))
    value, impulse, reasons = _banister(whole, physiology, rules)
    average_reason = given("avg_hr_bpm", average, "bpm", "the workout's file")
    yield _Step(value, "zone_times", "C", (_timer(session), average_reason, *reasons), trimp=impulse)


def _by_rating(session: Session, rating: float | None, rules: LoadRules) -> Iterator[_Step]:
    if rating is None or rating < 1:
        return
    yield _Step(
        _per_hour(rating, rules) * session.timer_s / 3600,
        "rpe",
        "C",
        (_timer(session), given("rpe", rating, "1", "your rating"), because(rules.per_hour_by_rpe)),
    )


def _banister(beats: Series, physiology: Physiology, rules: LoadRules) -> tuple[float, float, tuple[Reason, ...]]:
    """Return load, TRIMP and reasons; for unknown sex the mean of both."""
    both = {
        "male": (rules.trimp_k_male, rules.trimp_b_male),
        "female": (rules.trimp_k_female, rules.trimp_b_female),
    }
    used = list(both.values()) if physiology.sex is None else [both[physiology.sex]]
    x_threshold = physiology.reserve_share(physiology.lthr_bpm)
    impulses = [trimp(beats, physiology, float(k), float(b)) for k, b in used]
    hours = [60 * x_threshold * k * math.exp(b * x_threshold) for k, b in used]
    value = sum(100 * impulse / hour for impulse, hour in zip(impulses, hours, strict=True)) / len(used)
    reasons = (
        *(
            physiology.reasons[name]
            for name in ("max_hr_bpm", "resting_hr_bpm", "lthr_bpm")
            if name in physiology.reasons
        ),
        *(because(b) for _, b in used),
    )
    return value, sum(impulses) / len(used), reasons


def _per_hour(rating: float, rules: LoadRules) -> float:
    table = rules.per_hour_by_rpe
    return float(np.interp(rating, range(1, len(table) + 1), table))


def _share(part_s: float, whole_s: float) -> float:
    return min(1.0, part_s / whole_s) if whole_s > 0 else 0.0


def _lowered(grade: Grade, coverage: float, rules: LoadRules) -> Grade:
    """One grade less where part of the workout had to be guessed from the rest."""
    return grade if coverage >= rules.coverage_full else _GRADES[_GRADES.index(grade) + 1]


def _timer(session: Session) -> Reason:
    return given("timer_s", round(session.timer_s, 1), "s", "the workout's file")
