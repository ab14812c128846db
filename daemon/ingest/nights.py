"""Which days does a file of a watch tell of, and what becomes of the masses that a scale measured?

All masses are kept, as it takes several to tell the users of one scale apart; see `hersteld.daemon.planning.scales`.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from hersteld.config.settings import Settings
from hersteld.config.texts.speech import say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.planning.reassess import Reassessment
from hersteld.daemon.planning.scales import judge_scales
from hersteld.daemon.reading.nights import without_days_to_come
from hersteld.daemon.store.answers.of_workout import first_weighed
from hersteld.daemon.store.answers.scales import measured, store_measured
from hersteld.daemon.store.dirty import Cause
from hersteld.daemon.system.clock import Clock
from hersteld.recovery.nights.local_days import records_of
from hersteld.recovery.nights.record import NightReadings, NightRecord, Weighing
from hersteld.recovery.rules import AthleteRules

log = logging.getLogger(__name__)


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


def take_weighings(
    store: Store, weighings: Sequence[Weighing], settings: Settings, reassessment: Reassessment, now: datetime
) -> None:
    """Keep what a scale measured, and let count what of it is the athlete's; within the transaction of its file.

    Args:
        weighings: Of one file.
        now: Aware UTC.
    """
    if not weighings:
        return
    before = [counts for _, _, counts in measured(store)]
    lowest_kg, highest_kg = settings.rules.athlete.mass_low_kg, settings.rules.athlete.mass_high_kg
    store_measured(store, [one for one in weighings if lowest_kg <= one.mass_kg <= highest_kg], now=now)
    is_any_own = judge_scales(store, settings, reassessment, now)
    if is_any_own:
        reassessment.mark(first_weighed(store, min(one.at for one in weighings)), Cause.ANSWER)
    elif measured(store) and (not before or any(before)):  # once: from now on none of them counts
        log.warning(say("ingest.scales_of_several"))
