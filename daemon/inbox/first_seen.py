"""Since when has a file that is not taken in yet been seen as it is?

Nothing in it can have happened later: that is its arrival, however long it is waited for and whoever is started anew
meanwhile. A file that grows has arrived when it grew last, as it may be a recording that still went on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.file_numbers import Signature
from hersteld.daemon.store.clock_check import newest_at
from hersteld.daemon.system.clock import Clock, from_iso, iso


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was seen, and when first; a change of anything but size and date leaves the content as it was."""

    size: int
    mtime_ns: int
    at: datetime


class FirstSeen:
    """The files that are not taken in yet, in one thread's store."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        rows = store.db.execute("SELECT path, size, mtime_ns, seen_at FROM first_seen").fetchall()
        self._seen = {path: _Seen(size, mtime_ns, from_iso(at)) for path, size, mtime_ns, at in rows}

    def see(self, files: Mapping[str, Signature]) -> None:
        """Note files that are seen now, all in one change of the database; those that were seen before stay as noted.

        A clock that is behind what has certainly passed says nothing of when that was.
        """
        new = {
            path: signature
            for path, signature in files.items()
            if (seen := self._seen.get(path)) is None
            or (seen.size, seen.mtime_ns) != (signature.size, signature.mtime_ns)
        }
        now = self._clock.now()
        if not new or now < newest_at(self._store):
            return
        with self._store.write():
            for path, signature in new.items():
                self._store.db.execute(
                    "INSERT OR REPLACE INTO first_seen VALUES (?, ?, ?, ?)",
                    (path, signature.size, signature.mtime_ns, iso(now)),
                )
        self._seen |= {path: _Seen(signature.size, signature.mtime_ns, now) for path, signature in new.items()}

    def at(self, path: str, signature: Signature) -> datetime | None:
        """Return when a file was first seen as it is; None where no clock that can be right said so."""
        seen = self._seen.get(path)
        if seen is None or (seen.size, seen.mtime_ns) != (signature.size, signature.mtime_ns):
            return None
        return min(seen.at, self._clock.now())

    def forget(self, paths: Iterable[str]) -> None:
        """Forget files that were taken in, or are gone."""
        known = [path for path in paths if path in self._seen]
        if not known:
            return
        with self._store.write():
            for path in known:
                self._store.db.execute("DELETE FROM first_seen WHERE path = ?", (path,))
        for path in known:
            del self._seen[path]

    def forget_all_but(self, paths: Iterable[str]) -> None:
        """Forget all files but these."""
        self.forget(self._seen.keys() - set(paths))
