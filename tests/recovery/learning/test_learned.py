"""Something is learned where enough answers agree."""

from hersteld.config.rules import load_rules
from hersteld.recovery.learning.learned import Learned, in_place_of, is_configured, learned


def by_share(middle: float) -> float:
    return 0.4 * middle


def test_odd_answers_do_not_count() -> None:
    assert learned([5, 5, 6, 1], least=3, reach=by_share) == Learned(5, 3, 5, 6)
    assert learned([5, 5, 1], least=3, reach=by_share) is None
    assert learned([], least=1, reach=by_share) is None


def test_what_was_learned_is_a_number_that_says_from_what() -> None:
    number = load_rules().hydration.sweat_ml_per_kcal
    own = in_place_of(number, Learned(1.1, 4, 0.9, 1.25), "from there")
    assert (own.name, float(own), own.source) == (
        number.name,
        1.1,
        "from there",
    )
    assert [is_configured(number), is_configured(own)] == [False, False]
    configured = load_rules({"hydration": {"sweat_ml_per_kcal": 1.2}}).hydration.sweat_ml_per_kcal
    assert is_configured(configured)
