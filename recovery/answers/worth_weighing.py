"""Would the scales after a workout change what is said of drinking?

A model of sweat is off by a quarter on average until the athlete has weighed (docs/weighing.md). So the weight is worth
a question where a quarter less or more leads to other advice: none, a volume for the hours to come, a timetable, or the
signs that need a doctor. After hours for which no volume is named without scales, any weight leads to one.
"""

from typing import Final

from hersteld.recovery.advice import Recovery
from hersteld.recovery.athlete.caution import NO_VOLUMES, has_any
from hersteld.recovery.athlete.profile import Athlete

OFF_SHARE: Final = 0.25
"""By so much an estimate of the loss is off on average [H]."""
LONG_LOSS_SHARE: Final = 0.02
"""Of body mass: what is taken for lost in hours for which no loss is estimated [H]."""
_NAMES_VOLUMES: Final = frozenset({"drink_with_meal", "drink_portion"})
_BY_LOSS: Final = _NAMES_VOLUMES | {"drink_long", "drink_thirst", "red_flags_loss"}


def estimated_loss_kg(recovery: Recovery, before_kg: float) -> float:
    """Return what a workout took by the estimate, above 0 unless that is nothing.

    Args:
        recovery: What the rules say without a weight after the workout.
        before_kg: Body mass before it.
    """
    loss_ml = recovery.net_loss_ml
    return LONG_LOSS_SHARE * before_kg if loss_ml is None else loss_ml / 1000


def losses_around(loss_kg: float) -> tuple[float, float]:
    """Return losses that an estimate may stand for, the smaller one first."""
    return (1 - OFF_SHARE) * loss_kg, (1 + OFF_SHARE) * loss_kg


def is_worth_weighing(recovery: Recovery, weighed: tuple[Recovery, ...], athlete: Athlete) -> bool:
    """Return whether the scales would change which advice there is on drinking, or on the loss.

    Who is named no volumes, for a condition or for their age, is not asked to weigh.

    Args:
        recovery: What the rules say without a weight after the workout.
        weighed: What they would say of weights that may come.
    """
    kinds = [_kinds(one) for one in (recovery, *weighed)]
    names_volumes = any(kind & _NAMES_VOLUMES for kind in kinds[1:])
    return names_volumes and len(set(kinds)) > 1 and not has_any(athlete.conditions, NO_VOLUMES)


def _kinds(recovery: Recovery) -> frozenset[str]:
    return frozenset(advice.id for advice in recovery.plan) & _BY_LOSS
