"""Do the first migrations still make what they made when they were released?"""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from hersteld.daemon.database.schema.migrations import migrations

FROZEN = Path(__file__).with_name("frozen")
NAMES = [migration.name for migration in migrations.pending(Database(memory=True))]


@pytest.mark.parametrize("number", range(1, 15))
def test_a_new_database_up_to_a_migration_has_the_columns_that_were_released(number: int, tmp_path: Path) -> None:
    made = Database(tmp_path / "made.db")
    migrations.apply(made, stop_before=NAMES[number])
    with closing(sqlite3.connect(tmp_path / "frozen.db")) as frozen:
        frozen.executescript((FROZEN / f"{NAMES[number - 1]}.sql").read_text(encoding="utf-8"))
    assert columns(made) == columns(Database(tmp_path / "frozen.db"))


def columns(database: Database) -> dict[str, list[str]]:
    """Return the names of the columns of each table, in order."""
    return {name: [column.name for column in database[name].columns] for name in database.table_names()}
