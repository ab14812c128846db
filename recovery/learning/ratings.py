"""How hard is each sport usually for this athlete, by the ratings of earlier workouts?"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from hersteld.recovery.learning.learned import Learned, learned
from hersteld.recovery.numbers import Number
from hersteld.recovery.rules import LearningRules


def usual_ratings(ratings: Sequence[tuple[str, float]], rules: LearningRules) -> Mapping[str, Learned]:
    """Return the usual rating of each family of sports of which enough ratings agree.

    Args:
        ratings: The family and the rating (1..10) of earlier workouts.
    """
    by_family: defaultdict[str, list[float]] = defaultdict(list)
    for family, rating in ratings:
        by_family[family].append(rating)

    def reach(_middle: float) -> float:
        return float(rules.rpe_odd)

    found = {family: learned(each, float(rules.rpe_least), reach) for family, each in by_family.items()}
    return {family: own for family, own in found.items() if own is not None}


def usual_numbers(ratings: Sequence[tuple[str, float]], rules: LearningRules) -> Mapping[str, Number]:
    """Return the same as numbers that know where they come from."""
    return {
        family: Number(
            own.value,
            name="usual_rpe",
            unit="1",
            kind="H",
            source=_source(own),
            minimum=own.low,
            maximum=own.high,
        )
        for family, own in usual_ratings(ratings, rules).items()
    }


def _source(own: Learned) -> str:
    number, low, high = own.number, f"{own.low:.3g}", f"{own.high:.3g}"
    return f"learned from your ratings: {number} answers, from {low} to {high}"
