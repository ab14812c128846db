"""How hard a sport usually is, is learned from five ratings, for what nothing measured."""

import pytest

from hersteld.config.rules import load_rules
from hersteld.recovery.learning.ratings import usual_numbers, usual_ratings
from hersteld.recovery.load.ladder import training_load
from tests.support.fit.recoveries import recovery_of
from tests.support.fit.workouts import a_workout

RULES = load_rules()


def rated(*ratings: float, family: str = "strength") -> list[tuple[str, float]]:
    return [(family, rating) for rating in ratings]


def test_it_takes_five_of_one_sport() -> None:
    assert usual_ratings(rated(7, 7, 8, 7), RULES.learning) == {}
    assert usual_ratings([*rated(7, 7, 8, 7), *rated(7, family="yoga")], RULES.learning) == {}
    (usual,) = usual_ratings(rated(7, 7, 8, 7, 6), RULES.learning).values()
    assert (usual.value, usual.number, usual.low, usual.high) == (7, 5, 6, 8)


@pytest.mark.parametrize(
    ("ratings", "usual"),
    [
        ((3, 6, 8, 6, 6), 6),
        ((3, 3, 6, 3, 6), 3),
        ((1, 2, 3, 2, 1), 2),
        ((1, 1, 1, 2, 4), 1),
        ((6, 6, 6, 6, 1), None),
        ((2, 2, 2, 2, 2, 10), 2),
    ],
)
def test_five_ratings_teach_also_of_an_easy_sport_and_by_the_buttons_but_for_an_odd_one(
    ratings: tuple[float, ...], usual: float | None
) -> None:
    """The buttons of a message say 3, 6 and 8, and of an easy sport 1 and 3 are near each other."""
    assert [own.value for own in usual_ratings(rated(*ratings), RULES.learning).values()] == (
        [] if usual is None else [usual]
    )


@pytest.mark.parametrize("configured", [{}, {"load": {"rpe_strenuous": 5}}])
def test_an_unrated_workout_counts_as_usual_unless_that_is_configured(
    configured: dict[str, dict[str, float]],
) -> None:
    rules = load_rules(configured)
    bare = a_workout(60, sport="training", sub_sport="strength_training")
    physiology = recovery_of(bare).physiology
    assert physiology is not None
    usual = usual_numbers(rated(7, 7, 8, 7, 6), rules.learning)
    load = training_load(bare, physiology, rules.load, usual_rpe=usual)
    assert (load.rung, load.grade) == ("duration", "D")
    learned = [reason.source for reason in load.reasons if reason.name == "usual_rpe"]
    assert learned == ([] if configured else ["learned from your ratings: 5 answers, from 6 to 8"])
    hourly = rules.load.per_hour_by_rpe
    assert load.value == pytest.approx(hourly[6] if learned else hourly[4])
