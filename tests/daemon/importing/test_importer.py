"""Old files become history in silence, as if each had come on its own day, whatever order they are in."""

import contextlib
import gzip
import os
import random
import signal
import sqlite3
import zipfile
from collections.abc import Iterable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from hersteld.config.file.load import load_settings
from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.lock import DatabaseLock
from hersteld.daemon.importing.importer import ClockBehind, Import, Report
from hersteld.daemon.importing.summary import Summary
from hersteld.daemon.ingest.one_file import Ingest
from hersteld.daemon.store.workouts import Workouts
from hersteld.daemon.system.clock import ManualClock
from hersteld.parsers.writing.fit_writer import FitWriter
from tests.support.pipeline import NOON, Pipeline, a_file
from tests.support.sentences import sentence

NOW = NOON + timedelta(days=3)
DAY = timedelta(days=1)


def take_history(
    database: Path, *paths: Path, report: Report = lambda _step, _done, _of: None, now: Any = NOW
) -> Summary:
    """Import into a database, on two processes."""
    settings = load_settings(None, overrides={"athlete.experience": "trained"}, environ={"HOME": "/nonexistent"})
    with Store(database) as store:
        task = Import(store, settings, ManualClock(now), report=report, workers=2)
        with contextlib.suppress(KeyboardInterrupt):
            task.run(paths)
        return task.summary


def drop_one_by_one(database: Path, paths: Iterable[Path]) -> None:
    """Let files arrive one after the other."""
    settings = load_settings(None, overrides={"athlete.experience": "trained"}, environ={"HOME": "/nonexistent"})
    with Store(database) as store:
        ingest = Ingest(store, settings, ("phone",), ManualClock(NOW))
        for path in paths:
            ingest.take(path)


def tables(database: Path, *names: str) -> dict[str, list[dict[str, Any]]]:
    """Return what is in some tables, whole."""
    with Store(database) as store:
        return {name: store.rows(f"SELECT * FROM {name} ORDER BY 1") for name in names}


def history(database: Path) -> dict[str, dict[str, Any]]:
    """Return what the rules said about each workout, by the file that brought it, whatever numbers rows have."""
    with Store(database) as store:
        rows = store.rows("SELECT * FROM workouts")
        advice = store.rows("SELECT * FROM advice ORDER BY workout_id, id")
    names = {row["id"]: row["identity"] for row in rows}
    return {
        row["identity"]: {
            **{name: value for name, value in row.items() if name not in ("id", "brick_after")},
            "brick_after": names.get(row["brick_after"]),
            "advice": [
                {name: value for name, value in line.items() if name not in ("id", "workout_id")}
                for line in advice
                if line["workout_id"] == row["id"]
            ],
        }
        for row in rows
    }


def weeks_of_training(folder: Path) -> list[Path]:
    """Write files in which the past matters: hearts that beat faster some day, bricks, and days in a row; by start."""
    folder.mkdir()
    bpm = (150, 188, 140, 165, 193, 130, 170, 160, 150, 175, 145, 180)
    trainings = [(NOON - (20 - number) * DAY, 60, beat, "cycling") for number, beat in enumerate(bpm)]
    trainings.append((trainings[4][0] + timedelta(minutes=40), 30, 170, "running"))
    trainings.append((trainings[8][0] + timedelta(minutes=30), 20, 175, "running"))
    trainings.sort(key=lambda training: training[0])
    paths = []
    for number, (ended_at, minutes, beat, sport) in enumerate(trainings):
        path = folder / f"{number * 5 % len(trainings):02}.fit"
        path.write_bytes(a_file(ended_at, minutes=minutes, bpm=beat, sport=sport))
        paths.append(path)
    return paths


def test_an_import_stores_what_the_files_would_have_brought_one_by_one(tmp_path: Path) -> None:
    paths = weeks_of_training(tmp_path / "old")
    drop_one_by_one(tmp_path / "a" / "hersteld.db", paths)
    summary = take_history(tmp_path / "b" / "hersteld.db", tmp_path / "old")
    names = ("workouts", "advice", "files", "backlogs")
    assert tables(tmp_path / "b" / "hersteld.db", *names) == tables(tmp_path / "a" / "hersteld.db", *names)
    assert (summary.workouts, summary.years, summary.is_whole) == (14, (2026, 2026), True)


