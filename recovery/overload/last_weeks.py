"""What is known of an athlete's last weeks?"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from hersteld.parsers.workout import Column
from hersteld.recovery.nights.night import Night


@dataclass(frozen=True, slots=True, eq=False)
class LastWeeks:
    """What is known of an athlete's last weeks at a local date.

    Attributes:
        day: The date.
        loads: Load of each day from that of the first workout on, shape (days,); the last is that of the date.
        hard_days: The dates with a hard workout.
        nights: One a day at most, in any order.
        qualities: The athlete's own answers on how well they have recovered (TQR, 6 to 20), each with its date.
    """

    day: date
    loads: Column
    hard_days: Collection[date] = ()
    nights: tuple[Night, ...] = ()
    qualities: tuple[tuple[date, float], ...] = ()

    @property
    def counted_day(self) -> date:
        """The last day whose load counts.

        A day without a workout may not be over yet: it counts once the next one begins. Otherwise every morning would
        look like a day of rest.
        """
        is_open = len(self.loads) > 0 and not self.loads[-1]
        return self.day - timedelta(days=1) if is_open else self.day

    @property
    def counted_loads(self) -> Column:
        """The loads up to the last day that counts."""
        return self.loads if self.counted_day == self.day else self.loads[:-1]
