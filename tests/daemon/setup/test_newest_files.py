"""The newest workouts of a folder say what their devices know, whatever else lies beside them."""

import gzip
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hersteld.daemon.setup.newest_files import MOST_WORKOUTS, newest_workouts
from hersteld.parsers.workout import DeviceProfile
from hersteld.parsers.writing.encode import Recorded, encode_activity
from tests.support.fit.archives import zipped
from tests.support.fit.corpus import corpus_bytes

NOON = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)
WALK = "dtcooper__python-fitparse/tests/files/garmin-fenix-5-walk.fit"


def a_workout(mass_kg: float, ended_at: datetime = NOON) -> bytes:
    steady = Recorded(heart_rate_bpm=[150] * 600)
    return encode_activity(ended_at - timedelta(minutes=10), "running", steady, profile=DeviceProfile(mass_kg=mass_kg))


def put(path: Path, content: bytes, changed_s: float = 1_000_000) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (changed_s, changed_s))


def masses(*folders: Path) -> list[float | None]:
    return [seen.profile.mass_kg for seen in newest_workouts(folders)]


def test_an_empty_or_missing_folder_says_nothing(tmp_path: Path) -> None:
    assert newest_workouts([tmp_path, tmp_path / "none"]) == ()


def test_the_workout_that_ended_last_comes_first_however_old_its_file_is(tmp_path: Path) -> None:
    put(tmp_path / "a.fit", a_workout(70, NOON - timedelta(days=1)), 3_000_000)
    put(tmp_path / "deep" / "b.fit", a_workout(71), 2_000_000)
    put(tmp_path / "c.fit.gz", gzip.compress(a_workout(69, NOON - timedelta(days=2))), 2_500_000)
    assert masses(tmp_path) == [71, 70, 69]


def test_what_is_no_workout_is_passed_over(tmp_path: Path) -> None:
    put(tmp_path / "text.fit", b"no FIT file at all, really")
    put(tmp_path / "empty.fit", b"")
    put(tmp_path / "notes.txt", b"hello")
    put(tmp_path / "a.fit", a_workout(70))
    put(tmp_path / "cut.fit", a_workout(72, NOON + timedelta(days=1))[:-40])
    assert masses(tmp_path) == [72, 70]


def test_only_the_newest_files_are_read_also_of_an_archive(tmp_path: Path) -> None:
    inside = {f"n{number:03}_fit": a_workout(60 + number / 10) for number in range(MOST_WORKOUTS + 5)}
    put(tmp_path / "old.fit", a_workout(90, NOON + timedelta(days=1)), 1_000)
    put(tmp_path / "export.zip", zipped(**inside), 2_000)
    assert len(masses(tmp_path)) == MOST_WORKOUTS
    assert 90 not in masses(tmp_path)


def test_a_real_file_says_what_its_watch_knows(tmp_path: Path) -> None:
    put(tmp_path / "walk.fit", corpus_bytes(WALK))
    (seen,) = newest_workouts([tmp_path])
    assert seen.device == "garmin fenix5"
    assert seen.ended_at is not None
    assert seen.ended_at.year == 2017
    assert (seen.profile.birth_year, seen.profile.resting_hr_bpm) == (1979, 47)


def test_a_folder_is_not_written_to(tmp_path: Path) -> None:
    put(tmp_path / "a.fit", a_workout(70))
    before = {path: path.stat().st_mtime_ns for path in (tmp_path, tmp_path / "a.fit")}
    newest_workouts([tmp_path])
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert [path.name for path in tmp_path.iterdir()] == ["a.fit"]


def test_when_the_time_is_over_what_was_read_is_all(tmp_path: Path) -> None:
    put(tmp_path / "a.fit", a_workout(70))
    assert newest_workouts([tmp_path], seconds=0) == ()
