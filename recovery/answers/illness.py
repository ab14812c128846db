"""Has the athlete been ill?"""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Illness:
    """The last illness that the athlete spoke of before a workout.

    Attributes:
        since, until: Aware UTC.
    """

    since: datetime
    until: datetime

    def easy_until(self, most: timedelta) -> datetime:
        """Return until when training stays easy: for as long as the illness lasted, a day or more, aware UTC.

        Args:
            most: No longer than this.
        """
        return self.until + min(max(self.until - self.since, timedelta(days=1)), most)
