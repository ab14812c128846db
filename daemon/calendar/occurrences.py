"""When does a training of a calendar happen: single, as a series, or as the exception of one?

This runs in the process that reads calendars, as the libraries for it are large and may take all the time there is: a
series may repeat each second since 1970. So each event has its share of the time, and all of them together theirs.
"""

import contextlib
import hashlib
import signal
import time
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from types import FrameType
from typing import Any

import icalendar
import recurring_ical_events
from icalendar.timezone import tzp

from hersteld.daemon.calendar.content_lines import RawCalendar, RawEvent
from hersteld.daemon.calendar.words import Words
from hersteld.recovery.occasions.planned_session import PlannedSession

EVENT_S = 0.5
"""CPU time for one event, in seconds. A daily series of thirty years takes a tenth of it."""
ZONES_S = 1.0
"""CPU time for the time zones that a file defines."""
MOST_OF_ONE = 50
"""Occurrences of one series in the window: nobody trains more often in a week."""
_TO_SPARE = timedelta(days=1)
"""Zones are up to 14 h apart, and what is planned in any of them is looked at."""
_ONE_DAY = timedelta(days=1)
_AGAIN_S = 0.1


class Endless(BaseException):
    """The time for this is over. No exception of ours to the libraries, so that none of them takes it for their own."""


class NoSense(Exception):  # noqa: N818 - says what is wrong, as in parsers.errors
    """The event cannot be understood."""


@dataclass(frozen=True, slots=True)
class Window:
    """Which occurrences are of interest.

    Attributes:
        start, end: Aware UTC.
        zone: That of the machine, in which an event without a zone of its own is meant.
        attendee: The user's mail address, in small letters; "" where it is not known.
    """

    start: datetime
    end: datetime
    zone: tzinfo
    attendee: str = ""


@contextlib.contextmanager
def within(cpu_s: float) -> Iterator[None]:
    """Raise Endless in what is done here once it has taken so much CPU time."""

    def over(_number: int, _frame: FrameType | None) -> None:
        raise Endless

    before = signal.signal(signal.SIGVTALRM, over)
    signal.setitimer(signal.ITIMER_VIRTUAL, cpu_s, _AGAIN_S)  # again, where something swallowed the first
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0.0)
        signal.signal(signal.SIGVTALRM, before)


def learn_zones(calendar: RawCalendar) -> None:
    """Let the zones be known that a calendar defines; one that makes no sense is as one that is not defined.

    Those of the calendar before are forgotten: another program may mean another zone by the same name.
    """
    tzp.use_default()
    budget_s = time.process_time() + ZONES_S
    for text in calendar.zones:
        with contextlib.suppress(Exception, Endless), within(max(0.01, budget_s - time.process_time())):
            icalendar.Timezone.from_ical(text)  # it remembers the zone by itself


def sessions_of(
    events: Sequence[RawEvent], calendar_zone: str, window: Window, words: Words
) -> Iterator[PlannedSession]:
    """Yield the training of an event, or of a series with its exceptions, in a window.

    Args:
        events: All that have one UID.
        calendar_zone: The zone that the whole calendar claims; "" where it claims none.

    Raises:
        NoSense: It cannot be understood, or one of them cannot, of which the others are yielded first.
        Endless: It takes too long.
    """
    if any(event.is_too_long for event in events):
        raise Endless
    try:
        with warnings.catch_warnings(), within(EVENT_S):
            warnings.simplefilter("ignore")
            understood = [*_understood(events, window.zone)]
            found = [*_sessions(understood, calendar_zone, window, words)] if understood else []
    except MemoryError:
        raise
    except Exception as error:  # the libraries have no common kind for what is wrong with an event
        raise NoSense from error
    yield from found
    if len(understood) < len(events):
        raise NoSense


def _understood(events: Sequence[RawEvent], zone: tzinfo) -> Iterator[Any]:
    """Yield the events that can be understood, each without an end that its start cannot have."""
    for event in events:
        try:
            parsed: Any = icalendar.Event.from_ical(event.as_text())
            if parsed.errors or "DTSTART" not in parsed or isinstance(parsed.get("RECURRENCE-ID"), list):
                continue
            if not _has_sound_end(parsed, zone):
                parsed.pop("DTEND", None)
                parsed.pop("DURATION", None)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001, S112 - as above; what is missing is noticed by its absence
            continue
        yield parsed


def _has_sound_end(event: Any, zone: tzinfo) -> bool:
    """Return whether an event may end as it says; else the library would take the end for the start."""
    start = event["DTSTART"].dt
    if "DTEND" in event:
        end = event["DTEND"].dt
        begin, stop = _moment(start, zone), _moment(end, zone)
        return begin <= stop if begin is not None and stop is not None else begin is stop and start <= end
    if "DURATION" in event:
        lasts = event["DURATION"].dt
        return lasts >= timedelta() and (isinstance(start, datetime) or not lasts % _ONE_DAY)
    return True


