"""Do two files belong together: parts of one brick, or the same workout from two devices?"""

from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np

from hersteld.parsers.workout import Column, Pause, Samples, Vendor, Workout
from hersteld.recovery.rules import MessageRules

_COLUMNS = ("heart_rate_bpm", "power_w", "speed_mps", "cadence_rpm", "distance_m", "temperature_c", "altitude_m")


def is_brick(previous_ended_at: datetime, next_started_at: datetime, rules: MessageRules) -> bool:
    """Whether the next workout started so soon after the previous one that one plan serves both."""
    gap = next_started_at - previous_ended_at
    return timedelta(0) <= gap < timedelta(hours=float(rules.brick_gap_h))


def same_activity(
    a_started_at: datetime, a_ended_at: datetime, b_started_at: datetime, b_ended_at: datetime, rules: MessageRules
) -> bool:
    """Whether two recordings overlap so far, as a share of the shorter, that they are of the same workout."""
    overlap = min(a_ended_at, b_ended_at) - max(a_started_at, b_started_at)
    shorter = min(a_ended_at - a_started_at, b_ended_at - b_started_at)
    return shorter > timedelta(0) and overlap >= float(rules.same_overlap) * shorter


def richer(a: Workout, b: Workout, rules: MessageRules) -> Workout:
    """Return the recording that knows more: whole before salvaged, longer, more sensors, more samples; else `a`.

    Longer counts where the shorter one lacks a considerable part; a clip with more sensors is not the workout.
    """
    longer, shorter = (a, b) if a.timer_s >= b.timer_s else (b, a)
    if a.salvaged == b.salvaged and shorter.timer_s < rules.same_overlap * longer.timer_s:
        return longer

    def knows(workout: Workout) -> tuple[bool, int, int]:
        columns = [getattr(workout.samples, name) for name in _COLUMNS]
        counts = [int(np.count_nonzero(~np.isnan(column))) for column in columns if column is not None]
        return (not workout.salvaged, sum(count > 0 for count in counts), sum(counts))

    return b if knows(b) > knows(a) else a


def join(first: Workout, second: Workout) -> Workout:
    """Return both parts of a brick as one workout, the time between them a pause.

    Sessions, durations, distance and energy add up; vendor verdicts and the device are those of the second part, which
    saw the whole.
    """
    shift_s = (second.started_at - first.started_at).total_seconds()
    between = (Pause(first.elapsed_s, shift_s),) if shift_s > first.elapsed_s else ()
    later = tuple(Pause(pause.start_s + shift_s, pause.end_s + shift_s) for pause in second.pauses)
    sports = {session.sport for session in (*first.sessions, *second.sessions) if session.sport != "transition"}
    longest = max((*first.sessions, *second.sessions), key=lambda session: session.timer_s)
    return replace(
        first,
        ended_at=second.ended_at,
        sport=sports.pop() if len(sports) == 1 else "multisport",
        sub_sport=longest.sub_sport,
        device=second.device or first.device,
        timer_s=first.timer_s + second.timer_s,
        elapsed_s=shift_s + second.elapsed_s,
        distance_m=_sum(first.distance_m, second.distance_m),
        kcal=_both(first.kcal, second.kcal),
        avg_hr_bpm=_mean(first.avg_hr_bpm, first.timer_s, second.avg_hr_bpm, second.timer_s),
        max_hr_bpm=max((bpm for bpm in (first.max_hr_bpm, second.max_hr_bpm) if bpm is not None), default=None),
        avg_power_w=_mean(first.avg_power_w, first.timer_s, second.avg_power_w, second.timer_s),
        samples=_join_samples(first.samples, second.samples, shift_s),
        sessions=first.sessions + second.sessions,
        pauses=first.pauses + between + later,
        vendor=replace(
            second.vendor if second.vendor != Vendor() else first.vendor,
            sweat_loss_ml=_both(first.vendor.sweat_loss_ml, second.vendor.sweat_loss_ml),
        ),
        min_temperature_c=min(
            (felt for felt in (first.min_temperature_c, second.min_temperature_c) if felt is not None), default=None
        ),
        time_in_zone_s=None,
        exercise_categories=tuple(dict.fromkeys(first.exercise_categories + second.exercise_categories)),
        beat_intervals_s=None,  # laid end to end, those of the second part would follow the first's at once
        salvaged=first.salvaged or second.salvaged,
    )


def _join_samples(first: Samples, second: Samples, shift_s: float) -> Samples:
    def column(name: str) -> Column | None:
        a, b = getattr(first, name), getattr(second, name)
        if a is None and b is None:
            return None
        joined: Column = np.concatenate(
            (np.full(len(first), np.nan) if a is None else a, np.full(len(second), np.nan) if b is None else b)
        )
        return joined

    times = np.concatenate((first.time_s, second.time_s + shift_s))
    # A first part whose clock ran on past its own end must not put the second part's samples before its last.
    return Samples(np.maximum.accumulate(times), **{name: column(name) for name in _COLUMNS})


def _sum(a: float | None, b: float | None) -> float | None:
    return None if a is None and b is None else (a or 0.0) + (b or 0.0)


def _both(a: float | None, b: float | None) -> float | None:
    """The sum, but only when both are known: half of the energy or sweat is nothing to drink by."""
    return None if a is None or b is None else a + b


def _mean(a: float | None, a_s: float, b: float | None, b_s: float) -> float | None:
    known = [(value, weight) for value, weight in ((a, a_s), (b, b_s)) if value is not None and weight > 0]
    return sum(value * weight for value, weight in known) / sum(weight for _, weight in known) if known else None
