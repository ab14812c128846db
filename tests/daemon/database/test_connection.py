"""The database keeps what it is given, for its owner alone, and a change is whole or not at all."""

import os
import sqlite3
import stat
import threading
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from hersteld.daemon.database.connection import FileRow, Store
from hersteld.daemon.database.faults import StoreUnusable
from hersteld.daemon.database.lock import AlreadyRunning, DatabaseLock
from hersteld.daemon.store.json_columns import values_from_json, values_to_json
from hersteld.daemon.store.samples import BadBlob, pack, unpack
from hersteld.daemon.system.clock import BUILT_AT, from_iso, iso
from hersteld.daemon.system.paths import database_path, shown
from hersteld.parsers.line import Line
from hersteld.parsers.workout import Column, Samples
from tests.support.fit.corpus import corpus_bytes, expected_rows
from tests.support.pipeline import NOON, Pipeline, a_file


def test_the_database_and_its_folder_are_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "hersteld" / "hersteld.db"
    old = os.umask(0)
    try:
        with Store(path) as store:
            store.add_file(_a_row("a"))
            modes = {entry.name: stat.S_IMODE(entry.stat().st_mode) for entry in path.parent.iterdir()}
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert set(modes.values()) == {0o600}
    assert "hersteld.db-wal" in modes


def test_every_table_of_ours_is_strict_and_keys_are_enforced(tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        assert {table.name for table in store.db.tables if table.strict} >= {
            *("files", "workouts", "advice", "outbox", "sightings", "backlogs")
        }
        with pytest.raises(sqlite3.IntegrityError):
            store.add_file(FileRow("a", "x.fit", 1, "workout", None, NOON, workout_id=99))


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store, Store(tmp_path / "a.db") as other:
        with pytest.raises(sqlite3.IntegrityError), store.write():
            _add_twice(store, "a")
        with store.write():
            store.add_file(_a_row("b"))
            assert other.files() == ()
        assert [row.sha256 for row in other.files()] == ["b"]


def test_several_processes_may_make_the_database_at_once(tmp_path: Path) -> None:
    faults: list[BaseException] = []

    def open_it() -> None:
        try:
            Store(tmp_path / "a.db").close()
        except StoreUnusable as error:
            faults.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_what_is_no_database_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(b"this is a letter to my aunt, and quite long enough at that" * 9)
    with pytest.raises(StoreUnusable, match=r"a\.db: the database is damaged"):
        Store(path)
    assert path.read_bytes().startswith(b"this is a letter")


def test_asking_for_a_database_that_is_not_there_makes_none(tmp_path: Path) -> None:
    with pytest.raises(StoreUnusable, match="no database here yet"):
        Store(tmp_path / "a.db", create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_second_daemon_on_the_same_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "hersteld.db"
    with (
        DatabaseLock(path),
        pytest.raises(AlreadyRunning, match=rf"process {os.getpid()}\).*hersteld\.db"),
        DatabaseLock(path),
    ):
        pass
    with DatabaseLock(path):
        pass


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"STATE_DIRECTORY": "/var/lib/hersteld/anna:/other", "HOME": "/home/a"}, "/var/lib/hersteld/anna"),
        ({"XDG_STATE_HOME": "/state", "HOME": "/home/a"}, "/state/hersteld"),
        ({"XDG_STATE_HOME": "relative", "HOME": "/home/a"}, "/home/a/.local/state/hersteld"),
        ({"HOME": "/home/a"}, "/home/a/.local/state/hersteld"),
    ],
)
def test_the_database_lives_where_the_system_says(environment: dict[str, str], expected: str) -> None:
    assert database_path(environment) == Path(expected) / "hersteld.db"


def test_a_name_of_any_bytes_can_be_stored_and_shown(tmp_path: Path) -> None:
    name = shown(os.fsdecode(b"ride\xff.fit"))
    with Store(tmp_path / "a.db") as store:
        store.add_file(FileRow("a", name, 1, "ignored", Line("files.of_no_kind"), NOON))
        assert store.files()[0].path == "ride\\xff.fit"


