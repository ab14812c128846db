"""Which files in the watched folders cannot be read, or are still waited for?

The service writes this down after a look that has changed it, so that `hersteld status` can say it.
"""

from collections.abc import Mapping

from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.line_column import line_of, stored
from hersteld.parsers.line import Line


def write_held_up(store: Store, files: Mapping[str, Line | None]) -> None:
    """Store which files are held up now, in the place of those before.

    Args:
        files: By path, why each cannot be read, or what is waited for; None where that is not known.
    """
    with store.write():
        store.change("DELETE FROM held_up", [])
        for path, reason in files.items():
            store.insert("held_up", {"path": path, "reason": stored(reason)})


def read_held_up(store: Store) -> dict[str, Line | None]:
    """Return the files that were held up at the last look, by path; None where it is not known why."""
    rows = store.rows("SELECT path, reason FROM held_up ORDER BY path")
    return {str(row["path"]): line_of(row["reason"]) for row in rows}
