"""Can a workout have ended after its file arrived, and when was it truly?

It cannot: then the device's clock is ahead, and the workout would count as the newest one until that day comes.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from hersteld.parsers.workout import Workout
from hersteld.recovery.rules import MessageRules


@dataclass(frozen=True, slots=True)
class Dating:
    """How far the dates of a workout are to be shifted.

    Attributes:
        shift_s: Seconds to add to all its dates; 0 or less.
        by: "told" (its dates can be true), "offset" (the device mistook local time for UTC), "arrival" (its end is the
            arrival of the file, or of a later one of its device), "device" (its dates could be true, but those of
            another one of its device are not), "before" (as an earlier reading of the same file), "nothing" (nothing
            explains its date).
    """

    shift_s: float
    by: Literal["told", "offset", "arrival", "device", "before", "nothing"]


def date_by_arrival(workout: Workout, arrived_at: datetime, rules: MessageRules, *, in_import: bool = False) -> Dating:
    """Return how a workout is dated, by itself.

    Args:
        arrived_at: When its file was first seen, aware UTC.
        in_import: Whether it comes with history: then the file may be much older than its arrival.
    """
    ahead_s = (workout.ended_at - arrived_at).total_seconds()
    tolerated_s = timedelta(minutes=float(rules.arrival_tolerated_min)).total_seconds()
    if not workout.has_clock or ahead_s <= tolerated_s:
        return Dating(0.0, "told")
    # Whichever way round the two clocks were exchanged, only a step back leads out of the future.
    offset_s = abs(workout.local_offset_s or 0.0)
    if ahead_s - offset_s <= tolerated_s:
        return Dating(-offset_s, "offset")
    if in_import or ahead_s > timedelta(hours=float(rules.arrival_ahead_h)).total_seconds():
        return Dating(0.0, "nothing")
    return Dating(-ahead_s, "arrival")


def date_alike(
    workouts: Sequence[Workout], datings: Sequence[Dating], by_device: dict[Hashable, Dating], *, spreads: bool = True
) -> tuple[Dating, ...]:
    """Return how workouts that arrived together are dated: what holds for one holds for all of its device.

    Args:
        datings: How each would be dated by itself.
        by_device: How each device was found to be wrong by workouts that were dated before in the same batch; grows.
        spreads: Whether they come from one look at a folder; a clock that is wrong now says nothing of years ago.
    """
    if not spreads:
        return tuple(datings)
    for workout, dating in zip(workouts, datings, strict=True):
        device = device_of(workout)
        if dating.by in ("arrival", "offset") and device is not None:
            by_device[device] = min(dating, by_device.get(device, dating), key=_weight)
    return tuple(
        _like(by_device[device], workout, dating)
        if workout.has_clock and dating.by not in ("before", "nothing") and (device := device_of(workout)) in by_device
        else dating
        for workout, dating in zip(workouts, datings, strict=True)
    )


def _weight(dating: Dating) -> tuple[bool, float]:
    """Return what sorts first the dating that explains most: one by arrival, where local time explains too little."""
    return dating.by != "arrival", dating.shift_s


def _like(found: Dating, workout: Workout, alone: Dating) -> Dating:
    """Return how a workout is dated whose device was found to be wrong.

    Args:
        found: How its device is wrong.
        alone: How it would be dated by itself.
    """
    shift_s = found.shift_s
    if found.by == "offset":
        if alone.by == "offset":
            return alone
        # Local time may have been another one then: in winter, or on a journey.
        shift_s = -abs(workout.local_offset_s) if workout.local_offset_s is not None else found.shift_s
    if not shift_s:
        return alone
    return Dating(shift_s, "device" if alone.by == "told" else "arrival")


def device_of(workout: Workout) -> Hashable | None:
    """Return what tells one device from another; None when the file does not say."""
    return None if workout.device is None and workout.serial is None else (workout.device, workout.serial)


def with_dating(workout: Workout, dating: Dating) -> Workout:
    """Return the workout as it is dated; without a clock where nothing explains its date."""
    return replace(workout, has_clock=False) if dating.by == "nothing" else shifted(workout, dating.shift_s)


def shifted(workout: Workout, shift_s: float) -> Workout:
    """Return the workout with its start, its end and those of its sessions shifted alike.

    When the device began the file stays as the device says: it is what the file is known by.
    """
    if not shift_s:
        return workout
    shift = timedelta(seconds=shift_s)
    return replace(
        workout,
        started_at=workout.started_at + shift,
        ended_at=workout.ended_at + shift,
        sessions=tuple(replace(session, started_at=session.started_at + shift) for session in workout.sessions),
        shift_s=workout.shift_s + shift_s,
    )
