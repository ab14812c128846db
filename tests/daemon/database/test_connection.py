"""The database keeps what it is given, for its owner alone, and a change is whole or not at all."""

import sqlite3
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.files import FileRow, add_file, files_seen
from hersteld.parsers.line import Line
from tests.support.pipeline import NOON


def test_every_table_of_ours_is_strict_and_keys_are_enforced(tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        assert {table.name for table in store.db.tables if table.strict} >= {
            *("files", "workouts", "advice", "outbox", "sightings", "backlogs")
        }
        with pytest.raises(sqlite3.IntegrityError):
            add_file(store, FileRow("a", "x.fit", 1, "workout", None, NOON, workout_id=99))


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store, Store(tmp_path / "a.db") as other:
        with pytest.raises(sqlite3.IntegrityError), store.write():
            _add_twice(store, "a")
        with store.write():
            add_file(store, _a_row("b"))
            assert files_seen(other) == ()
        assert [row.sha256 for row in files_seen(other)] == ["b"]


def test_a_part_that_fails_is_undone_and_the_rest_stays(tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        with store.write():
            add_file(store, _a_row("before"))
            with pytest.raises(sqlite3.IntegrityError), store.part():
                _add_twice(store, "a")
            with store.part():
                add_file(store, _a_row("after"))
        assert {row.sha256 for row in files_seen(store)} == {"before", "after"}


def test_a_change_says_how_many_rows_it_changed(tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        for name in ("a", "b", "c"):
            add_file(store, _a_row(name))
        assert store.change("UPDATE files SET reason = 'a file' WHERE sha256 < ?", ["c"]) == 2


def _add_twice(store: Store, sha256: str) -> None:
    add_file(store, _a_row(sha256))
    add_file(store, _a_row(sha256))


def _a_row(sha256: str) -> FileRow:
    return FileRow(sha256, f"{sha256}.fit", 1, "ignored", Line("files.not_an_activity", {"kind": "course"}), NOON)