def test_nobody_is_told_and_nothing_is_left_to_tell(tmp_path: Path) -> None:
    weeks_of_training(tmp_path / "old")
    (tmp_path / "old" / "today.fit").write_bytes(a_file(NOW - timedelta(minutes=10), minutes=90, bpm=180))
    take_history(tmp_path / "hersteld.db", tmp_path / "old")
    assert tables(tmp_path / "hersteld.db", "outbox", "backlogs") == {"outbox": [], "backlogs": []}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_any_order_and_any_number_of_imports_make_the_same_history(seed: int, tmp_path: Path) -> None:
    paths = weeks_of_training(tmp_path / "old")
    take_history(tmp_path / "a" / "hersteld.db", *paths)
    random.Random(seed).shuffle(paths)
    for part in (paths[:5], paths[5:6], paths[6:]):
        take_history(tmp_path / "b" / "hersteld.db", *part)
    assert history(tmp_path / "b" / "hersteld.db") == history(tmp_path / "a" / "hersteld.db")


def test_what_the_service_stored_before_gets_the_past_it_lacked(tmp_path: Path) -> None:
    paths = weeks_of_training(tmp_path / "old")
    drop_one_by_one(tmp_path / "a" / "hersteld.db", paths)
    drop_one_by_one(tmp_path / "b" / "hersteld.db", paths[-3:])
    lacking = history(tmp_path / "b" / "hersteld.db")
    take_history(tmp_path / "b" / "hersteld.db", tmp_path / "old")
    whole = history(tmp_path / "b" / "hersteld.db")
    assert whole == history(tmp_path / "a" / "hersteld.db")
    assert all(whole[name]["assessment"] != one["assessment"] for name, one in lacking.items())


def test_a_workout_of_a_device_without_the_date_leaves_all_others_as_they_were_said(tmp_path: Path) -> None:
    paths = weeks_of_training(tmp_path / "old")
    database = tmp_path / "hersteld.db"
    take_history(database, *paths)
    before = history(database)
    (tmp_path / "undated.fit").write_bytes(a_file(NOON.replace(year=1990)))
    reports: list[tuple[str, int, int]] = []
    summary = take_history(database, tmp_path / "undated.fit", report=lambda *said: reports.append(said))
    assert (summary.workouts, summary.years) == (1, None)
    assert [report for report in reports if report[0] == "storing"] == [("storing", 1, 1)]
    after = history(database)
    assert {identity: after[identity] for identity in before} == before


def test_beside_one_without_the_date_a_late_workout_still_grows_the_past_of_the_others(tmp_path: Path) -> None:
    paths = weeks_of_training(tmp_path / "old")
    (tmp_path / "undated.fit").write_bytes(a_file(NOON.replace(year=1990)))
    take_history(tmp_path / "a" / "hersteld.db", *paths, tmp_path / "undated.fit")
    take_history(tmp_path / "b" / "hersteld.db", *paths[3:])
    take_history(tmp_path / "b" / "hersteld.db", *paths[:3], tmp_path / "undated.fit")
    assert history(tmp_path / "b" / "hersteld.db") == history(tmp_path / "a" / "hersteld.db")


def test_again_is_nothing(tmp_path: Path) -> None:
    paths = weeks_of_training(tmp_path / "old")
    (tmp_path / "old" / "broken.fit").write_bytes(b"no FIT file")
    database = tmp_path / "hersteld.db"
    first = take_history(database, tmp_path / "old")
    names = ("workouts", "advice", "files", "outbox")
    before = tables(database, *names)
    again = take_history(database, tmp_path / "old")
    assert tables(database, *names) == before
    assert (first.workouts, first.known, len(first.unread)) == (len(paths), 0, 1)
    assert (again.workouts, again.known, again.unread) == (0, len(paths), first.unread)


def test_whatever_is_among_the_files_is_counted_as_what_it_is(tmp_path: Path) -> None:
    old = tmp_path / "old"
    below = old / "below" / "deeper"
    below.mkdir(parents=True)
    settings = FitWriter()
    settings.message("file_id", {"type": "settings", "manufacturer": "garmin"})
    ride, run = a_file(NOON - 400 * DAY, sport="cycling"), a_file(NOON - 30 * DAY)
    (old / "ride.fit").write_bytes(ride)
    (old / "copy.fit").write_bytes(ride)
    (below / "run.fit.gz").write_bytes(gzip.compress(run))
    (below / "no name of ours").write_bytes(a_file(NOON - 20 * DAY))
    (below / "notes.txt").write_text("no matter", encoding="utf-8")
    (old / ".syncthing.half.fit").write_bytes(a_file(NOON - 10 * DAY)[:500])
    (old / "half.fit.part").write_bytes(a_file(NOON - 11 * DAY)[:500])
    (old / "settings.fit").write_bytes(settings.finish())
    (old / "broken.fit").write_bytes(b"\x0e\x10 no FIT file at all")
    zipped = BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("swim.fit", a_file(NOON - 12 * DAY, sport="swimming"))
        archive.writestr("phone.fit", a_file(NOON - 30 * DAY - timedelta(minutes=2), minutes=55))
        archive.writestr("ride.fit", ride)
    (old / "export.zip").write_bytes(zipped.getvalue())
    summary = take_history(tmp_path / "hersteld.db", old)
    assert (summary.workouts, summary.duplicates, summary.ignored, summary.known) == (4, 3, 1, 0)
    assert [Path(path).name for path, _ in summary.unread] == ["broken.fit"]
    assert summary.years == (2025, 2026)
    statuses = {Path(row["path"]).name: row["status"] for row in tables(tmp_path / "hersteld.db", "files")["files"]}
    assert statuses["broken.fit"] == "rejected"
    assert statuses["swim.fit"] == statuses["no name of ours"] == "workout"


