"""Which sessions does the workout have, and how long was each?

The device sums up each sport in a `session` message, which it writes at the end. Not all of its values are believed. A
session that starts far from all records is left out; only when this is so of every session of a sound file do they
start with the first record instead. A time that is missing, zero, or well beyond both the session's own end and all
records is not believed; `durations` says what takes its place, and what the records add. Seconds that two sessions
claim count once (`overlaps`). A distance that nobody can cover in the time is replaced by that of the records.

A file without a believed session has one session, which is derived from the records, or from the laps when there is no
record.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeGuard

import numpy as np

from hersteld.parsers.activity.durations import LONG_HOLE_S, Recording, duration
from hersteld.parsers.activity.overlaps import Counted, Timed, counted
from hersteld.parsers.activity.pauses import Pauses
from hersteld.parsers.activity.recorded import (
    Recorded,
    distance_m,
    possible,
    recorded_between,
    records_between,
    reduced,
)
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


def read_sessions(file: DecodedFile, samples: Samples, pauses: Pauses, *, fallback_s: float, salvaged: bool) -> Counted:
    """Return the sessions in order of start, at least one, and the parents that their legs stand for.

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
    recorded = Recorded(samples, pauses, Recording(samples, pauses), order[0] if order else None, salvaged)
    timed: list[Timed] = []
    for place, row in enumerate(order):
        limit = float(starts[order[place + 1]]) if place + 1 < len(order) else np.inf
        longest = _longest(rows, row, float(starts[row]), samples, salvaged=salvaged)
        timed.append(_summed_up(file, row, float(starts[row]), limit, longest, recorded))
    if not timed:
        return Counted((_derived(file, recorded, fallback_s),))
    sessions = counted(timed)
    last = max(session.end for session in sessions.kept)
    if salvaged and len(samples) and samples.time_s[-1] > last + UNSUMMED_S:
        rest = records_between(samples, last, np.inf)
        unsummed = _from_records(file, Recorded(rest, pauses, Recording(rest, pauses), None))
        return replace(sessions, kept=(*sessions.kept, unsummed))
    return sessions


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


def _summed_up(file: DecodedFile, row: int, begin: float, limit: float, longest: float, recorded: Recorded) -> Timed:
    """Return a session as the device summed it up, with what is not believed derived from the rest of the file."""
    rows = file.of(fields.SESSION)
    elapsed = rows.value(fields.SESSION_TOTAL_ELAPSED_TIME, row)
    timer = rows.value(fields.SESSION_TOTAL_TIMER_TIME, row)
    timer = timer if _is_believed(timer, longest) else None
    if not _is_believed(elapsed, longest):
        elapsed = _elapsed_otherwise(rows, row, begin, limit, recorded) or timer or 0.0
        timer = None if timer is None else min(timer, elapsed)
    true = duration(
        recorded.recording,
        begin,
        elapsed,
        timer,
        limit=limit,
        is_first=recorded.first == row,
        may_grow=not recorded.salvaged,
    )
    own = recorded_between(recorded, true.begin, true.end)
    elapsed = true.elapsed_s
    sport = enum_name("sport", rows.value(fields.SESSION_SPORT, row)) or _chosen_sport(file) or "generic"
    distance, heart_rate = rows.value(fields.SESSION_TOTAL_DISTANCE, row), own.heart_rate_bpm
    average_bpm = rows.value(fields.SESSION_AVG_HEART_RATE, row) or None  # 0 is the lack of a heart rate
    most_bpm = rows.value(fields.SESSION_MAX_HEART_RATE, row) or None
    return Timed(
        true.begin,
        true.end,
        Session(
            sport=sport,
            sub_sport=enum_name("sub_sport", rows.value(fields.SESSION_SUB_SPORT, row)),
            started_at=to_datetime(true.begin),
            timer_s=true.timer_s,
            elapsed_s=elapsed,
            distance_m=_or(possible(distance, elapsed), lambda: possible(distance_m(own), elapsed)),
            kcal=rows.value(fields.SESSION_TOTAL_CALORIES, row),
            avg_hr_bpm=_or(average_bpm, lambda: reduced(heart_rate, np.nanmean)),
            max_hr_bpm=_or(most_bpm, lambda: reduced(heart_rate, np.nanmax)),
            avg_power_w=_or(rows.value(fields.SESSION_AVG_POWER, row), lambda: reduced(own.power_w, np.nanmean)),
            threshold_power_w=rows.value(fields.SESSION_THRESHOLD_POWER, row) or None,
        ),
        row,
    )


