"""What does the process do that reads calendars for the service?

It takes the paths of the files, opens them by itself, as a server that they are on may not answer, and tells what is
planned. It ends after that, so that the libraries take no memory in between.
"""

import errno
import os
import stat
import time
from collections.abc import Iterator
from datetime import UTC, timedelta, tzinfo
from typing import Any, cast
from zoneinfo import ZoneInfo

import tzlocal

from hersteld.daemon.calendar.content_lines import RawCalendar, RawEvent, read_lines, text_of
from hersteld.daemon.calendar.found import CalendarFault, CalendarFound, found_told
from hersteld.daemon.calendar.occurrences import Endless, NoSense, Window, learn_zones, sessions_of
from hersteld.daemon.calendar.words import Words, words_of
from hersteld.daemon.calendar.written import OURS
from hersteld.daemon.reading.os_reasons import why_refused
from hersteld.daemon.system.channel import Channel, Json
from hersteld.daemon.system.clock import from_iso
from hersteld.parsers.line import Line
from hersteld.recovery.occasions.planned_session import PlannedSession

MOST_BYTES = 2**25
"""Of one file. A calendar of 5,000 events takes 2 MiB."""
ALL_S = 10.0
"""CPU time for all files together."""
MOST_FAULTS = 20
MOST_SESSIONS = 200
_TOO_SLOW = Line("calendar.too_slow", {"seconds": ALL_S})
_LONGEST_TITLE = 60
_DAYS_TO_SPARE = timedelta(days=2)


def serve(channel: Channel) -> None:
    """Run in the process that reads: one request, one answer."""
    request, _ = channel.receive()
    channel.send(found_told(read_files(request)))


def read_files(request: Json) -> CalendarFound:
    """Return what the files of a request plan."""
    asked = cast("dict[str, Any]", request)
    words = words_of(asked["training_words"], asked["training_categories"], asked["hard_words"])
    window = Window(
        from_iso(asked["start"]), from_iso(asked["end"]), _zone(asked["zone"]), asked["attendee"].strip().casefold()
    )
    until_s = time.process_time() + ALL_S
    sessions: dict[str, PlannedSession] = {}
    files: dict[str, str] = {}
    faults: list[CalendarFault] = []
    unread: list[str] = []
    has_others = False
    for number, path in enumerate(asked["paths"]):
        if time.process_time() > until_s:
            faults.append(CalendarFault(path, _TOO_SLOW))
            unread += asked["paths"][number:]
            break
        try:
            calendar = _calendar(path)
        except OSError as error:
            faults.append(CalendarFault(path, why_refused(error)))
            unread.append(path)
            continue
        except _NotRead as error:
            faults.append(CalendarFault(path, error.line))
            unread.append(path)
            continue
        if calendar.is_cut_off:
            faults.append(CalendarFault(path, Line("calendar.cut_off")))
            unread.append(path)
        has_others = has_others or _has_others(calendar, window, words)
        for found in _planned(calendar, window, words, until_s):
            if isinstance(found, PlannedSession):
                sessions.setdefault(found.identity, found)
                files.setdefault(found.identity, path)
            else:
                faults.append(CalendarFault(path, found))
                unread += [path] if found == _TOO_SLOW else []  # nobody knows what the rest would plan
    if len(sessions) > MOST_SESSIONS:
        faults.append(CalendarFault(asked["paths"][0], Line("calendar.too_many_sessions", {"most": MOST_SESSIONS})))
    in_order = sorted(sessions.values(), key=lambda one: (one.day, one.starts_at or window.start, one.identity))
    kept = in_order[:MOST_SESSIONS]
    return CalendarFound(
        tuple(kept),
        tuple(faults[:MOST_FAULTS]),
        not unread,
        {one.identity: files[one.identity] for one in kept},
        tuple(unread),
        has_others,
    )


class _NotRead(Exception):  # noqa: N818 - says what happened
    def __init__(self, line: Line) -> None:
        super().__init__(line)
        self.line = line


def _calendar(path: str) -> RawCalendar:
    """Return what is in a file.

    Raises:
        OSError: The system refuses it.
        _NotRead: It is too large, or no calendar.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)  # a pipe would wait for somebody who writes
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(status.st_mode):
            raise _NotRead(Line("calendar.no_calendar"))
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise _NotRead(Line("calendar.too_large", {"most_mib": MOST_BYTES // 2**20}))
    try:
        calendar = read_lines(text_of(content))
    except MemoryError:
        raise _NotRead(Line("reasons.no_memory")) from None
    if not calendar.is_calendar:
        raise _NotRead(Line("calendar.no_calendar"))
    return calendar


def _planned(calendar: RawCalendar, window: Window, words: Words, until_s: float) -> Iterator[PlannedSession | Line]:
    """Yield what a calendar plans, and what is wrong with it."""
    if calendar.is_cancelled:
        return
    groups = [*_worth_a_look(calendar, window, words)]
    if groups:
        learn_zones(calendar)
    for events in groups:
        if time.process_time() > until_s:
            yield _TOO_SLOW
            return
        title = events[0].title[:_LONGEST_TITLE]
        try:
            yield from sessions_of(events, calendar.zone, window, words)
        except Endless:
            yield Line("calendar.endless", {"title": title})
        except NoSense:
            yield Line("calendar.no_sense", {"title": title})
        except MemoryError:
            yield Line("calendar.endless", {"title": title})


def _worth_a_look(calendar: RawCalendar, window: Window, words: Words) -> Iterator[list[RawEvent]]:
    """Yield the events that may be training, and may be in the window, each with the exceptions of its series."""
    first, last = (f"{at:%Y%m%d}" for at in (window.start - _DAYS_TO_SPARE, window.end + _DAYS_TO_SPARE))
    groups: dict[str, list[RawEvent]] = {}
    for number, event in enumerate(calendar.events):
        if event.first("UID").endswith(OURS):
            continue  # what we wrote of the recovery ourselves is no plan of the athlete's
        groups.setdefault(event.first("UID") or f"\n{number}", []).append(event)
    for events in groups.values():
        if any(event.may_reach(first, last) for event in events) and any(
            words.is_training(event.title, event.categories) for event in events
        ):
            yield events


def _has_others(calendar: RawCalendar, window: Window, words: Words) -> bool:
    """Return whether there are events in the window that do not look like training, as far as their lines tell."""
    first, last = (f"{at.astimezone(window.zone):%Y%m%d}" for at in (window.start, window.end))
    return any(
        event.comes_soon(first, last)
        and not event.first("UID").endswith(OURS)
        and not words.is_training(event.title, event.categories)
        for event in calendar.events
    )


def _zone(name: str) -> tzinfo:
    """Return a zone by its name, or else that of the machine."""
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        pass
    try:
        return tzlocal.get_localzone()
    except (LookupError, ValueError, OSError):
        return UTC