def test_a_worker_that_is_killed_costs_one_file_which_the_next_import_brings(tmp_path: Path) -> None:
    paths = weeks_of_training(tmp_path / "old")
    database = tmp_path / "hersteld.db"
    killed: list[int] = []

    def kill_one(step: str, done: int, of: int) -> None:
        del of
        if step == "reading" and done == 3 and not killed:
            killed.append(workers_of(os.getpid())[0])
            os.kill(killed[0], signal.SIGKILL)

    summary = take_history(database, tmp_path / "old", report=kill_one)
    assert len(killed) == 1
    ((path, reason),) = summary.unread
    assert Path(path) in paths
    assert (
        sentence(reason) == "The process that read it died (signal 9: the system ended it, mostly for lack of memory)."
    )
    assert summary.workouts == len(paths) - 1
    rest = take_history(database, tmp_path / "old")
    assert (rest.workouts, rest.known, rest.unread) == (1, len(paths) - 1, [])
    take_history(tmp_path / "other" / "hersteld.db", tmp_path / "old")
    assert history(database) == history(tmp_path / "other" / "hersteld.db")


def test_ctrl_c_keeps_the_oldest_and_the_same_again_does_the_rest(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir()
    for day in range(40):
        (old / f"{day * 7 % 40:02}.fit").write_bytes(a_file(NOON - day * DAY, minutes=10))
    database = tmp_path / "hersteld.db"

    def interrupt(step: str, done: int, of: int) -> None:
        del done, of
        if step == "storing":
            raise KeyboardInterrupt

    first = take_history(database, old, report=interrupt)
    with Store(database) as store:
        stored = Workouts(store).newest(100)
    assert not first.is_whole
    assert first.workouts == len(stored) == 32
    assert max(one.ended_at for one in stored) == NOON - 8 * DAY
    rest = take_history(database, old)
    assert (rest.workouts, rest.known, rest.is_whole) == (8, 32, True)
    take_history(tmp_path / "other" / "hersteld.db", old)
    assert history(database) == history(tmp_path / "other" / "hersteld.db")


def test_a_running_service_goes_on_and_its_next_message_knows_the_history(tmp_path: Path) -> None:
    weeks_of_training(tmp_path / "old")
    pipeline = Pipeline(tmp_path, now=NOW)
    with DatabaseLock(pipeline.database):
        pipeline.put("a.fit", a_file(NOW - timedelta(hours=2), minutes=30))
        pipeline.look()
        told = len(pipeline.notifier.received)

        def look(step: str, done: int, of: int) -> None:
            del step, done, of
            pipeline.look()

        take_history(pipeline.database, tmp_path / "old", report=look)
        assert len(pipeline.notifier.received) == told
        pipeline.put("b.fit", a_file(NOW, minutes=90, bpm=180))
        pipeline.look()
    assert len(pipeline.notifier.received) == told + 1
    assert len(pipeline.stored()) == 16


def test_an_error_in_the_store_keeps_what_was_stored_before_it(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir()
    for day in range(40):
        (old / f"{day}.fit").write_bytes(a_file(NOON - day * DAY, minutes=10))
    database = tmp_path / "hersteld.db"
    with Store(database) as store:
        store.db.execute(
            "CREATE TRIGGER full BEFORE INSERT ON workouts WHEN (SELECT COUNT(*) FROM workouts) = 35"
            " BEGIN SELECT json('disk full'); END"  # which no workout is to blame for
        )
    with pytest.raises(sqlite3.Error, match="malformed JSON"):
        take_history(database, old)
    assert len(tables(database, "workouts")["workouts"]) == 32


def test_a_clock_that_shows_the_past_is_no_judge_of_dates(tmp_path: Path) -> None:
    weeks_of_training(tmp_path / "old")
    with pytest.raises(ClockBehind, match="set it"):
        take_history(tmp_path / "hersteld.db", tmp_path / "old", now=NOON.replace(year=2001))


def workers_of(pid: int) -> list[int]:
    """Return the ids of the processes that read files for one that imports."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [int(child) for child in children if b"system.child_process" in Path(f"/proc/{child}/cmdline").read_bytes()]
