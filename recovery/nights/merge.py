"""Which night do several records of it make?

Of one device they complete each other. Of two devices the one with the longer record counts, alone: what
two devices measure in the same night differs by more than what a bad night does to either.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import groupby

from hersteld.recovery.nights.night import Night
from hersteld.recovery.nights.record import OF_ATHLETE, NightRecord, Sleep, Variability

ONE_SLEEP = timedelta(hours=2)
"""Two sleeps with less than this between them are one that was interrupted [H]: longer, and the second is a nap."""
LONGEST_SLEEP_S = 24 * 3600


def merge(records: Iterable[NightRecord]) -> tuple[Night, ...]:
    """Return one night for each day of which there is a record, oldest first.

    Args:
        records: Of any days, devices and files, in any order.
    """
    by_day = sorted(records, key=lambda record: record.day)
    return tuple(_night(day, list(group)) for day, group in groupby(by_day, key=lambda record: record.day))


def main_sleep(sleeps: Iterable[Sleep]) -> Sleep | None:
    """Return the longest sleep: not the naps. Where two files tell of the same hours, the longer one is believed.

    Args:
        sleeps: Of one device and day, in any order.
    """
    whole = [one for one in one_sleep_each(_apart(sleeps)) if one.asleep_s <= LONGEST_SLEEP_S]
    return max(whole, key=lambda one: (one.asleep_s, one.end), default=None)


def one_sleep_each(stretches: Iterable[Sleep]) -> list[Sleep]:
    """Return sleeps, oldest first, of which each was interrupted for less than makes two of them.

    Args:
        stretches: Of one device, none of which overlaps another, in any order.
    """
    joined: list[Sleep] = []
    for stretch in sorted(stretches, key=lambda one: one.begin):
        if joined and stretch.begin - joined[-1].end < ONE_SLEEP:
            before = joined.pop()
            joined.append(Sleep(before.begin, stretch.end, before.asleep_s + stretch.asleep_s))
        else:
            joined.append(stretch)
    return joined


def whole_variability(parts: Iterable[Variability]) -> Variability | None:
    """Return the variability of a night from that of its parts. Where two overlap, the longer one is believed.

    Args:
        parts: Of one device and night, in any order. What the watch computed is not mixed with what follows from beats.
    """
    all_parts = tuple(parts)
    by_way = [_chosen([one for one in all_parts if (one.pairs > 0) is of_beats]) for of_beats in (False, True)]
    return together(max(by_way, key=lambda some: sum(one.minutes for one in some)))


def together(parts: Sequence[Variability]) -> Variability | None:
    """Return the variability of parts: of what the watch computed the mean, of beats the root of the mean of squares.

    Args:
        parts: None of which overlaps another, either all of beats or none.
    """
    if not parts:
        return None
    minutes = sum(one.minutes for one in parts)
    pairs = sum(one.pairs for one in parts)
    if pairs:
        rmssd_ms = math.sqrt(sum(one.rmssd_ms**2 * one.pairs for one in parts) / pairs)
    else:
        rmssd_ms = sum(one.rmssd_ms * one.minutes for one in parts) / minutes
    return Variability(rmssd_ms, min(one.begin for one in parts), max(one.end for one in parts), minutes, pairs)


def _night(day: date, records: Sequence[NightRecord]) -> Night:
    """Return the night of the device that recorded it longest; of equal ones that of the later files.

    A resting heart rate that the athlete said comes before that of any device.
    """
    of_device: dict[str, list[NightRecord]] = {}
    for record in records:
        of_device.setdefault(record.device, []).append(record)
    said = of_device.pop(OF_ATHLETE, [])
    if not of_device:
        return _of_device(day, said)[1]
    _, night = max((_of_device(day, some) for some in of_device.values()), key=lambda one: one[0])
    return night if not said else replace(night, resting_hr_bpm=_of_device(day, said)[1].resting_hr_bpm)


def _of_device(day: date, records: Sequence[NightRecord]) -> tuple[tuple[float, int, datetime], Night]:
    """Return a night from the records of one device, and by what it is compared with that of another."""
    sleep = main_sleep(record.sleep for record in records if record.sleep)
    variability = whole_variability(record.variability for record in records if record.variability)
    resting = max((one.resting for one in records if one.resting), key=lambda one: (one.at, one.bpm), default=None)
    verdict = max((one.verdict for one in records if one.verdict), key=lambda one: (one.at, one.status), default=None)
    night = Night(
        day,
        woke_at=_woke_at(records, sleep, variability),
        arrived_at=min(record.arrived_at for record in records),
        resting_hr_bpm=resting.bpm if resting else None,
        rmssd_ms=variability.rmssd_ms if variability else None,
        hrv_status=verdict.status if verdict else None,
        sleep_s=sleep.asleep_s if sleep else None,
        sleep_score=_score(records, sleep),
    )
    recorded_s = max(
        (sleep.end - sleep.begin).total_seconds() if sleep else 0.0, variability.minutes * 60 if variability else 0.0
    )
    told = sum(value is not None for value in (resting, variability, verdict, sleep, night.sleep_score))
    return (recorded_s, told, max(record.arrived_at for record in records)), night


def _woke_at(records: Sequence[NightRecord], sleep: Sleep | None, variability: Variability | None) -> datetime:
    """Return the end of the sleep, else of what was measured in it; else when the first value of the day was given."""
    if sleep:
        return sleep.end
    if variability:
        return variability.end
    return min(record.woke_at for record in records)


def _score(records: Sequence[NightRecord], sleep: Sleep | None) -> float | None:
    """Return the score of the file that tells most of the sleep; of several without one that of the latest."""

    def of_this_sleep(record: NightRecord) -> float:
        if sleep is None or record.sleep is None:
            return 0.0
        is_part = sleep.begin <= record.sleep.begin and record.sleep.end <= sleep.end
        return record.sleep.asleep_s if is_part else -1.0

    scored = [record for record in records if record.score is not None]
    best = max(scored, key=lambda record: (of_this_sleep(record), record.arrived_at, record.woke_at), default=None)
    return None if best is None or of_this_sleep(best) < 0 else best.score


def _apart(sleeps: Iterable[Sleep]) -> list[Sleep]:
    """Return the sleeps that do not overlap a longer one."""
    chosen: list[Sleep] = []
    for sleep in sorted(sleeps, key=lambda one: (one.asleep_s, one.end), reverse=True):
        if all(sleep.end <= other.begin or other.end <= sleep.begin for other in chosen):
            chosen.append(sleep)
    return chosen


def _chosen(parts: Sequence[Variability]) -> list[Variability]:
    """Return the parts that do not overlap a longer one."""
    chosen: list[Variability] = []
    for part in sorted(parts, key=lambda one: (one.minutes, one.end, one.rmssd_ms), reverse=True):
        if all(part.end < other.begin or other.end < part.begin for other in chosen):
            chosen.append(part)
    return chosen
