"""Which file has waited longest to be taken in?"""

from dataclasses import dataclass
from datetime import datetime

from hersteld.daemon.database.connection import Store
from hersteld.daemon.inbox.set_aside import GIVEN_UP
from hersteld.daemon.system.clock import from_iso


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file in a watched folder that is neither taken in, nor set aside, nor left out.

    Attributes:
        since: When it was first seen as it is, aware UTC.
    """

    path: str
    since: datetime


def oldest_waiting(store: Store) -> Waiting | None:
    """Return the file that has waited longest, as of the service's last look; None when none waits."""
    set_aside = f"SELECT path FROM set_aside WHERE {GIVEN_UP}"  # noqa: S608 - a constant
    row = store.db.execute(
        f"SELECT path, seen_at FROM first_seen WHERE path NOT IN ({set_aside}) ORDER BY seen_at, path LIMIT 1"  # noqa: S608 - as above
    ).fetchone()
    return None if row is None else Waiting(row[0], from_iso(row[1]))
