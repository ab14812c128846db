"""How does the timetable for drinking read at a moment, and what of it is left out before the quiet hours?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from hersteld.parsers.line import Line
from hersteld.recovery.advice import Advice
from hersteld.recovery.key_rules import HydrationRules

_MOST_TIMES_NAMED = 4
"""More portions than this are told as "every 15 minutes until ..." instead of with the time of each."""


@dataclass(frozen=True, slots=True)
class Drink:
    """A portion of the timetable as it is told: the advice, and how much of it fits before the quiet hours."""

    advice: Advice
    volume_ml: int


def last_hour(rules: HydrationRules) -> timedelta:
    """Return how long before the quiet hours little is drunk any more."""
    return timedelta(hours=float(rules.last_hour_h))


def portions_before(
    portions: Sequence[Advice], quiet_from: datetime | None, rules: HydrationRules
) -> tuple[Drink, ...]:
    """Return the portions that fit before the quiet hours, the last of them perhaps smaller, but never a sip.

    Args:
        portions: In order of time.
        quiet_from: When the quiet hours begin, aware UTC; None without any.
    """
    fitting: list[Drink] = []
    left_ml = int(rules.last_hour_ml)
    for advice in portions:
        planned_ml = volume_ml = int(str(advice.values["volume_ml"]))
        if quiet_from is not None and advice.due_at >= quiet_from:
            break
        if quiet_from is not None and advice.due_at >= quiet_from - last_hour(rules):
            volume_ml = min(planned_ml, left_ml)
            left_ml -= volume_ml
        if volume_ml > 0 and volume_ml >= min(planned_ml, rules.min_portion_ml):
            fitting.append(Drink(advice, volume_ml))
    return tuple(fitting)


def drink_lines(plan: Sequence[Advice], at: datetime, quiet_from: datetime | None, rules: HydrationRules) -> list[Line]:
    """Return the line about drinking: the whole timetable, what remains of it, or its total once it has passed.

    A portion stands until the next one is due. A portion that was missed before the file came is left out: nobody
    should drink two at once to make up for it.

    Args:
        at: When the line is read, aware UTC.
        quiet_from: When the quiet hours begin, aware UTC; None without any.
    """
    portions = [advice for advice in plan if advice.id == "drink_portion"]
    remaining = [advice for advice in portions if at < advice.expires_at]
    if not remaining:
        others = (advice for advice in plan if advice.key == "hydration" and advice.due_at <= at < advice.expires_at)
        is_last_hour = quiet_from is not None and quiet_from - at <= last_hour(rules)
        most_ml = int(rules.last_hour_ml) if is_last_hour else None
        return [_at_most(advice.line, most_ml) for advice in others]
    drinks = portions_before(remaining, quiet_from, rules)
    if not drinks:
        return []
    about = "_about" if remaining[0].values.get("estimated") else ""
    total_ml = sum(drink.volume_ml for drink in drinks)
    if len(drinks) == 1:
        return [Line(f"drink_once{about}", {"volume_ml": total_ml})]
    whole = "drink" if len(remaining) == len(portions) else "drink_remaining"
    return [Line(f"{whole}{about}", {"total_ml": total_ml, "parts": _parts(drinks, at)})]


def _at_most(line: Line, most_ml: int | None) -> Line:
    """Return a line with a volume that is no larger than a bound, or the line itself where there is no bound."""
    total_ml = line.values.get("total_ml")
    if most_ml is None or total_ml is None:
        return line
    return Line(line.id, {**line.values, "total_ml": min(int(str(total_ml)), most_ml)})


def _parts(drinks: Sequence[Drink], at: datetime) -> tuple[Line, ...]:
    """Return the portions in words: the one to drink now, then those that follow, equal neighbours together."""
    parts = [Line("part_now", {"volume_ml": drink.volume_ml}) for drink in drinks if drink.advice.due_at <= at]
    later = (drink for drink in drinks if drink.advice.due_at > at)
    for volume_ml, group in groupby(later, key=lambda drink: drink.volume_ml):
        times = tuple(drink.advice.due_at for drink in group)
        if len(times) > _MOST_TIMES_NAMED:
            minutes = (times[1] - times[0]) // timedelta(minutes=1)
            values = {"volume_ml": volume_ml, "minutes": minutes, "since": times[0], "until": times[-1]}
            parts.append(Line("part_every", values))
        else:
            parts.append(Line("part_at", {"volume_ml": volume_ml, "times": times}))
    return tuple(parts)