def _sessions(events: Sequence[Any], calendar_zone: str, window: Window, words: Words) -> Iterator[PlannedSession]:
    calendar = icalendar.Calendar()
    if calendar_zone and tzp.timezone(calendar_zone) is not None:
        calendar.add("X-WR-TIMEZONE", calendar_zone)
    for event in events:
        calendar.add_component(event)
    query = recurring_ical_events.of(calendar)
    is_series = any(name in event for event in events for name in ("RRULE", "RDATE", "RECURRENCE-ID"))
    moved_by = {
        event["RECURRENCE-ID"].dt: _moved_by(event, window.zone) for event in events if "RECURRENCE-ID" in event
    }
    found = query.between(window.start - _TO_SPARE, window.end + _TO_SPARE)
    if len(found) > MOST_OF_ONE:
        raise Endless
    for one in found:
        title = " ".join(_first(one, "SUMMARY").split())[:200]
        if _is_off(one, window.attendee) or not words.is_training(title, _categories(one)):
            continue
        start = one["DTSTART"].dt
        moment = _moment(start, window.zone)
        day = start if moment is None else moment.astimezone(window.zone).date()
        if not _is_within(moment, day, window):
            continue
        yield PlannedSession(
            identity=_identity(one, moved_by, is_series=is_series, zone=window.zone),
            day=day,
            starts_at=moment,
            minutes=_minutes(one, start, window.zone),
            title=title,
            is_hard=words.is_hard(title),
        )


def _moved_by(exception: Any, zone: tzinfo) -> timedelta | None:
    """Return by how much an exception moves all that follows it; None where it stands for itself alone."""
    if exception["RECURRENCE-ID"].params.get("RANGE", "").upper() != "THISANDFUTURE":
        return None
    start, of = exception["DTSTART"].dt, exception["RECURRENCE-ID"].dt
    if isinstance(start, datetime) and isinstance(of, datetime) and (start.tzinfo is None) != (of.tzinfo is None):
        start, of = _moment(start, zone), _moment(of, zone)
    moved: timedelta = start - of  # by the clock on the wall, where both are in the same zone
    return moved


def _is_within(moment: datetime | None, day: date, window: Window) -> bool:
    if moment is not None:
        return window.start <= moment <= window.end
    first, last = (at.astimezone(window.zone).date() for at in (window.start, window.end))
    return first <= day <= last


def _moment(start: date | datetime, zone: tzinfo) -> datetime | None:
    """Return the moment of a start, aware UTC; None for a whole day."""
    if not isinstance(start, datetime):
        return None
    return (start if start.tzinfo else start.replace(tzinfo=zone)).astimezone(UTC)


def _minutes(one: Any, start: date | datetime, zone: tzinfo) -> float | None:
    """Return how long an event lasts; None for a whole day, and where it does not say."""
    ends = one.get("DTEND")
    begin = _moment(start, zone)
    end = None if ends is None else _moment(ends.dt, zone)
    if begin is None or end is None:
        return None
    minutes = (end - begin).total_seconds() / 60
    return minutes if 0 < minutes <= 24 * 60 else None


def _is_off(one: Any, attendee: str) -> bool:
    """Return whether an event is cancelled, or the user has declined it."""
    if _first(one, "STATUS").strip().upper() == "CANCELLED":
        return True
    invited = one.get("ATTENDEE", [])
    invited = invited if isinstance(invited, list) else [invited]
    if attendee:
        own = [each for each in invited if attendee in _addresses(each)]
    else:
        own = invited if len(invited) == 1 else []
    return any(str(each.params.get("PARTSTAT", "")).upper() == "DECLINED" for each in own)


def _first(one: Any, name: str) -> str:
    """Return what a property says; "" where there is none."""
    value = one.get(name, "")
    return str(value[0] if isinstance(value, list) else value)


def _addresses(attendee: Any) -> set[str]:
    """Return the mail addresses of an attendee; iCloud has a path in place of one, and names it beside."""
    named = (attendee, attendee.params.get("EMAIL", ""))
    return {str(one).casefold().removeprefix("mailto:").strip() for one in named}


def _categories(one: Any) -> list[str]:
    """Return the categories of an event; there may be several properties, with several each."""
    found = one.get("CATEGORIES", [])
    return [str(name).strip() for each in (found if isinstance(found, list) else [found]) for name in each.cats]


def _identity(one: Any, moved_by: Mapping[date | datetime, timedelta | None], *, is_series: bool, zone: tzinfo) -> str:
    """Return what stays the same when an event is moved, or an occurrence of a series is.

    Args:
        moved_by: By how much each exception of the series moves all that follows it, by its RECURRENCE-ID, which the
            occurrences that follow have as well.
    """
    parts = [str(one.get("UID", "")) or f"{one['DTSTART'].dt} {one.get('SUMMARY', '')}"]
    if is_series:
        of = one.get("RECURRENCE-ID", one["DTSTART"]).dt
        if (moved := moved_by.get(of)) is not None:
            of = one["DTSTART"].dt - moved
        moment = _moment(of, zone)
        parts.append(str(of) if moment is None else moment.isoformat())
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
