"""What is known of a training that is planned?"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """One training that stands in the athlete's calendar.

    Attributes:
        identity: The same for the same event, also after it was moved; different for each occurrence of a series.
        day: The local date on which it begins.
        starts_at: When it begins, aware UTC; None for an event of a whole day.
        minutes: How long it is to last, above 0; None where the calendar does not say.
        title: Its title there. It comes from outside, perhaps from somebody else, so no message repeats it.
        is_hard: Whether its title says that it is hard.
    """

    identity: str
    day: date
    starts_at: datetime | None
    minutes: float | None
    title: str
    is_hard: bool
