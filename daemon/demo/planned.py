"""Which calendar would a made-up athlete keep?"""

from collections.abc import Iterable
from datetime import datetime, timedelta

_UTC = "%Y%m%dT%H%M%SZ"


def calendar_of(events: Iterable[tuple[datetime, float, str]]) -> str:
    """Return an iCalendar file with these events.

    Args:
        events: Begin (aware UTC), minutes and title of each. A title has no comma, semicolon or backslash.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//hersteld//demo//EN"]
    for number, (begin, minutes, title) in enumerate(events):
        lines += ["BEGIN:VEVENT", f"UID:{number}-{begin:{_UTC}}@hersteld.demo", f"DTSTAMP:{begin:{_UTC}}"]
        lines += [f"DTSTART:{begin:{_UTC}}", f"DTEND:{begin + timedelta(minutes=minutes):{_UTC}}"]
        lines += [f"SUMMARY:{title}", "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])
