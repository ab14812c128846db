"""How old the athlete is, and who is taken for a minor."""

import pytest

from hersteld.parsers.workout import DeviceProfile, Workout
from hersteld.recovery.athlete.ages import age_of, ages_contradict, is_adult
from hersteld.recovery.athlete.profile import Athlete
from tests.support.fit.recoveries import shipped_rules
from tests.support.fit.workouts import a_workout

RULES = shipped_rules().athlete


def run(birth_year: int | None = None, age: int | None = None) -> Workout:
    return a_workout(60, profile=DeviceProfile(birth_year=birth_year, age=age))


def test_the_file_is_asked_where_the_configuration_is_silent() -> None:
    assert age_of(Athlete(birth_year=1986), run(1990)) == 40
    assert age_of(Athlete(), run(1990)) == 36
    assert age_of(Athlete(), run(age=35)) == 36
    assert age_of(Athlete(), run()) is None
    assert age_of(Athlete(), run(2100)) is None


@pytest.mark.parametrize(
    ("configured", "in_file", "adult", "contradict"),
    [
        (1986, 1990, True, False),
        (1986, 2012, False, True),
        (2012, 1986, False, True),
        (None, 2012, False, False),
        (2012, None, False, False),
        (None, None, True, False),
    ],
)
def test_the_younger_of_configuration_and_file_protects_a_minor(
    configured: int | None, in_file: int | None, adult: bool, contradict: bool
) -> None:
    athlete = Athlete(birth_year=configured)
    assert is_adult(athlete, run(in_file), RULES) is adult
    assert ages_contradict(athlete, run(in_file), RULES) is contradict
