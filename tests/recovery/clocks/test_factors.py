"""Who needs more rest, and who less."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from hersteld.recovery.athlete.history import History
from hersteld.recovery.athlete.physiology import Physiology, resolve
from hersteld.recovery.athlete.profile import Athlete, Experience
from hersteld.recovery.clocks.factors import Factors, age_factor, factors, level_factor
from hersteld.recovery.numbers import Source
from tests.support.fit.recoveries import TRAINED, a_past_workout, shipped_rules
from tests.support.fit.workouts import NOON, a_workout

REST = shipped_rules().rest


def known_of(athlete: Athlete, *, birth_year_in_file: int | None = None) -> Physiology:
    workout = a_workout(60, ended_at=NOON)
    workout = replace(workout, profile=replace(workout.profile, birth_year=birth_year_in_file))
    return resolve(athlete, workout, History(), shipped_rules().athlete)


@pytest.mark.parametrize(
    ("experience", "factor"), [("beginner", 1.2), ("recreational", 1.1), ("trained", 1.0), ("elite", 0.85)]
)
def test_who_trained_at_a_high_level_needs_less_rest(experience: Experience, factor: float) -> None:
    assert float(level_factor(Athlete(experience=experience), REST)) == factor


@pytest.mark.parametrize(("age", "factor"), [(16, 1.0), (50, 1.0), (60, 1.05), (90, 1.2), (100, 1.2)])
def test_rest_takes_longer_from_fifty_on(age: float, factor: float) -> None:
    assert age_factor(age, REST) == pytest.approx(factor)


def test_the_age_is_that_at_the_workout_and_says_so_among_the_reasons() -> None:
    athlete = replace(TRAINED, birth_year=1966)
    found = factors(athlete, known_of(athlete), History(), np.empty(0), NOON, REST)
    assert found.product == pytest.approx(1.05)
    assert ("age", 60) in [(reason.name, reason.value) for reason in found.reasons]
    athlete = replace(TRAINED, birth_year=1996)
    young = factors(athlete, known_of(athlete), History(), np.empty(0), NOON, REST)
    assert young.product == 1
    assert "age" not in [reason.name for reason in young.reasons]


def test_where_the_configuration_has_no_age_that_of_the_file_counts_and_is_named_as_such() -> None:
    found = factors(TRAINED, known_of(TRAINED, birth_year_in_file=1966), History(), np.empty(0), NOON, REST)
    assert found.product == pytest.approx(1.05)
    assert [(reason.value, reason.source) for reason in found.reasons if reason.name == "age"] == [(60, Source.FILE)]


def factors_of(athlete: Athlete, workouts: int, loads: list[float]) -> Factors:
    past = tuple(a_past_workout(NOON - timedelta(days=1, hours=6 * n)) for n in range(workouts))
    return factors(athlete, known_of(athlete), History(past), np.array(loads), NOON, REST)


def busy(workouts: int, loads: list[float]) -> float:
    return factors_of(TRAINED, workouts, loads).product


def test_level_age_and_a_busy_week_lengthen_rest_together_and_each_is_named_with_its_unit() -> None:
    beginner = Athlete(experience="beginner", birth_year=1966)
    found = factors_of(beginner, 12, [50.0] * 28 + [200.0] * 7)
    assert found.product == pytest.approx(1.2 * 1.05 * 1.3)
    said = {reason.name: (reason.value, reason.unit, reason.source) for reason in found.reasons}
    assert said["rest.level_beginner"][0] == 1.2
    assert said["age"] == (60, "year", Source.CONFIGURATION)
    assert said["busy_week"] == (1.3, "1", Source.BUSY_WEEK)


def test_a_busy_week_is_told_to_two_decimals() -> None:
    found = factors_of(TRAINED, 12, [100.0] * 34 + [110.0])
    (said,) = [reason.value for reason in found.reasons if reason.name == "busy_week"]
    assert isinstance(said, float)
    assert 1 < found.product < 1.3
    assert said != found.product
    assert said == round(found.product, 2)


def test_a_busy_week_counts_once_there_are_four_weeks_and_twelve_workouts() -> None:
    rising = [50.0] * 28 + [200.0] * 7
    assert busy(12, rising) == pytest.approx(1.3)
    assert busy(11, rising) == 1.0, "a few workouts make no week busy"
    assert busy(12, rising[-27:]) == 1.0, "less than four weeks say nothing"
    assert busy(12, [100.0] * 28 + [10.0] * 7) == 1.0, "a quiet week never shortens rest"


def test_workouts_of_longer_ago_than_four_weeks_do_not_count() -> None:
    past = tuple(a_past_workout(NOON - timedelta(days=29 + n)) for n in range(12))
    assert (
        factors(TRAINED, known_of(TRAINED), History(past), np.array([50.0] * 28 + [200.0] * 7), NOON, REST).product
        == 1.0
    )


def test_days_without_any_load_make_no_week_busy() -> None:
    assert busy(12, [0.0] * 40) == 1.0
