"""How does the timetable for drinking read at a moment, and what of it is left out before the quiet hours?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from hersteld.parsers.line import Line
from hersteld.recovery.advice import Advice, Recovery
from hersteld.recovery.key_rules import HydrationRules
from hersteld.recovery.situation import to_the_quarter

DRINK_TIMETABLE_IDS = frozenset(
    {
        "drink_total",
        "drink_total_more",
        *(f"drink{form}{about}" for form in ("", "_once", "_more", "_total_in_all") for about in ("", "_about")),
    }
)
"""The texts about a loss from 1 % of body mass on."""
DRINK_IDS = DRINK_TIMETABLE_IDS | {"drink_with_meal", "drink_thirst", "drink_long", "drink_gained", "drink_condition"}
"""The texts of a message that say how much to drink."""
_MOST_TIMES_NAMED = 4
"""More portions than this are told as "every 15 minutes until ..." instead of with the time of each."""


@dataclass(frozen=True, slots=True)
class Drink:
    """A portion of the timetable as it is told.

    Attributes:
        due_at: Aware UTC.
        volume_ml: Above 0.
    """

    due_at: datetime
    volume_ml: int


@dataclass(frozen=True, slots=True)
class Drunk:
    """What the athlete has drunk since the workout, because a message said so.

    Attributes:
        volume_ml: 0 or more.
        free_from: When the next portion may follow the last of these, aware UTC; None where nothing is drunk.
        told: Whether a volume was told, drunk or not.
    """

    volume_ml: int = 0
    free_from: datetime | None = None
    told: bool = False

    @property
    def is_unknown(self) -> bool:
        """Whether a volume was told of which nothing counts as drunk: the athlete alone knows what is left of it."""
        return self.told and not self.volume_ml


@dataclass(frozen=True, slots=True)
class ToldPlan:
    """A plan that a message told before.

    Attributes:
        at: When the message was due, aware UTC.
        until: Until when its portions hold, aware UTC: from then on another message says what is left to drink.
        trainings: When each part of the same brick after this one began and ended, aware UTC, up to the one that is
            told next; empty without one.
        before: The plan that was told before that one; None where none was.
    """

    recovery: Recovery
    at: datetime
    until: datetime
    trainings: tuple[tuple[datetime, datetime], ...] = ()
    before: "ToldPlan | None" = None

    def drinks(self, rules: HydrationRules, quiet_from: Callable[[datetime], datetime | None]) -> tuple[Drink, ...]:
        """Return the portions that the message told."""
        return drinks_from(
            self.recovery.plan, self.at, quiet_from(self.at), rules, drunk(self.before, rules, quiet_from)
        )

    def names_times(self, rules: HydrationRules, quiet_from: Callable[[datetime], datetime | None]) -> bool:
        """Return whether the message told when to drink its portions, and not only how much in all."""
        return not drunk(self.before, rules, quiet_from).is_unknown


def drunk(told: ToldPlan | None, rules: HydrationRules, quiet_from: Callable[[datetime], datetime | None]) -> Drunk:
    """Return what was drunk of what messages told: the portions that were due so far, but none of those while training.

    Of what was told in all, without times, nothing counts: part of it may have been drunk before it was told.

    Args:
        quiet_from: Returns when the quiet hours begin next, or None without any.
    """
    if told is None:
        return Drunk()
    earlier = drunk(told.before, rules, quiet_from)
    own = [
        drink
        for drink in told.drinks(rules, quiet_from)
        if not earlier.is_unknown
        and drink.due_at < told.until
        and not any(began <= drink.due_at < ended for began, ended in told.trainings)
    ]
    was_told = earlier.told or any("total_ml" in advice.values for advice in told.recovery.plan)
    if not own:
        return Drunk(earlier.volume_ml, earlier.free_from, was_told)
    volume_ml = earlier.volume_ml + sum(drink.volume_ml for drink in own)
    return Drunk(volume_ml, own[-1].due_at + _interval(rules), was_told)


def last_hour(rules: HydrationRules) -> timedelta:
    """Return how long before the quiet hours little is drunk any more."""
    return timedelta(hours=float(rules.last_hour_h))


def drinks_from(
    plan: Sequence[Advice],
    at: datetime,
    quiet_from: datetime | None,
    rules: HydrationRules,
    before: Drunk | None = None,
) -> tuple[Drink, ...]:
    """Return the portions of a timetable that is first told at a moment.

    A portion that nobody was told is not drunk. The timetable therefore begins when it is told, with the same portions
    and the same time between them, and ends where drinking is of use no more, or where the quiet hours begin.

    Args:
        at: When it is told, aware UTC.
        quiet_from: When the quiet hours begin, aware UTC; None without any.
        before: What was told before and is drunk: this is left out of the first portions.
    """
    portions = [advice for advice in plan if advice.id == "drink_portion"]
    if not portions:
        return ()
    before = before or Drunk()
    until = portions[0].due_at + timedelta(hours=float(rules.expires_h))
    if at >= until:
        return ()
    begin = max(moment for moment in (at, portions[0].due_at, before.free_from) if moment is not None)
    volumes_ml = _beyond([int(str(advice.values["volume_ml"])) for advice in portions], before.volume_ml, rules)
    times = (
        to_the_quarter(begin + number * _interval(rules)) if number else begin for number in range(len(volumes_ml))
    )
    drinks = [Drink(due_at, volume_ml) for due_at, volume_ml in zip(times, volumes_ml, strict=True) if due_at <= until]
    return portions_before(drinks, quiet_from, rules)


def portions_before(drinks: Sequence[Drink], quiet_from: datetime | None, rules: HydrationRules) -> tuple[Drink, ...]:
    """Return the portions that fit before the quiet hours, the last of them perhaps smaller, but never a sip.

    Args:
        drinks: In order of time.
        quiet_from: When the quiet hours begin, aware UTC; None without any.
    """
    fitting: list[Drink] = []
    left_ml = int(rules.last_hour_ml)
    for drink in drinks:
        volume_ml = drink.volume_ml
        if quiet_from is not None and drink.due_at >= quiet_from:
            break
        if quiet_from is not None and drink.due_at >= quiet_from - last_hour(rules):
            volume_ml = min(volume_ml, left_ml)
            left_ml -= volume_ml
        if volume_ml > 0 and volume_ml >= min(drink.volume_ml, rules.min_portion_ml):
            fitting.append(Drink(drink.due_at, volume_ml))
    return tuple(fitting)


def drink_lines(
    plan: Sequence[Advice],
    at: datetime,
    quiet_from: datetime | None,
    rules: HydrationRules,
    before: Drunk | None = None,
    *,
    without_times: bool = False,
) -> list[Line]:
    """Return the line about drinking: the timetable from now on, or a volume.

    Args:
        at: When the line is read, aware UTC.
        quiet_from: When the quiet hours begin, aware UTC; None without any.
        before: What was told before. Only then the line says that it is more or, where nothing of it counts as drunk,
            in all: without times, as the portions that are left are those that the athlete has not drunk.
        without_times: Whether only the volume is told, because nobody knows when the line is read.
    """
    if not any(advice.id == "drink_portion" for advice in plan):
        others = (advice for advice in plan if advice.key == "hydration")
        is_last_hour = quiet_from is not None and quiet_from - at <= last_hour(rules)
        most_ml = int(rules.last_hour_ml) if is_last_hour else None
        return [_at_most(advice.line, most_ml) for advice in others if advice.due_at <= at < advice.expires_at]
    drinks = drinks_from(plan, at, quiet_from, rules, before)
    if not drinks:
        return []
    before = before or Drunk()
    beside = "_more" if before.volume_ml else ""
    total_ml = sum(drink.volume_ml for drink in drinks)
    about = "_about" if any(advice.values.get("estimated") for advice in plan) else ""
    if before.is_unknown:
        return [Line(f"drink_total_in_all{about}", {"total_ml": total_ml})]
    if without_times:
        return [Line(f"drink_total{beside}", {"total_ml": total_ml})]
    if len(drinks) == 1 and not beside:
        return [Line(f"drink_once{about}", {"volume_ml": total_ml})]
    return [Line(f"drink{beside}{about}", {"total_ml": total_ml, "parts": parts(drinks, at)})]


def _beyond(volumes_ml: Sequence[int], drunk_ml: int, rules: HydrationRules) -> list[int]:
    """Return the portions that are left of some when so much is drunk; what is left of one is no sip."""
    left_ml: list[int] = []
    for volume_ml in volumes_ml:
        of_this_ml = min(volume_ml, drunk_ml)
        drunk_ml -= of_this_ml
        rest_ml = volume_ml - of_this_ml
        if rest_ml > 0 and rest_ml >= min(volume_ml, rules.min_portion_ml):
            left_ml.append(rest_ml)
    return left_ml


def _interval(rules: HydrationRules) -> timedelta:
    return timedelta(minutes=float(rules.interval_min))


def _at_most(line: Line, most_ml: int | None) -> Line:
    """Return a line with a volume that is no larger than a bound, or the line itself where there is no bound."""
    total_ml = line.values.get("total_ml")
    if most_ml is None or total_ml is None:
        return line
    return Line(line.id, {**line.values, "total_ml": min(int(str(total_ml)), most_ml)})


def parts(drinks: Sequence[Drink], at: datetime | None = None) -> tuple[Line, ...]:
    """Return portions in words: the one to drink now, then those that follow, equal neighbours together.

    Args:
        at: Now, aware UTC; None where all of them follow.
    """
    now = [drink for drink in drinks if at is not None and drink.due_at <= at]
    said = [Line("part_now", {"volume_ml": drink.volume_ml}) for drink in now]
    later = drinks[len(now) :]
    for volume_ml, group in groupby(later, key=lambda drink: drink.volume_ml):
        times = tuple(drink.due_at for drink in group)
        if len(times) > _MOST_TIMES_NAMED:
            minutes = (times[1] - times[0]) // timedelta(minutes=1)
            values = {"volume_ml": volume_ml, "minutes": minutes, "since": times[0], "until": times[-1]}
            said.append(Line("part_every", values))
        else:
            said.append(Line("part_at", {"volume_ml": volume_ml, "times": times}))
    return tuple(said)
