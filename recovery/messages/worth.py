"""Is a workout worth a message? Nothing new, no message: who is told everything reads nothing."""

from collections.abc import Sequence
from typing import Literal

from hersteld.parsers.line import Line
from hersteld.recovery.advice import AVOID_ALCOHOL_IDS, Recovery, is_danger
from hersteld.recovery.messages.drinking import DRINK_TIMETABLE_IDS
from hersteld.recovery.messages.first_message import EAT_IDS
from hersteld.recovery.rules import Rules

Silence = Literal["gentle", "nothing_new"]
"""Why a workout brings no message of its own."""

_HEAT = frozenset({"avoid_medicine"})
"""What is said after a gentle workout only where it was done in the heat."""
_REASONS = DRINK_TIMETABLE_IDS | _HEAT | AVOID_ALCOHOL_IDS | EAT_IDS | {"drink_with_meal", "drink_gained"}
"""The lines that are a reason for a message; drinking to thirst, stretching and the cool-down alone are none."""
_NEWS = frozenset({"too_soon", "consecutive_days"})


def why_silent(
    recovery: Recovery, rules: Rules, lines: Sequence[Line], *, first_ever: bool, moves_told: bool
) -> Silence | None:
    """Return why a workout brings no message of its own; None where it brings one.

    Args:
        lines: What can be done when the message is read.
        first_ever: Whether this athlete has never had a message: then a first one shows that it works.
        moves_told: Whether the readiness is another one, by hours, than the athlete was told last.

    Source: ours.
    """
    assessment = recovery.assessment
    ids = [line.id for line in lines]
    warns = any(map(is_danger, ids))
    if first_ever or moves_told:
        return None
    if assessment.gentle:
        return None if warns or not (DRINK_TIMETABLE_IDS | _HEAT).isdisjoint(ids) else "gentle"
    is_news = (
        assessment.hard
        or assessment.recovery_h >= rules.messages.news_from_h
        or assessment.next_training_on is not None
        or not _NEWS.isdisjoint(assessment.warnings)
        or warns
        or not _REASONS.isdisjoint(ids)
    )
    return None if is_news else "nothing_new"
