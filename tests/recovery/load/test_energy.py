"""How much energy a workout took."""

from dataclasses import replace

import numpy as np
import pytest

from hersteld.parsers.workout import Workout
from hersteld.recovery.athlete.history import History
from hersteld.recovery.athlete.physiology import resolve
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.load.energy import energy
from tests.support.fit.recoveries import TRAINED, shipped_rules
from tests.support.fit.workouts import a_workout

RULES = shipped_rules()


def kcal_of(workout: Workout, athlete: Athlete = TRAINED) -> float | None:
    found = energy(workout, resolve(athlete, workout, History(), RULES.athlete), RULES)
    return None if found is None else found[0]


def test_the_file_comes_first_and_nothing_stays_nothing() -> None:
    assert kcal_of(a_workout(60, hr=150, kcal=700)) == 700
    assert kcal_of(a_workout(60)) is None


def test_a_kilojoule_of_a_ride_is_a_kilocalorie() -> None:
    assert kcal_of(a_workout(60, hr=150, power=200, sport="cycling")) == pytest.approx(720)
    assert kcal_of(a_workout(60, power=200)) is None  # a runner's meter measures something else


def test_the_energy_by_heart_rate_is_the_mean_of_both_formulas() -> None:
    male = (-55.0969 + 0.6309 * 150 + 0.1988 * 70 + 0.2017 * 40) / 4.184
    female = (-20.4022 + 0.4472 * 150 - 0.1263 * 70 + 0.0740 * 40) / 4.184
    assert kcal_of(a_workout(60, hr=150)) == pytest.approx(60 * (male + female) / 2)
    assert kcal_of(a_workout(60, hr=150), replace(TRAINED, birth_year=1966)) == pytest.approx(
        60 * ((male + female) / 2 + 20 * (0.2017 + 0.0740) / 2 / 4.184)
    )


def test_a_resting_heart_takes_nothing_and_holes_are_taken_to_have_been_the_same() -> None:
    assert kcal_of(a_workout(60, hr=85)) == 0
    beats = np.full(3601, 150.0)
    beats[2700:] = np.nan
    whole = kcal_of(a_workout(60, hr=150))
    assert kcal_of(a_workout(60, hr=beats)) == pytest.approx(whole, rel=1e-3)
    beats[1800:] = np.nan
    assert kcal_of(a_workout(60, hr=beats)) is None
