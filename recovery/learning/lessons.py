"""All that is learned of an athlete, as one shows it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from hersteld.recovery.athlete.history import SweatSample
from hersteld.recovery.learning.learned import Learned, is_configured
from hersteld.recovery.learning.ratings import usual_ratings
from hersteld.recovery.learning.sweat import band, learned_sweat
from hersteld.recovery.rules import Rules

What = Literal["sweat", "rpe"]
BANDS = ("cold", "mild", "warm")


@dataclass(frozen=True, slots=True)
class Lesson:
    """One thing that was learned.

    Attributes:
        of: The band of temperature ("cold", "mild", "warm"), or the family of the sport.
        is_used: Whether it counts: what is configured comes before it.
    """

    what: What
    of: str
    own: Learned
    is_used: bool


def lessons(samples: Sequence[SweatSample], ratings: Sequence[tuple[str, float]], rules: Rules) -> tuple[Lesson, ...]:
    """Return all that is learned, the sweat first."""
    return (*_of_sweat(samples, rules), *_of_ratings(ratings, rules))


def _of_sweat(samples: Sequence[SweatSample], rules: Rules) -> Iterator[Lesson]:
    is_used = not is_configured(rules.hydration.sweat_ml_per_kcal)
    for index, name in enumerate(BANDS):
        warmth_c = next(
            (one.temperature_c for one in samples if band(one.temperature_c, rules.learning) == index), None
        )
        own = None if warmth_c is None else learned_sweat(samples, warmth_c, rules.learning)
        if own is not None:
            yield Lesson("sweat", name, own, is_used)


def _of_ratings(ratings: Sequence[tuple[str, float]], rules: Rules) -> Iterator[Lesson]:
    for family, own in sorted(usual_ratings(ratings, rules.learning).items()):
        number = {"hiit": rules.load.rpe_intervals}.get(
            family, rules.load.rpe_strenuous if family in ("strength", "climbing") else rules.load.rpe_other
        )
        yield Lesson("rpe", family, own, not is_configured(number))
