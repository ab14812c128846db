"""How is a calendar file written that any program can read?

As RFC 5545 wants it: lines of at most 75 bytes that end in CR LF, with what would end a value escaped. A moment is
written in UTC, so that the file needs no time zones of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

MADE_BY: Final = "PRODID:-//hersteld//recovery//EN"
"""The line by which a file is known to be ours."""
OURS: Final = "@recovery.hersteld"
"""How the UID of an event of ours ends."""
_LONGEST_LINE = 75
_NO_EVENT = (
    *("BEGIN:VTIMEZONE", "TZID:Etc/UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000"),
    *("TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE"),
)
"""A calendar has at least one component, says the standard; this one says nothing."""
_LASTS = "PT15M"
"""Some programs show nothing of an event that takes no time."""


@dataclass(frozen=True, slots=True)
class WrittenEvent:
    """An event as it is written.

    Attributes:
        uid: The same one for as long as it is the same event.
        starts: Aware, or a date for the whole day.
        title: In the athlete's language.
    """

    uid: str
    starts: datetime | date
    title: str


def calendar_text(name: str, events: Sequence[WrittenEvent], now: datetime) -> str:
    """Return a calendar as the text of a file.

    Args:
        name: What a program may call it.
        now: The moment from which on it is so, aware UTC.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", MADE_BY, "CALSCALE:GREGORIAN", f"X-WR-CALNAME:{_escaped(name)}"]
    lines += [] if events else _NO_EVENT
    for event in events:
        lines += [
            *("BEGIN:VEVENT", f"UID:{event.uid}", f"DTSTAMP:{_utc(now)}", *_times(event.starts)),
            *(f"SUMMARY:{_escaped(event.title)}", "TRANSP:TRANSPARENT", "END:VEVENT"),
        ]
    return "".join(f"{part}\r\n" for line in (*lines, "END:VCALENDAR") for part in _folded(line))


def without_stamps(text: str) -> str:
    """Return what a calendar says, without the moment at which it was written."""
    return "\n".join(line for line in text.splitlines() if not line.startswith("DTSTAMP:"))


def _times(starts: datetime | date) -> tuple[str, str]:
    if isinstance(starts, datetime):
        return f"DTSTART:{_utc(starts)}", f"DURATION:{_LASTS}"
    return f"DTSTART;VALUE=DATE:{starts:%Y%m%d}", "DURATION:P1D"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> Iterator[str]:
    """Yield a line in parts of at most 75 bytes, none of which ends within a letter."""
    part, room = "", _LONGEST_LINE
    for letter in line:
        size = len(letter.encode("utf-8", "surrogatepass"))
        if size > room:
            yield part
            part, room = " ", _LONGEST_LINE - 1
        part += letter
        room -= size
    yield part
