"""Which files on disk need not be read again, as their content is known?

Only an economy: after the table was emptied, each file is read once more, and its content is recognised by its hash.
"""

from collections.abc import Iterable

from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.file_numbers import Signature


def read_sightings(store: Store) -> dict[str, Signature]:
    """Return the signature of each file on disk whose content is known, by its path."""
    rows = store.db.execute("SELECT path, size, mtime_ns, ctime_ns, inode FROM sightings").fetchall()
    return {path: Signature(*numbers) for path, *numbers in rows}


def sightings_above(store: Store, size_bytes: int) -> list[str]:
    """Return the paths of the files that are larger than this, in the order of their names."""
    rows = store.db.execute("SELECT path FROM sightings WHERE size > ? ORDER BY path", (size_bytes,)).fetchall()
    return [str(path) for (path,) in rows]


def remember_sightings(store: Store, sightings: Iterable[tuple[str, Signature]]) -> None:
    """Remember that the content of these files is known, all of them in one change of the database."""
    with store.write():
        for path, signature in sightings:
            store.db.execute(
                "INSERT OR REPLACE INTO sightings VALUES (?, ?, ?, ?, ?)",
                (path, signature.size, signature.mtime_ns, signature.ctime_ns, signature.inode),
            )


def forget_sightings(store: Store, paths: Iterable[str]) -> None:
    """Forget files that are gone from disk; what was in them stays known."""
    with store.write():
        for path in paths:
            store.db.execute("DELETE FROM sightings WHERE path = ?", (path,))
