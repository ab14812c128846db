"""Exactly at the edge: what counts as the past of a workout, and what a workout may not excuse itself with."""

from dataclasses import replace
from datetime import timedelta

import numpy as np

from hersteld.parsers.workout import DeviceProfile
from hersteld.recovery.athlete.profile import Athlete
from tests.support.fit.recoveries import a_past_workout, ids, recovery_of
from tests.support.fit.workouts import a_workout

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
