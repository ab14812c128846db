"""Which folders does the running service watch? Its command line and the configuration of its start decide that."""

from collections.abc import Iterable
from pathlib import Path

from hersteld.daemon.database.connection import Store
from hersteld.daemon.system.paths import shown


def write_watched(store: Store, folders: Iterable[Path]) -> None:
    """Store the folders that are watched from now on; nothing is written where they are the same as before."""
    paths = sorted({shown(folder) for folder in folders})
    if paths == read_watched(store):
        return
    with store.write():
        store.change("DELETE FROM watched", [])
        for path in paths:
            store.insert("watched", {"path": path})


def read_watched(store: Store) -> list[str]:
    """Return the folders that the service watched last, in the order of their names."""
    return [str(row["path"]) for row in store.rows("SELECT path FROM watched ORDER BY path")]
