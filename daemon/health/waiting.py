"""Which file has waited longest to be taken in?

The service writes down what it sees and has not taken in yet. Where it cannot look, or does not run, that tells nothing
of the files that have come since: then the folders themselves are looked at, for a moment, as a server that does not
answer would hold us up as well.
"""

import contextlib
import os
import threading
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.file_numbers import Signature, changed_at, signature_of
from hersteld.daemon.inbox.mounts import must_be_polled
from hersteld.daemon.inbox.set_aside import read_set_aside
from hersteld.daemon.reading.folders import above, files_below, is_ours
from hersteld.daemon.store.sightings import read_sightings
from hersteld.daemon.system.clock import from_iso
from hersteld.daemon.system.paths import shown

_LOOK_S = 2.0
_LAST_S = 2.0**33
"""No date of a file that is taken for one is later than this, in the year 2242."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file in a watched folder that is neither taken in, nor set aside, nor left out.

    Attributes:
        since: When it was first seen as it is, or where nobody has seen it, when it was last changed; aware UTC.
    """

    path: str
    since: datetime


def oldest_waiting(store: Store, unwatched: Iterable[Path] = (), *, look_s: float = _LOOK_S) -> Waiting | None:
    """Return the file that has waited longest; None when none waits.

    Args:
        unwatched: Folders that nobody looks into now, so that this does it.
        look_s: How long that may take.
    """
    aside = {path for path, file in read_set_aside(store).items() if file.is_given_up}
    rows = store.db.execute("SELECT path, seen_at FROM first_seen").fetchall()
    waiting = [Waiting(path, from_iso(at)) for path, at in rows if path not in aside]
    if folders := tuple(unwatched):
        known = read_sightings(store)
        left_alone = aside | {one.path for one in waiting}
        found: list[Waiting] = []
        # A thread that waits for a server ends with the process, and nobody waits for it any longer than this.
        look = threading.Thread(target=_look, args=(folders, known, left_alone, found), daemon=True)
        look.start()
        look.join(look_s)
        waiting += list(found)
    return min(waiting, key=lambda one: (one.since, one.path), default=None)


def _look(
    folders: tuple[Path, ...], known: Mapping[str, Signature], left_alone: Collection[str], found: list[Waiting]
) -> None:
    """Add to what is found each file in the folders that nobody has seen as it is."""
    with contextlib.suppress(OSError):
        walked = above(folders)
        for folder in folders:
            is_forgetful = must_be_polled(folder)
            for path, status in files_below(folder, walked, lambda _name, _error: None):
                name = shown(path)
                is_new = name not in left_alone and signature_of(status, is_forgetful=is_forgetful) != known.get(name)
                if is_new and is_ours(os.path.basename(path), b""):  # noqa: PTH119 - there are many
                    changed = datetime.fromtimestamp(min(max(0.0, status.st_ctime), _LAST_S), UTC)
                    found.append(Waiting(name, max(changed_at(status), changed)))
