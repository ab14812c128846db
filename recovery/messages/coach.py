"""Which reminders does the coach style add to the messages of a plan?"""

from datetime import datetime, timedelta

from hersteld.parsers.line import Line
from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import (
    Recovery,
)
from hersteld.recovery.messages.draft import Draft, MessageKind
from hersteld.recovery.messages.drinking import Drunk, drinks_from, parts
from hersteld.recovery.messages.first_message import meal_line
from hersteld.recovery.rules import Rules


def reminders(
    recovery: Recovery,
    workout: Workout,
    rules: Rules,
    starts_at: datetime,
    quiet_from: datetime | None,
    before: Drunk | None = None,
    most: int | None = None,
) -> list[Draft]:
    """Return reminders for the portions that are due after the first message, the end of stretching, and the meal.

    Where there may be fewer, the last portions have no reminder of their own: the one before says when they are due.

    Args:
        starts_at: When the first message is due, aware UTC; there is no reminder of what it says already.
        quiet_from: When the quiet hours begin, aware UTC; None without any.
        before: What was told before and is drunk; None where nothing was told. Where a volume was told of which nothing
            counts as drunk, nobody is reminded of portions.
        most: How many there may be; None for all.
    """
    others = [*_stretched(recovery, rules, starts_at), *_meal(recovery, workout, rules, starts_at, quiet_from)]
    room = None if most is None else max(0, most - len(others))
    return [*others, *_portions(recovery, rules, starts_at, quiet_from, before, room)][:most]


def _portions(
    recovery: Recovery,
    rules: Rules,
    starts_at: datetime,
    quiet_from: datetime | None,
    before: Drunk | None,
    room: int | None,
) -> list[Draft]:
    if before is not None and before.is_unknown:
        return []
    drinks = drinks_from(recovery.plan, starts_at, quiet_from, rules.hydration, before)
    about = "_about" if any(advice.values.get("estimated") for advice in recovery.plan) else ""
    total_ml = sum(drink.volume_ml for drink in drinks)
    ahead = [(number, drink) for number, drink in enumerate(drinks, start=1) if drink.due_at > starts_at]
    all_come = room is None or len(ahead) <= room

    def line(number: int) -> Line:
        later = drinks[number:]
        if later and not all_come:
            return Line(f"coach_portion_then{about}", {"parts": parts(later), "total_ml": total_ml})
        return Line(f"coach_portion{about}", {"portion": number, "portions": len(drinks), "total_ml": total_ml})

    return [
        Draft(
            f"portion_{number}",
            MessageKind.PORTION,
            drink.due_at,
            drink.due_at + timedelta(minutes=float(rules.hydration.interval_min)),
            Line("title_drink", {"volume_ml": drink.volume_ml}),
            (line(number),),
        )
        for number, drink in ahead[:room]
    ]


def _stretched(recovery: Recovery, rules: Rules, starts_at: datetime) -> list[Draft]:
    done_at = starts_at + timedelta(minutes=float(rules.stretching.duration_min))
    return [
        Draft(
            "stretched",
            MessageKind.STRETCHED,
            done_at,
            done_at + timedelta(minutes=float(rules.stretching.reminder_expires_min)),
            Line("title_stretched"),
            (Line("coach_stretched", advice.values),),
        )
        for advice in recovery.plan
        if advice.id == "stretch" and advice.expires_at > starts_at
    ]


def _meal(
    recovery: Recovery, workout: Workout, rules: Rules, starts_at: datetime, quiet_from: datetime | None
) -> list[Draft]:
    meal = next((advice for advice in recovery.plan if advice.key == "glycogen"), None)
    meal_at = workout.ended_at + timedelta(minutes=float(rules.glycogen.reminder_min))
    if meal is None or meal_at <= starts_at:
        return []
    line = meal_line(meal.line, rules, meal_at, quiet_from)
    return [Draft("meal", MessageKind.MEAL, meal_at, meal.expires_at, Line("title_meal"), (line,))]
