"""The tables of the first release stay as they were, so that every database goes the same way."""

import sqlite3
from contextlib import closing
from pathlib import Path

from hersteld.daemon.database.first_tables import FIRST_TABLES

FROZEN = Path(__file__).with_name("schemas") / "0001_first_tables.sql"


def names_in(database: sqlite3.Connection) -> set[tuple[str, str]]:
    return {
        (kind, name)
        for kind, name in database.execute("SELECT type, name FROM sqlite_master")
        if not name.startswith(("_", "sqlite", "idx__"))
    }


def test_they_are_those_of_the_frozen_database() -> None:
    with closing(sqlite3.connect(":memory:")) as made, closing(sqlite3.connect(":memory:")) as frozen:
        for statement in FIRST_TABLES:
            made.execute(statement)
        frozen.executescript(FROZEN.read_text(encoding="utf-8"))
        assert names_in(made) == names_in(frozen)
