"""A database of every release is brought up to date with all that is in it; one of a later release is left alone."""

import hashlib
import itertools
import json
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from hersteld.daemon.cli.exit_codes import EXIT_DATABASE
from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.faults import StoreUnusable
from hersteld.daemon.database.schema.migrations import NewerDatabase, migrations, nights
from hersteld.daemon.database.schema.old_reasons import as_line
from tests.support.command_line import call_process, environment_in
from tests.support.languages import speaking
from tests.support.machine.process import Program
from tests.support.pipeline import NOON, a_file
from tests.support.receivers import HttpReceiver

SCHEMAS = Path(__file__).with_name("frozen")
"""One database for each migration, as SQL, frozen when that migration was the last one; never changed afterwards."""

TOLD = a_file(NOON - timedelta(minutes=1), minutes=45, bpm=178)
"""A workout that stands in each of them."""

RELEASED = sorted(path.stem for path in SCHEMAS.glob("*.sql"))
CONFIG = """\
[watch]
folders = ["{inbox}"]
[notify]
language = "en"
quiet_hours = ""
[[notify.targets]]
name = "phone"
url = "{phone}"
"""
READERS = (["status"], ["history"], ["check"], ["import", "."], ["backup", "copy.db"], ["explain"])


def database_of(release: str, path: Path) -> Path:
    """Make the database of a release."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as database:
        database.executescript((SCHEMAS / f"{release}.sql").read_text(encoding="utf-8"))
        database.execute("PRAGMA journal_mode = WAL")
    return path


def schema_of(path: Path) -> set[tuple[str, ...]]:
    with closing(sqlite3.connect(path)) as database:
        return set(database.execute("SELECT type, name, tbl_name, COALESCE(sql, '') FROM sqlite_master"))


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: database.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall()
            for name in tables
            if not name.startswith(("_", "sqlite"))
        }


def as_now(cell: object) -> object:
    """Return a cell as it is since reasons are data; `test_old_reasons` looks at those by themselves."""
    return as_line(cell) if isinstance(cell, str) else cell


def test_every_migration_has_its_frozen_database() -> None:
    known = [one.name for one in migrations.pending(Database(memory=True))]
    assert known == RELEASED, "write the database of the new migration as SQL into tests/daemon/database/schema/frozen"


@pytest.mark.figures("a database of an earlier version", "{tried} schemas, all that there were: 0 rows lost")
@pytest.mark.parametrize("release", RELEASED)
def test_a_database_of_every_release_is_brought_up_to_date_with_all_its_rows(release: str, tmp_path: Path) -> None:
    old = database_of(release, tmp_path / "state" / "hersteld.db")
    before = rows_of(old)
    assert {name for name, rows in before.items() if rows} >= {"workouts", "files", "outbox", "advice", "sightings"}
    history = call_process("history", "--json", home=tmp_path)
    assert history.returncode == 0, history.stderr
    assert len(json.loads(history.stdout)["workouts"]) == 2
    for command in ("status", "explain"):
        assert call_process(command, "--json", home=tmp_path).returncode == 0
    Store(tmp_path / "new.db").close()
    assert schema_of(old) == schema_of(tmp_path / "new.db")
    after = rows_of(old)
    width = {name: len(rows[0]) for name, rows in before.items() if rows}  # what was added since comes last
    with_reasons_as_data = {n: [tuple(map(as_now, row)) for row in before[n]] for n in width}
    assert {name: [row[: width[name]] for row in after[name]] for name in width} == with_reasons_as_data


@pytest.mark.parametrize("release", RELEASED)
def test_the_service_goes_on_from_a_database_of_every_release_and_repeats_nothing(release: str, tmp_path: Path) -> None:
    old = database_of(release, tmp_path / "state" / "hersteld.db")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    # A training that was told then, once more; as the database knows it, by content.
    (inbox / "again.fit").write_bytes(TOLD)
    assert hashlib.sha256(TOLD).hexdigest() in [row[0] for row in rows_of(old)["files"]]
    sent = [row for row in rows_of(old)["outbox"] if "sent" in row]
    assert sent
    with HttpReceiver() as phone:
        config = tmp_path / "hersteld.toml"
        config.touch(mode=0o600)
        config.write_text(CONFIG.format(phone=phone.url, inbox=inbox), encoding="utf-8")
        words = [sys.executable, "-m", "hersteld", "run", "--config", str(config)]
        with Program(words, environment=environment_in(tmp_path), folder=tmp_path) as daemon:
            # What comes after it is told, so it was looked at.
            (inbox / "fresh.fit").write_bytes(a_file(datetime.now(UTC) - timedelta(minutes=1), minutes=50))
            daemon.wait_for(lambda: phone.received, "the fresh workout to be told")
            daemon.stop_cleanly()
        fresh = [row for row in rows_of(old)["outbox"] if "sent" in row and row[: len(sent[0])] not in sent]
        assert sorted((one.title, one.body) for one in phone.received) == sorted((row[5], row[6]) for row in fresh)
        assert len(rows_of(old)["workouts"]) == 3
    assert set(sent) <= {row[: len(sent[0])] for row in rows_of(old)["outbox"]}


def steps_of_nights(path: Path, count: int) -> int:
    """Return how many thousand steps SQLite makes to read so many days once more that were left out before."""
    reason = json.dumps({"id": "files.not_an_activity", "values": {"kind": "monitoring"}})
    names = [f"/home/anna/Watch/{number:06}.fit" for number in range(count)]
    steps = itertools.count()
    with closing(sqlite3.connect(database_of("0019_next_told", path))) as connection:
        before = connection.execute("SELECT COUNT(*) FROM sightings").fetchone()
        connection.executemany(
            "INSERT INTO files (sha256, path, size, status, reason, seen_at) VALUES (?, ?, 1, 'ignored', ?, '')",
            [(name, name, reason) for name in names],
        )
        connection.executemany("INSERT INTO sightings VALUES (?, 1, 1, 1, 1)", [(name,) for name in names])
        connection.set_progress_handler(lambda: next(steps) < 0, 1000)
        nights(Database(connection))
        assert connection.execute("SELECT COUNT(*) FROM sightings").fetchone() == before
    return next(steps)


def test_ten_years_of_days_that_were_left_out_take_no_longer_than_they_are_many(tmp_path: Path) -> None:
    """A unit that takes minutes to start is ended by systemd, and begins anew."""
    some, many = steps_of_nights(tmp_path / "some.db", 500), steps_of_nights(tmp_path / "many.db", 4000)
    assert many < 16 * some


def newer(path: Path) -> Path:
    Store(path).close()
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('hersteld', '0999_to_come', '')"
        )
    return path


@pytest.mark.figures("a database of a later version", "{tried} commands: 0 bytes changed")
@pytest.mark.parametrize("command", [["run"], *READERS], ids=lambda words: words[0])
def test_a_newer_database_is_refused_untouched_with_what_to_do(command: list[str], tmp_path: Path) -> None:
    database = newer(tmp_path / "state" / "hersteld.db")
    before = database.read_bytes()
    done = call_process(*command, home=tmp_path)
    assert done.returncode == (EXIT_DATABASE if command == ["run"] else 1)
    said = done.stdout + done.stderr
    assert f"{database}: a newer hersteld has changed this database (0999_to_come)" in said
    assert "Install that version again, or a newer one" in said
    assert "Traceback" not in said
    assert database.read_bytes() == before
    assert not (tmp_path / "copy.db").exists()


def test_a_newer_database_is_refused_in_the_users_language(tmp_path: Path) -> None:
    with pytest.raises(NewerDatabase) as caught:
        Store(newer(tmp_path / "a.db"))
    with speaking("nl"):
        assert "een nieuwere hersteld heeft deze database veranderd (0999_to_come)" in str(caught.value)


def test_a_migration_that_fails_leaves_the_database_as_it_was(tmp_path: Path) -> None:
    database = database_of("0001_first_tables", tmp_path / "a.db")
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("CREATE INDEX workouts_past ON files (path)")  # takes the name that the migration needs
    before = schema_of(database), rows_of(database)
    with pytest.raises(StoreUnusable, match="workouts_past already exists"):
        Store(database)
    assert (schema_of(database), rows_of(database)) == before
