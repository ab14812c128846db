"""Does the running service do what the configuration at hand says? Its command line and its start decide that."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from hersteld.config.settings import Settings
from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.lock import daemon_at
from hersteld.daemon.health.configured import is_configured_otherwise
from hersteld.daemon.inbox.watched import read_watched
from hersteld.daemon.system.errors import DaemonError
from hersteld.daemon.system.paths import shown
from hersteld.daemon.views.check import Finding
from hersteld.parsers.line import Line


def check_watched(settings: Settings, database: Path) -> Iterator[Finding]:
    """Yield a finding where a service runs that watches other folders, and one where it was configured otherwise.

    The configuration has changed since it was started, say, or folders stand on its command line. A database that is
    not there or cannot be read has its own finding, so it is none here.
    """
    if is_started_otherwise(settings, database):
        yield Finding("service", "warn", Line("check.configured_otherwise"), Line("check.configured_otherwise_do"))
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


def is_started_otherwise(settings: Settings, database: Path) -> bool:
    """Return whether a service runs that was started with another configuration, the watched folders aside."""
    try:
        daemon = daemon_at(database)
    except OSError:
        return False
    return daemon is not None and is_configured_otherwise(settings, database, daemon)
