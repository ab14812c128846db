"""How old the athlete is, and who is taken for a minor."""

import pytest

from hersteld.parsers.workout import DeviceProfile, Workout
from hersteld.recovery.athlete.ages import Ages, ages_in, ages_of
from hersteld.recovery.athlete.history import History
from hersteld.recovery.athlete.physiology import resolve
from hersteld.recovery.athlete.profile import Athlete
from tests.support.fit.recoveries import recovery_of, shipped_rules
from tests.support.fit.workouts import a_workout

RULES = shipped_rules().athlete


def run(birth_year: int | None = None, age: int | None = None) -> Workout:
    return a_workout(60, profile=DeviceProfile(birth_year=birth_year, age=age))


def test_the_file_is_asked_where_the_configuration_is_silent() -> None:
    assert ages_of(Athlete(birth_year=1986), run(1990)).counted == 40
    assert ages_of(Athlete(), run(1990)).counted == 36
    assert ages_of(Athlete(), run(age=35)).counted == 36
    assert ages_of(Athlete(), run()).counted is None
    assert ages_of(Athlete(), run(2100)).counted is None
    assert ages_of(Athlete(birth_year=2030), run()).counted is None, "a workout before that birth"


@pytest.mark.parametrize(("birth_year", "known"), [(2024, (2,)), (2025, (1,)), (2026, ()), (2027, ())])
def test_an_athlete_who_is_not_born_yet_by_the_file_is_no_minor_but_unknown(
    birth_year: int, known: tuple[int, ...]
) -> None:
    ages = ages_of(Athlete(), run(birth_year))
    assert ages.known == known
    assert ages.is_adult(RULES) == (not known)


@pytest.mark.parametrize(
    ("configured", "in_file", "counted", "adult", "contradict"),
    [
        (1986, 1990, 40, True, False),
        (1990, 1986, 36, True, False),
        (1986, 2012, 40, False, True),
        (2012, 1986, 14, False, True),
        (2011, 2012, 15, False, False),
        (None, 2012, 14, False, False),
        (2012, None, 14, False, False),
        (None, 1990, 36, True, False),
        (1990, None, 36, True, False),
        (None, None, None, True, False),
        (2008, None, 18, False, False),
        (2007, None, 19, True, False),
        (2007, 2008, 19, False, True),
    ],
)
def test_the_younger_of_configuration_and_file_protects_a_minor(
    configured: int | None, in_file: int | None, counted: int | None, adult: bool, contradict: bool
) -> None:
    """The configured age counts in every formula; who may be a minor by either of both is protected as one."""
    athlete, workout = Athlete(birth_year=configured), run(in_file)
    ages = ages_of(athlete, workout)
    assert (ages.counted, ages.is_adult(RULES), ages.contradict(RULES)) == (counted, adult, contradict)
    physiology = resolve(athlete, workout, History(), RULES)
    assert (physiology.age, physiology.adult) == (counted, adult)
    assert ("ages_contradict" in recovery_of(workout, athlete).assessment.warnings) == contradict


def test_ages_grow_with_the_years() -> None:
    assert Ages(15, None).later(4) == Ages(19, None)
    assert Ages(15, 14).later(4) == Ages(19, 18)
    this_year = ages_in(2026, configured_birth_year=2008, birth_year_in_file=None, age_in_file=16)
    assert this_year == Ages(18, 17)
    assert not this_year.is_adult(RULES)
    assert this_year.later(2).is_adult(RULES)
