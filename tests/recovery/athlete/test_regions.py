"""The halves of the body, and whether two workouts share a muscle."""

from itertools import combinations_with_replacement

import pytest

from hersteld.config.languages import LANGUAGES
from hersteld.config.texts.catalogue import load_texts
from hersteld.recovery.athlete.muscles import loaded_muscles, muscles
from hersteld.recovery.athlete.regions import WHOLE_BODY, Region, free_sports, others, region, share_a_muscle
from hersteld.recovery.athlete.told_sport import with_sport
from tests.support.fit.workouts import a_workout


@pytest.mark.parametrize(
    ("trained", "expected"),
    [
        (("quadriceps", "glutes"), "legs"),
        (("hamstrings", "glutes", "lower_back"), "legs"),
        (("chest", "triceps", "core"), "upper_body"),
        (("quadriceps", "chest"), "trained"),
        (("core",), "trained"),
        ((WHOLE_BODY,), "trained"),
    ],
)
def test_the_trunk_belongs_to_both_halves(trained: tuple[str, ...], expected: Region) -> None:
    assert region(trained) == expected


def test_the_whole_body_shares_every_muscle_and_no_muscle_shares_none() -> None:
    assert share_a_muscle(("chest", "triceps"), ("lats", "chest"))
    assert not share_a_muscle(("chest",), ("quadriceps",))
    assert share_a_muscle((WHOLE_BODY,), ("quadriceps",))
    assert share_a_muscle(("quadriceps",), (WHOLE_BODY,))
    assert not share_a_muscle((), (WHOLE_BODY,))


@pytest.mark.parametrize(
    ("exercises", "expected"),
    [
        (("squat",), "swimming_upper_body"),
        (("bench_press",), "running_cycling_legs"),
        (("shrug",), "running_legs"),
        (("bench_press", "hyperextension"), "trained"),
        (("squat", "bench_press"), "trained"),
    ],
)
def test_the_other_half_is_told_with_the_sports_that_are_fine(exercises: tuple[str, ...], expected: str) -> None:
    assert others(rested_after(exercises)) == expected


EXERCISES = (
    "squat",
    "shrug",
    "bench_press",
    "deadlift",
    "row",
    "core",
    "calf_raise",
    "plank",
    "pull_up",
    "lunge",
    "curl",
)


def rested_after(exercises: tuple[str, ...]) -> tuple[str, ...]:
    return loaded_muscles(a_workout(45, sport="training", sub_sport="strength_training", exercises=exercises))


@pytest.mark.parametrize("exercises", tuple(combinations_with_replacement(EXERCISES, 3)))
def test_no_sport_that_is_named_trains_a_muscle_that_rests(exercises: tuple[str, ...]) -> None:
    resting = rested_after(exercises)
    for sport in free_sports(resting):
        assert not share_a_muscle(muscles(with_sport(a_workout(45), sport, None)), resting)
    for language in LANGUAGES:
        assert others(resting) in load_texts(language).words["others"]
