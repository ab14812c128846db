"""What the rules are there for: advice does not jump, forbids no walk, and asks nobody to drink by the minute."""

from dataclasses import replace
from itertools import pairwise

import pytest

from hersteld.parsers.workout import Workout
from tests.support.fit.messages import drafts_of
from tests.support.fit.recoveries import BEGINNER, TRAINED, recovery_of, the_advice
from tests.support.fit.workouts import a_workout

RUNNER = replace(TRAINED, sex=None)


@pytest.mark.parametrize(("bpm", "expected"), [(134, [31.2, 31.6, 32.1]), (160, [86.7, 87.5, 88.4])])
def test_a_run_of_150_minutes_asks_for_hardly_more_rest_than_one_of_149(bpm: float, expected: list[float]) -> None:
    hours = [recovery_of(a_workout(minutes, hr=bpm), RUNNER).assessment.recovery_h for minutes in (149, 150, 151)]
    assert [round(one, 1) for one in hours] == expected
    assert all(0 < later - earlier < 1 for earlier, later in pairwise(hours))


@pytest.mark.parametrize(("minutes", "volume_ml"), [(59, 1100), (60, 1100), (61, 1150), (62, 1150)])
def test_the_minute_after_an_hour_of_running_takes_no_drink_away(minutes: int, volume_ml: int) -> None:
    recovery = recovery_of(a_workout(minutes, hr=150, temperature_c=18))
    assert the_advice(recovery, "drink_total").values["total_ml"] == volume_ml


@pytest.mark.parametrize(
    "commute",
    [
        a_workout(25, hr=110, sport="walking"),
        a_workout(60, hr=95, sport="walking"),
        a_workout(35, hr=100, sport="cycling"),
        a_workout(30, hr=110, sport="e_biking"),
    ],
    ids=["walk", "long walk", "slow ride", "ride with a motor"],
)
def test_a_beginners_way_to_work_costs_no_rest_day_and_brings_no_message(commute: Workout) -> None:
    found = recovery_of(commute, BEGINNER).assessment
    assert (found.gentle, found.next_training_on, found.ready_at) == (True, None, commute.ended_at)
    assert drafts_of(commute, BEGINNER) == {}
