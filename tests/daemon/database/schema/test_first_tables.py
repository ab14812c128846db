"""The tables of the first release are what its frozen database has."""

import sqlite3
from contextlib import closing
from pathlib import Path

from hersteld.daemon.database.schema.first_tables import FIRST_TABLES

FROZEN = Path(__file__).with_name("frozen") / "0001_first_tables.sql"


def test_the_first_tables_never_change() -> None:
    with closing(sqlite3.connect(":memory:")) as now, closing(sqlite3.connect(":memory:")) as then:
        for statement in FIRST_TABLES:
            now.execute(statement)
        then.executescript(FROZEN.read_text(encoding="utf-8"))
        known = [
            {
                (table, name, kind)
                for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
                for _, name, kind, *_ in db.execute(f"PRAGMA table_info('{table}')")
            }
            for db in (now, then)
        ]
    assert known[0]
    assert known[0] == {column for column in known[1] if not column[0].startswith("_")}
