"""Do two files belong together, as parts of one brick or as recordings of the same workout by two devices?"""

from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np

from hersteld.parsers.workout import Column, DeviceProfile, Pause, Samples, Vendor, Workout
from hersteld.recovery.athlete.ages import ages_of
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.rules import MessageRules

_COLUMNS = ("heart_rate_bpm", "power_w", "speed_mps", "cadence_rpm", "distance_m", "temperature_c", "altitude_m")


def is_brick(previous_ended_at: datetime, next_started_at: datetime, rules: MessageRules) -> bool:
    """Return whether a workout started so soon after the previous one that one plan serves both.

    Args:
        previous_ended_at, next_started_at: Aware UTC.
    """
    gap = next_started_at - previous_ended_at
    return timedelta(0) <= gap < timedelta(hours=float(rules.brick_gap_h))


def same_activity(
    a_started_at: datetime, a_ended_at: datetime, b_started_at: datetime, b_ended_at: datetime, rules: MessageRules
) -> bool:
    """Return whether two recordings are of the same workout: they share most of the time of the shorter one.

    Args:
        a_started_at, a_ended_at, b_started_at, b_ended_at: Aware UTC; the recordings may be given in either order.
    """
    return _share(a_started_at, a_ended_at, b_started_at, b_ended_at) >= rules.same_overlap


def takes_its_place(old: Workout, new: Workout, rules: MessageRules) -> bool:
    """Return whether the new content of a file replaces the workout that the file held before.

    It is the same activity when both share enough time, or the same device began both files at the same moment. Cropped
    or corrected by its owner, it wins whichever of the two knows more; but not when it is cut off and the old one was
    whole. Otherwise the name of the file was used again.
    """
    if new.salvaged and not old.salvaged:
        return False
    if _is_same_file(old, new):
        return True
    return _share(old.started_at, old.ended_at, new.started_at, new.ended_at) >= rules.same_path_overlap


def _is_same_file(a: Workout, b: Workout) -> bool:
    """Return whether the same device began both files at the same moment."""
    known = a.serial is not None and a.created_at is not None
    return known and (a.serial, a.created_at) == (b.serial, b.created_at)


def _share(a_started_at: datetime, a_ended_at: datetime, b_started_at: datetime, b_ended_at: datetime) -> float:
    """Return which share of the shorter stretch of time is in both; 0 or less where none is."""
    overlap = min(a_ended_at, b_ended_at) - max(a_started_at, b_started_at)
    shorter = min(a_ended_at - a_started_at, b_ended_at - b_started_at)
    return overlap / shorter if shorter > timedelta(0) else 0.0


def richer(a: Workout, b: Workout, rules: MessageRules) -> Workout:
    """Return the recording that knows more of the same workout; `a` when both know as much.

    A recording that lacks a considerable part of the time knows less, whatever its sensors are. Otherwise a whole file
    comes before a salvaged one, then more sensors, then more samples.
    """
    longer, shorter = (a, b) if a.timer_s >= b.timer_s else (b, a)
    if a.salvaged == b.salvaged and shorter.timer_s < rules.same_overlap * longer.timer_s:
        return longer

    def knowledge(workout: Workout) -> tuple[bool, int, int]:
        columns = [getattr(workout.samples, name) for name in _COLUMNS]
        counts = [int(np.count_nonzero(~np.isnan(column))) for column in columns if column is not None]
        return (not workout.salvaged, sum(count > 0 for count in counts), sum(counts))

    return b if knowledge(b) > knowledge(a) else a


def join(first: Workout, second: Workout) -> Workout:
    """Return both parts of a brick as one workout, with the time between them as a pause.

    Sessions, durations, distance and energy add up. The device and its verdicts are those of the second part, since its
    device has seen the first part, too. Of the wearer the first device tells, unless it knows nothing; the age is
    that of the younger, so that a minor stays protected.

    Args:
        first, second: In order of start.
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
        kcal=_sum_if_both(first.kcal, second.kcal),
        avg_hr_bpm=_mean(first.avg_hr_bpm, first.timer_s, second.avg_hr_bpm, second.timer_s),
        max_hr_bpm=max(_known(first.max_hr_bpm, second.max_hr_bpm), default=None),
        avg_power_w=_mean(first.avg_power_w, first.timer_s, second.avg_power_w, second.timer_s),
        samples=_join_samples(first.samples, second.samples, shift_s),
        sessions=first.sessions + second.sessions,
        pauses=first.pauses + between + later,
        vendor=replace(
            second.vendor if second.vendor != Vendor() else first.vendor,
            sweat_loss_ml=_sum_if_both(first.vendor.sweat_loss_ml, second.vendor.sweat_loss_ml),
        ),
        profile=_wearer(first, second),
        min_temperature_c=min(_known(first.min_temperature_c, second.min_temperature_c), default=None),
        time_in_zone_s=None,
        exercise_categories=tuple(dict.fromkeys(first.exercise_categories + second.exercise_categories)),
        # Joined, the intervals of the second part would follow those of the first without the pause.
        beat_intervals_s=None,
        salvaged=first.salvaged or second.salvaged,
    )


def _wearer(first: Workout, second: Workout) -> DeviceProfile:
    """Return what the device of the first part knows of its wearer; if that is nothing, what that of the second does.

    The age is that of the part whose device takes its wearer for younger.
    """
    knows_nothing = replace(first.profile, maker=None) == DeviceProfile()
    known = second.profile if knows_nothing else first.profile
    ages = [(ages_of(Athlete(), part).in_file, part.profile) for part in (first, second)]
    told = [(age, profile) for age, profile in ages if age is not None]
    if not told:
        return known
    _, younger = min(told, key=lambda one: one[0])
    return replace(known, birth_year=younger.birth_year, age=younger.age)


def _join_samples(first: Samples, second: Samples, shift_s: float) -> Samples:
    """Return the samples of both parts; a column that one part lacks is NaN there.

    What the first part recorded once the second had begun is left out: it had ended, or is in the second as well.
    """
    kept = first.time_s < shift_s

    def column(name: str) -> Column | None:
        a, b = getattr(first, name), getattr(second, name)
        if a is None and b is None:
            return None
        joined: Column = np.concatenate(
            (
                np.full(int(kept.sum()), np.nan) if a is None else a[kept],
                np.full(len(second), np.nan) if b is None else b,
            )
        )
        return joined

    times_s = np.concatenate((first.time_s[kept], second.time_s + shift_s))
    return Samples(times_s, **{name: column(name) for name in _COLUMNS})


def _known(*values: float | None) -> list[float]:
    return [value for value in values if value is not None]


def _sum(a: float | None, b: float | None) -> float | None:
    """Return the sum of what is known; None when nothing is."""
    known = _known(a, b)
    return sum(known) if known else None


def _sum_if_both(a: float | None, b: float | None) -> float | None:
    """Return the sum where both are known, else None: nobody can drink by half of the energy or the sweat."""
    return None if a is None or b is None else a + b


def _mean(a: float | None, a_s: float, b: float | None, b_s: float) -> float | None:
    """Return the mean of what is known, weighted with the seconds it holds for; None when nothing is."""
    known = [(value, weight) for value, weight in ((a, a_s), (b, b_s)) if value is not None and weight > 0]
    return sum(value * weight for value, weight in known) / sum(weight for _, weight in known) if known else None
