"""What is new in the second part of a brick? The first part was told already."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from hersteld.parsers.line import Line
from hersteld.recovery.advice import CHECK_GLUCOSE_IDS, RED_FLAG_IDS, Recovery
from hersteld.recovery.messages.drinking import DRINK_IDS, ToldPlan, drinks_from, drunk
from hersteld.recovery.messages.first_message import EAT_IDS
from hersteld.recovery.rules import Rules


def drinks_other_volume(
    told: ToldPlan, after: Recovery, at: datetime, rules: Rules, quiet_from: Callable[[datetime], datetime | None]
) -> bool:
    """Return whether the second part leaves another volume to drink than the message about the first part does.

    What was due during the second part is not drunk, and is told again; what is still to come was told, and is no news.

    Args:
        told: What was told of the first part.
        at: When the message about the second part is read, aware UTC.
        quiet_from: Returns when the quiet hours begin next, or None without any.
    """
    before = drunk(told, rules.hydration, quiet_from)
    left = drinks_from(after.plan, at, quiet_from(at), rules.hydration, before)
    named = told.names_times(rules.hydration, quiet_from)
    ahead = (drink for drink in told.drinks(rules.hydration, quiet_from) if drink.due_at >= at or not named)
    left_ml = sum(drink.volume_ml for drink in left) + _spread_ml(after)
    told_ml = sum(drink.volume_ml for drink in ahead) + _spread_ml(told.recovery)
    return abs(left_ml - told_ml) >= rules.messages.brick_volume_ml


def has_changed(before: Recovery, after: Recovery, rules: Rules, *, other_volume: bool) -> bool:
    """Return whether the second part of a brick changes what was told of the first.

    That is readiness, hardness, the volume to drink, or that the glucose is to be checked.

    Args:
        other_volume: Whether there is another volume to drink.
    """
    return (
        _moved(before.assessment.ready_at, after.assessment.ready_at, rules)
        or _moved(before.assessment.easy_from, after.assessment.easy_from, rules)
        or before.assessment.hard != after.assessment.hard
        or before.assessment.very_hard != after.assessment.very_hard
        or other_volume
        or _checks_glucose_now(before, after)
    )


def changed_lines(before: Recovery, after: Recovery, lines: Sequence[Line], *, other_volume: bool) -> list[Line]:
    """Return those lines of a message that the message about the first part did not have, or had with less.

    Args:
        other_volume: Whether there is another volume to drink.
    """
    known = {advice.id for advice in before.plan}
    checks_glucose = _checks_glucose_now(before, after)

    def is_new(line: Line) -> bool:
        if line.id in RED_FLAG_IDS:
            return True
        if line.id in CHECK_GLUCOSE_IDS:
            return checks_glucose
        if line.id in DRINK_IDS:
            return other_volume
        return line.id not in known and line.id not in EAT_IDS

    return [line for line in lines if is_new(line)]


def _checks_glucose_now(before: Recovery, after: Recovery) -> bool:
    had, has = (any(advice.id in CHECK_GLUCOSE_IDS for advice in recovery.plan) for recovery in (before, after))
    return has and not had


def _moved(before: datetime | None, after: datetime | None, rules: Rules) -> bool:
    if before is None or after is None:
        return before != after
    return abs(after - before) >= timedelta(hours=float(rules.messages.correct_from_h))


def _spread_ml(recovery: Recovery) -> int:
    """Return the volume of a plan without a timetable; 0 for one with it, or without a volume."""
    if any(advice.id == "drink_portion" for advice in recovery.plan):
        return 0
    totals = (advice.values.get("total_ml") for advice in recovery.plan if advice.key == "hydration")
    return max((int(str(total)) for total in totals if total is not None), default=0)
