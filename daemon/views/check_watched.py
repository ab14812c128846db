"""Does the running service watch the folders of the configuration at hand?"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from hersteld.config.settings import Settings
from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.lock import daemon_at
from hersteld.daemon.inbox.watched import read_watched
from hersteld.daemon.system.errors import DaemonError
from hersteld.daemon.system.paths import shown
from hersteld.daemon.views.check import Finding
from hersteld.parsers.line import Line


def check_watched(settings: Settings, database: Path) -> Iterator[Finding]:
    """Yield a finding where a service runs that watches other folders.

    The configuration has changed since it was started, say, or folders stand on its command line. A database that is
    not there or cannot be read has its own finding, so it is none here.
    """
    try:
        if daemon_at(database) is None or not database.exists():
            return
        with Store(database, create=False) as store:
            watched = read_watched(store)
    except (DaemonError, sqlite3.Error, OSError):
        return
    if watched and set(watched) != {shown(folder) for folder in settings.watch.folders}:
        said = Line("check.watches_others", {"folders": ", ".join(watched)})
        yield Finding("service", "warn", said, Line("check.watches_others_do"))
