"""Exactly at the edge: what counts as the past of a workout, and what a workout may not excuse itself with."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from hersteld.parsers.workout import DeviceProfile
from hersteld.recovery.athlete.history import History, LongAgo
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.recover import recover
from tests.support.fit.recoveries import AMSTERDAM, TRAINED, a_past_workout, ids, recovery_of, shipped_rules
from tests.support.fit.workouts import NOON, a_workout

RIDER = Athlete(experience="trained", mass_kg=70, resting_hr_bpm=50, ftp_w=250)


def test_a_workout_that_began_at_the_same_moment_is_not_its_past() -> None:
    run = a_workout(45, hr=140)
    same = a_past_workout(run.ended_at, hours=0.75, load=500, ready_h=90)
    assert same.started_at == run.started_at
    assert recovery_of(run, past=(same,)) == recovery_of(run)
    a_moment_before = replace(same, started_at=same.started_at - timedelta(seconds=1))
    assert recovery_of(run, past=(a_moment_before,)) != recovery_of(run)


def test_a_heart_rate_above_the_maximum_is_a_sign_of_danger_though_it_raised_the_maximum() -> None:
    beats = np.full(3601, 140.0)
    beats[1800:1860] = 195.0
    ride = a_workout(60, hr=beats, power=150, sport="cycling", profile=DeviceProfile(max_hr_bpm=181))
    recovery = recovery_of(ride, RIDER)
    assert recovery.physiology is not None
    assert recovery.physiology.max_hr_bpm > 185, "all else is told by the maximum that this ride has shown"
    assert "red_flags_heart_rate" in ids(recovery)


@pytest.mark.parametrize("has_clock", [True, False])
def test_a_gentle_walk_may_raise_the_maximum_and_asks_for_no_rest(has_clock: bool) -> None:
    beats = np.where(np.arange(1201) < 60, 195.0, 70.0)
    walk = a_workout(20, hr=beats, sport="walking", profile=DeviceProfile(max_hr_bpm=181), has_clock=has_clock)
    recovery = recovery_of(walk, Athlete(experience="trained"))
    assert recovery.physiology is not None
    assert recovery.physiology.max_hr_bpm > 181
    assert (recovery.assessment.gentle, recovery.assessment.rested_other_at) == (True, None)


def test_what_is_only_kept_as_a_sum_counts_in_the_trend_like_the_workouts_themselves() -> None:
    run = a_workout(45, hr=140)
    past = tuple(a_past_workout(NOON - timedelta(days=days), load=80) for days in range(60, 0, -1))
    long_ago = LongAgo((NOON - timedelta(days=60)).date(), np.full(20, 80.0))
    short = recover(run, TRAINED, History(past[20:], long_ago), shipped_rules(), zone=AMSTERDAM).assessment
    assert short == recovery_of(run, past=past).assessment
