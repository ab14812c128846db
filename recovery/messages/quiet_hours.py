"""When may a message not wake anybody?"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo


@dataclass(frozen=True, slots=True)
class QuietHours:
    """A daily stretch of local time, [start, end), which may run across midnight."""

    start: time
    end: time

    def holds(self, moment: datetime, zone: tzinfo) -> bool:
        """Whether this aware moment lies in the quiet hours of the zone."""
        clock = moment.astimezone(zone).time()
        if self.start <= self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end

    def move_out(self, moment: datetime, zone: tzinfo) -> datetime:
        """Return the moment itself, or the end of the quiet hours it lies in; in the timezone of the argument."""
        if not self.holds(moment, zone):
            return moment
        local = moment.astimezone(zone)
        day = local.date()
        if self.start > self.end and local.time() >= self.start:
            day += timedelta(days=1)
        end = datetime.combine(day, self.end, tzinfo=zone)
        return end.astimezone(moment.tzinfo)
