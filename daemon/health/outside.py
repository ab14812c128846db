"""How does the service look from outside: does it run, does it go on, and what does it say of itself?"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from hersteld.daemon.database.faults import StoreUnusable, is_full
from hersteld.daemon.database.lock import RunningDaemon, daemon_at
from hersteld.daemon.health.record import Pinged, read_health
from hersteld.daemon.system.paths import shown
from hersteld.parsers.line import Line

SILENT_S = 40.0
"""A service that has written nothing for so long hangs: it does so every 10 s (`ROUND_S`), every 5 s while it works.

The longest wait without a word is that for a database which another program keeps locked, 30 s."""
NO_SIGN_OF_LIFE = "no_sign_of_life"


@dataclass(frozen=True, slots=True)
class Outside:
    """How the service looks from outside.

    Attributes:
        looked_at: When it last looked into all its folders with success, also where it does not run now.
        trouble: The id of what keeps it from its work; None while it does not run, or is well.
        reason, since: What that is, and since when; None where the clock was set back since.
        reads_alone: Why files are read in the service's own process; None where they are not.
        unwritten: Why the calendar of the recovery cannot be written; None where it is, or none is wanted.
        pinged: What became of the pings; None where nobody is told.
        untold: Why Home Assistant is not told; None where it is, or is not to be.
    """

    looked_at: datetime | None = None
    trouble: str | None = None
    reason: Line | None = None
    since: datetime | None = None
    reads_alone: Line | None = None
    pinged: Pinged | None = None
    unwritten: Line | None = None
    untold: Line | None = None


def from_outside(database: Path, daemon: RunningDaemon | None, now: datetime) -> Outside:
    """Return how the service of a database looks at a moment.

    Args:
        daemon: The service that runs; None when none does.
    """
    health = read_health(database)
    looked_at, pinged = (health.looked_at, health.pinged) if health else (None, None)
    if daemon is None:
        return Outside(looked_at, pinged=pinged)
    if health is not None and daemon.pid is not None and health.pid != daemon.pid:
        health = None  # of an earlier run: this one has not looked yet
    if health is None and is_full(database.parent):  # there was no room for the first record
        no_room = Line("database.no_room", {"path": shown(database)})
        return Outside(looked_at, "database_unusable", no_room, daemon.looked_at, pinged=pinged)
    reads_alone, unwritten = (health.reads_alone, health.unwritten) if health else (None, None)
    signs = [daemon.looked_at, *([health.alive_at] if health else [])]
    # One from the future was given before the clock was set back, and tells nothing.
    alive_at = max((at for at in signs if (at - now).total_seconds() <= SILENT_S), default=None)
    if alive_at is None:
        set_back = Line("health.no_sign_of_life_set_back")
        return Outside(looked_at, NO_SIGN_OF_LIFE, set_back, None, reads_alone, pinged)
    if (now - alive_at).total_seconds() > SILENT_S:
        silent = Line("health.no_sign_of_life", {"moment": f"{alive_at.astimezone(now.tzinfo):%Y-%m-%d %H:%M}"})
        return Outside(looked_at, NO_SIGN_OF_LIFE, silent, alive_at, reads_alone, pinged)
    if health is None or health.trouble is None:
        untold = health.untold if health else None
        return Outside(looked_at, reads_alone=reads_alone, pinged=pinged, unwritten=unwritten, untold=untold)
    trouble = health.trouble
    return Outside(*(looked_at, trouble.id, trouble.line, health.since, reads_alone, pinged, unwritten), health.untold)


def in_its_words(error: StoreUnusable, database: Path, now: datetime) -> StoreUnusable:
    """Return why a command cannot use the database, with the word of the service where that runs and cannot either."""
    try:
        daemon = daemon_at(database)
    except OSError:
        return error
    outside = from_outside(database, daemon, now)
    if outside.trouble != "database_unusable" or outside.reason is None:
        return error
    return StoreUnusable("database.service_waits", fault=(outside.reason,))
