"""What was the week like? A word in at most six lines, with no score for a beginner, and no week without training."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hersteld.parsers.line import Line, Value
from hersteld.recovery.athlete.caution import NO_AMOUNTS, NO_EXERCISES, has_any
from hersteld.recovery.athlete.profile import Condition
from hersteld.recovery.messages.draft import Draft, MessageKind
from hersteld.recovery.rules import Rules

DAYS = timedelta(weeks=1).days


@dataclass(frozen=True, slots=True)
class Trained:
    """One workout of the week, or of the weeks before.

    Attributes:
        day: The local date to which its load belongs.
        timer_s: How long it was, in seconds.
        load: Its training load.
        gentle: Whether it leaves the day one of rest.
        effort: "hard", "very_hard", or None for less.
        sport: A word of the list of sports.
        lacks: "no_warmup" and "no_cooldown", as far as they were missing.
    """

    day: date
    timer_s: float
    load: float
    gentle: bool
    effort: str | None
    sport: str
    lacks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Week:
    """What is known of a week.

    Attributes:
        last_day: Its last local date.
        workouts: Of the week and of the four weeks before it.
        known_since: The local date of the first workout ever.
        sleep_s: Mean of the seconds asleep; None where too few nights are known.
        planned: How many trainings are planned for the next week; None where nobody knows.
    """

    last_day: date
    workouts: Sequence[Trained]
    known_since: date
    sleep_s: float | None = None
    planned: int | None = None

    @property
    def first_day(self) -> date:
        """Its first local date."""
        return self.last_day - timedelta(days=DAYS - 1)

    @property
    def own(self) -> list[Trained]:
        """The workouts of the week itself."""
        return [workout for workout in self.workouts if self.first_day <= workout.day <= self.last_day]

    @property
    def rest_days(self) -> int:
        """How many days had no training but a gentle one."""
        return DAYS - len({workout.day for workout in self.own if not workout.gentle})


def weekly(
    week: Week, rules: Rules, conditions: Collection[Condition], *, at: datetime, until: datetime, beginner: bool
) -> Draft | None:
    """Return the word of a week; None of one without training.

    Args:
        at, until: When it is read, and until when it is of use; aware UTC.
        beginner: Whether nothing is said of load.
    """
    if not week.own:
        return None
    lines = [_amount(week, rules, beginner=beginner), _rest_days(week)]
    hard = [workout for workout in week.own if workout.effort is not None]
    if hard:
        hardest = max(hard, key=lambda workout: workout.load)
        values: dict[str, Value] = {"on": hardest.day, "effort": hardest.effort or "", "sport": hardest.sport}
        lines.append(Line("weekly_hardest", values))
    lines += _habit(week, rules)
    lines += _action(week, rules, conditions)
    if week.planned:
        lines.append(Line("weekly_planned" if week.planned > 1 else "weekly_planned_one", {"count": week.planned}))
    return Draft(MessageKind.WEEKLY, MessageKind.WEEKLY, at, until, Line("title_weekly"), tuple(lines))


def _before(week: Week, rules: Rules) -> list[Trained] | None:
    """Return the workouts of the weeks before; None where these are not known as a whole, or there are none.

    After an illness or a holiday nobody calls it usual to do nothing.
    """
    since = week.first_day - timedelta(weeks=float(rules.occasions.usual_weeks))
    if week.known_since > since:
        return None
    return [workout for workout in week.workouts if since <= workout.day < week.first_day] or None


def _amount(week: Week, rules: Rules, *, beginner: bool) -> Line:
    before, weeks = _before(week, rules), float(rules.occasions.usual_weeks)
    values: dict[str, Value] = {
        "total_s": sum(workout.timer_s for workout in week.own),
        "load": round(sum(workout.load for workout in week.own)),
    }
    if before is None:
        return Line("weekly_hours_only" if beginner else "weekly_load_only", values)
    values |= {
        "usual_s": sum(workout.timer_s for workout in before) / weeks,
        "usual_load": round(sum(workout.load for workout in before) / weeks),
    }
    return Line("weekly_hours" if beginner else "weekly_load", values)


def _rest_days(week: Week) -> Line:
    """Return how many days were of rest; what was gentle on them is named, as its time is counted in as well."""
    count = week.rest_days
    training_days = {workout.day for workout in week.own if not workout.gentle}
    is_gentle = any(workout.day not in training_days for workout in week.own)
    if count > 1:
        return Line("weekly_rest_days_gentle" if is_gentle else "weekly_rest_days", {"count": count})
    if count == 1:
        return Line("weekly_rest_day_gentle" if is_gentle else "weekly_rest_day")
    return Line("weekly_no_rest_day")


def _lacking(week: Week, what: str) -> int:
    return sum(what in workout.lacks for workout in week.own)


def _habit(week: Week, rules: Rules) -> list[Line]:
    """Return what was missing more than once at the end of workouts, or else at their begin."""
    if (count := _lacking(week, "no_cooldown")) >= rules.occasions.weekly_habit:
        return [Line("weekly_no_cooldown", {"count": count, "minutes": float(rules.cooldown.walk_min)})]
    if (count := _lacking(week, "no_warmup")) >= rules.occasions.weekly_habit:
        return [Line("weekly_no_warmup", {"count": count, "minutes": float(rules.cooldown.easy_start_min)})]
    return []


def _action(week: Week, rules: Rules, conditions: Collection[Condition]) -> list[Line]:
    """Return what would do good, by what the week lacked; nothing where it lacked nothing.

    Source: the four groups of action points of the total quality recovery of Kenttä & Hassmén 1998: sleep and rest,
    relaxation and emotional support, nutrition and hydration, stretching and active rest. What stands for which is
    ours.
    """
    before, weeks = _before(week, rules), float(rules.occasions.usual_weeks)
    usual_s = sum(workout.timer_s for workout in before) / weeks if before else 0.0
    is_more = usual_s > 0 and sum(workout.timer_s for workout in week.own) >= rules.occasions.weekly_more * usual_s
    if week.sleep_s is not None and week.sleep_s < 3600 * rules.occasions.weekly_sleep_h:
        return [Line("weekly_sleep")]
    if not week.rest_days:
        return [Line("weekly_relax")]
    if is_more and not has_any(conditions, NO_AMOUNTS):
        return [Line("weekly_eat")]
    if _lacking(week, "no_cooldown") >= rules.occasions.weekly_habit and not has_any(conditions, NO_EXERCISES):
        return [Line("weekly_stretch")]
    return []
