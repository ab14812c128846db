"""What may keep the service from its work, though it lives?"""

import errno
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from hersteld.daemon.database.faults import fault_of
from hersteld.daemon.system.errors import reason_of
from hersteld.parsers.line import Line

TroubleId = Literal[
    "folder_missing",
    "look_failed",
    "database_unusable",
    "no_memory",
    "reading_fails",
    "clock_wrong",
    "delivery_stands",
]
"""All that is told outside of this machine: no name, no path, nothing of the athlete."""
TROUBLES: tuple[TroubleId, ...] = get_args(TroubleId)


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that keeps the service from its work.

    Attributes:
        id: The kind.
        line: What it is, for this machine alone: it may name files.
    """

    id: TroubleId
    line: Line


def trouble_of(error: BaseException, database: Path) -> Trouble:
    """Return the trouble that an error of the machine makes when the service looks into its folders."""
    if isinstance(error, sqlite3.Error):
        return Trouble("database_unusable", fault_of(error, database))
    if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM):
        return Trouble("no_memory", Line("reasons.no_memory"))
    return Trouble("look_failed", reason_of(error))


def trouble_of_unseen(path: str, error: OSError, *, is_watched: bool) -> Trouble:
    """Return the trouble that it makes when a folder or a file in it cannot be looked at.

    Args:
        is_watched: Whether it is a watched folder itself.
    """
    line = Line("health.unseen", {"path": path, "reason": (reason_of(error),)})
    if error.errno == errno.ENOMEM:
        return Trouble("no_memory", line)
    if error.errno in (errno.EMFILE, errno.ENFILE):
        return Trouble("look_failed", line)
    return Trouble("folder_missing" if is_watched else "reading_fails", line)
