"""Which time of day, or of the week, does a text mean?"""

import re
from datetime import time

from hersteld.config.settings import WeekTime

_TIME = r"(\d{1,2}):(\d\d)"
_DAYS: tuple[frozenset[str], ...] = (
    frozenset({"monday", "maandag"}),
    frozenset({"tuesday", "dinsdag"}),
    frozenset({"wednesday", "woensdag"}),
    frozenset({"thursday", "donderdag"}),
    frozenset({"friday", "vrijdag"}),
    frozenset({"saturday", "zaterdag"}),
    frozenset({"sunday", "zondag"}),
)
"""The names of the days from Monday on, in the languages that there are."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""As they are shown."""
TIME_PATTERN = rf"^$|^{_TIME}$"
WEEK_TIME_PATTERN = (
    rf"^$|^({'|'.join('|'.join(sorted(names)) for names in _DAYS)}) +{_TIME}$"  # a schema knows no other letters
)


def parse_time(text: str) -> time | None:
    """Return the time of day that a text like "07:00" means; None for "".

    Raises:
        ValueError: It is no such text.
    """
    if not text.strip():
        return None
    match = re.fullmatch(_TIME, text.strip())
    if match is None:
        raise ValueError("no time of day")
    return time(int(match[1]), int(match[2]))


def parse_week_time(text: str) -> WeekTime | None:
    """Return the time of the week that a text like "sunday 19:00" means; None for "".

    Raises:
        ValueError: It is no such text.
    """
    if not text.strip():
        return None
    name, _, clock = text.strip().partition(" ")
    at = parse_time(clock)
    for weekday, names in enumerate(_DAYS):
        if at is not None and name.lower() in names:
            return WeekTime(weekday, at)
    raise ValueError("no time of the week")
