"""What came before a workout, as the rules need it?

It is read for every workout that is stored, so it must not take longer year by year. Only the workouts of the last
weeks are read one by one. Of those before, the daily loads are kept ready in `past_loads`, and the database picks the
highest heart rates. The rules make the same of this as of the whole past, to the last bit.
"""

import json
from calendar import monthrange
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np

from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.answers.lessons import ratings_before, sweats_before
from hersteld.daemon.store.answers.of_day import qualities_between, resting_hr_stamp
from hersteld.daemon.store.answers.of_workout import weighed_mass_kg
from hersteld.daemon.store.days import night_records_between
from hersteld.daemon.store.summaries import reach_of
from hersteld.daemon.system.clock import from_iso, iso
from hersteld.parsers.workout import Workout
from hersteld.recovery.answers.weights import REACH
from hersteld.recovery.athlete.history import History, LongAgo, PastWorkout
from hersteld.recovery.load.trends import daily_loads
from hersteld.recovery.nights.in_time import known_by_noon
from hersteld.recovery.nights.merge import merge, merge_each
from hersteld.recovery.nights.night import Night
from hersteld.recovery.nights.record import NightRecord
from hersteld.recovery.nights.usual import median_resting_hr_bpm
from hersteld.recovery.overload.last_weeks import LastWeeks
from hersteld.recovery.rules import AthleteRules, Rules

# SQLite would rather go through all that began before, in order, than sort the few that are asked for.
_WORKOUTS = "workouts INDEXED BY workouts_past WHERE has_clock AND trained_at >= ? AND trained_at <= ?"
_PAST = f"SELECT {{}} FROM {_WORKOUTS} AND started_at < ? ORDER BY started_at, id"  # noqa: S608 - ours
_PEAKS = (
    f"SELECT hr_peak_30s_bpm FROM {_WORKOUTS} AND started_at < ? AND ended_at >= ? AND ended_at <= ?"  # noqa: S608
    " AND hr_peak_30s_bpm IS NOT NULL ORDER BY hr_peak_30s_bpm DESC LIMIT ?"
)
_BEST = f"SELECT MAX(best_20min_w) FROM {_WORKOUTS} AND started_at < ? AND ended_at >= ? AND ended_at <= ?"  # noqa: S608
# Also another one in the place of the newest is told from it: that one's transaction may have been rolled back.
_NEWEST_NIGHT = (
    "SELECT rowid, sha256, day, arrived_at, (SELECT COUNT(*) FROM night_records) FROM night_records"
    " ORDER BY rowid DESC LIMIT 1"
)
_ALWAYS = "9"
"""Later than every moment, as text."""
_COLUMNS = ", ".join(PastWorkout.__dataclass_fields__)
_MOMENTS = (
    *("started_at", "ended_at", "trained_at", "ready_at", "easy_from", "ready_other_at", "rested_at"),
    "rested_other_at",
)
_FLAGS = ("hard", "gentle", "very_long_run")
_TWO_DAYS = timedelta(days=2)
"""A local day has at most 25 hours, so this surely reaches back to the begin of the date before."""
_KEPT = 4


def read_history(store: Store, before: datetime, without: Collection[int]) -> History:
    """Return all workouts with a trustworthy clock that started earlier, oldest first.

    Args:
        without: Ids to leave out.
    """
    return History(_past(store, "", _ALWAYS, iso(before), without))


def read_recent(store: Store, workout: Workout, rules: Rules, zone: tzinfo, without: Collection[int]) -> History:
    """Return what came before a workout; what is long ago only in summary.

    Args:
        zone: For local dates.
        without: Ids to leave out: the workout itself, what it is one brick with, and other recordings of these.
    """
    counted_days = max(rules.rest.history_days, rules.rest.easy_week_days)
    reach = max(reach_of(store), timedelta(days=float(counted_days)))
    cut = _start_of_month(workout.started_at - reach - _TWO_DAYS, zone)
    # Done before it ended, at the latest: of what began later, no more is gone through than may overlap.
    near = _past(store, iso(cut), iso(workout.started_at + reach), iso(workout.started_at), without)
    history = History(near, _long_ago(store, cut, workout.ended_at, reach, rules.athlete, zone))
    # The scales of the hours after a workout are those of the workout.
    history = replace(
        history,
        weighed_mass_kg=weighed_mass_kg(store, workout.ended_at + REACH),
        sweats=sweats_before(store, workout.started_at, without),
        ratings=ratings_before(store, workout.started_at, without),
    )
    return _with_nights(store, history, workout, rules, zone)


