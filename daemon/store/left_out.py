"""What do the folders and archives hold that is not read, as it is no FIT?

Someone whose watch or service exports GPX or TCX believes that all workouts are in the history, unless they are told.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from hersteld.daemon.database.connection import Store
from hersteld.daemon.system.clock import iso
from hersteld.parsers.format.foreign import Kind
from hersteld.parsers.line import Line, Value

_BY_KIND = """
SELECT kind, SUM(files) FROM (
    SELECT kind, files FROM left_out
    UNION ALL
    SELECT CASE WHEN json_valid(reason) THEN json_extract(reason, '$.values.kind') END AS kind, 1 FROM files
    WHERE status = 'rejected'
        AND CASE WHEN json_valid(reason) THEN json_extract(reason, '$.id') END = 'files.foreign_track'
) GROUP BY kind
"""


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
        """Number of activities that the history lacks."""
        return self.gpx + self.tcx


def left_out_line(found: LeftOut) -> Line:
    """Return the sentence that the history lacks activities, 1 or more, in the format or formats they are in."""
    values: dict[str, Value] = {"count": found.activities}
    return Line("files.left_out", values) if found.activities > 1 else Line("files.left_out_one", values)


def count_kinds(kinds: Iterable[Kind]) -> LeftOut:
    """Return how many of these files are of each kind."""
    counted = Counter(kinds)
    return LeftOut(counted["gpx"], counted["tcx"], counted["other"])


def remember_left_out(store: Store, found: Mapping[str, Counter[Kind]], *, now: datetime) -> None:
    """Remember what was left out of files on disk; what was known of the same files before is replaced.

    Args:
        found: For each file on disk how many files of each kind it holds that are left out; itself, if it is no
            archive.
    """
    with store.write():
        for path, kinds in found.items():
            store.change("DELETE FROM left_out WHERE path = ?", [path])
            for kind, files in kinds.items():
                store.insert("left_out", {"path": path, "kind": kind, "files": files, "seen_at": iso(now)})


def count_left_out(store: Store) -> LeftOut:
    """Return how much was ever left out, also of folders and archives that are gone by now."""
    counted: dict[str, int] = dict(store.db.execute(_BY_KIND).fetchall())
    return LeftOut(counted.get("gpx", 0), counted.get("tcx", 0), counted.get("other", 0) + counted.get("kml", 0))
