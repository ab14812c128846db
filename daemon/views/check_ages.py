"""Does the year of birth of the configuration agree with that of the watch, where minors are concerned?"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from hersteld.config.settings import Settings
from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.files import path_of_workout
from hersteld.daemon.store.summaries import Summaries
from hersteld.daemon.system.errors import DaemonError
from hersteld.daemon.views.check import Finding
from hersteld.parsers.line import Line, Value


def check_ages(settings: Settings, database: Path) -> Iterator[Finding]:
    """Yield a finding where the newest file that knows an age and the configuration differ on who is a minor.

    A database that is not there or cannot be read has its own finding, so it is none here.
    """
    birth_year = settings.athlete.birth_year
    if birth_year is None or not database.exists():
        return
    try:
        with Store(database, create=False) as store:
            newest = Summaries(store).newest_ages(birth_year)
            path = path_of_workout(store, newest.workout_id) if newest is not None else None
    except (DaemonError, sqlite3.Error, OSError):
        return
    if newest is None or path is None or newest.ages.in_file is None:
        return
    if not newest.ages.contradict(settings.rules.athlete):
        return
    in_file = newest.year - newest.ages.in_file
    values: dict[str, Value] = {"configured": str(birth_year), "in_file": str(in_file), "file": path}
    yield Finding(
        "configuration", "warn", Line("check.ages_contradict", values), Line("check.ages_contradict_do", values)
    )
