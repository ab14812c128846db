"""When does a message say that the athlete can train again?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo

from hersteld.parsers.line import Line
from hersteld.recovery.advice import (
    Advice,
    Recovery,
)
from hersteld.recovery.messages.draft import ToldReadiness
from hersteld.recovery.messages.quiet_hours import QuietHours
from hersteld.recovery.rules import Rules

_NAMES_ONLY_READY = frozenset(
    {"rest_short", "rest_ready_now", "rest_ready_from", "rest_muscles_ready", "rest_muscles_now_ready"}
)
"""Texts with one moment for any training."""
_NAMES_ONLY_EASY = frozenset(
    {
        "rest_days",
        "rest_day_easy",
        "rest_day_easy_today",
        "rest_two_days",
        "rest_two_days_today",
        "rest_careful",
        "rest_careful_now",
    }
)
"""Texts that say nothing about hard training."""
NAMES_AN_EASY_WEEK = frozenset({"rest_long_run", "rest_easy_week", "rest_easy_week_now"})
"""Texts that keep a week easy: hard training is for after it, though no hour is named."""
SPEAKS_OF_NO_HARD_TRAINING = frozenset({"rest_careful", "rest_careful_now"})
"""Texts for athletes to whom nothing is ever said of hard training."""
NAMES_ONLY_A_DAY = frozenset({"rest_day", "rest_day_today"})
"""Texts that name the day of training, hard training included, and no hour."""
_TODAY: Mapping[str, str] = {
    "rest_day": "rest_day_today",
    "rest_day_easy": "rest_day_easy_today",
    "rest_two_days": "rest_two_days_today",
}
"""Texts of the day of the workout ("keep tomorrow free"), and what they become when they are read on a later day."""
_MINUTES_PER_QUARTER = 15


@dataclass(frozen=True, slots=True)
class Readiness:
    """When to train again, as a message says it.

    Attributes:
        line: The sentence.
        easy_from, ready_at: When to train easily and when to train hard, aware UTC, rounded as the sentence says them.
            A sentence that keeps a week easy says by that: hard training is for after the week.
    """

    line: Line
    easy_from: datetime
    ready_at: datetime

    @property
    def told(self) -> ToldReadiness:
        """The times that the sentence names."""
        return ToldReadiness(
            None if self.line.id in _NAMES_ONLY_READY else self.easy_from,
            None if self.line.id in _NAMES_ONLY_EASY else self.ready_at,
        )


def readiness(recovery: Recovery, rules: Rules, at: datetime, zone: tzinfo) -> Readiness | None:
    """Return when to train again, as a message says it that is read at a moment.

    Args:
        at: When the message is read, aware UTC.
        zone: The athlete's time zone.

    Returns:
        None for a plan that says nothing of rest.
    """
    rest, assessment = recovery.rest_advice, recovery.assessment
    if rest is None or assessment.easy_from is None or assessment.ready_at is None:
        return None
    easy_from = announced_readiness(assessment.easy_from, zone, rules)
    ready_at = announced_readiness(assessment.ready_at, zone, rules)
    ready_other_at = announced_readiness(assessment.ready_other_at or assessment.ready_at, zone, rules)
    values = {**rest.values, "easy_from": easy_from, "ready_at": ready_at, "ready_other_at": ready_other_at}
    rest, day = _as_announced(rest, easy_from, ready_at, zone)
    if day is not None:
        values["next_training_on"] = day
    text_id = _text_id(rest, easy_from, ready_at, ready_other_at, at, zone)
    if text_id in NAMES_AN_EASY_WEEK:
        ready_at = end_of_easy_week(recovery, zone, rules) or ready_at
    return Readiness(Line(text_id, values), easy_from, ready_at)


def end_of_easy_week(recovery: Recovery, zone: tzinfo, rules: Rules) -> datetime | None:
    """Return when a week that is kept easy is over and the hours of rest are, too; None where none is kept easy.

    Args:
        zone: The athlete's time zone.

    Returns:
        Aware UTC, rounded as messages say it.
    """
    week, hours = recovery.assessment.easy_week_until, recovery.assessment.ready_at
    return None if week is None or hours is None else announced_readiness(max(week, hours), zone, rules)


def announced_readiness(moment: datetime, zone: tzinfo, rules: Rules) -> datetime:
    """Return a moment of readiness as messages say it: the next full quarter of an hour, and never in the night.

    Args:
        moment: Aware UTC.
        zone: The athlete's time zone.

    Returns:
        Aware UTC, never earlier than the moment.
    """
    local = moment.astimezone(zone)
    past_quarter = timedelta(
        minutes=local.minute % _MINUTES_PER_QUARTER, seconds=local.second, microseconds=local.microsecond
    )
    quarter = local - past_quarter + timedelta(minutes=_MINUTES_PER_QUARTER) if past_quarter else local
    if quarter.hour >= rules.messages.night_from_hour:
        quarter += timedelta(days=1)
    elif quarter.hour >= rules.messages.night_until_hour:
        return quarter.astimezone(moment.tzinfo)
    morning = time(int(rules.messages.night_until_hour))
    return datetime.combine(quarter.date(), morning, tzinfo=zone).astimezone(moment.tzinfo)


def recovery_told_at(ready_at: datetime, zone: tzinfo, rules: Rules, quiet_hours: QuietHours | None) -> datetime:
    """Return when the athlete is told of a recovery.

    Late in the evening nobody trains any more: what becomes true then is told in the morning.

    Args:
        ready_at: As messages say it, aware UTC.
        zone: The athlete's time zone.
        quiet_hours: None to send at any hour.
    """
    told_at, local = ready_at, ready_at.astimezone(zone)
    if local.hour >= rules.messages.ready_until_hour:
        morning = time(int(rules.messages.night_until_hour))
        told_at = datetime.combine(local.date() + timedelta(days=1), morning, tzinfo=zone).astimezone(ready_at.tzinfo)
    return told_at if quiet_hours is None else quiet_hours.move_out(told_at, zone)


def _as_announced(rest: Advice, easy_from: datetime, ready_at: datetime, zone: tzinfo) -> tuple[Advice, date | None]:
    """Return the rest advice of a beginner and the day of training that it names, by the moments as they are announced.

    What comes true in the night is announced for the next morning: that day is then the one to train, or the first one
    to train hard. Any other advice is returned as it is, with None.
    """
    planned_on = rest.values.get("next_training_on")
    if not isinstance(planned_on, date):
        return rest, None
    day = max(planned_on, easy_from.astimezone(zone).date())
    if rest.id in ("rest_day", "rest_day_easy") and day > planned_on:
        return replace(rest, id="rest_days"), day
    if rest.id == "rest_day" and ready_at.astimezone(zone).date() > day:
        return replace(rest, id="rest_day_easy"), day
    return rest, day


def _text_id(
    rest: Advice, easy_from: datetime, ready_at: datetime, ready_other_at: datetime, at: datetime, zone: tzinfo
) -> str:
    """Return the text of the rest advice that is true when it is read at a moment."""
    if rest.id in _TODAY:
        same_day = at.astimezone(zone).date() == rest.due_at.astimezone(zone).date()
        return rest.id if same_day else _TODAY[rest.id]
    if rest.id == "rest_easy_week":
        return rest.id if at < easy_from else "rest_easy_week_now"
    if rest.id == "rest_careful":
        return "rest_careful_now" if at >= easy_from else "rest_careful"
    if rest.id not in ("rest_short", "rest_hours", "rest_muscles"):
        return rest.id
    if at >= ready_at:
        return "rest_ready_now"
    if rest.id == "rest_muscles" and at < easy_from and ready_other_at < ready_at:
        text_id = "rest_muscles" if at < ready_other_at else "rest_muscles_now"
        return f"{text_id}_ready" if easy_from == ready_at else text_id
    if rest.id == "rest_short":
        return rest.id
    if easy_from == ready_at:
        return "rest_ready_from"
    return "rest_easy_now" if at >= easy_from else "rest_hours"
