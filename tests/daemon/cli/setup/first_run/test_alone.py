"""What `hersteld init --yes` takes from files, and what it leaves."""

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hersteld.daemon.cli.setup.first_run.alone import make_folder, paths_of
from hersteld.parsers.workout import DeviceProfile
from hersteld.parsers.writing.encode import Recorded, encode_activity
from tests.support.command_line import call

NOON = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)
ANNA = DeviceProfile(mass_kg=72, max_hr_bpm=188, resting_hr_bpm=48)
BEN = DeviceProfile(mass_kg=90, max_hr_bpm=179, resting_hr_bpm=55)


def put(folder: Path, device: str, profile: DeviceProfile, days_ago: int = 0) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    begun = NOON - timedelta(days=days_ago, minutes=10)
    steady = Recorded(heart_rate_bpm=[150] * 600)
    (folder / f"{device}.fit").write_bytes(encode_activity(begun, "running", steady, device=device, profile=profile))


def athlete(home: Path) -> dict[str, Any]:
    text = (home / ".config" / "hersteld" / "hersteld.toml").read_text()
    own: dict[str, Any] = tomllib.loads(text)["athlete"]
    return own


def test_where_two_devices_differ_both_are_shown_and_the_last_one_counts(tmp_path: Path) -> None:
    put(tmp_path / "Workouts", "watch", ANNA)
    put(tmp_path / "Workouts", "bike", DeviceProfile(mass_kg=74, max_hr_bpm=192), days_ago=2)
    output = call("init", "--yes", home=tmp_path).output
    assert "By the 2 newest workouts:\n" in output
    assert "  maximum heart rate: 188 bpm (development watch, 6 May 2026)\n" in output
    assert "    another device says 192 bpm (development bike, 4 May 2026)\n" in output
    assert athlete(tmp_path) == {"mass_kg": 72, "max_hr": 188, "resting_hr": 48}


def test_of_several_athletes_no_number_is_taken(tmp_path: Path) -> None:
    put(tmp_path / "Workouts", "watch", ANNA)
    put(tmp_path / "Workouts", "bike", BEN)
    output = call("init", "--yes", "--ftp-w", "240", home=tmp_path).output
    assert "The files seem to be of several athletes." in output
    assert "  development watch: 72 kg\n" in output
    assert "  development bike: 90 kg\n" in output
    assert athlete(tmp_path) == {"ftp_w": 240}


def test_of_several_folders_the_one_with_the_newest_file_is_taken_and_all_are_named(tmp_path: Path) -> None:
    put(tmp_path / "Workouts", "watch", ANNA)
    put(tmp_path / "Sync" / "Gadgetbridge", "other", ANNA)
    (tmp_path / "Sync" / "Gadgetbridge" / "other.fit").touch()
    output = call("init", "--yes", home=tmp_path).output
    assert "  ~/Sync/Gadgetbridge: 1 file\n  ~/Workouts: 1 file\n" in output
    assert 'folders = ["~/Sync/Gadgetbridge"]' in output


def test_a_folder_that_cannot_be_made_is_waited_for(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    make_folder(tmp_path / "file" / "Workouts")
    assert not (tmp_path / "file" / "Workouts").exists()
    (tmp_path / "Workouts").write_text("a file")
    result = call("init", "--yes", home=tmp_path)
    assert result.exit_code == 0, result.output


def test_folders_are_those_of_this_machine() -> None:
    assert paths_of(["/a", "/b"]) == (Path("/a"), Path("/b"))
    assert paths_of(None) == ()
