"""How do the sessions, the samples and the other messages of an activity become one workout?"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from hersteld.parsers.activity.overlaps import Counted
from hersteld.parsers.activity.pauses import read_pauses
from hersteld.parsers.activity.samples import read_samples
from hersteld.parsers.activity.sessions import read_sessions
from hersteld.parsers.activity.watch_verdicts import (
    read_beat_intervals,
    read_created_at,
    read_device,
    read_exercises,
    read_local_offset_s,
    read_profile,
    read_serial,
    read_time_in_zone,
    read_vendor,
)
from hersteld.parsers.columns.decoder import DecodedFile
from hersteld.parsers.format.envelope import Fault
from hersteld.parsers.format.fit_time import YEAR_2000, to_datetime
from hersteld.parsers.format.profile import fields
from hersteld.parsers.workout import Column, Pause, Session, Workout

TRANSITION = "transition"
_CYCLING = ("cycling", "e_biking")
"""The sports in which the power that an app writes comes from a power meter. In running or rowing it is the app's own
estimate, on a scale of its own."""


def assemble(file: DecodedFile, fault: Fault | None) -> Workout:
    """Return the workout that an activity holds.

    Args:
        file: The messages of the activity, with all its chained files joined.
        fault: What is wrong with the bytes, None when nothing is.
    """
    salvaged = fault is not None and not fault.is_harmless
    created = file.of(fields.FILE_ID).last(fields.FILE_ID_TIME_CREATED) or 0.0
    first_start = _earliest(file.of(fields.SESSION).column(fields.SESSION_START_TIME), created)
    samples = read_samples(file, fallback_s=first_start, salvaged=salvaged)
    timer_pauses = read_pauses(file)
    counted = read_sessions(file, samples, timer_pauses, fallback_s=created, salvaged=salvaged)
    begin, end = counted.kept[0].begin, max(timed.end for timed in counted.kept)
    elapsed_s = round(end - begin, 3)  # the file counts milliseconds; smaller digits are rounding errors
    pauses = ((start - begin, min(stop - begin, elapsed_s)) for start, stop in timer_pauses.between(begin, np.inf))
    sessions = tuple(timed.session for timed in counted.kept)
    sport, sub_sport = _sport(sessions)
    from_apps = file.of(fields.RECORD).from_developer
    if fields.RECORD_POWER in from_apps and not any(session.sport in _CYCLING for session in sessions):
        samples = replace(samples, power_w=None)
    return Workout(
        started_at=to_datetime(begin),
        ended_at=to_datetime(end),
        sport=sport,
        sub_sport=sub_sport,
        device=read_device(file),
        timer_s=sum(session.timer_s for session in sessions),
        elapsed_s=elapsed_s,
        distance_m=_total(counted, lambda session: session.distance_m),
        kcal=_total(counted, lambda session: session.kcal),
        avg_hr_bpm=_weighted(sessions, lambda session: session.avg_hr_bpm),
        max_hr_bpm=max((session.max_hr_bpm for session in sessions if session.max_hr_bpm is not None), default=None),
        avg_power_w=_weighted(sessions, lambda session: session.avg_power_w),
        samples=replace(samples, time_s=samples.time_s - begin),
        sessions=sessions,
        pauses=tuple(Pause(start, stop) for start, stop in pauses if stop > start),
        vendor=read_vendor(file, counted),
        profile=read_profile(file),
        min_temperature_c=_lowest(samples.temperature_c, file),
        time_in_zone_s=read_time_in_zone(file, counted),
        exercise_categories=read_exercises(file),
        beat_intervals_s=read_beat_intervals(file),
        has_clock=begin >= YEAR_2000,
        salvaged=salvaged,
        is_cut_off=fault is not None and fault.kind == "cut_off",
        fault_offset=None if fault is None else fault.offset,
        local_offset_s=read_local_offset_s(file),
        serial=read_serial(file),
        created_at=read_created_at(file),
    )


def _earliest(column: Column, otherwise: float) -> float:
    valid = column[~np.isnan(column)]
    return float(valid.min()) if len(valid) else otherwise


def _sport(sessions: tuple[Session, ...]) -> tuple[str, str | None]:
    """Return sport and sub-sport of the workout; a transition from one sport to the next does not count."""
    sports = tuple(session for session in sessions if session.sport != TRANSITION) or sessions
    longest = max(sports, key=lambda session: session.timer_s)
    is_one_sport = len({session.sport for session in sports}) == 1
    return longest.sport if is_one_sport else "multisport", longest.sub_sport


def _total(counted: Counted, value: Callable[[Session], float | None]) -> float | None:
    """Return the sum of the values there are, a parent's where its legs have none; None without any."""
    telling = counted.that_tell(lambda timed: value(timed.session) is not None)
    present = [value(timed.session) or 0.0 for timed in telling]
    return sum(present) if present else None


def _weighted(sessions: tuple[Session, ...], value: Callable[[Session], float | None]) -> float | None:
    """Return the mean of the sessions' values, weighted by their timer time."""
    pairs = [(own, session.timer_s) for session in sessions if (own := value(session)) is not None]
    if not pairs:
        return None
    weight = sum(timer_s for _, timer_s in pairs)
    if weight <= 0:
        return pairs[0][0]
    return sum(own * timer_s for own, timer_s in pairs) / weight


def _lowest(temperatures: Column | None, file: DecodedFile) -> float | None:
    """Return the lowest temperature of the records, or else of the sessions."""
    if temperatures is not None:
        return float(np.nanmin(temperatures))
    minima = file.of(fields.SESSION).column(fields.SESSION_MIN_TEMPERATURE)
    return None if np.isnan(minima).all() else float(np.nanmin(minima))
