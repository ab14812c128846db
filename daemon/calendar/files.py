"""Which files are the calendar, and has one of them changed?"""

import os
import stat
import threading
from dataclasses import dataclass
from pathlib import Path

from hersteld.daemon.calendar.found import CalendarFault
from hersteld.daemon.reading.os_reasons import why_refused
from hersteld.daemon.system.errors import start
from hersteld.daemon.system.paths import shown
from hersteld.parsers.line import Line

MOST_FILES = 1000
"""Of a folder. Some programs, such as vdirsyncer, keep each event in a file of its own, also those of years ago."""
ANSWER_S = 2.0
"""How long a disk or server is waited for; the service says within this time many times over that it is alive."""
_SUFFIX = ".ics"


@dataclass(frozen=True, slots=True)
class CalendarFiles:
    """The files of the calendar, as they are on disk.

    Attributes:
        paths: In the order of their names.
        signature: Another one as soon as a file is new, gone, written to, or may be read by others than before.
        faults: Why there are none, or not all.
    """

    paths: tuple[str, ...]
    signature: tuple[tuple[str | int, ...], ...]
    faults: tuple[CalendarFault, ...] = ()


class CalendarLook:
    """Looks at the files of a calendar in a thread of its own: a server that does not answer holds up whoever asks it.

    Args:
        calendar: A file, or a folder of them.
    """

    def __init__(self, calendar: Path) -> None:
        self._calendar = calendar
        self._thread: threading.Thread | None = None
        self._found = CalendarFiles((), ())

    def files(self) -> CalendarFiles:
        """Return the files of the calendar; none, with that fault, while what they are on does not answer.

        Raises:
            NoThread: The machine gives us no thread.
        """
        if self._thread is None:
            self._thread = threading.Thread(target=self._look, name="calendar-look", daemon=True)
            start(self._thread)
        self._thread.join(ANSWER_S)
        if self._thread.is_alive():  # it is asked again next time
            return CalendarFiles((), (), (CalendarFault(shown(self._calendar), Line("calendar.no_answer")),))
        self._thread = None
        return self._found

    def _look(self) -> None:
        self._found = calendar_files(self._calendar)


def calendar_files(calendar: Path) -> CalendarFiles:
    """Return the files of a calendar, which is a file or a folder of them."""
    name = shown(calendar)
    try:
        status = calendar.stat()
        if not stat.S_ISDIR(status.st_mode):
            return CalendarFiles((str(calendar),), ((name, *_signs(status)),))
        with os.scandir(calendar) as entries:
            names = sorted(entry.name for entry in entries if entry.name.lower().endswith(_SUFFIX))
    except OSError as error:
        return CalendarFiles((), (), (CalendarFault(name, why_refused(error)),))
    faults: list[CalendarFault] = []
    if not names:
        faults.append(CalendarFault(name, Line("calendar.no_files")))
    elif len(names) > MOST_FILES:
        faults.append(CalendarFault(name, Line("calendar.too_many_files", {"most": MOST_FILES})))
    paths = tuple(str(calendar / name) for name in names[:MOST_FILES])
    return CalendarFiles(paths, tuple(map(_signature, paths)), tuple(faults))


def _signature(path: str) -> tuple[str | int, ...]:
    try:
        status = os.stat(path)  # noqa: PTH116 - the path is text
    except OSError:
        return (path,)  # whoever reads it says why
    return path, *_signs(status)


def _signs(status: os.stat_result) -> tuple[int, ...]:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns
