"""Of which night is what a file measured that does not say how late it was where the watch was?

A file of heart rate variability has no local time, so its day is that of the machine. A file of the sleep in which it
was measured may know better: in Tokyo it is the next morning while the machine at home still has the evening.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from hersteld.recovery.nights.record import NightRecord

_ONE_DAY = timedelta(days=1)


def on_the_days_of_sleep(records: Iterable[NightRecord]) -> tuple[NightRecord, ...]:
    """Return records, such that variability without a sleep is of the day of the sleep in which it was measured.

    Args:
        records: Of any devices, in any order; of each day also those of the day before and after it.
    """
    found = tuple(records)
    with_sleep: defaultdict[str, list[NightRecord]] = defaultdict(list)
    for record in found:
        if record.sleep is not None:
            with_sleep[record.device].append(record)
    return tuple(_with_day(record, with_sleep[record.device]) for record in found)


def _with_day(record: NightRecord, with_sleep: Iterable[NightRecord]) -> NightRecord:
    measured = record.variability
    if record.sleep is not None or measured is None:
        return record
    near = [one for one in with_sleep if abs(one.day - record.day) <= _ONE_DAY and one.sleep is not None]
    shared = {
        one.day: _shared(measured.begin, measured.end, one.sleep.begin, one.sleep.end) for one in near if one.sleep
    }
    if 2 * shared.get(record.day, timedelta()) >= measured.end - measured.begin:
        return record
    day, most = max(shared.items(), key=lambda item: (item[1], item[0]), default=(record.day, timedelta()))
    return replace(record, day=day) if 2 * most > measured.end - measured.begin else record


def _shared(begin: datetime, end: datetime, other_begin: datetime, other_end: datetime) -> timedelta:
    return max(timedelta(), min(end, other_end) - max(begin, other_begin))
