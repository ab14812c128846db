"""How is it said when to train again, by the last workout and all before it?

`hersteld status` says it so, and so does every answer about a workout that later ones have followed: what that one
would ask for alone may be less than what holds.
"""

from collections.abc import Mapping
from datetime import date, datetime

from hersteld.config.settings import Settings
from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.summaries import StoredWorkout, Summaries, left_to_rest
from hersteld.daemon.words.voice import Voice
from hersteld.parsers.line import Value
from hersteld.recovery.athlete.regions import others, region
from hersteld.recovery.occasions.verdict import VerdictName, verdict

_VERDICTS: Mapping[VerdictName, str] = {
    "unknown": "status_unknown",
    "ready": "status_ready",
    "easy": "status_easy",
    "rest": "status_rest",
    "rest_day": "status_rest_day",
    "beginner": "status_beginner",
    "beginner_easy": "status_beginner_easy",
    "beginner_now": "status_beginner_now",
    "careful": "status_careful",
    "careful_now": "status_careful_now",
    "long_run": "status_long_run",
    "easy_week": "status_easy_week",
    "muscles": "status_muscles",
    "muscles_now": "status_muscles_now",
}


def readiness_said(
    voice: Voice,
    settings: Settings,
    last: StoredWorkout,
    now: datetime,
    rest_day_until: date | None = None,
    *,
    adult: bool = True,
) -> str:
    """Return when to train again, at the times that the messages name.

    Args:
        last: The last workout whose date is known.
        now: Aware UTC.
        rest_day_until: The day on which a beginner trains again; None where no rest day is named.
        adult: Whether nothing allows that the athlete is a minor.
    """
    conditions, left = settings.athlete.conditions, left_to_rest(last, rest_day_until)
    now_true = verdict(left, now, settings.rules, voice.zone, conditions, adult=adult)
    values: dict[str, Value | None] = {
        "easy_from": now_true.easy_from,
        "ready_at": now_true.ready_at,
        "ready_other_at": now_true.ready_other_at,
        "day": now_true.day,
    }
    if last.resting_muscles:
        values |= {"region": region(last.resting_muscles), "others": others(last.resting_muscles)}
    return voice.say(_VERDICTS[now_true.name], **{name: value for name, value in values.items() if value is not None})


def readiness_now(store: Store, voice: Voice, settings: Settings, now: datetime) -> str | None:
    """Return when to train again, as it is stored; None where no workout has a date that is known."""
    workouts = Summaries(store)
    last = workouts.latest()
    if last is None:
        return None
    adult = workouts.is_adult(settings.athlete, settings.rules.athlete, now)
    return readiness_said(voice, settings, last, now, workouts.rest_day_until(last), adult=adult)
