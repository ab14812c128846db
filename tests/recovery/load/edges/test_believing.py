"""What the device summed up, exactly where its own readings begin to contradict it."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from hersteld.parsers.workout import Pause, Workout
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.join import join
from tests.recovery.load.test_believable import believed
from tests.support.fit.recoveries import TRAINED
from tests.support.fit.workouts import NOON, Curve, a_workout

ZONES = (0.0, 3000.0, 0.0, 0.0, 0.0)


def thousand_readings(faults: int, *, missing: int = 0, told: float | None = None) -> Workout:
    """Return a workout of a thousand readings of 140 bpm, of which the first are faults and the last are missing."""
    beats = np.full(1001, 140.0)
    beats[:faults] = 228
    beats[1000 - missing :] = np.nan
    return a_workout(50, step_s=3, hr=beats, avg_hr=told, zones=ZONES)


@pytest.mark.parametrize(("faults", "missing", "stay"), [(100, 0, True), (101, 0, False), (50, 500, True)])
def test_a_tenth_of_faults_leaves_the_time_in_zones_as_it_was(faults: int, missing: int, stay: bool) -> None:
    assert (believed(thousand_readings(faults, missing=missing)).time_in_zone_s == ZONES) is stay


@pytest.mark.parametrize(("faults", "stays"), [(50, True), (51, False)])
def test_a_tenth_of_faults_leaves_an_average_that_few_readings_can_contradict(faults: int, stays: bool) -> None:
    sound = believed(thousand_readings(faults, missing=500, told=150))
    assert (sound.sessions[0].avg_hr_bpm, sound.avg_hr_bpm) == ((150, 150) if stays else (None, None))


def test_readings_in_a_pause_make_no_fault_rarer() -> None:
    beats = np.full(2001, 140.0)
    beats[:150] = 228
    paused = a_workout(50, step_s=3, hr=beats, zones=ZONES, paused=(Pause(1500, 4500),))
    assert believed(paused).time_in_zone_s is None


@pytest.mark.parametrize(("told", "expected"), [(145, 145), (145.1, 140), (135, 135), (134.9, 140)])
def test_five_beats_from_the_readings_an_average_still_agrees(told: float, expected: float) -> None:
    sound = believed(a_workout(10, hr=140, avg_hr=told))
    assert (sound.avg_hr_bpm, sound.sessions[0].avg_hr_bpm) == (expected, expected)


@pytest.mark.parametrize(("known_s", "expected"), [(360, 140), (359, 170)])
def test_readings_of_three_fifths_of_a_session_can_contradict_its_average(known_s: int, expected: float) -> None:
    beats = np.full(601, 140.0)
    beats[known_s + 1 :] = np.nan
    assert believed(a_workout(10, hr=beats, avg_hr=170)).avg_hr_bpm == expected


def test_the_average_of_a_whole_workout_stays_where_its_sessions_have_none() -> None:
    assert believed(replace(a_workout(10), avg_hr_bpm=151.0)).avg_hr_bpm == 151


@pytest.mark.parametrize(
    ("hr", "who", "told", "expected"),
    [
        (140, TRAINED, 145, 145),
        (140, TRAINED, 146, 140),
        (None, TRAINED, 30, 30),
        (None, TRAINED, 29, None),
        (None, TRAINED, 210, 210),
        (None, TRAINED, 211, None),
        (None, Athlete(), 220, 220),
        (None, Athlete(), 221, None),
    ],
)
def test_the_devices_highest_heart_rate_stands_up_to_the_bound(
    hr: Curve, who: Athlete, told: float, expected: float | None
) -> None:
    workout = a_workout(10, hr=hr)
    (session,) = workout.sessions
    sound = believed(replace(workout, max_hr_bpm=told, sessions=(replace(session, max_hr_bpm=told),)), who)
    assert (sound.max_hr_bpm, sound.sessions[0].max_hr_bpm) == (expected, expected)


def test_each_session_has_the_highest_heart_rate_of_its_own() -> None:
    ride = a_workout(20, hr=120, sport="cycling")
    run = a_workout(10, hr=160, ended_at=NOON + timedelta(minutes=15))
    assert [session.max_hr_bpm for session in believed(join(ride, run)).sessions] == [120, 160]


def test_what_was_read_between_the_ends_of_a_pause_is_none_of_the_training() -> None:
    paused = a_workout(1, hr=140, power=150, sport="cycling", paused=(Pause(10, 20), Pause(40, 45)))
    samples = believed(paused).samples
    inside = [*range(11, 20), *range(41, 45)]
    for column in (samples.heart_rate_bpm, samples.power_w):
        assert column is not None
        assert np.flatnonzero(np.isnan(column)).tolist() == inside


def test_a_ride_of_faults_alone_has_no_average_power() -> None:
    assert believed(replace(a_workout(60, power=9000, sport="cycling"), avg_power_w=9000.0)).avg_power_w is None


def test_missing_powers_are_no_faults() -> None:
    watts = np.full(3601, 200.0)
    watts[100:110] = np.nan
    assert believed(replace(a_workout(60, power=watts, sport="cycling"), avg_power_w=199.0)).avg_power_w == 199
