"""Workouts are found without a trace in the folder of the database, and where they cannot be read there are none."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.cli.completion.stored import workouts
from hersteld.daemon.database.connection import Store
from tests.support.command_line import call, take_in
from tests.support.pipeline import a_file

NOW = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with twelve runs, the first of which is the newest."""
    home = tmp_path_factory.mktemp("filled")
    files = [(f"{hours}.fit", a_file(NOW - timedelta(hours=hours * 5))) for hours in range(12)]
    take_in(home, files, now=NOW)
    return home


@pytest.fixture
def home(filled: Path, tmp_path: Path) -> Path:
    """A copy of that home for one test."""
    shutil.copytree(filled / "state", tmp_path / "state")
    return tmp_path


def database(home: Path) -> Path:
    return home / "state" / "hersteld.db"


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


def test_the_newest_stands_first_and_digits_choose(home: Path) -> None:
    every = workouts(database(home), "")
    assert [one.id for one in every] == list(range(1, 13))
    assert every[0].started_at == NOW - timedelta(hours=1)
    assert every[0].sport == "running"
    assert [one.id for one in workouts(database(home), "1")] == [1, 10, 11, 12]
    assert [one.id for one in workouts(database(home), "12")] == [12]
    assert workouts(database(home), "99") == ()


@pytest.mark.parametrize("begun", ["x", "%", "1%", "_", "١", "-1", "' OR 1"])
def test_what_is_no_number_finds_nothing(begun: str, home: Path) -> None:
    assert workouts(database(home), begun) == ()


def test_a_forgotten_workout_is_offered_to_be_put_back_and_for_nothing_else(home: Path) -> None:
    assert call("forget", "3", "--yes", home=home).exit_code == 0
    assert 3 not in [one.id for one in workouts(database(home), "")]
    (forgotten,) = workouts(database(home), "", forgotten=True)
    assert (forgotten.id, forgotten.started_at) == (3, None)


def test_nothing_in_the_folder_is_touched(home: Path) -> None:
    before = contents(home / "state")
    assert workouts(database(home), "")
    assert contents(home / "state") == before


def test_what_a_running_service_has_just_written_is_seen(home: Path) -> None:
    with Store(database(home)) as store:
        store.db.execute("PRAGMA wal_autocheckpoint = 0")
        with store.write():
            store.change("UPDATE workouts SET sport = 'cycling' WHERE id = ?", [1])
        names = {path.name for path in (home / "state").iterdir()}
        assert "hersteld.db-wal" in names
        assert workouts(database(home), "1")[0].sport == "cycling"
        assert {path.name for path in (home / "state").iterdir()} == names


def test_a_database_that_another_program_keeps_locked_is_read_or_left_at_once(home: Path) -> None:
    with Store(database(home)) as store, store.write():
        store.change("UPDATE workouts SET sport = 'cycling' WHERE id = ?", [1])
        assert [one.sport for one in workouts(database(home), "")] == ["running"] * 12


@pytest.mark.parametrize("content", [None, b"", b"this is no database" * 100])
def test_where_there_is_no_database_there_is_no_workout(content: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "a folder?#%" / "hersteld.db"
    if content is not None:
        file.parent.mkdir()
        file.write_bytes(content)
    before = sorted(tmp_path.rglob("*"))
    assert workouts(file, "") == ()
    assert sorted(tmp_path.rglob("*")) == before


def test_a_damaged_database_has_no_workout(home: Path) -> None:
    raw = bytearray(database(home).read_bytes())
    raw[100:] = bytes(len(raw) - 100)
    database(home).write_bytes(raw)
    assert workouts(database(home), "") == ()


def test_a_folder_of_an_odd_name_is_found(home: Path) -> None:
    odd = home / "a ?#%é state"
    (home / "state").rename(odd)
    assert len(workouts(odd / "hersteld.db", "")) == 12