def test_times_sort_as_text_the_way_they_pass() -> None:
    moments = [NOON, NOON.replace(microsecond=1), NOON.replace(second=1), datetime(2026, 12, 1, tzinfo=UTC)]
    assert sorted(map(iso, moments)) == [iso(moment) for moment in moments]
    assert [from_iso(iso(moment)) for moment in moments] == moments


def test_a_fresh_store_knows_only_that_the_build_has_passed(tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        assert store.newest_at() == BUILT_AT
        store.add_file(_a_row("a"))
        assert store.newest_at() == NOON


columns = arrays.arrays(
    np.float64, st.shared(st.integers(0, 200), key="rows"), elements=st.floats(allow_subnormal=True)
)


@given(time=columns, values=columns)
@settings(deadline=None)
def test_any_samples_come_back_bit_for_bit(time: Column, values: Column) -> None:
    with np.errstate(over="ignore", invalid="ignore"):
        rounded = np.round(values, 1)
    back = unpack(pack(Samples(time, heart_rate_bpm=values, altitude_m=rounded)))
    _same(back.time_s, time)
    _same(back.heart_rate_bpm, values)
    _same(back.altitude_m, rounded)
    assert back.power_w is None


@given(junk=st.binary(max_size=60))
def test_a_blob_of_anything_else_is_refused(junk: bytes) -> None:
    for blob in (junk, b"HS1" + junk):
        with pytest.raises(BadBlob):
            unpack(blob)


def test_an_advice_keeps_its_values_with_their_kinds() -> None:
    values = {
        "at": NOON,
        "on": date(2026, 5, 7),
        "muscles": ("calves", "quadriceps"),
        "times": (NOON, NOON.replace(hour=13)),
        "volume_ml": 800.0,
        "portions": 4,
        "warm": True,
        "none": None,
        "said": (Line("a", {"at": NOON}),),
    }
    assert values_from_json(values_to_json(values)) == values  # type: ignore[arg-type]


def test_a_workout_and_its_recovery_come_back_as_they_went_in(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    outcome = pipeline.ingest.take(pipeline.put("a.fit", a_file()))[0]
    assert outcome.workout_id is not None
    from hersteld.parsers.fit import read_fit

    original = read_fit(a_file())
    stored = pipeline.workouts.workout(outcome.workout_id)
    _same(stored.samples.heart_rate_bpm, original.samples.heart_rate_bpm)
    for name in (
        "started_at",
        "ended_at",
        "sport",
        "sessions",
        "pauses",
        "vendor",
        "profile",
        "timer_s",
        "kcal",
        "device",
    ):
        assert getattr(stored, name) == getattr(original, name), name
    recovery = pipeline.workouts.recovery(outcome.workout_id)
    assert recovery.load.value == pipeline.stored()[0].load > 0
    assert recovery.plan
    assert recovery.assessment.ready_at == pipeline.stored()[0].ready_at
    assert all(advice.due_at.tzinfo is not None for advice in recovery.plan)


def test_all_real_activities_fit_in_ten_megabytes() -> None:
    from hersteld.parsers.errors import ParseError
    from hersteld.parsers.fit import read_fit

    rows = expected_rows("intact")
    if not rows:
        pytest.skip("the corpus of real FIT files is absent: set HERSTELD_FIT_CORPUS to its folder")
    size = records = 0
    for row in rows:
        try:
            workout = read_fit(corpus_bytes(row["path"]))
        except ParseError:
            continue
        blob = pack(workout.samples)
        size += len(blob)
        records += workout.records
        _same(unpack(blob).distance_m, workout.samples.distance_m)
    assert records > 100_000
    assert size < 10_000_000


def _same(one: Column | None, other: Column | None) -> None:
    if one is None or other is None:
        assert one is other
        return
    missing = np.isnan(one)
    assert (missing == np.isnan(other)).all()
    assert np.array_equal(one[~missing].view(np.int64), other[~missing].view(np.int64))


def _add_twice(store: Store, sha256: str) -> None:
    store.add_file(_a_row(sha256))
    store.add_file(_a_row(sha256))


def _a_row(sha256: str) -> FileRow:
    return FileRow(sha256, f"{sha256}.fit", 1, "ignored", Line("files.not_an_activity", {"kind": "course"}), NOON)
