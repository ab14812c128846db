"""How much energy a workout took."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.parsers.workout import Workout
from hersteld.recovery.athlete.history import History
from hersteld.recovery.athlete.muscles import is_gentle_sport
from hersteld.recovery.athlete.physiology import resolve
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.load.best_efforts import best_efforts
from hersteld.recovery.load.energy import energy
from tests.support.fit.recoveries import TRAINED, recovery_of, shipped_rules
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


@pytest.mark.parametrize(
    ("sport", "sub_sport"),
    [("e_biking", None), *(("cycling", f"e_bike_{kind}") for kind in ("fitness", "mountain", "enduro"))],
)
def test_the_work_that_a_motor_shares_is_not_the_riders(sport: str, sub_sport: str | None) -> None:
    ride = a_workout(60, hr=110, power=300, sport=sport, sub_sport=sub_sport)
    assert kcal_of(ride) == kcal_of(a_workout(60, hr=110))
    assert is_gentle_sport(ride.sessions[0])
    assert best_efforts(ride, RULES).best_20min_w is None


def test_the_energy_by_heart_rate_is_the_mean_of_both_formulas() -> None:
    male = (-55.0969 + 0.6309 * 150 + 0.1988 * 70 + 0.2017 * 40) / 4.184
    female = (-20.4022 + 0.4472 * 150 - 0.1263 * 70 + 0.0740 * 40) / 4.184
    assert kcal_of(a_workout(60, hr=150)) == pytest.approx(60 * (male + female) / 2)
    assert kcal_of(a_workout(60, hr=150), replace(TRAINED, birth_year=1966)) == pytest.approx(
        60 * ((male + female) / 2 + 20 * (0.2017 + 0.0740) / 2 / 4.184)
    )


def test_a_resting_heart_takes_nothing_and_holes_are_taken_to_have_been_the_same() -> None:
    assert kcal_of(a_workout(60, hr=60)) == 0
    beats = np.full(3601, 150.0)
    beats[2700:] = np.nan
    whole = kcal_of(a_workout(60, hr=150))
    assert kcal_of(a_workout(60, hr=beats)) == pytest.approx(whole, rel=1e-3)
    beats[1800:] = np.nan
    assert kcal_of(a_workout(60, hr=beats)) is None


def test_an_average_heart_rate_counts_as_one_reading() -> None:
    whole = kcal_of(a_workout(60, hr=150))
    assert kcal_of(a_workout(60, avg_hr=150)) == pytest.approx(whole)
    assert kcal_of(a_workout(60, avg_hr=0)) is None


@pytest.mark.parametrize("bpm", range(50, 110))
def test_a_beat_more_takes_little_more(bpm: int) -> None:
    less, more = (kcal_of(a_workout(60, hr=float(beats), step_s=10)) for beats in (bpm, bpm + 1))
    assert less is not None
    assert more is not None
    assert 0 <= more - less <= 10


@given(minutes=st.integers(30, 200), bpm=st.integers(95, 185), mass_kg=st.integers(45, 110))
def test_sex_changes_no_litre(minutes: int, bpm: int, mass_kg: int) -> None:
    workout = a_workout(minutes, hr=bpm, step_s=10)
    drinks = [
        [
            advice.line
            for advice in recovery_of(workout, replace(TRAINED, sex=sex, mass_kg=mass_kg)).plan
            if advice.key == "hydration"
        ]
        for sex in ("male", "female", None)
    ]
    assert drinks[0] == drinks[1] == drinks[2]
