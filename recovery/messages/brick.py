"""What is new in the second part of a brick? The first part was told already."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from hersteld.parsers.line import Line
from hersteld.recovery.advice import CHECK_GLUCOSE_IDS, Recovery
from hersteld.recovery.rules import Rules


def has_changed(before: Recovery, after: Recovery, rules: Rules) -> bool:
    """Return whether the second part of a brick changes what was told of the first.

    That is readiness, hardness, the volume to drink, or that the glucose is to be checked.
    """
    return (
        _moved(before.assessment.ready_at, after.assessment.ready_at, rules)
        or _moved(before.assessment.easy_from, after.assessment.easy_from, rules)
        or before.assessment.hard != after.assessment.hard
        or before.assessment.very_hard != after.assessment.very_hard
        or _drinks_other_volume(before, after, rules)
        or _checks_glucose_now(before, after)
    )


def changed_lines(before: Recovery, after: Recovery, rules: Rules, lines: Sequence[Line]) -> list[Line]:
    """Return those lines of a message that the message about the first part did not have, or had with less."""
    known = {advice.id for advice in before.plan}
    volume_changed = _drinks_other_volume(before, after, rules)
    return [
        line
        for line in lines
        if line.id.startswith("red_flags")
        or (line.id in CHECK_GLUCOSE_IDS and _checks_glucose_now(before, after))
        or (volume_changed if line.id.startswith("drink") else line.id not in known and not line.id.startswith("eat"))
    ]


def _checks_glucose_now(before: Recovery, after: Recovery) -> bool:
    had, has = (any(advice.id in CHECK_GLUCOSE_IDS for advice in recovery.plan) for recovery in (before, after))
    return has and not had


def _moved(before: datetime | None, after: datetime | None, rules: Rules) -> bool:
    if before is None or after is None:
        return before != after
    return abs(after - before) >= timedelta(hours=float(rules.messages.correct_from_h))


def _drinks_other_volume(before: Recovery, after: Recovery, rules: Rules) -> bool:
    return abs(_total_ml(after) - _total_ml(before)) >= rules.messages.brick_volume_ml


def _total_ml(recovery: Recovery) -> float:
    totals = (advice.values.get("total_ml") for advice in recovery.plan if advice.key == "hydration")
    return max((float(str(total)) for total in totals if total is not None), default=0.0)
