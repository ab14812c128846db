"""Which file was the service itself busy with when it ended?

The process that reads a file hands over what it has read, and the service plans with all of it. Where that takes more
memory than there is, the service ends, is started again, and would begin with the same file, for ever. So it writes
down which file it has in hand before it takes it in, and takes that back together with the word that the file is known.
What a start finds written down may have ended the run before. It costs a write, so only files that can take much are
written down: those above 8 MiB, those that hold a FIT file above that, and those at which something ended before.
"""

from dataclasses import dataclass

from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.file_numbers import Signature


@dataclass(frozen=True, slots=True)
class InHand:
    """A file, as it was when it was taken in hand."""

    path: str
    size: int
    mtime_ns: int


def read_in_hand(store: Store) -> tuple[InHand, ...]:
    """Return what was in hand when an earlier run ended; none where it had nothing in hand, or was stopped."""
    return tuple(InHand(*row) for row in store.db.execute("SELECT path, size, mtime_ns FROM in_hand").fetchall())


def write_in_hand(store: Store, path: str, signature: Signature) -> None:
    """Store which file is in hand now, in the place of any other."""
    with store.write():
        put_down(store)
        store.db.execute("INSERT INTO in_hand VALUES (?, ?, ?)", (path, signature.size, signature.mtime_ns))


def put_down(store: Store) -> None:
    """Store that no file is in hand."""
    with store.write():
        store.db.execute("DELETE FROM in_hand")