def _with_nights(store: Store, history: History, workout: Workout, rules: Rules, zone: tzinfo) -> History:
    """Return a history with the nights that say what was usual, and those that may move the readiness.

    All of them count that are known by now, whenever they came in: so the order of arrival changes nothing.
    """
    before = timedelta(days=max(rules.nights.rmssd_days, rules.nights.resting_hr_days, rules.athlete.resting_hr_days))
    after = timedelta(hours=float(rules.rest.max_h), days=float(rules.rest.beginner_days))
    first = (workout.started_at - before - _TWO_DAYS).date()
    since, last = (workout.ended_at - _TWO_DAYS).date(), (workout.ended_at + after + _TWO_DAYS).date()
    known = _nights_of(store, first, last)
    if not known.nights:
        return history
    nights = [night for night in known.nights if first <= night.day <= last]
    return replace(
        history,
        resting_hr_bpm=median_resting_hr_bpm(nights, workout.started_at, rules.athlete),
        nights=tuple(night for night in known.of_devices if first <= night.day <= last),
        nights_by_noon=known_by_noon(
            (record for record in known.records if since <= record.day <= last), rules.nights, zone
        ),
    )


class _KnownNights(NamedTuple):
    """The nights of whole months, as they were when they were read.

    Attributes:
        read_when: What tells whether more has come in since.
        first, last: Local dates.
        nights: One a day.
        of_devices: One for each day and device.
    """

    read_when: tuple[object, ...]
    first: date
    last: date
    records: tuple[NightRecord, ...]
    nights: tuple[Night, ...]
    of_devices: tuple[Night, ...]


_NO_NIGHTS = _KnownNights((), date.max, date.min, (), (), ())
_known_nights: WeakKeyDictionary[Store, _KnownNights] = WeakKeyDictionary()
"""What was read last: workouts that are assessed one after the other have most of their nights in common."""


def _nights_of(store: Store, first: date, last: date) -> _KnownNights:
    """Return the nights of these local dates, with others around them."""
    read_when = (store.db.execute(_NEWEST_NIGHT).fetchone(), *resting_hr_stamp(store))
    if read_when == (None,):
        return _NO_NIGHTS
    known = _known_nights.get(store, _NO_NIGHTS)
    if known.read_when == read_when and known.first <= first and last <= known.last:
        return known
    first, last = first.replace(day=1), last.replace(day=monthrange(last.year, last.month)[1])
    records = night_records_between(store, first, last)
    known = _KnownNights(read_when, first, last, records, merge(records), merge_each(records))
    _known_nights[store] = known
    return known


def read_last_weeks(store: Store, day: date, rules: Rules, zone: tzinfo) -> LastWeeks:
    """Return what the signs of overload rest on at a local date, all workouts of that date included.

    Args:
        zone: For local dates.
    """
    midnight = datetime.combine(day + timedelta(days=1), time(), tzinfo=zone).astimezone(UTC)
    cut = _start_of_month(midnight - timedelta(days=float(rules.rest.history_days)), zone)
    near = _past(store, iso(cut), iso(midnight - timedelta(microseconds=1)), _ALWAYS)
    loads = daily_loads(near, day, zone, _daily(store, cut, zone))
    hard_days = frozenset(workout.trained_at.astimezone(zone).date() for workout in near if workout.hard)
    usual_days = max(rules.overload.resting_hr_days, rules.overload.rmssd_days)
    records = night_records_between(store, day - timedelta(days=float(usual_days)) - timedelta(weeks=1), day)
    answered_since = day - timedelta(days=float(rules.overload.quality_days)) - timedelta(weeks=1)
    qualities = qualities_between(store, answered_since, day)
    return LastWeeks(day, loads, hard_days, merge(records), qualities, nights_of_devices=merge_each(records))