def _elapsed_otherwise(rows: Messages, row: int, begin: float, limit: float, recorded: Recorded) -> float:
    """Return the seconds of a session without a believed elapsed time: to the stop, its own end, or its last record."""
    stopped_at, saved_at = recorded.pauses.stopped_at, rows.value(fields.TIMESTAMP, row)
    if stopped_at is not None and begin < stopped_at <= limit:
        return stopped_at - begin
    if saved_at is not None and saved_at > begin:
        return saved_at - begin
    own = records_between(recorded.samples, begin, limit)
    return float(own.time_s[-1]) - begin if len(own) else 0.0


def _derived(file: DecodedFile, recorded: Recorded, fallback_s: float) -> Timed:
    """Return the only session of a file without a believed session, from the records or, without any, the laps."""
    if len(recorded.samples):
        return _from_records(file, recorded)
    laps = file.of(fields.LAP)
    starts = laps.column(fields.LAP_START_TIME)
    elapsed = np.maximum(np.nan_to_num(laps.column(fields.LAP_TOTAL_ELAPSED_TIME)), 0)
    valid = ~np.isnan(starts)
    begin = float(starts[valid].min()) if valid.any() else fallback_s
    end = float((starts + elapsed)[valid].max()) if valid.any() else fallback_s
    timers = np.maximum(np.nan_to_num(laps.column(fields.LAP_TOTAL_TIMER_TIME)[valid]), 0)
    timer = float(timers.sum()) or end - begin - recorded.pauses.seconds(begin, end)
    return Timed(
        begin,
        end,
        Session(
            sport=_any_sport(file),
            sub_sport=_any_sub_sport(file),
            started_at=to_datetime(begin),
            timer_s=min(timer, end - begin),
            elapsed_s=end - begin,
            distance_m=possible(reduced(laps.column(fields.LAP_TOTAL_DISTANCE), np.nansum), end - begin),
            kcal=reduced(laps.column(fields.LAP_TOTAL_CALORIES), np.nansum),
        ),
    )


def _from_records(file: DecodedFile, recorded: Recorded) -> Timed:
    """Return the session that these records make, at least one of them; what follows the last stop is none of it."""
    begin, end = float(recorded.samples.time_s[0]), float(recorded.samples.time_s[-1])
    stopped_at = recorded.pauses.stopped_at
    if stopped_at is not None and begin < stopped_at < end:
        end = stopped_at
    own = recorded_between(recorded, begin, end)
    holes_s = recorded.recording.holes_s(begin, end, LONG_HOLE_S)
    return Timed(
        begin,
        end,
        Session(
            sport=_any_sport(file),
            sub_sport=_any_sub_sport(file),
            started_at=to_datetime(begin),
            timer_s=max(0.0, end - begin - recorded.pauses.seconds(begin, end) - holes_s),
            elapsed_s=end - begin,
            distance_m=possible(distance_m(own), end - begin),
            avg_hr_bpm=reduced(own.heart_rate_bpm, np.nanmean),
            max_hr_bpm=reduced(own.heart_rate_bpm, np.nanmax),
            avg_power_w=reduced(own.power_w, np.nanmean),
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


def _or(value: float | None, otherwise: Callable[[], float | None]) -> float | None:
    return value if value is not None else otherwise()
