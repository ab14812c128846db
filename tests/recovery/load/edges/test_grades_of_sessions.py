"""The grade of a workout is no better than that of the sessions that carry most of its load."""

from dataclasses import replace
from datetime import timedelta
from functools import reduce

import pytest

from hersteld.config.rules import load_rules
from hersteld.recovery.athlete.history import History
from hersteld.recovery.athlete.physiology import resolve
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.join import join
from hersteld.recovery.load.ladder import training_load
from tests.support.fit.workouts import NOON, a_workout

RULES = load_rules({})


@pytest.mark.parametrize(
    ("without_sensor_min", "grade"),
    [((50,) * 5, "D"), ((20,), "B"), ((5,) * 3, "B"), ((20,) * 4, "D")],
)
def test_small_sessions_do_not_lower_the_grade_unless_there_are_many(
    without_sensor_min: tuple[int, ...], grade: str
) -> None:
    """An hour at threshold, about 100, and sessions of which only the length is known, with about 60 an hour."""
    parts = [a_workout(60, hr=169)]
    for minutes in without_sensor_min:
        parts.append(a_workout(minutes, ended_at=parts[-1].ended_at + timedelta(minutes=minutes + 1)))
    whole = reduce(join, parts)
    assert whole.started_at == NOON - timedelta(hours=1)
    physiology = resolve(Athlete(max_hr_bpm=190, resting_hr_bpm=50), whole, History(), RULES.athlete)
    load = training_load(whole, physiology, RULES.load)
    assert [one.rung for one in load.sessions] == ["heart_rate", *("duration" for _ in without_sensor_min)]
    assert load.grade == grade


@pytest.mark.parametrize(("transition_s", "grade"), [(299, "C"), (300, "D")])
def test_a_session_of_a_quarter_of_the_load_lowers_the_grade(transition_s: float, grade: str) -> None:
    """A run of 7.5 by its rating, and a transition with 2.5 in five minutes."""
    run = a_workout(4.5)
    change = a_workout(transition_s / 60, sport="transition", ended_at=NOON + timedelta(minutes=6))
    whole = join(run, change)
    physiology = resolve(Athlete(max_hr_bpm=190, resting_hr_bpm=50), whole, History(), RULES.athlete)
    load = training_load(whole, physiology, RULES.load, rpe=8)
    assert [one.rung for one in load.sessions] == ["rpe", "duration"]
    assert load.grade == grade


def test_of_sessions_with_the_same_load_the_better_grade_is_left_out_in_either_order() -> None:
    """Two of a seventh of the load each, of which one alone is less than a quarter."""
    long_run, short_run, change = a_workout(3), a_workout(0.6), a_workout(2, sport="transition")
    for small in ((short_run, change), (change, short_run)):
        parts = [long_run]
        for part in small:
            started_at = parts[-1].ended_at + timedelta(minutes=1)
            session = replace(part.sessions[0], started_at=started_at)
            ended_at = started_at + timedelta(seconds=part.elapsed_s)
            parts.append(replace(part, started_at=started_at, ended_at=ended_at, sessions=(session,)))
        whole = reduce(join, parts)
        physiology = resolve(Athlete(max_hr_bpm=190, resting_hr_bpm=50), whole, History(), RULES.athlete)
        load = training_load(whole, physiology, RULES.load, rpe=8)
        assert sorted(one.value for one in load.sessions) == [1, 1, 5]
        assert load.grade == "D"
