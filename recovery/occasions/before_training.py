"""What does the athlete eat before a training that is planned, and is it too soon for a hard one?

Key 4 of the article: some three hours before, protein and healthy fats, and slow carbohydrate before more than an hour
and a half. No amount is ever named, so there is none to take away from anybody.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

from hersteld.parsers.line import Line
from hersteld.recovery.athlete.profile import Athlete, Food
from hersteld.recovery.messages.draft import Draft, MessageKind
from hersteld.recovery.messages.quiet_hours import QuietHours
from hersteld.recovery.occasions.planned_session import PlannedSession
from hersteld.recovery.rules import Rules

_ONE_DAY = timedelta(days=1)
_QUIET_WITHIN = timedelta(hours=1)
"""So long before quiet hours the evening word comes, where these hold in the evening and did not begin in the night."""


@dataclass(frozen=True, slots=True)
class StillToRest:
    """What the last workout leaves of rest, as messages say it.

    Attributes:
        easy_from, hard_from: Aware UTC.
        may_train_hard: Whether it is for us to say when hard training is fine.
    """

    easy_from: datetime
    hard_from: datetime
    may_train_hard: bool


def meal_at(session: PlannedSession, rules: Rules) -> datetime | None:
    """Return when the meal before a session is eaten, aware UTC; None for a session without an hour."""
    return None if session.starts_at is None else session.starts_at - timedelta(hours=float(rules.before.meal_h))


def meal_until(session: PlannedSession, rules: Rules) -> datetime | None:
    """Return until when a meal before a session still does good, aware UTC; None for a session without an hour."""
    return None if session.starts_at is None else session.starts_at - timedelta(hours=float(rules.before.meal_until_h))


def evening_at(
    session: PlannedSession, rules: Rules, quiet_hours: QuietHours | None, zone: tzinfo
) -> tuple[datetime, datetime]:
    """Return from when and until when the evening before a session is the time to speak of it, aware UTC.

    Args:
        quiet_hours: None to send at any hour.
        zone: The athlete's time zone.
    """
    day = session.day - _ONE_DAY
    midnight = datetime.combine(session.day, time(), tzinfo=zone).astimezone(UTC)
    at = datetime.combine(day, time(int(rules.before.evening_hour)), tzinfo=zone).astimezone(UTC)
    if quiet_hours is not None and quiet_hours.holds(at, zone):
        before = datetime.combine(day, quiet_hours.start, tzinfo=zone).astimezone(UTC) - _QUIET_WITHIN
        is_that_day = before.astimezone(zone).date() == day  # who sleeps by day may have them from midnight on
        at = before if is_that_day else quiet_hours.move_out(at, zone)
    return at, midnight


def is_eaten_in_the_evening(
    session: PlannedSession, rules: Rules, quiet_hours: QuietHours | None, zone: tzinfo
) -> bool:
    """Return whether the meal before a session is spoken of the evening before: it has no hour, or an early one."""
    at = meal_at(session, rules)
    return at is None or (quiet_hours is not None and quiet_hours.holds(at, zone))


def is_spoken_of_with_another(session: PlannedSession, others: Iterable[PlannedSession]) -> bool:
    """Return whether another session begins at the same time, and what is said of that holds for this one as well.

    The same training often stands in two calendars, such as that of a coach and the athlete's own. The hard one and the
    longer one is spoken of, as more is said of it.
    """
    at_once = (one for one in others if (one.day, one.starts_at) == (session.day, session.starts_at))
    return any(_importance(one) < _importance(session) for one in at_once)


def _importance(session: PlannedSession) -> tuple[bool, float, str]:
    return not session.is_hard, -(session.minutes or 0.0), session.identity


def before_meal(
    session: PlannedSession,
    others: Iterable[PlannedSession],
    athlete: Athlete,
    rules: Rules,
    *,
    at: datetime,
    rest: StillToRest | None = None,
    is_refuelling: bool = False,
) -> Draft | None:
    """Return the word that it is time to eat before a session; None where another word holds, or it is too late.

    Args:
        others: Whatever else is planned: who eats for an earlier session need not eat again for this one.
        at: When it is read, aware UTC.
        rest: What the last workout leaves of rest; None without one.
        is_refuelling: Whether the plan of the last workout already says what to eat until this session.

    Source: article keys 1 and 4.
    """
    starts_at, until = session.starts_at, meal_until(session, rules)
    if starts_at is None or until is None or at >= until or is_refuelling:
        return None
    meal = timedelta(hours=float(rules.before.meal_h))
    if any(one.starts_at is not None and starts_at - meal <= one.starts_at < starts_at for one in others):
        return None
    lines = [
        _meal_line("before_eat_now", athlete),
        *_long_line(session, rules),
        *_still_recovering_lines(starts_at, rest, rules),
    ]
    title = Line("title_before", {"at": starts_at})
    return Draft("before", MessageKind.BEFORE, at, until, title, tuple(lines))


def before_evening(
    session: PlannedSession,
    rest: StillToRest | None,
    athlete: Athlete,
    rules: Rules,
    *,
    at: datetime,
    until: datetime,
    zone: tzinfo,
    with_meal: bool,
) -> Draft | None:
    """Return the word of the evening before a session; None where there is nothing to say.

    Args:
        rest: What the last workout leaves of rest; None without one.
        at, until: When it is read, and until when it is of use; aware UTC.
        zone: The athlete's time zone.
        with_meal: Whether the meal is spoken of now; see `is_eaten_in_the_evening`.

    Source: article keys 1 and 4.
    """
    too_soon = lines = [*_too_soon_lines(session, rest, rules, zone)]
    if with_meal:
        meal = "before_eat_tonight" if session.starts_at is not None else "before_eat_tomorrow"
        lines = [*too_soon, _meal_line(meal, athlete), *_long_line(session, rules)]
        if not too_soon:
            lines += _still_recovering_lines(_begins(session, zone), rest, rules)
    if not lines:
        return None
    starts_at = session.starts_at
    title = Line("title_before_day") if starts_at is None else Line("title_before_tomorrow", {"at": starts_at})
    return Draft("before", MessageKind.BEFORE, at, until, title, tuple(lines))


def _too_soon_lines(session: PlannedSession, rest: StillToRest | None, rules: Rules, zone: tzinfo) -> Iterable[Line]:
    """Yield that a hard session comes before the athlete is ready for it, and what would be fine instead."""
    if rest is None or not session.is_hard:
        return
    begins = _begins(session, zone)
    if begins >= rest.hard_from - timedelta(hours=float(rules.rest.too_soon_h)):
        return
    if rest.may_train_hard:
        yield Line("before_too_soon", {"ready_at": rest.hard_from})
    else:
        yield Line("before_too_soon_careful")
    if begins >= rest.easy_from:
        yield Line("before_easy_instead")
    else:
        yield Line("before_rest_instead", {"easy_from": rest.easy_from})


def _still_recovering_lines(begins: datetime, rest: StillToRest | None, rules: Rules) -> Iterable[Line]:
    """Yield that the rest still holds when a session begins, so that a word about its meal does not deny that."""
    if rest is None:
        return
    if begins < rest.easy_from:
        yield Line("before_not_yet", {"easy_from": rest.easy_from})
    elif begins < rest.hard_from - timedelta(hours=float(rules.rest.too_soon_h)):
        careful = Line("before_keep_easy_careful")
        yield Line("before_keep_easy", {"ready_at": rest.hard_from}) if rest.may_train_hard else careful


def _begins(session: PlannedSession, zone: tzinfo) -> datetime:
    """Return when a session begins, aware UTC; of a whole day, the end counts: it may be in the evening."""
    whole_day = datetime.combine(session.day + _ONE_DAY, time(), tzinfo=zone).astimezone(UTC)
    return session.starts_at or whole_day


def _meal_line(text_id: str, athlete: Athlete) -> Line:
    """Return what to eat, of which the athlete can eat all; with weak kidneys protein is a doctor's word."""
    if "kidney" in athlete.conditions:
        return Line(f"{text_id}_plain")
    return Line(text_id, {"food": _food(athlete.food)})


def _food(food: Collection[Food]) -> str:
    """Return the key of the foods that have protein and healthy fats, and that the athlete eats."""
    nuts = "nut_allergy" not in food
    if "vegan" in food:
        return "vegan" if nuts else "vegan_no_nuts"
    if "vegetarian" in food or "fish_allergy" in food:
        return "no_fish" if nuts else "no_fish_no_nuts"
    return "all" if nuts else "no_nuts"


def _long_line(session: PlannedSession, rules: Rules) -> Iterable[Line]:
    if session.minutes is not None and session.minutes > rules.before.long_min:
        yield Line("before_long")
