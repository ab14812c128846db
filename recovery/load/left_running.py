"""Was the recording left running, and until when was it training?"""

from dataclasses import replace
from datetime import timedelta

import numpy as np

from hersteld.parsers.workout import Pause, Session, Workout
from hersteld.recovery.advice import Recovery
from hersteld.recovery.athlete.muscles import family
from hersteld.recovery.athlete.physiology import Physiology
from hersteld.recovery.athlete.sport_families import TEAM_GAMES, is_water_sport
from hersteld.recovery.load.faults import Mask
from hersteld.recovery.rules import LoadRules

_NEVER = ("strength", "hiit", "yoga", "climbing", "boxing", *TEAM_GAMES)
"""Families in which a body that does not get ahead may well be at work."""


def truly_done(workout: Workout, physiology: Physiology, rules: LoadRules) -> Workout:
    """Return the workout without a tail in which the athlete had stopped, but not the recording.

    In the tail a quantity that had moved in the last session stands at about 0, and the heart rate is that of rest. It
    is the same workout, the very object, where there is no such tail.

    Source: ours.
    """
    last = workout.sessions[-1]
    if family(last) in _NEVER or is_water_sport(last.sport, last.sub_sport):
        return workout
    begin_s = (last.started_at - workout.started_at).total_seconds()
    time_s = workout.samples.time_s
    # The record at the very second of a change of sport holds the speed of the sport before.
    is_its_own = time_s >= begin_s if len(workout.sessions) == 1 else time_s > begin_s
    own = is_its_own & (time_s <= workout.elapsed_s)
    beats = workout.samples.heart_rate_bpm
    if beats is None:
        return workout
    end_s = _moved_until_s(workout, own, rules)
    if end_s is None or workout.elapsed_s - end_s < rules.left_running_s:
        return workout
    in_tail = beats[own & (time_s > end_s)]
    known = in_tail[in_tail >= rules.hr_low_bpm]
    # A tail without a heart rate, or with one of work at any time, may be training that shows in no other way.
    if len(known) < rules.coverage_min * len(in_tail) or not len(known):
        return workout
    if float(np.mean(known)) >= physiology.bpm_at(float(rules.left_running_reserve_share)):
        return workout
    return _cut(workout, end_s, begin_s)


def as_told(workout: Workout, recovery: Recovery, rules: LoadRules) -> Workout:
    """Return the workout of which messages and commands tell: without the tail that its recovery does not count."""
    if recovery.physiology is None or recovery.assessment.counted_until is None:
        return workout
    return truly_done(workout, recovery.physiology, rules)


def _moved_until_s(workout: Workout, own: Mask, rules: LoadRules) -> float | None:
    """Return when something moved for the last time in a session; None where nothing did, or nothing says so."""
    samples = workout.samples
    ends: list[float] = []
    for column, still in (
        (samples.speed_mps, rules.left_running_mps),
        (samples.cadence_rpm, rules.left_running_rpm),
        (samples.power_w, rules.left_running_w),
    ):
        if column is None:
            continue
        times_s = samples.time_s[own & ~np.isnan(column) & (np.nan_to_num(column) > still)]
        if len(times_s):
            ends.append(float(times_s[-1]))
    return max(ends, default=None)


def _cut(workout: Workout, end_s: float, begin_s: float) -> Workout:
    """Return the workout until a moment of its last session."""
    pauses = tuple(Pause(pause.start_s, min(pause.end_s, end_s)) for pause in workout.pauses if pause.start_s < end_s)
    paused_s = sum(max(0.0, pause.end_s - max(pause.start_s, begin_s)) for pause in pauses)
    last = workout.sessions[-1]
    elapsed_s = end_s - begin_s
    timer_s = min(last.timer_s, max(0.0, elapsed_s - paused_s))
    # What the device summed up holds for the tail, too.
    shorter: Session = replace(last, elapsed_s=elapsed_s, timer_s=timer_s, avg_hr_bpm=None, avg_power_w=None)
    return replace(
        workout,
        ended_at=workout.started_at + timedelta(seconds=end_s),
        elapsed_s=end_s,
        timer_s=workout.timer_s - last.timer_s + timer_s,
        sessions=(*workout.sessions[:-1], shorter),
        pauses=pauses,
        avg_hr_bpm=None,
        avg_power_w=None,
        time_in_zone_s=None,
    )
