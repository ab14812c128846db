"""What can go wrong in the shell that the user must hear about, and how is that said?"""

import errno
import sqlite3
import threading

from hersteld.parsers.line import Line, Value

OF_THE_MACHINE = (sqlite3.Error, OSError, MemoryError)
"""Errors of the machine: what failed is tried again, as a full disk may pass.

Only where a file or a workout is at hand, some of them are its own; see `is_of_the_machine`.
"""
_OF_WHAT_IS_STORED = (sqlite3.IntegrityError, sqlite3.DataError, sqlite3.InterfaceError, sqlite3.ProgrammingError)
"""SQLite refuses what it is given, and would refuse it again, however often it is tried."""


def is_of_the_machine(error: Exception) -> bool:
    """Return whether no file and no workout at hand is to blame for an error, so that it is tried again.

    Every other error belongs to the file or the workout, which is named and left, so that it holds up no other.
    """
    return isinstance(error, OF_THE_MACHINE) and not isinstance(error, _OF_WHAT_IS_STORED)


class DaemonError(Exception):
    """The base of every error of this layer; `str(error)` says what, where and what to do, in the process's language.

    Args:
        line: The sentence, or the id of its text ("database.none").
        values: What the text of this id names.
    """

    def __init__(self, line: Line | str, **values: Value) -> None:
        self.line = line if isinstance(line, Line) else Line(line, values)
        super().__init__(self.line)

    def __str__(self) -> str:
        from hersteld.config.texts.speech import said  # noqa: PLC0415 - imports that a command without errors spares

        return said(self.line)


class NoThread(DaemonError):  # noqa: N818 - says what is wrong, as in parsers.errors
    """The machine gives this process no further thread."""


def start(thread: threading.Thread) -> None:
    """Start a thread.

    Raises:
        NoThread: The machine gives us none.
    """
    try:
        thread.start()
    except RuntimeError as error:
        raise NoThread("system.no_thread") from error


def reason_of(error: BaseException) -> Line:
    """Return why something failed, as a part of a sentence.

    Returns:
        What an error of the operating system means, in the user's language; of any other error, its own words.
    """
    name = errno.errorcode.get(error.errno or 0) if isinstance(error, OSError) else None
    if name is not None:
        return Line("system.os_error", {"reason": name})
    return Line("system.quoted", {"words": str(error) or type(error).__name__})
