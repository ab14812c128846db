"""What is wrong with the database is said in a sentence, and the database is left as it is."""

import errno
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.faults import (
    StoreUnusable,
    fault_of,
    in_words,
    is_damage,
    is_damaged,
    is_hopeless,
    is_read_only,
    may_pass,
)
from tests.support.languages import speaking
from tests.support.measured.figures import Measured


def test_what_is_no_database_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(b"this is a letter to my aunt, and quite long enough at that" * 9)
    with pytest.raises(StoreUnusable, match=r"a\.db: the database is damaged \(file is not a database\)") as caught:
        Store(path)
    assert path.read_bytes().startswith(b"this is a letter")
    with speaking("nl"):
        assert f"{path}: de database is beschadigd (het bestand is geen database)" in str(caught.value)


def test_an_empty_file_is_not_silently_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.touch()
    with pytest.raises(StoreUnusable, match=r"the database is damaged \(it is empty\)"):
        Store(path)
    assert path.stat().st_size == 0


def test_the_command_that_moves_a_database_aside_suits_any_name(tmp_path: Path) -> None:
    path = tmp_path / "my rides" / "a.db"
    path.parent.mkdir()
    path.touch()
    with pytest.raises(StoreUnusable, match=rf"for f in '{path}' '{path}'-wal '{path}'-shm; do mv"):
        Store(path)


def of_sqlite(number: int, words: str = "as SQLite says it") -> sqlite3.Error:
    error = sqlite3.OperationalError(words)
    error.sqlite_errorcode = number
    return error


OURS = [
    of_sqlite(sqlite3.SQLITE_ERROR, "no such column: loads"),
    of_sqlite(sqlite3.SQLITE_CONSTRAINT_UNIQUE),
    of_sqlite(sqlite3.SQLITE_MISMATCH),
    of_sqlite(sqlite3.SQLITE_SCHEMA),
    sqlite3.ProgrammingError("no code at all"),
]
"""What SQLite says where nothing but hersteld is wrong."""


@pytest.mark.parametrize(
    ("error", "text_id"),
    [
        (OSError(errno.ENOSPC, ""), "database.no_room"),
        (OSError(errno.EDQUOT, ""), "database.no_room"),
        (of_sqlite(sqlite3.SQLITE_FULL), "database.no_room"),
        (of_sqlite(sqlite3.SQLITE_BUSY), "database.busy"),
        (of_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), "database.busy"),
        (FileExistsError(errno.EEXIST, ""), "database.no_folder"),
        (NotADirectoryError(errno.ENOTDIR, ""), "database.no_folder"),
        (PermissionError(errno.EACCES, ""), "database.not_writable"),
        (of_sqlite(sqlite3.SQLITE_READONLY), "database.not_writable"),
        (of_sqlite(sqlite3.SQLITE_CORRUPT), "database.damaged"),
        (of_sqlite(sqlite3.SQLITE_NOTADB), "database.damaged"),
        (of_sqlite(sqlite3.SQLITE_IOERR), "database.unusable"),
        (OSError(errno.EIO, ""), "database.unusable"),
        (of_sqlite(sqlite3.SQLITE_NOMEM), "database.unusable"),
        *((error, "database.refused") for error in OURS),
    ],
    ids=str,
)
def test_each_fault_has_its_own_sentence_in_both_languages(error: Exception, text_id: str, tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    assert fault_of(error, database).id == text_id
    assert is_damage(error) == (text_id == "database.damaged")
    english = in_words(error, database)
    with speaking("nl"):
        dutch = in_words(error, database)
    assert str(tmp_path) in english
    assert str(tmp_path) in dutch
    assert english != dutch


@pytest.mark.parametrize("id_", ["no_room", "busy", "read_only", "not_writable", "unusable"])
def test_what_may_pass_without_a_word_of_the_user_is_no_damage(id_: str) -> None:
    assert may_pass(StoreUnusable(f"database.{id_}"))
    assert not is_hopeless(StoreUnusable(f"database.{id_}"))


@pytest.mark.parametrize(
    "id_", ["damaged", "newer", "changed_meanwhile", "no_folder", "none", "older_service", "refused"]
)
def test_what_somebody_must_mend_does_not_pass(id_: str) -> None:
    assert not may_pass(StoreUnusable(f"database.{id_}"))


def test_a_folder_that_is_not_there_is_not_on_a_read_only_disk(tmp_path: Path) -> None:
    assert not is_read_only(tmp_path)
    assert not is_read_only(tmp_path / "missing")


def test_damage_is_found_when_the_whole_file_is_looked_through(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Store(path) as store:
        for number in range(300):
            store.change("INSERT INTO sightings VALUES (?, 1, 1, 1, 1)", [f"{number}.fit" * 20])
        store.look_through()
        store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (root,) = store.db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'sightings'").fetchone()
    with path.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xa5" * 4096)
    with closing(Store(path)) as store, pytest.raises(StoreUnusable, match="the database is damaged"):
        store.look_through()


@pytest.mark.figures("the disk fails to read", "{tried} errors")
def test_a_sound_database_is_not_called_damaged_because_the_disk_failed_once(
    tmp_path: Path, measured: Measured
) -> None:
    """SQLite says that a database is malformed where the disk could not read a page of it."""
    path = tmp_path / "a.db"
    with Store(path):
        pass
    error = of_sqlite(sqlite3.SQLITE_CORRUPT)
    assert not is_damaged(error, path)
    fault = fault_of(error, path)
    assert fault.id == "database.unusable"
    assert not is_hopeless(StoreUnusable(fault))
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 8192)
    assert is_damaged(error, path)
    assert is_hopeless(StoreUnusable(fault_of(error, path)))
    measured(tried=1)


def test_an_index_that_lacks_rows_of_its_table_is_damage(tmp_path: Path) -> None:
    """The quick look through the file does not see it; SQLite meets it when it changes such a row."""
    path = tmp_path / "a.db"
    with Store(path):
        pass
    with closing(sqlite3.connect(path)) as plain:
        plain.executescript("CREATE TABLE t (a); CREATE INDEX t_a ON t (a); PRAGMA writable_schema = ON;")
        index = plain.execute("SELECT * FROM sqlite_master WHERE name = 't_a'").fetchone()
        plain.executescript("DELETE FROM sqlite_master WHERE name = 't_a'; PRAGMA writable_schema = RESET;")
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("INSERT INTO t VALUES (1)")
        plain.execute("PRAGMA writable_schema = ON")
        plain.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", index)
        plain.commit()
    with closing(sqlite3.connect(path)) as plain:
        assert plain.execute("PRAGMA quick_check").fetchone() == ("ok",)
    error = of_sqlite(sqlite3.SQLITE_CORRUPT_INDEX)
    assert is_damaged(error, path)
    fault = StoreUnusable(fault_of(error, path))
    assert (is_hopeless(fault), may_pass(fault)) == (True, False)


@pytest.mark.figures("the disk fails to read", "{tried} errors")
@pytest.mark.parametrize("number", [sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN])
def test_nobody_is_told_to_own_a_database_that_is_theirs(number: int, tmp_path: Path, measured: Measured) -> None:
    """SQLite also says that it may not write where too many files are open."""
    path = tmp_path / "a.db"
    with Store(path):
        pass
    error = of_sqlite(number)
    assert "chown" not in in_words(error, path)
    assert not is_damaged(error, path)
    assert may_pass(StoreUnusable(fault_of(error, path)))
    measured(tried=1)
