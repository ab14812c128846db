"""Which events are in the text of an iCalendar file, and which of them are worth a closer look?

A calendar of many years holds thousands of events, and an iCalendar library takes a second for them. So the lines are
read here, without understanding dates, and the library gets only the events that can be training and can be soon. Each
event stands alone from the start, so that one that makes no sense costs only itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MOST_LINES = 2000
"""Of what matters of one event; some have an exception for each day of some years."""
LONGEST_LINE = 2**17
"""Of what matters; one with an exception for each day of some years has a quarter of it."""
_DEEPEST = 50
"""Components within each other, of which anybody has three; of so many it is taken that none of them ever ends."""
_LINE = re.compile(r"[^\r\n]+")
_NAME = re.compile(r"[A-Za-z0-9-]+")
_VALUE = re.compile(r'(?:"[^"]*"|[^":])*:')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_DIGITS = re.compile(r"\d{8}")
_NUMBER = re.compile(r"\d{1,9}")
_UNTIL = re.compile(r"UNTIL=(\d{8})", re.IGNORECASE)
_OFTEN = re.compile(r"FREQ=(?:DAILY|WEEKLY)", re.IGNORECASE)
_LONGEST_TITLE = 200

_WANTED = frozenset(
    {
        *("UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"),
        *("SUMMARY", "CATEGORIES", "STATUS", "ATTENDEE", "SEQUENCE"),
    }
)
"""The properties of an event that matter. The others, which may be long or broken, are not kept."""
_READ = _WANTED | {"BEGIN", "END", "X-WR-TIMEZONE", "METHOD"}


@dataclass(slots=True)
class RawEvent:
    """One event, or one exception of a series, as its lines stand in the file.

    Attributes:
        lines: Those that matter, unfolded.
        is_too_long: Whether there are more of them than anybody writes, or a longer one.
    """

    lines: list[str] = field(default_factory=list)
    is_too_long: bool = False

    def values(self, name: str) -> Iterator[str]:
        """Yield the values of each property of this name, as they are written."""
        for line in self.lines:
            if line[: len(name)].upper() == name and line[len(name) : len(name) + 1] in (":", ";"):
                yield _value(line)

    def first(self, name: str) -> str:
        """Return the value of the first property of this name; "" where there is none."""
        return next(self.values(name), "")

    @property
    def title(self) -> str:
        """What its title says, in one line."""
        return " ".join(_text(self.first("SUMMARY")[: 2 * _LONGEST_TITLE]).split())[:_LONGEST_TITLE]

    @property
    def categories(self) -> list[str]:
        """Its categories."""
        return [_text(one).strip() for value in self.values("CATEGORIES") for one in re.split(r"(?<!\\),", value)]

    @property
    def repeats(self) -> bool:
        """Whether it is a series."""
        return bool(self.first("RRULE") or self.first("RDATE"))

    def may_reach(self, first: str, last: str) -> bool:
        """Return whether it may happen from one day to another.

        Args:
            first, last: As "20260131", with days to spare, as zones are not looked at.
        """
        start = _DIGITS.match(self.first("DTSTART"))
        if start is None or first <= start[0] <= last:
            return True  # also where it makes no sense, so that it can be told
        if not self.repeats or start[0] > last:
            return False
        until = _UNTIL.search(self.first("RRULE"))
        return until is None or until[1] >= first or bool(self.first("RDATE"))

    def comes_soon(self, first: str, last: str) -> bool:
        """Return whether it begins from one day to another, or is a series that happens each week or day then.

        Args:
            first, last: As "20260131".
        """
        start = _DIGITS.match(self.first("DTSTART"))
        if start is None:
            return False
        is_often = _OFTEN.search(self.first("RRULE")) is not None
        return first <= start[0] <= last or (is_often and self.may_reach(first, last))

    def as_text(self) -> str:
        """Return it as an event of an iCalendar file, with what matters alone."""
        return "\r\n".join(("BEGIN:VEVENT", *filter(_has_sense, self.lines), "END:VEVENT", ""))


@dataclass(slots=True)
class RawCalendar:
    """What is in a file.

    Attributes:
        is_calendar: Whether a calendar begins in it at all.
        is_cut_off: Whether it has begun and not ended.
        zone: The time zone that the whole calendar claims (X-WR-TIMEZONE); "" where it claims none.
        is_cancelled: Whether it only says that its events are cancelled.
        zones: The definitions of time zones in it, as text.
    """

    is_calendar: bool = False
    is_cut_off: bool = False
    zone: str = ""
    is_cancelled: bool = False
    zones: list[str] = field(default_factory=list)
    events: list[RawEvent] = field(default_factory=list)


def text_of(content: bytes) -> str:
    """Return the text of a file: UTF-8, as the standard wants it, or else Windows' own letters."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", "replace")


def read_lines(text: str) -> RawCalendar:
    """Return the events in a text; whatever it is, something is returned."""
    found = RawCalendar()
    inside: list[str] = []  # the components that have begun and not ended
    event: RawEvent | None = None
    zone: list[str] = []
    for line in _unfolded(text):
        match = _NAME.match(line)
        name = match[0].upper() if match else ""
        if name not in _READ and not zone:
            continue
        if len(line) > LONGEST_LINE:
            if event is not None and inside[-1:] == ["VEVENT"] and name in _WANTED:
                event.is_too_long = True
            continue
        if name == "BEGIN":
            if len(inside) >= _DEEPEST:
                inside = inside[:1]
            inside.append(_value(line).strip().upper())
            if inside[-1] == "VCALENDAR":
                inside, found.is_calendar = ["VCALENDAR"], True
            elif inside[-1] == "VEVENT":  # also where the one before, or a time zone, never ended
                inside, event, zone = ["VCALENDAR", "VEVENT"], RawEvent(), []
            elif inside[-1] == "VTIMEZONE":
                zone = [line]
                continue
        if zone:
            zone.append(line)
        elif event is not None and inside[-1:] == ["VEVENT"] and name in _WANTED:
            if len(event.lines) < MOST_LINES:
                event.lines.append(line)
            else:
                event.is_too_long = True
        elif inside == ["VCALENDAR"] and name == "X-WR-TIMEZONE":
            found.zone = _value(line).strip()
        elif inside == ["VCALENDAR"] and name == "METHOD":
            found.is_cancelled = _value(line).strip().upper() == "CANCEL"
        if name == "END":
            ended = _value(line).strip().upper()
            if ended == "VEVENT" and event is not None:
                found.events.append(event)
                event = None
            elif ended == "VTIMEZONE" and zone:
                found.zones.append("\r\n".join((*zone, "")))
                zone = []
            while inside and ended in inside and inside.pop() != ended:
                pass
    found.is_cut_off = bool(inside)
    return found


def _unfolded(text: str) -> Iterator[str]:
    """Yield the lines of a text, each with those that go on with it."""
    parts: list[str] = []
    for match in _LINE.finditer(text):
        line = match[0]
        if line[0] in " \t":
            parts.append(line[1:])
            continue
        if parts:
            yield "".join(parts)
        parts = [line]
    if parts:
        yield "".join(parts)


def _value(line: str) -> str:
    """Return what stands behind the colon of a line; "" where there is none."""
    before = _VALUE.match(line)
    return line[before.end() :] if before else ""


def _has_sense(line: str) -> bool:
    """Return whether a line may stay: the number of a version that is none is no reason to lose the event."""
    return line[:8].upper() != "SEQUENCE" or _NUMBER.fullmatch(_value(line).strip()) is not None


def _text(value: str) -> str:
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)
