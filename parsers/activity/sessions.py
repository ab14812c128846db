"""Which sessions does the workout have, and how long was each?

The device sums up each sport in a `session` message, which it writes at the end. Not all of its values are believed. A
session that starts far from all records is left out; only when this is so of every session of a sound file do they
start with the first record instead. An elapsed time that is missing, zero, or well beyond both the session's own end
and all records is replaced by the time until that end, or else until the session's last record, or else by the timer
time. A timer time that is missing, zero, or well beyond the elapsed time is replaced by the elapsed time without the
pauses. A distance that nobody can cover in the time is replaced by that of the records.

A file without a believed session has one session, which is derived from the records, or from the laps when there is no
record.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeGuard

import numpy as np

from hersteld.parsers.activity.pauses import Pauses
from hersteld.parsers.activity.samples import DAY_S, MAX_SALVAGED_SPREAD_S, MAX_SPREAD_S
from hersteld.parsers.columns.decoder import DecodedFile, Messages
from hersteld.parsers.format.fit_time import to_datetime
from hersteld.parsers.format.profile import fields
from hersteld.parsers.format.profile.meaning import enum_name
from hersteld.parsers.workout import Column, Samples, Session

UNSUMMED_S = 60.0
"""In a damaged file, records that continue for longer than this after the last session are a session of their own."""
SLACK = 1.1
SLACK_S = 60.0
"""A timer time may exceed the elapsed time, and an elapsed time its bound, by this factor and these seconds: values are
rounded, and clocks are set during an activity."""

MOST_SESSIONS = 1000
"""The number of sessions that are read of one file. No real workout has more, and each session costs a look at its
records, which may be all records of the file."""
HIGHEST_SPEED_MPS = 100.0
"""Nobody is faster, not even downhill: a larger distance is a fault of the file."""


@dataclass(frozen=True, slots=True)
class Timed:
    """A session with its times in seconds since the FIT epoch."""

    begin: float
    end: float
    session: Session


def read_sessions(
    file: DecodedFile, samples: Samples, pauses: Pauses, *, fallback_s: float, salvaged: bool
) -> tuple[Timed, ...]:
    """Return the sessions in order of start, at least one.

    Args:
        file: The activity.
        samples: Its records, `time_s` in seconds since the FIT epoch.
        pauses: In seconds since the FIT epoch.
        fallback_s: Start of an activity in which no session, lap or record has a time.
        salvaged: Whether the file is damaged, so that its last sessions may be missing.
    """
    rows = file.of(fields.SESSION)
    starts = _starts(rows, samples.time_s, salvaged=salvaged)
    order = _without_repeats(rows, starts)
    timed: list[Timed] = []
    for place, row in enumerate(order):
        limit = float(starts[order[place + 1]]) if place + 1 < len(order) else np.inf
        longest = _longest(rows, row, float(starts[row]), samples, salvaged=salvaged)
        timed.append(_summed_up(file, row, float(starts[row]), limit, longest, samples, pauses))
    if not timed:
        return (_derived(file, samples, pauses, fallback_s),)
    last = max(session.end for session in timed)
    if salvaged and len(samples) and samples.time_s[-1] > last + UNSUMMED_S:
        rest = _records_between(samples, last, np.inf)
        timed.append(_from_records(file, rest, pauses))
    return tuple(timed)


def _starts(rows: Messages, times: Column, *, salvaged: bool) -> Column:
    """Return the start of each session; NaN for one that is not believed."""
    starts, ends = rows.column(fields.SESSION_START_TIME), rows.column(fields.TIMESTAMP)
    elapsed = rows.column(fields.SESSION_TOTAL_ELAPSED_TIME)
    starts = np.where(np.isnan(starts), ends - np.where(np.isnan(elapsed), 0, elapsed), starts)
    if len(times):
        starts = np.where(np.isnan(starts), times[0], starts)
        spread = DAY_S if salvaged else MAX_SPREAD_S
        far = (starts < times[0] - spread) | (starts > times[-1] + spread)
        starts = np.where(far, np.nan if salvaged or not far.all() else times[0], starts)
    return starts


def _without_repeats(rows: Messages, starts: Column) -> list[int]:
    """Return the rows of the believed sessions in order of start, each once: a chain may hold the same one twice."""
    order: dict[tuple[float, float | None, float | None], int] = {}
    for row in np.argsort(starts, kind="stable").tolist():
        if not np.isnan(starts[row]):
            sport = rows.value(fields.SESSION_SPORT, row)
            elapsed = rows.value(fields.SESSION_TOTAL_ELAPSED_TIME, row)
            order.setdefault((float(starts[row]), sport, elapsed), row)
    return list(order.values())[:MOST_SESSIONS]


def _longest(rows: Messages, row: int, begin: float, samples: Samples, *, salvaged: bool) -> float:
    """Return the longest that a session can have lasted, in seconds.

    Where its own end is unknown the records give no bound, as some of them may be missing.
    """
    end = rows.value(fields.TIMESTAMP, row)
    if end is None or end <= begin:
        return MAX_SALVAGED_SPREAD_S if salvaged else MAX_SPREAD_S
    return max(end, float(samples.time_s[-1]) if len(samples) else end) - begin


def _is_believed(duration_s: float | None, longest_s: float) -> TypeGuard[float]:
    return duration_s is not None and 0 < duration_s <= longest_s * SLACK + SLACK_S


def _summed_up(
    file: DecodedFile, row: int, begin: float, limit: float, longest: float, samples: Samples, pauses: Pauses
) -> Timed:
    """Return a session as the device summed it up, with what is not believed derived from the rest of the file."""
    rows = file.of(fields.SESSION)
    elapsed = rows.value(fields.SESSION_TOTAL_ELAPSED_TIME, row)
    timer = rows.value(fields.SESSION_TOTAL_TIMER_TIME, row)
    if not _is_believed(elapsed, longest):
        otherwise = _elapsed_otherwise(rows, row, begin, limit, samples)
        elapsed = otherwise or (timer if _is_believed(timer, longest) else 0.0)
    if not _is_believed(timer, elapsed):
        timer = elapsed - pauses.seconds(begin, begin + elapsed)
    end = begin + elapsed
    own = _records_between(samples, begin, end)
    sport = enum_name("sport", rows.value(fields.SESSION_SPORT, row)) or _chosen_sport(file) or "generic"
    distance, heart_rate = rows.value(fields.SESSION_TOTAL_DISTANCE, row), own.heart_rate_bpm
    return Timed(
        begin,
        end,
        Session(
            sport=sport,
            sub_sport=enum_name("sub_sport", rows.value(fields.SESSION_SUB_SPORT, row)),
            started_at=to_datetime(begin),
            timer_s=timer,
            elapsed_s=elapsed,
            distance_m=_or(_possible(distance, elapsed), lambda: _possible(_distance(own), elapsed)),
            kcal=rows.value(fields.SESSION_TOTAL_CALORIES, row),
            avg_hr_bpm=_or(rows.value(fields.SESSION_AVG_HEART_RATE, row), lambda: _reduced(heart_rate, np.nanmean)),
            max_hr_bpm=_or(rows.value(fields.SESSION_MAX_HEART_RATE, row), lambda: _reduced(heart_rate, np.nanmax)),
            avg_power_w=_or(rows.value(fields.SESSION_AVG_POWER, row), lambda: _reduced(own.power_w, np.nanmean)),
            threshold_power_w=rows.value(fields.SESSION_THRESHOLD_POWER, row) or None,
        ),
    )


def _elapsed_otherwise(rows: Messages, row: int, begin: float, limit: float, samples: Samples) -> float:
    """Return the seconds from the begin of a session without a believed elapsed time to its end or its last record."""
    end = rows.value(fields.TIMESTAMP, row)
    if end is not None and end > begin:
        return end - begin
    own = _records_between(samples, begin, limit)
    return float(own.time_s[-1]) - begin if len(own) else 0.0


def _derived(file: DecodedFile, samples: Samples, pauses: Pauses, fallback_s: float) -> Timed:
    """Return the only session of a file without a believed session, from the records or, without any, the laps."""
    if len(samples):
        return _from_records(file, samples, pauses)
    laps = file.of(fields.LAP)
    starts = laps.column(fields.LAP_START_TIME)
    elapsed = np.maximum(np.nan_to_num(laps.column(fields.LAP_TOTAL_ELAPSED_TIME)), 0)
    valid = ~np.isnan(starts)
    begin = float(starts[valid].min()) if valid.any() else fallback_s
    end = float((starts + elapsed)[valid].max()) if valid.any() else fallback_s
    timers = np.maximum(np.nan_to_num(laps.column(fields.LAP_TOTAL_TIMER_TIME)[valid]), 0)
    timer = float(timers.sum()) or end - begin - pauses.seconds(begin, end)
    return Timed(
        begin,
        end,
        Session(
            sport=_any_sport(file),
            sub_sport=_any_sub_sport(file),
            started_at=to_datetime(begin),
            timer_s=min(timer, end - begin),
            elapsed_s=end - begin,
            distance_m=_possible(_reduced(laps.column(fields.LAP_TOTAL_DISTANCE), np.nansum), end - begin),
            kcal=_reduced(laps.column(fields.LAP_TOTAL_CALORIES), np.nansum),
        ),
    )


def _from_records(file: DecodedFile, samples: Samples, pauses: Pauses) -> Timed:
    """Return the session that these records make, at least one of them."""
    begin, end = float(samples.time_s[0]), float(samples.time_s[-1])
    return Timed(
        begin,
        end,
        Session(
            sport=_any_sport(file),
            sub_sport=_any_sub_sport(file),
            started_at=to_datetime(begin),
            timer_s=end - begin - pauses.seconds(begin, end),
            elapsed_s=end - begin,
            distance_m=_possible(_distance(samples), end - begin),
            avg_hr_bpm=_reduced(samples.heart_rate_bpm, np.nanmean),
            max_hr_bpm=_reduced(samples.heart_rate_bpm, np.nanmax),
            avg_power_w=_reduced(samples.power_w, np.nanmean),
        ),
    )


def _chosen_sport(file: DecodedFile) -> str | None:
    return _sport(file, fields.SPORT, fields.SPORT_SPORT, "sport")


def _any_sport(file: DecodedFile) -> str:
    return _chosen_sport(file) or _sport(file, fields.LAP, fields.LAP_SPORT, "sport") or "generic"


def _any_sub_sport(file: DecodedFile) -> str | None:
    chosen = _sport(file, fields.SPORT, fields.SPORT_SUB_SPORT, "sub_sport")
    return chosen or _sport(file, fields.LAP, fields.LAP_SUB_SPORT, "sub_sport")


def _sport(file: DecodedFile, message: int, field: int, enumeration: str) -> str | None:
    return enum_name(enumeration, file.of(message).last(field))


def _records_between(samples: Samples, begin: float, end: float) -> Samples:
    first = int(np.searchsorted(samples.time_s, begin, side="left"))
    last = int(np.searchsorted(samples.time_s, end, side="right"))
    own = slice(first, last)

    def part(column: Column | None) -> Column | None:
        return None if column is None else column[own]

    return Samples(
        samples.time_s[own],
        heart_rate_bpm=part(samples.heart_rate_bpm),
        power_w=part(samples.power_w),
        distance_m=part(samples.distance_m),
    )


def _distance(samples: Samples) -> float | None:
    """Return the largest distance of the records minus the smallest; None when no record has one.

    A record's distance counts from the start of the workout, through all sessions.
    """
    column = samples.distance_m
    if column is None or np.isnan(column).all():
        return None
    return float(np.nanmax(column) - np.nanmin(column))


def _possible(distance_m: float | None, elapsed_s: float) -> float | None:
    """Return the distance; None when nobody can cover it in the time. Without a time any distance is possible."""
    return None if distance_m is not None and 0 < elapsed_s < distance_m / HIGHEST_SPEED_MPS else distance_m


def _reduced(column: Column | None, reduce: Callable[[Column], np.floating]) -> float | None:
    return None if column is None or np.isnan(column).all() else float(reduce(column))


def _or(value: float | None, otherwise: Callable[[], float | None]) -> float | None:
    return value if value is not None else otherwise()
