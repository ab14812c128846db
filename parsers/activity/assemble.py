"""How do sessions, samples and the watch's other messages make one workout?"""

from dataclasses import replace

import numpy as np

from hersteld.parsers.activity.pauses import read_pauses
from hersteld.parsers.activity.samples import read_samples
from hersteld.parsers.activity.sessions import read_sessions
from hersteld.parsers.activity.watch_verdicts import (
    read_beat_intervals,
    read_device,
    read_exercises,
    read_profile,
    read_time_in_zone,
    read_vendor,
)
from hersteld.parsers.columns.decoder import DecodedFile
from hersteld.parsers.format.envelope import Fault
from hersteld.parsers.format.fit_time import YEAR_2000, to_datetime
from hersteld.parsers.format.profile import FILE_ID, RECORD, SESSION
from hersteld.parsers.workout import Column, Pause, Session, Workout

TRANSITION = "transition"
POWER = 7
_CYCLING = ("cycling", "e_biking")
"""Where an app's power is a power meter's. A runner's or rower's is the app's own estimate, on a scale of its own."""


def assemble(file: DecodedFile, fault: Fault | None) -> Workout:
    """Return the workout an activity holds.

    Args:
        file: The messages of the activity, all its chained files joined.
        fault: What was wrong with the bytes, None when nothing was.
    """
    salvaged = fault is not None
    file_id = file.of(FILE_ID)
    created = file_id.last(4) or 0.0
    samples = read_samples(file, fallback_s=_first(file.of(SESSION).column(2), created), salvaged=salvaged)
    paused = read_pauses(file)
    timed = read_sessions(file, samples, paused, fallback_s=created, salvaged=salvaged)
    begin, end = timed[0].begin, max(one.end for one in timed)
    elapsed_s = round(end - begin, 3)  # the file counts milliseconds; what is beyond is noise of the subtraction
    pauses = ((start - begin, min(stop - begin, elapsed_s)) for start, stop in paused.between(begin, np.inf))
    sessions = tuple(one.session for one in timed)
    sport, sub_sport = _sport(sessions)
    if POWER in file.of(RECORD).from_developer and not any(one.sport in _CYCLING for one in sessions):
        samples = replace(samples, power_w=None)
    return Workout(
        started_at=to_datetime(begin),
        ended_at=to_datetime(end),
        sport=sport,
        sub_sport=sub_sport,
        device=read_device(file),
        timer_s=sum(one.timer_s for one in sessions),
        elapsed_s=elapsed_s,
        distance_m=_sum(tuple(one.distance_m for one in sessions)),
        kcal=_sum(tuple(one.kcal for one in sessions)),
        avg_hr_bpm=_weighted(sessions, tuple(one.avg_hr_bpm for one in sessions)),
        max_hr_bpm=max((one.max_hr_bpm for one in sessions if one.max_hr_bpm is not None), default=None),
        avg_power_w=_weighted(sessions, tuple(one.avg_power_w for one in sessions)),
        samples=replace(samples, time_s=samples.time_s - begin),
        sessions=sessions,
        pauses=tuple(Pause(start, stop) for start, stop in pauses if stop > start),
        vendor=read_vendor(file),
        profile=read_profile(file),
        min_temperature_c=_lowest(samples.temperature_c, file),
        time_in_zone_s=read_time_in_zone(file),
        exercise_categories=read_exercises(file),
        beat_intervals_s=read_beat_intervals(file),
        has_clock=begin >= YEAR_2000,
        salvaged=salvaged,
        is_cut_off=fault is not None and fault.kind == "cut_off",
        fault_offset=None if fault is None else fault.offset,
    )


def _first(column: Column, otherwise: float) -> float:
    valid = column[~np.isnan(column)]
    return float(valid.min()) if len(valid) else otherwise


def _sport(sessions: tuple[Session, ...]) -> tuple[str, str | None]:
    """Return sport and sub-sport of the whole; the way from one sport to the next is no sport."""
    counted = tuple(one for one in sessions if one.sport != TRANSITION) or sessions
    longest = max(counted, key=lambda one: one.timer_s)
    alike = len({one.sport for one in counted}) == 1
    return longest.sport if alike else "multisport", longest.sub_sport


def _sum(values: tuple[float | None, ...]) -> float | None:
    told = [value for value in values if value is not None]
    return sum(told) if told else None


def _weighted(sessions: tuple[Session, ...], values: tuple[float | None, ...]) -> float | None:
    """Return the mean of the sessions' values, weighted by their timer time."""
    told = [(value, one.timer_s) for value, one in zip(values, sessions, strict=True) if value is not None]
    if not told:
        return None
    weight = sum(timer for _, timer in told)
    if weight <= 0:
        return told[0][0]
    return sum(value * timer for value, timer in told) / weight


def _lowest(temperatures: Column | None, file: DecodedFile) -> float | None:
    if temperatures is not None:
        return float(np.nanmin(temperatures))
    told = file.of(SESSION).column(150)
    return None if np.isnan(told).all() else float(np.nanmin(told))
