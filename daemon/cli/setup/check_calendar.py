"""Can the calendar of planned training be read, and which training is planned in it?"""

from collections.abc import Iterator

from hersteld.config.settings import Settings
from hersteld.daemon.calendar.reader import read_calendar
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.system.paths import shown
from hersteld.daemon.views.check import Finding
from hersteld.daemon.words.planned import planned_lines
from hersteld.parsers.line import Line


def check_calendar(settings: Settings) -> Iterator[Finding]:
    """Read the calendar of planned training, and yield what is planned in it and what cannot be read."""
    if settings.planned.calendar is None:
        return
    clock = SystemClock()
    found = read_calendar(settings.planned, clock.now(), clock.zone())
    for fault in found.faults:
        said = Line("check.calendar_fault", {"path": fault.path, "reason": (fault.reason,)})
        yield Finding("calendar", "warn", said, Line("check.calendar_fault_do"))
    if not found.is_whole:
        return
    name = shown(settings.planned.calendar)
    if found.sessions:
        said = Line("check.calendar_planned", {"calendar": name, "planned": planned_lines(found.sessions)})
        yield Finding("calendar", "ok", said)
    elif found.has_others:
        said = Line("check.calendar_others", {"calendar": name})
        yield Finding("calendar", "warn", said, Line("check.calendar_others_do"))
    else:
        yield Finding("calendar", "ok", Line("check.calendar_none", {"calendar": name}))
