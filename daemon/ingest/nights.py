"""Which days does a file of a watch tell of, and what becomes of the masses that a scale measured?

All masses are kept; which of them are the athlete's is judged anew with each file, as it takes several to tell the
users of one scale apart. The others do not count. See `hersteld.daemon.planning.scale_users`.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from hersteld.config.settings import Settings
from hersteld.daemon.database.connection import Store
from hersteld.daemon.planning.reassess import Reassessment
from hersteld.daemon.planning.scale_users import judge_scale_users
from hersteld.daemon.reading.nights import without_days_to_come
from hersteld.daemon.store.answers.of_workout import first_weighed
from hersteld.daemon.store.answers.scales import scale_users, store_measured
from hersteld.daemon.store.dirty import Cause
from hersteld.daemon.system.clock import Clock
from hersteld.recovery.nights.local_days import records_of
from hersteld.recovery.nights.record import NightReadings, NightRecord, Weighing
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


def take_weighings(
    store: Store, weighings: Sequence[Weighing], settings: Settings, reassessment: Reassessment, now: datetime
) -> None:
    """Keep what a scale measured, and let count what of it is the athlete's; within the transaction of its file.

    Args:
        weighings: Of one file, but for what no person weighs.
        now: Aware UTC.
    """
    if not weighings:
        return
    is_first = not scale_users(store)
    came = store_measured(store, weighings, now=now)
    judge_scale_users(store, settings, reassessment, now, is_first=is_first)
    own = {(one.user.device, one.user.number) for one in scale_users(store) if one.counts}
    if own_at := [one.at for one in came if (one.device, one.user) in own]:
        reassessment.mark(first_weighed(store, min(own_at)), Cause.ANSWER)
