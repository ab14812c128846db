"""A recording that was left running counts until the athlete stopped."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from hersteld.parsers.workout import Workout
from hersteld.recovery.athlete.history import History
from hersteld.recovery.athlete.physiology import resolve
from hersteld.recovery.load.left_running import as_told, truly_done
from tests.support.fit.recoveries import TRAINED, recovery_of, shipped_rules
from tests.support.fit.workouts import NOON, a_workout, seconds

RULES = shipped_rules()


def left_running(
    tail_min: float = 40, *, bpm: float = 75, sport: str = "cycling", sub_sport: str | None = None, speed: bool = True
) -> Workout:
    """Return an hour of training with a tail in which nothing moves."""
    total = 60 + tail_min
    beats = seconds(total, lambda second: np.where(second <= 3600, 150.0, bpm))
    ride = a_workout(total, hr=beats, sport=sport, sub_sport=sub_sport)
    moving = seconds(total, lambda second: np.where(second <= 3600, 8.0, 0.0))
    return replace(ride, samples=replace(ride.samples, speed_mps=moving if speed else None))


def counted(workout: Workout) -> Workout:
    return truly_done(workout, resolve(TRAINED, workout, History(), RULES.athlete), RULES.load)


def test_a_still_tail_at_rest_is_cut_off() -> None:
    cut = counted(left_running())
    assert (cut.ended_at, cut.timer_s, cut.elapsed_s) == (NOON - timedelta(minutes=40), 3600, 3600)
    assert cut.sessions[0].timer_s == 3600


@pytest.mark.parametrize(
    "workout",
    [
        left_running(15),
        left_running(bpm=100),
        left_running(bpm=float("nan")),
        left_running(speed=False),
        *(
            left_running(sport=sport)
            for sport in (
                "swimming",
                "diving",
                "snorkeling",
                "water_sport",
                "wakesurfing",
                "water_tubing",
                "jet_skiing",
                "rowing",
                "soccer",
                "rugby",
                "kayaking",
                "canoeing",
                "boxing",
                "rock_climbing",
            )
        ),
        *(left_running(sport="training", sub_sport=sub) for sub in ("strength_training", "yoga")),
    ],
)
def test_anything_else_stays_as_it_was(workout: Workout) -> None:
    assert counted(workout) is workout


@pytest.mark.parametrize(("tail_min", "cut"), [(19.9, False), (20, True)])
def test_a_tail_of_twenty_minutes_is_one(tail_min: float, cut: bool) -> None:
    ride = left_running(tail_min)
    assert (counted(ride) is not ride) is cut


@pytest.mark.parametrize(("bpm", "cut"), [(91, True), (92, False)])
def test_its_heart_rate_is_below_thirty_percent_of_the_reserve(bpm: float, cut: bool) -> None:
    """Thirty percent of the way from 50 to 190 are 92 beats."""
    ride = left_running(bpm=bpm)
    assert (counted(ride) is not ride) is cut


@pytest.mark.parametrize("quantity", ["cadence_rpm", "power_w"])
def test_cadence_or_power_tell_as_speed_does_and_only_after_having_moved(quantity: str) -> None:
    ride = left_running(speed=False)
    for while_riding, cut in ((80.0, True), (0.0, False)):
        moving = np.where(ride.samples.time_s <= 3600, while_riding, 0.0)
        told = replace(ride, samples=replace(ride.samples, **{quantity: moving}))
        assert (counted(told) is not told) is cut


def test_load_and_times_follow_from_what_was_done() -> None:
    late = recovery_of(left_running())
    in_time = recovery_of(a_workout(60, hr=150, sport="cycling", ended_at=NOON - timedelta(minutes=40)))
    assert late.load.value == pytest.approx(in_time.load.value, rel=1e-3)
    for moment, expected in (
        (late.assessment.ready_at, in_time.assessment.ready_at),
        (late.assessment.easy_from, in_time.assessment.easy_from),
    ):
        assert moment is not None
        assert expected is not None
        assert abs(moment - expected) < timedelta(minutes=5)
    assert "counted_until" in late.assessment.warnings
    assert late.assessment.counted_until == NOON - timedelta(minutes=40)
    assert "counted_until" not in in_time.assessment.warnings


def test_what_is_told_of_a_recording_left_running_is_what_was_done() -> None:
    ride = left_running()
    assert as_told(ride, recovery_of(ride), RULES.load).timer_s == 3600
    run = a_workout(60, hr=150)
    assert as_told(run, recovery_of(run), RULES.load) is run
