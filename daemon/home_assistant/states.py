"""How is the athlete now, as Home Assistant shows it?

It is what `hersteld status` and `hersteld history` say at the same moment, and is made of the same verdict.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from hersteld.config.settings import Settings
from hersteld.daemon.database.connection import Store
from hersteld.daemon.health.trouble import TroubleId
from hersteld.daemon.store.history import read_last_weeks
from hersteld.daemon.store.summaries import StoredWorkout, Summaries, left_to_rest
from hersteld.daemon.views.workout_title import what_it_was
from hersteld.daemon.words.voice import Voice
from hersteld.recovery.load.trends import trend
from hersteld.recovery.occasions.told_moments import ToldMoments, told_moments
from hersteld.recovery.occasions.verdict import verdict


@dataclass(frozen=True, slots=True)
class States:
    """What the sensors show of the athlete.

    Attributes:
        told: From when which training is fine.
        last_workout, last_workout_load: What it was ("Hard ride, 2 h 04"), and its load; None without any workout.
        load_today: Load of the local date, 0 or more.
        ctl, atl, tsb: Load per day; None while the history is too short for them to mean anything.
    """

    told: ToldMoments
    last_workout: str | None
    last_workout_load: float | None
    load_today: float
    ctl: float | None
    atl: float | None
    tsb: float | None

    def payload(self, now: datetime) -> str:
        """Return the states at a moment as JSON; what is not known is null, which Home Assistant shows as such."""
        told = self.told
        shown = {
            "ready_at": _iso(told.ready_at),
            "easy_from": _iso(told.easy_from),
            "hours_left": told.hours_left(now),
            "last_workout": self.last_workout,
            "last_workout_load": _rounded(self.last_workout_load, 0),
            "load_today": _rounded(self.load_today, 0),
            "ctl": _rounded(self.ctl, 1),
            "atl": _rounded(self.atl, 1),
            "tsb": _rounded(self.tsb, 1),
        }
        return json.dumps(shown, ensure_ascii=False)


def read_states(store: Store, settings: Settings, now: datetime, zone: tzinfo) -> States:
    """Return what the sensors show.

    Args:
        now: Aware.
        zone: The athlete's time zone.
    """
    day = now.astimezone(zone).date()
    loads = read_last_weeks(store, day, settings.rules, zone).loads
    today = trend(loads, settings.rules.rest)
    is_known = today.days >= settings.rules.rest.history_days
    last = Summaries(store).latest()
    return States(
        told=ToldMoments() if last is None else _told(store, settings, last, now, zone),
        last_workout=None if last is None else _title(last, Voice(settings.notify, zone)),
        last_workout_load=None if last is None else last.load,
        load_today=float(loads[-1]) if len(loads) else 0.0,
        ctl=today.ctl if is_known else None,
        atl=today.atl if is_known else None,
        tsb=today.tsb if is_known else None,
    )


def health_payload(trouble: TroubleId | None) -> str:
    """Return what the service is like as JSON; the kind of trouble is all that is told, as with pings."""
    return json.dumps({"problem": "OFF" if trouble is None else "ON", "attributes": {"trouble": trouble}})


def _told(store: Store, settings: Settings, last: StoredWorkout, now: datetime, zone: tzinfo) -> ToldMoments:
    summaries, rules, athlete = Summaries(store), settings.rules, settings.athlete
    holder = summaries.asks_for_rest(last) or last
    adult = summaries.is_adult(athlete, rules.athlete, now)
    left = left_to_rest(last, summaries.rest_day_until(last))
    told = verdict(left, holder.ended_at, rules, zone, athlete.conditions, adult=adult)
    return told_moments(told, holder.ended_at, zone)


def _title(last: StoredWorkout, voice: Voice) -> str:
    what = what_it_was(last, voice)
    return what[:1].upper() + what[1:]


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat(timespec="seconds")


def _rounded(value: float | None, digits: int) -> float | int | None:
    if value is None:
        return None
    return round(value) if digits == 0 else round(value, digits) + 0.0  # and no -0.0
