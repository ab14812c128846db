"""What an athlete is told of a workout beside how hard it was."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hersteld.parsers.workout import DeviceProfile, Workout
from hersteld.recovery.athlete.history import PastWorkout
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.messages.first_message import lines_at
from tests.support.fit.recoveries import (
    BEGINNER,
    TRAINED,
    a_past_workout,
    recovery_of,
    shipped_rules,
)
from tests.support.fit.workouts import NOON, a_workout

ADULT = DeviceProfile(birth_year=1980)
CHILD = DeviceProfile(birth_year=2014)


def test_two_days_running_are_noticed_for_beginners_only() -> None:
    run = a_workout(45, hr=140)
    yesterday = (a_past_workout(NOON - timedelta(days=1), ready_h=20),)
    assert "consecutive_days" in recovery_of(run, BEGINNER, past=yesterday).assessment.warnings
    assert "consecutive_days" not in recovery_of(run, past=yesterday).assessment.warnings
    walk = (a_past_workout(NOON - timedelta(days=1), gentle=True),)
    assert recovery_of(run, BEGINNER, past=walk).assessment.warnings == ()


def test_starting_before_easy_is_fine_is_noticed() -> None:
    run = a_workout(45, hr=140)
    past = (a_past_workout(run.started_at - timedelta(hours=5), ready_h=24),)
    assert recovery_of(run, past=past).assessment.warnings == ("too_soon",)


def test_three_hours_too_early_are_not_worth_a_word() -> None:
    run = a_workout(45, hr=140)
    assert warnings(run, TRAINED, a_past_workout(run.started_at - timedelta(hours=5), ready_h=15.9)) == ()
    assert warnings(run, TRAINED, a_past_workout(run.started_at - timedelta(hours=5), ready_h=16.1)) == ("too_soon",)


def test_a_hard_workout_is_too_soon_until_hard_training_is_fine() -> None:
    earlier = a_past_workout(NOON - timedelta(hours=20), ready_h=30)
    assert warnings(a_workout(60, hr=140), TRAINED, earlier) == ()
    assert warnings(a_workout(60, hr=165), TRAINED, earlier) == ("too_soon",)


def test_nothing_gentle_is_too_soon() -> None:
    earlier = a_past_workout(NOON - timedelta(hours=5), ready_h=48)
    assert warnings(a_workout(60, hr=95, sport="walking"), TRAINED, earlier) == ()


def test_a_swim_after_leg_day_is_not_too_soon_and_a_run_is() -> None:
    legs = a_past_workout(NOON - timedelta(hours=6), ready_h=48, other_h=5, loaded=("quadriceps", "glutes"))
    assert warnings(a_workout(45, hr=140, sport="swimming"), TRAINED, legs) == ()
    assert warnings(a_workout(45, hr=140), TRAINED, legs) == ("too_soon",)


def warnings(workout: Workout, athlete: Athlete = TRAINED, *past: PastWorkout) -> tuple[str, ...]:
    return recovery_of(workout, athlete, past=past).assessment.warnings


def test_an_ordinary_workout_has_nothing_to_tell() -> None:
    assert warnings(a_workout(45, hr=140)) == ()


def test_two_days_running_are_told_once_a_day() -> None:
    morning = a_past_workout(NOON - timedelta(hours=3), ready_h=20)
    yesterday = a_past_workout(NOON - timedelta(days=1), ready_h=20)
    assert "consecutive_days" not in warnings(a_workout(45, hr=140), BEGINNER, yesterday, morning)


def test_a_device_without_a_clock_says_so_and_cannot_be_too_soon() -> None:
    earlier = a_past_workout(NOON - timedelta(hours=5), ready_h=50)
    assert warnings(a_workout(45, hr=140, has_clock=False), TRAINED, earlier) == ("no_clock",)


def test_who_is_only_taken_for_a_beginner_is_told_so_unless_it_was_light() -> None:
    assumed = replace(BEGINNER, experience_assumed=True)
    assert warnings(a_workout(45, hr=140), assumed) == ("experience_assumed",)
    assert warnings(a_workout(20, hr=80), assumed) == ()


def test_a_damaged_file_is_told() -> None:
    assert warnings(a_workout(45, hr=140, salvaged=True)) == ("salvaged",)


def test_a_ride_with_power_but_without_an_ftp_says_what_is_missing() -> None:
    ride = a_workout(60, power=200, sport="cycling")
    assert warnings(ride) == ("ftp_unknown",)
    assert warnings(ride, replace(TRAINED, ftp_w=250)) == ()
    assert warnings(a_workout(60, power=200, hr=140, sport="cycling")) == (), "the heart rate gives the load"
    assert warnings(a_workout(60, power=200)) == (), "a run has no FTP"


@pytest.mark.parametrize(
    ("athlete", "profile", "expected"),
    [
        (TRAINED, None, set()),
        (Athlete(birth_year=1980), None, {"max_hr_unknown"}),
        (Athlete(), ADULT, {"max_hr_unknown"}),
        (Athlete(), None, {"age_unknown"}),
        (Athlete(birth_year=1956), None, {"max_hr_own_peak"}),
        (Athlete(birth_year=1980, max_hr_bpm=185), CHILD, {"ages_contradict"}),
    ],
)
def test_what_is_assumed_of_the_athlete_is_said(
    athlete: Athlete, profile: DeviceProfile | None, expected: set[str]
) -> None:
    recovery = recovery_of(a_workout(60, hr=160, profile=profile), athlete)
    ours = {"max_hr_unknown", "max_hr_own_peak", "age_unknown", "ages_contradict"}
    assert ours & set(recovery.assessment.warnings) == expected
    assert ours & {line.id for line in lines_at(recovery, shipped_rules(), NOON, None)} == expected


def test_it_is_a_warning_wherever_it_matters_whatever_came_before() -> None:
    earlier = (a_past_workout(NOON.replace(day=1)),)
    assert "age_unknown" in recovery_of(a_workout(60, hr=150), Athlete(), past=earlier).assessment.warnings
    assert "age_unknown" not in recovery_of(a_workout(60), Athlete()).assessment.warnings


def test_without_a_maximum_an_age_or_peaks_the_load_is_a_guess() -> None:
    grades = [
        recovery_of(a_workout(60, hr=150), who).load.grade
        for who in (Athlete(), Athlete(birth_year=1980), Athlete(max_hr_bpm=190))
    ]
    assert grades == ["D", "B", "B"]
