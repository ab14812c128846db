"""When is no message sent, so that it wakes nobody?"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo


@dataclass(frozen=True, slots=True)
class QuietHours:
    """A daily stretch of local time, [start, end), which may run across midnight.

    Attributes:
        start, end: Local times of day; the same time twice means no quiet hours.
    """

    start: time
    end: time

    def holds(self, moment: datetime, zone: tzinfo) -> bool:
        """Return whether a moment lies in the quiet hours.

        Args:
            moment: Aware.
            zone: The athlete's time zone.
        """
        return self.includes(moment.astimezone(zone).time())

    def includes(self, local_time: time) -> bool:
        """Return whether a local time of day lies in the quiet hours."""
        if self.start <= self.end:
            return self.start <= local_time < self.end
        return local_time >= self.start or local_time < self.end

    def next_start(self, moment: datetime, zone: tzinfo) -> datetime:
        """Return when the quiet hours begin next, at or after a moment.

        Args:
            moment: Aware.
            zone: The athlete's time zone.

        Returns:
            Aware, in the time zone of the moment.
        """
        day = moment.astimezone(zone).date()
        begin = datetime.combine(day, self.start, tzinfo=zone)
        if begin < moment:
            begin = datetime.combine(day + timedelta(days=1), self.start, tzinfo=zone)
        return begin.astimezone(moment.tzinfo)

    def move_out(self, moment: datetime, zone: tzinfo) -> datetime:
        """Return a moment, or the end of the quiet hours that it lies in.

        Args:
            moment: Aware.
            zone: The athlete's time zone.

        Returns:
            Aware, in the time zone of the moment.
        """
        if not self.holds(moment, zone):
            return moment
        local = moment.astimezone(zone)
        day = local.date()
        if self.start > self.end and local.time() >= self.start:
            day += timedelta(days=1)
        end = datetime.combine(day, self.end, tzinfo=zone)
        return end.astimezone(moment.tzinfo)
