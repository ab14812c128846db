"""Which days does a file of a watch tell of?"""

from collections.abc import Callable
from datetime import datetime

from hersteld.daemon.reading.nights import without_days_to_come
from hersteld.daemon.system.clock import Clock
from hersteld.recovery.nights.local_days import records_of
from hersteld.recovery.nights.record import NightReadings, NightRecord
from hersteld.recovery.rules import AthleteRules


def night_records(
    readings: NightReadings, arrived_at: datetime, rules: AthleteRules, clock: Clock, newest_at: Callable[[], datetime]
) -> tuple[NightRecord, ...]:
    """Return what a file says of each local day, without the days that are still to come.

    Args:
        arrived_at: When the file came in, aware UTC.
        newest_at: Returns a moment that has passed: where our own clock is before it, the watch is believed.
    """
    records = records_of(
        readings,
        arrived_at=arrived_at,
        zone=clock.zone(),
        lowest_hr_bpm=float(rules.resting_hr_low_bpm),
        highest_hr_bpm=float(rules.resting_hr_high_bpm),
    )
    believed = without_days_to_come(records, arrived_at)
    return believed if len(believed) == len(records) or clock.now() >= newest_at() else records
