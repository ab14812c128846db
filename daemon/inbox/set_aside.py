"""Which files are left alone, since reading them ended the process that read?

Once may be chance, as when the machine had no memory left: such a file is tried again, but not before what was short
had time to come back. At the second time it is set aside until it changes, the user asks for it, or a newer version may
do better. One that changes all the time is tried ever more seldom.

Where the service itself ended while it took a file in, the file need not be to blame: a power cut, or somebody who
kills the service, looks the same to the next start. So that must happen three times, with 10 and 20 minutes between
them: to be set aside, a file that is well would have to meet a power cut in the few seconds that it takes, each time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.file_numbers import Signature
from hersteld.daemon.database.line_column import line_of, stored
from hersteld.daemon.system.clock import from_iso, iso
from hersteld.parsers.line import Line

DEATHS = 2
"""So many times is a file tried."""
INTERRUPTED = 3
"""So many times may the service itself end at a file."""
FIRST_PAUSE, LAST_PAUSE = timedelta(minutes=10), timedelta(days=1)
"""After each time, twice as long passes before it is tried again, up to the latter."""
SAME_CONTENT = Line("inbox.same_content")
"""Why a copy of a file that is set aside is left alone as well, unread."""
_UNKNOWN = Line("reasons.unknown")


@dataclass(frozen=True, slots=True)
class SetAside:
    """A file at which reading ended.

    Attributes:
        size, mtime_ns: By which it is known as unchanged.
        sha256: Of its content; None where that was never read to its end.
        deaths: How often the process that read it ended.
        reason: How it ended last, as a part of a sentence.
        at: When that was, aware UTC.
        interrupted: How often the service itself ended while it took the file in.
    """

    path: str
    size: int
    mtime_ns: int
    sha256: str | None
    deaths: int
    reason: Line
    at: datetime
    interrupted: int = 0

    @property
    def is_given_up(self) -> bool:
        """Whether it is left alone."""
        return self.deaths >= DEATHS or self.interrupted >= INTERRUPTED

    @property
    def is_copy(self) -> bool:
        """Whether nobody died of it: it is left alone for the sake of another file with the same content."""
        return self.reason == SAME_CONTENT

    @property
    def try_at(self) -> datetime:
        """When it is tried again at the earliest: unchanged while it is not given up, else where it has changed."""
        return self.at + self.pause

    @property
    def pause(self) -> timedelta:
        """How long it is left alone in any case."""
        return min(LAST_PAUSE, FIRST_PAUSE * 2.0 ** min(self.deaths + self.interrupted - 1, 10))

    def is_of(self, signature: Signature) -> bool:
        """Whether the file is still as it was."""
        return (self.size, self.mtime_ns) == (signature.size, signature.mtime_ns)


def read_set_aside(store: Store) -> dict[str, SetAside]:
    """Return the files at which reading ended, by path."""
    columns = "path, size, mtime_ns, sha256, deaths, reason, at, interrupted"
    rows = store.db.execute(f"SELECT {columns} FROM set_aside ORDER BY path").fetchall()  # noqa: S608 - a constant
    return {
        path: SetAside(path, size, mtime_ns, sha256, deaths, line_of(reason) or _UNKNOWN, from_iso(at), interrupted)
        for path, size, mtime_ns, sha256, deaths, reason, at, interrupted in rows
    }


def write_set_aside(store: Store, file: SetAside, version: str) -> None:
    """Store that reading a file ended, in the place of what was stored of it before."""
    with store.write():
        store.db.execute(
            "INSERT OR REPLACE INTO set_aside VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                file.path,
                file.size,
                file.mtime_ns,
                file.sha256,
                file.deaths,
                stored(file.reason),
                version,
                iso(file.at),
                file.interrupted,
            ),
        )


def try_again(store: Store, paths: Iterable[str]) -> tuple[str, ...]:
    """Forget that reading these files ended, and what has the same content under other names; return all of these."""
    found: set[str] = set()
    with store.write():
        for path in tuple(paths):
            same = "SELECT sha256 FROM set_aside WHERE path = ?"  # never NULL IN (NULL)
            rows = store.db.execute(
                f"DELETE FROM set_aside WHERE path = ? OR sha256 IN ({same}) RETURNING path",  # noqa: S608 - the words above
                (path, path),
            )
            found.update(name for (name,) in rows.fetchall())
    return tuple(sorted(found))


def forget_set_aside(store: Store, paths: Iterable[str]) -> None:
    """Forget what is known of these paths, and of no others."""
    with store.write():
        for path in tuple(paths):
            store.db.execute("DELETE FROM set_aside WHERE path = ?", (path,))


def try_again_with(store: Store, version: str) -> None:
    """Forget all at which another version failed: this one may do better."""
    with store.write():
        store.db.execute("DELETE FROM set_aside WHERE version <> ?", (version,))
