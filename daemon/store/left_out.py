"""What do the folders and archives hold that is not read, as it is no FIT?

Someone whose watch or service exports GPX or TCX believes that all workouts are in the history, unless they are told.
"""

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from hersteld.daemon.database.connection import Store
from hersteld.daemon.system.clock import iso
from hersteld.daemon.system.paths import path_shown
from hersteld.parsers.format.foreign import Kind
from hersteld.parsers.line import Line, Value

_EVERY = """
SELECT path, COALESCE(sha256, path), kind, files FROM left_out
UNION ALL
SELECT path, sha256, CASE WHEN json_valid(reason) THEN json_extract(reason, '$.values.kind') END, 1 FROM files
WHERE status = 'rejected'
    AND CASE WHEN json_valid(reason) THEN json_extract(reason, '$.id') END = 'files.foreign_track'
"""


@dataclass(slots=True)
class Contents:
    """What one file on disk holds that is left out; the file itself, if it is no archive.

    Attributes:
        sha256: Of the file; None where it was not read to its end, as it is no activity.
        kinds: How many files of each kind are left out of it, none included.
    """

    sha256: str | None = None
    kinds: Counter[Kind] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many files were left out.

    Attributes:
        gpx, tcx: Activities in a format that is not read.
        other: Files of any other kind.
    """

    gpx: int = 0
    tcx: int = 0
    other: int = 0

    @property
    def activities(self) -> int:
        """Number of activities that the history lacks, unless they came in as FIT as well."""
        return self.gpx + self.tcx


def left_out_line(found: LeftOut) -> Line:
    """Return the sentence that activities, 1 or more, are not read; the history may hold some from another file."""
    values: dict[str, Value] = {"count": found.activities}
    return Line("files.left_out", values) if found.activities > 1 else Line("files.left_out_one", values)


def count_kinds(kinds: Iterable[Kind]) -> LeftOut:
    """Return how many of these files are of each kind."""
    counted = Counter(kinds)
    return LeftOut(counted["gpx"], counted["tcx"], counted["other"])


def remember_left_out(store: Store, found: Mapping[str, Contents], *, now: datetime) -> None:
    """Remember what was left out of files on disk; what was known of the same files before is replaced.

    Args:
        found: Of each file on disk that was read, also of one that nothing is left out of.
    """
    with store.write():
        for path, contents in found.items():
            store.change("DELETE FROM left_out WHERE path = ?", [path])
            for kind, files in contents.kinds.items():
                row = {"path": path, "kind": kind, "files": files, "seen_at": iso(now), "sha256": contents.sha256}
                store.insert("left_out", row)


def count_left_out(store: Store) -> LeftOut:
    """Return how much is left out of the files that are still there; two files with the same content count once."""
    by_content = {
        (content, kind): files for path, content, kind, files in store.db.execute(_EVERY).fetchall() if _is_there(path)
    }
    counted: Counter[str] = Counter()
    for (_, kind), files in by_content.items():
        counted[kind] += files
    return LeftOut(counted["gpx"], counted["tcx"], counted["other"] + counted["kml"])


def _is_there(path: str) -> bool:
    """Return whether a file, or the archive that holds it, is still on disk, as far as its stored name can tell."""
    if not path.startswith("/"):  # seen from a folder that is not known
        return True
    there = path_shown(path)
    if os.path.exists(there):  # noqa: PTH110 - never an error, unlike Path.exists
        return True
    return any(os.path.isfile(parent) for parent in there.parents)  # noqa: PTH113 - as above
