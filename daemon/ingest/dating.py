"""When was a workout truly, if its device says that it ended after its file arrived?"""

import logging
from collections.abc import Hashable, Sequence
from dataclasses import replace
from datetime import datetime

from hersteld.config.texts.speech import say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.reading.contents import Reading
from hersteld.daemon.store.clock_check import newest_at
from hersteld.daemon.store.workouts import Workouts
from hersteld.daemon.system.clock import Clock
from hersteld.parsers.workout import Workout
from hersteld.recovery.clocks.arrival import Dating, date_alike, date_by_arrival, with_dating
from hersteld.recovery.rules import MessageRules

log = logging.getLogger(__name__)


class ArrivalDates:
    """Dates what arrived together, before it is stored.

    Args:
        in_import: Whether it is history, whose arrival says nothing of when it was.
    """

    def __init__(self, store: Store, rules: MessageRules, clock: Clock, *, in_import: bool = False) -> None:
        self._store = store
        self._workouts = Workouts(store)
        self._rules = rules
        self._clock = clock
        self._in_import = in_import
        self._by_device: dict[Hashable, Dating] = {}

    def dated(self, readings: Sequence[Reading]) -> list[Reading]:
        """Return the readings with the dates that are stored; what can be true stays as the device says.

        A batch may come in several parts: what was found for a device in an earlier part holds for the later ones.
        """
        workouts = [reading.result for reading in readings if isinstance(reading.result, Workout)]
        alone = [
            self._alone(reading.result, reading.arrived_at)
            for reading in readings
            if isinstance(reading.result, Workout)
        ]
        datings = iter(date_alike(workouts, alone, self._by_device, spreads=not self._in_import))
        return [
            self._with(reading, next(datings)) if isinstance(reading.result, Workout) else reading
            for reading in readings
        ]

    def _alone(self, workout: Workout, arrived_at: datetime | None) -> Dating:
        # A file that was shifted before is shifted as it was then, whatever comes with it.
        if workout.has_clock and (shift_s := self._workouts.shift_s_of_file(workout)):
            return Dating(shift_s, "before")
        now = self._clock.now()
        dating = date_by_arrival(workout, arrived_at or now, self._rules, in_import=self._in_import)
        # It may also be our own clock that is wrong: then the device is believed.
        return Dating(0.0, "told") if dating.by != "told" and now < newest_at(self._store) else dating

    def _with(self, reading: Reading, dating: Dating) -> Reading:
        if dating.by == "told" or not isinstance(reading.result, Workout):
            return reading
        level = logging.DEBUG if self._in_import else logging.INFO
        if dating.by == "nothing":
            log.log(level, say("ingest.dated_ahead", path=reading.path))
        else:
            line_id = "ingest.shifted_alike" if dating.by == "device" else "ingest.shifted"
            log.log(level, say(line_id, path=reading.path, ahead_s=-dating.shift_s))
        return replace(reading, result=with_dating(reading.result, dating))
