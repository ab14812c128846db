"""Which nights were known soon enough to plan the day by?"""

from collections.abc import Iterable
from datetime import datetime, time, tzinfo

from hersteld.recovery.nights.local_days import NAP_S
from hersteld.recovery.nights.merge import merge
from hersteld.recovery.nights.night import Night
from hersteld.recovery.nights.record import NightRecord
from hersteld.recovery.rules import NightRules


def known_by_noon(records: Iterable[NightRecord], rules: NightRules, zone: tzinfo) -> tuple[Night, ...]:
    """Return the nights as they were known by the noon of their day, oldest first.

    A watch corrects its resting heart rate all day long, and a second one may be synchronised in the evening: what
    comes in then moves no readiness any more. Nor does a doze in the evening, as long as no night has followed.

    Args:
        records: Of any days, devices and files.
        zone: The athlete's time zone, for noon.
    """

    def is_in_time(record: NightRecord) -> bool:
        noon = datetime.combine(record.day, time(int(rules.until_hour)), tzinfo=zone)
        return record.arrived_at <= noon and not _is_doze(record, zone)

    return merge(filter(is_in_time, records))


def _is_doze(record: NightRecord, zone: tzinfo) -> bool:
    """Return whether a record is of the evening before its day, and too short for the night of somebody far away."""
    if record.sleep is None and record.variability is None:
        return False
    asleep_s = record.sleep.asleep_s if record.sleep else 0.0
    measured_s = record.variability.minutes * 60 if record.variability else 0.0
    return max(asleep_s, measured_s) < NAP_S and record.woke_at < datetime.combine(record.day, time(), tzinfo=zone)
