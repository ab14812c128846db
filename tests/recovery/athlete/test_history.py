"""What came before a workout."""

from datetime import date

import numpy as np

from hersteld.recovery.athlete.history import History, LongAgo
from hersteld.recovery.recover import recover
from tests.support.fit.recoveries import (
    AMSTERDAM,
    TRAINED,
    a_past_workout,
    shipped_rules,
)
from tests.support.fit.workouts import NOON, a_workout


def test_only_an_athlete_without_any_workout_has_an_empty_history() -> None:
    assert History().is_empty
    assert History(resting_hr_bpm=50, weighed_mass_kg=70).is_empty, "a weigh-in is no workout"
    assert not History((a_past_workout(NOON),)).is_empty
    assert not History(long_ago=LongAgo(date(2025, 1, 1), np.array([50.0]))).is_empty


def test_workouts_of_long_ago_count_as_a_history() -> None:
    long_ago = LongAgo(date(2026, 3, 1), np.array([40.0] * 30))
    recovery = recover(a_workout(60, hr=140), TRAINED, History(long_ago=long_ago), shipped_rules(), zone=AMSTERDAM)
    assert recovery.assessment.ctl is not None
    assert recovery.assessment.remaining_h == 0, "their recovery is over"
