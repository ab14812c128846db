"""What the athlete is told of what a load rests on."""

import pytest

from hersteld.parsers.workout import DeviceProfile
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.messages.first_message import lines_at
from tests.support.fit.recoveries import TRAINED, a_past_workout, recovery_of, shipped_rules
from tests.support.fit.workouts import NOON, a_workout

ADULT = DeviceProfile(birth_year=1980)
CHILD = DeviceProfile(birth_year=2014)


@pytest.mark.parametrize(
    ("athlete", "profile", "expected"),
    [
        (TRAINED, None, set()),
        (Athlete(birth_year=1980), None, {"max_hr_unknown"}),
        (Athlete(), ADULT, {"max_hr_unknown"}),
        (Athlete(), None, {"age_unknown"}),
        (Athlete(birth_year=1980, max_hr_bpm=185), CHILD, {"ages_contradict"}),
    ],
)
def test_what_is_assumed_of_the_athlete_is_said(
    athlete: Athlete, profile: DeviceProfile | None, expected: set[str]
) -> None:
    recovery = recovery_of(a_workout(60, hr=150, profile=profile), athlete)
    ours = {"max_hr_unknown", "age_unknown", "ages_contradict"}
    assert ours & set(recovery.assessment.warnings) == expected
    assert ours & {line.id for line in lines_at(recovery, shipped_rules(), NOON, None)} == expected


def test_it_is_said_once_and_only_where_it_matters() -> None:
    earlier = (a_past_workout(NOON.replace(day=1)),)
    assert "age_unknown" not in recovery_of(a_workout(60, hr=150), Athlete(), past=earlier).assessment.warnings
    assert "age_unknown" not in recovery_of(a_workout(60), Athlete()).assessment.warnings


def test_without_a_maximum_an_age_or_peaks_the_load_is_a_guess() -> None:
    grades = [
        recovery_of(a_workout(60, hr=150), who).load.grade
        for who in (Athlete(), Athlete(birth_year=1980), Athlete(max_hr_bpm=190))
    ]
    assert grades == ["D", "B", "B"]
