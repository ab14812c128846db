"""How is a calendar read that may take all the memory or time there is?

In a process of its own, which has limits on both, and ends as soon as it has answered. The libraries are loaded there
and nowhere else. Where no process can be started, the calendar is not read, and a sentence says so.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from typing import Final

from hersteld.config.settings import Planned
from hersteld.daemon.calendar.files import CalendarFiles, CalendarLook
from hersteld.daemon.calendar.found import CalendarFault, CalendarFound, found_in
from hersteld.daemon.reading.os_reasons import why_refused
from hersteld.daemon.system.channel import close_all
from hersteld.daemon.system.child_process import ChildLost, ChildProcess, Limits
from hersteld.daemon.system.clock import iso
from hersteld.daemon.system.paths import shown
from hersteld.parsers.line import Line

AHEAD: Final = timedelta(days=8)
"""How far the calendar is looked at: the evening before needs two days, the word of the week all of the next one."""
LIMITS: Final = Limits(data_bytes=2**29, cpu_s=30, answer_bytes=2**20)
"""A file of 32 MiB needs some 300 MiB, and what may take long in it is bounded to 10 s by the process itself."""
WHOLE_S: Final = 60.0
"""Longest time for an answer, also where a disk or a server is slow."""
_PROGRAM = "hersteld.daemon.calendar.calendar_program:serve"


def read_calendar(
    planned: Planned,
    now: datetime,
    zone: tzinfo,
    *,
    files: CalendarFiles | None = None,
    meanwhile: Callable[[], None] = lambda: None,
    limits: Limits = LIMITS,
    whole_s: float = WHOLE_S,
) -> CalendarFound:
    """Return the training that is planned from a moment on, and what of the calendar could not be read.

    Args:
        planned: What the configuration says; nothing is planned where it names no calendar.
        now: Aware UTC.
        zone: That of the machine.
        files: Those of the calendar, where they are known.
        meanwhile: Called once a second while it is read; what it raises ends the reading.
        limits, whole_s: What the process may use, and how long it may take.
    """
    if planned.calendar is None:
        return CalendarFound((), ())
    files = files or CalendarLook(planned.calendar).files()
    if not files.paths:
        return CalendarFound((), files.faults, is_whole=False)
    request = {
        "paths": [*files.paths],
        "training_words": [*planned.training_words],
        "training_categories": [*planned.training_categories],
        "hard_words": [*planned.hard_words],
        "attendee": planned.attendee or "",
        "start": iso(now),
        "end": iso(now + AHEAD),
        "zone": str(zone),
    }
    name = shown(planned.calendar)
    try:
        child = ChildProcess(_PROGRAM, limits=limits, heeds_stop=False, quiet=True)
    except (OSError, MemoryError) as error:
        reason = why_refused(error) if isinstance(error, OSError) else Line("reasons.no_memory")
        return CalendarFound((), (*files.faults, CalendarFault(name, reason)), is_whole=False, unread=files.paths)
    try:
        child.tell(request, within_s=whole_s)
        answer, beside = child.answer(within_s=whole_s, meanwhile=meanwhile)
        close_all(beside)
        found = found_in(answer)
    except ChildLost as lost:
        return CalendarFound((), (*files.faults, CalendarFault(name, lost.reason)), is_whole=False, unread=files.paths)
    except (KeyError, TypeError, ValueError):
        fault = CalendarFault(name, Line("reasons.child_garbled"))
        return CalendarFound((), (*files.faults, fault), is_whole=False, unread=files.paths)
    finally:
        child.end()
    faults = tuple(CalendarFault(shown(fault.path), fault.reason) for fault in found.faults)
    return replace(found, faults=(*files.faults, *faults))
