"""Which nights were known soon enough to plan the day by?"""

from collections.abc import Iterable
from datetime import datetime, time, tzinfo

from hersteld.recovery.nights.merge import merge
from hersteld.recovery.nights.night import Night
from hersteld.recovery.nights.record import NightRecord
from hersteld.recovery.rules import NightRules


def known_by_noon(records: Iterable[NightRecord], rules: NightRules, zone: tzinfo) -> tuple[Night, ...]:
    """Return the nights as they were known by the noon of their day, oldest first.

    A watch corrects its resting heart rate all day long, and a second one may be synchronised in the evening: what
    comes in then moves no readiness any more.

    Args:
        records: Of any days, devices and files.
        zone: The athlete's time zone, for noon.
    """

    def is_in_time(record: NightRecord) -> bool:
        noon = datetime.combine(record.day, time(int(rules.until_hour)), tzinfo=zone)
        return record.arrived_at <= noon

    return merge(filter(is_in_time, records))
