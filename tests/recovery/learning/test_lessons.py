"""What is learned is listed with its number of answers, and whether it counts."""

from hersteld.config.rules import load_rules
from hersteld.recovery.athlete.history import SweatSample
from hersteld.recovery.learning.learned import Learned
from hersteld.recovery.learning.lessons import Lesson, lessons

SWEATS = [SweatSample(value, 20.0) for value in (1.0, 1.1, 1.2)]
RATINGS = [("strength", rating) for rating in (7.0, 7.0, 8.0, 7.0, 6.0)]


def test_each_lesson_says_of_what_it_is_and_whether_it_counts() -> None:
    sweat, rating = Learned(1.1, 3, 1.0, 1.2), Learned(7, 5, 6, 8)
    assert lessons(SWEATS, RATINGS, load_rules()) == (
        Lesson("sweat", "mild", sweat, is_used=True),
        Lesson("rpe", "strength", rating, is_used=True),
    )
    configured = load_rules({"hydration": {"sweat_ml_per_kcal": 1.3}, "load": {"rpe_strenuous": 6}})
    assert [one.is_used for one in lessons(SWEATS, RATINGS, configured)] == [False, False]
    assert lessons(SWEATS[:2], RATINGS[:4], load_rules()) == ()
