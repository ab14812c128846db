"""A newer version beside a service that still runs: nothing is damaged, and somebody says what to do."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.faults import StoreUnusable, in_words
from hersteld.daemon.database.lock import DatabaseLock
from tests.support.command_line import call
from tests.support.pipeline import Pipeline, a_file

SCHEMAS = Path(__file__).parents[2] / "daemon" / "database" / "schema" / "frozen"


def newer(database: Path) -> None:
    """Change a database as a version to come would."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("ALTER TABLE workouts RENAME COLUMN gentle TO mild")
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('hersteld', '9999_later', '2030')"
        )
        connection.commit()


def test_a_service_whose_database_was_changed_by_a_newer_version_ends_and_says_so(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.look()
    newer(pipeline.database)
    pipeline.put("run.fit", a_file())
    with pytest.raises(StoreUnusable) as caught:
        pipeline.look()
    assert "a newer hersteld has changed this database while this one ran" in str(caught.value)
    assert "restart" in str(caught.value)


def test_an_error_that_a_newer_version_causes_is_told_as_that(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    newer(pipeline.database)
    with pytest.raises(sqlite3.OperationalError) as caught:
        pipeline.workouts.newest(1)
    assert "a newer hersteld has changed" in in_words(caught.value, pipeline.database)
    own = sqlite3.OperationalError("near FORM: syntax error")
    own.sqlite_errorcode = sqlite3.SQLITE_ERROR
    with Store(tmp_path / "sound.db"):
        assert "a newer hersteld" not in in_words(own, tmp_path / "sound.db")


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """The database of an older version."""
    (tmp_path / "state").mkdir()
    database = tmp_path / "state" / "hersteld.db"
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript((SCHEMAS / "0006_reasons_as_data.sql").read_text(encoding="utf-8"))
    database.chmod(0o600)
    return database


def columns(database: Path) -> set[str]:
    with closing(sqlite3.connect(database)) as connection:
        return {row[1] for row in connection.execute("PRAGMA table_info(workouts)")}


def test_a_command_changes_no_database_beneath_an_older_service(older: Path, tmp_path: Path) -> None:
    held = "import sys; from pathlib import Path; from hersteld.daemon.database.lock import DatabaseLock\n"
    held += "with DatabaseLock(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    pipe = subprocess.PIPE
    words, environment = [sys.executable, "-c", held, str(older)], {**os.environ, "HOME": str(tmp_path)}
    with subprocess.Popen(words, stdin=pipe, stdout=pipe, env=environment) as service:
        assert service.stdout is not None
        assert service.stdout.readline() == b"held\n"
        told = call("status", "--language", "en", home=tmp_path)
        assert told.exit_code == 1
        assert "Restart it first" in told.stderr
        assert "light" in columns(older)
        service.communicate(b"")
    assert call("status", home=tmp_path).exit_code == 0
    assert "gentle" in columns(older)


def test_the_service_itself_brings_its_database_up_to_date(older: Path) -> None:
    with DatabaseLock(older), Store(older):
        assert "gentle" in columns(older)