def _past(store: Store, since: str, until: str, before: str, without: Collection[int] = ()) -> tuple[PastWorkout, ...]:
    """Return the workouts that were done from `since` until `until` and started before `before`, oldest first."""
    rows = store.db.execute(_PAST.format(f"id, {_COLUMNS}"), (since, until, before)).fetchall()
    return tuple(_past_workout(row[1:]) for row in rows if row[0] not in without)


def _past_workout(row: tuple[Any, ...]) -> PastWorkout:
    found = dict(zip(PastWorkout.__dataclass_fields__, row, strict=True))
    moments = {name: from_iso(found[name]) if found[name] else None for name in _MOMENTS}
    flags = {name: bool(found[name]) for name in _FLAGS}
    muscles = tuple(json.loads(found["loaded_muscles"]))
    return PastWorkout(**{**found, **moments, **flags, "loaded_muscles": muscles})


def _start_of_month(moment: datetime, zone: tzinfo) -> datetime:
    """Return the local midnight at which a month begins: no day is cut in two, and workouts of a month share it."""
    local = moment.astimezone(zone)
    return datetime(local.year, local.month, 1, tzinfo=zone).astimezone(UTC)


def _long_ago(
    store: Store, cut: datetime, now: datetime, reach: timedelta, rules: AthleteRules, zone: tzinfo
) -> LongAgo | None:
    daily = _daily(store, cut, zone)
    if daily is None:
        return None
    since = now - timedelta(days=float(rules.peak_days))
    times = (iso(since - reach), iso(now), iso(cut), iso(since), iso(now))
    peaks = store.db.execute(_PEAKS, (*times, int(rules.peaks))).fetchall()
    since = now - timedelta(days=float(rules.best_power_days))
    times = (iso(since - reach), iso(now), iso(cut), iso(since), iso(now))
    ((best_w,),) = store.db.execute(_BEST, times).fetchall()
    return LongAgo(daily.first, daily.loads, tuple(peak for (peak,) in peaks), best_w)


class _Kept(NamedTuple):
    """A row of `past_loads`."""

    cut: str
    past: LongAgo


def _daily(store: Store, cut: datetime, zone: tzinfo) -> LongAgo | None:
    """Return the daily loads of all workouts before a local midnight; None when there are none."""
    name = _name(zone)
    kept = _kept(store, name, iso(cut)) if name else None
    if kept is not None and kept.cut == iso(cut):
        return kept.past
    before_cut = iso(cut - timedelta(microseconds=1))
    past = _past(store, kept.cut if kept else "", before_cut, iso(cut))
    if kept is None and not past:
        return None
    until = cut.astimezone(zone).date() - timedelta(days=1)
    loads = daily_loads(past, until, zone, kept.past if kept else None)
    first = kept.past.first if kept else until - timedelta(days=len(loads) - 1)
    if name and store.db.conn.in_transaction:  # whoever only reads does not write
        store.db.execute(
            "INSERT INTO past_loads (zone, cut, first, loads) VALUES (?, ?, ?, ?)",
            (name, iso(cut), first.isoformat(), loads.tobytes()),
        )
        store.db.execute("DELETE FROM past_loads WHERE rowid <= (SELECT MAX(rowid) FROM past_loads) - ?", (_KEPT,))
    return LongAgo(first, loads)


def _kept(store: Store, zone: str, cut: str) -> _Kept | None:
    """Return the latest daily loads that are kept ready, up to this midnight."""
    row = store.db.execute(
        "SELECT cut, first, loads FROM past_loads WHERE zone = ? AND cut <= ? ORDER BY cut DESC LIMIT 1", (zone, cut)
    ).fetchone()
    if row is None:
        return None
    return _Kept(row[0], LongAgo(datetime.fromisoformat(row[1]).date(), np.frombuffer(row[2], np.float64)))


def _name(zone: tzinfo) -> str | None:
    """Return the name by which a timezone is known everywhere; None where it has none ("local" may be any)."""
    if zone is UTC:
        return "UTC"
    key = getattr(zone, "key", None)
    try:
        return key if key and ZoneInfo(key) is zone else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
