"""Does the year of birth of the configuration agree with that of the watch, where minors are concerned?"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from pydantic import TypeAdapter

from hersteld.config.settings import Settings
from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.files import path_of_workout
from hersteld.daemon.store.json_columns import from_json
from hersteld.daemon.system.clock import from_iso
from hersteld.daemon.system.errors import DaemonError
from hersteld.daemon.views.check import Finding
from hersteld.parsers.line import Line, Value
from hersteld.parsers.workout import DeviceProfile
from hersteld.recovery.athlete.ages import age_in_file, one_means_a_minor

_NEWEST = (
    "SELECT id, ended_at, json_extract(details, '$.profile') AS profile FROM workouts WHERE has_clock"
    " AND COALESCE(json_extract(details, '$.profile.birth_year'), json_extract(details, '$.profile.age')) IS NOT NULL"
    " ORDER BY ended_at DESC, id DESC LIMIT 1"
)
_PROFILE = TypeAdapter(DeviceProfile)


def check_ages(settings: Settings, database: Path) -> Iterator[Finding]:
    """Yield a finding where the newest file that knows an age and the configuration differ on who is a minor.

    A database that is not there or cannot be read has its own finding, so it is none here.
    """
    birth_year = settings.athlete.birth_year
    if birth_year is None or not database.exists():
        return
    try:
        with Store(database, create=False) as store:
            rows = store.rows(_NEWEST, [])
            path = path_of_workout(store, rows[0]["id"]) if rows else None
    except (DaemonError, sqlite3.Error, OSError):
        return
    if path is None:
        return
    year = from_iso(rows[0]["ended_at"]).year
    age = age_in_file(from_json(_PROFILE, rows[0]["profile"]), year)
    if age is None or not one_means_a_minor((year - birth_year, age), settings.rules.athlete):
        return
    values: dict[str, Value] = {"configured": str(birth_year), "in_file": str(year - age), "file": path}
    yield Finding(
        "configuration", "warn", Line("check.ages_contradict", values), Line("check.ages_contradict_do", values)
    )
