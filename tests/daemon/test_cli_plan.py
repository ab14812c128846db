"""`hersteld plan` reads files of every kind and prints what follows, for people and for scripts."""

import gzip
import io
import json
import os
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from hersteld.daemon.json_values import instant
from hersteld.parsers.encode import Recorded, encode_activity
from hersteld.parsers.fit_writer import FitWriter
from tests.daemon.cli import call, call_process, environment_in

STARTED_AT = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
ENDED = "2026-05-01T11:00:00Z"
HARD_RIDE = encode_activity(
    STARTED_AT,
    "cycling",
    Recorded(
        heart_rate_bpm=[170] * 5400 + [None] * 1800,
        power_w=[250] * 7200,
        speed_mps=[9.0] * 7200,
        temperature_c=[28] * 7200,
    ),
    sub_sport="road",
    kcal=1800,
    device="Test Watch",
)
PLANNED_WORKOUT = FitWriter()
PLANNED_WORKOUT.message("file_id", {"type": "workout", "manufacturer": "development", "time_created": STARTED_AT})

TOP = {"path", "sha256", "status", "reason", "workout", "load", "assessment", "plan", "messages"}
WORKOUT = {
    *("started_at", "ended_at", "sport", "sub_sport", "device", "timer_s", "elapsed_s", "distance_m", "kcal"),
    *("avg_hr_bpm", "max_hr_bpm", "avg_power_w", "records", "hr_coverage", "min_temperature_c", "salvaged"),
    *("sessions", "vendor"),
}
VENDOR = {
    *("recovery_min", "training_effect", "anaerobic_training_effect", "training_load_peak", "stress_score"),
    *("sweat_loss_ml", "rpe", "feel"),
}
SAMPLES = {
    *("time_s", "heart_rate_bpm", "power_w", "speed_mps", "cadence_rpm", "distance_m", "temperature_c", "altitude_m"),
}
ASSESSMENT = {"intensity", "hard", "seconds_by_intensity", "recovery_h", "easy_from", "ready_at", "warnings"}


@pytest.fixture
def ride(tmp_path: Path) -> Path:
    path = tmp_path / "ride.fit"
    path.write_bytes(HARD_RIDE)
    return path


def planned(*words: str | Path, home: Path, exit_code: int = 0) -> list[dict[str, Any]]:
    result = call("plan", "--json", *words, home=home)
    assert result.exit_code == exit_code, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_the_keys_are_those_of_the_contract(ride: Path, tmp_path: Path) -> None:
    (found,) = planned("--samples", ride, home=tmp_path)
    assert set(found) == TOP
    assert set(found["workout"]) == WORKOUT | {"samples"}
    assert set(found["workout"]["vendor"]) == VENDOR
    assert set(found["workout"]["samples"]) == SAMPLES
    assert set(found["workout"]["sessions"][0]) >= {"sport", "sub_sport", "started_at", "timer_s", "elapsed_s"}
    assert set(found["load"]) == {"value", "rung", "grade"}
    assert set(found["assessment"]) == ASSESSMENT
    assert found["plan"]
    for advice in found["plan"]:
        assert set(advice) == {"id", "key", "due_at", "expires_at", "text", "values", "reasons"}
        for reason in advice["reasons"]:
            assert set(reason) == {"name", "value", "unit", "kind", "source"}
            assert reason["kind"] in {"A", "P", "H", "input"}
    assert found["messages"]
    for message in found["messages"]:
        assert set(message) == {"due_at", "expires_at", "title", "body"}


def test_a_workout_is_told_as_it_was(ride: Path, tmp_path: Path) -> None:
    (found,) = planned("--samples", ride, home=tmp_path)
    assert (found["path"], found["status"], found["reason"]) == (str(ride), "workout", None)
    assert found["sha256"] == sha256(HARD_RIDE).hexdigest()
    workout = found["workout"]
    assert (workout["started_at"], workout["ended_at"]) == ("2026-05-01T09:00:00Z", ENDED)
    assert (workout["sport"], workout["sub_sport"], workout["records"]) == ("cycling", "road", 7200)
    assert workout["hr_coverage"] == pytest.approx(0.75, abs=0.01)
    assert workout["salvaged"] is False
    samples = workout["samples"]
    assert len(samples["time_s"]) == 7200
    assert samples["heart_rate_bpm"][5399:5401] == [170, None]
    assert samples["altitude_m"] is None
    assert found["assessment"]["hard"] is True


def test_samples_are_only_printed_when_asked_for(ride: Path, tmp_path: Path) -> None:
    (found,) = planned(ride, home=tmp_path)
    assert set(found["workout"]) == WORKOUT
    assert call("plan", "--samples", ride, home=tmp_path).exit_code == 2


def test_fractions_of_a_second_are_only_there_where_there_are_any() -> None:
    assert instant(STARTED_AT) == "2026-05-01T09:00:00Z"
    assert instant(STARTED_AT + timedelta(seconds=0.5)) == "2026-05-01T09:00:00.500000Z"


def test_files_come_out_in_the_order_given_one_line_each(ride: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.fit"
    other.write_bytes(PLANNED_WORKOUT.finish())
    found = planned(other, ride, other, home=tmp_path)
    assert [one["path"] for one in found] == [str(other), str(ride), str(other)]
    assert [one["status"] for one in found] == ["ignored", "workout", "ignored"]
    assert found[0]["reason"] == "This is a planned workout, not an activity."
    assert (found[0]["workout"], found[0]["load"], found[0]["assessment"]) == (None, None, None)
    assert (found[0]["plan"], found[0]["messages"]) == ([], [])


def test_what_is_packed_is_opened_each_file_inside_an_object_of_its_own(tmp_path: Path) -> None:
    packed, archive = tmp_path / "ride.fit.gz", tmp_path / "week.zip"
    packed.write_bytes(gzip.compress(HARD_RIDE))
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as zipped:
        zipped.writestr("monday/ride.fit", HARD_RIDE)
        zipped.writestr("readme.txt", "hello")
        zipped.writestr("plan.fit", PLANNED_WORKOUT.finish())
    archive.write_bytes(content.getvalue())
    found = planned(packed, archive, home=tmp_path)
    assert [(one["path"], one["status"]) for one in found] == [
        (str(packed), "workout"),
        (f"{archive}/monday/ride.fit", "workout"),
        (f"{archive}/plan.fit", "ignored"),
    ]
    assert {one["sha256"] for one in found[:2]} == {sha256(HARD_RIDE).hexdigest()}


@pytest.mark.parametrize(
    ("content", "status", "part"),
    [
        (b"hello, I am no FIT file at all", "rejected", "not a FIT file"),
        (b"", "incomplete", "0 bytes so far"),
        (HARD_RIDE[:9], "incomplete", "9 bytes so far"),
        (HARD_RIDE[:200], "rejected", "damaged"),
        (gzip.compress(HARD_RIDE)[:500], "incomplete", "breaks off"),
        (b"PK\x03\x04", "incomplete", "breaks off"),
        (b"\x1f\x8b" + bytes(50), "rejected", "broken gzip"),
    ],
)
def test_a_bad_file_has_a_sentence_and_exit_code_65(content: bytes, status: str, part: str, tmp_path: Path) -> None:
    bad = tmp_path / "bad.fit"
    bad.write_bytes(content)
    (found,) = planned(bad, home=tmp_path, exit_code=65)
    assert (found["status"], found["workout"]) == (status, None)
    assert part in found["reason"]
    text = call("plan", bad, home=tmp_path)
    assert text.exit_code == 65
    assert found["reason"] in text.stdout


def test_a_bad_file_does_not_keep_the_others_from_being_read(ride: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.fit"
    bad.write_bytes(b"nothing")
    found = planned(bad, ride, home=tmp_path, exit_code=65)
    assert [one["status"] for one in found] == ["rejected", "workout"]


def test_half_a_file_is_salvaged(tmp_path: Path) -> None:
    half = tmp_path / "half.fit"
    half.write_bytes(HARD_RIDE[: len(HARD_RIDE) // 2])
    (found,) = planned(half, home=tmp_path)
    assert found["workout"]["salvaged"] is True
    assert "salvaged" in found["assessment"]["warnings"]


def test_a_file_that_cannot_be_read_is_rejected(tmp_path: Path) -> None:
    unreadable = Path("/proc/self/mem")  # even for root
    (found,) = planned(unreadable, home=tmp_path, exit_code=65)
    assert (found["status"], found["sha256"]) == ("rejected", None)
    assert found["reason"] == "The file cannot be read: input/output error."


@pytest.mark.parametrize("name", ["folder", "absent.fit"])
def test_a_folder_or_nothing_is_a_usage_error(name: str, ride: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    result = call("plan", ride, tmp_path / name, home=tmp_path)
    assert result.exit_code == 2
    assert name in result.stderr
    assert result.stdout == ""


def test_set_overrides_one_key(ride: Path, tmp_path: Path) -> None:
    def protein_g(*words: str) -> float:
        (found,) = planned(*words, ride, home=tmp_path)
        (meal,) = [advice for advice in found["plan"] if advice["id"] == "eat_meal"]
        mass = next(reason for reason in meal["reasons"] if reason["name"] == "mass_kg")
        assert (mass["value"], mass["source"]) == (50, "your configuration")
        return float(meal["values"]["protein_g"])

    assert protein_g("--set", "athlete.mass_kg=50", "--set", "athlete.experience=elite") == 15


def test_the_configuration_file_is_used(ride: Path, tmp_path: Path) -> None:
    config = tmp_path / "own.toml"
    config.write_text('[athlete]\nexperience = "trained"\n[notify]\nlanguage = "nl"\n')
    (as_beginner,) = planned(ride, home=tmp_path)
    (as_trained,) = planned("--config", config, ride, home=tmp_path)
    assert as_beginner["plan"][0]["id"] == "rest_day"
    assert as_trained["plan"][0]["id"] == "rest_hours"
    assert as_trained["messages"][0]["title"] == "Zware rit, 2 u"


def test_bad_configuration_exits_78_with_every_problem(ride: Path, tmp_path: Path) -> None:
    result = call("plan", "--set", "athlete.mass_kg=9", "--set", "athlete.experiense=elite", ride, home=tmp_path)
    assert result.exit_code == 78
    assert "athlete.mass_kg = 9" in result.stderr
    assert "did you mean experience?" in result.stderr
    assert result.stdout == ""


def test_now_is_each_workouts_end_unless_told(ride: Path, tmp_path: Path) -> None:
    (at_end,) = planned("--set", "notify.quiet_hours=", ride, home=tmp_path)
    assert at_end["messages"][0]["due_at"] == ENDED
    (later,) = planned("--now", "2026-05-01T19:00:00+02:00", ride, home=tmp_path)
    assert later["messages"][0]["due_at"] == "2026-05-01T17:00:00Z"
    assert "800 ml" not in later["messages"][0]["body"]
    (too_late,) = planned("--now", "2026-05-03T19:00:00Z", ride, home=tmp_path)
    assert too_late["messages"] == []
    assert too_late["plan"] == at_end["plan"]


@pytest.mark.parametrize("moment", ["yesterday", "2026-05-01", "2026-05-01T10:00:00", "0001-01-01T00:00:00+05:00"])
def test_now_must_be_a_moment(moment: str, ride: Path, tmp_path: Path) -> None:
    result = call("plan", "--now", moment, ride, home=tmp_path)
    assert result.exit_code == 2
    assert moment in result.stderr


def test_quiet_hours_hold_a_message_and_stand_ins_are_not_shown(tmp_path: Path) -> None:
    late = tmp_path / "late.fit"
    beats = Recorded(heart_rate_bpm=[172] * 3600)
    late.write_bytes(encode_activity(STARTED_AT + timedelta(hours=11), "running", beats))  # until 23:00 in Amsterdam
    (found,) = planned("--set", "athlete.experience=trained", late, home=tmp_path)
    due = [message["due_at"] for message in found["messages"]]
    assert due[0] == "2026-05-02T05:00:00Z"
    assert len(due) == len(set(due))


def test_the_text_is_pleasant_and_in_the_language_asked_for(ride: Path, tmp_path: Path) -> None:
    words = ("--set", "athlete.experience=trained", "--set", "athlete.max_hr=188", ride)
    english = call("plan", "--language", "en", *words, home=tmp_path).stdout
    dutch = call("plan", "--language", "nl", *words, home=tmp_path).stdout
    assert "Hard ride, 2 h\n" in english
    assert "2026-05-01 11:00–13:00" in english
    assert "800 ml now" in english
    assert "From now on you can train hard again." in english
    assert "Zware rit, 2 u\n" in dutch
    assert "nu 800 ml" in dutch
    assert "Berichten: vr 13:00 Zware rit, 2 u" in dutch


def test_a_hostile_name_cannot_steer_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "\x1b[31mred\nworkout.fit"
    path.write_bytes(b"nothing")
    result = call("plan", path, home=tmp_path)
    assert "\x1b" not in result.output
    assert "\\x1b[31mred\\nworkout.fit" in result.stdout


def test_a_name_that_is_no_text_is_printed_all_the_same(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9.fit"
    with open(name, "wb") as file:  # noqa: PTH123 - a name that is no text
        file.write(HARD_RIDE)
    result = subprocess.run(
        [sys.executable.encode(), b"-m", b"hersteld", b"plan", b"--json", name],
        capture_output=True,
        env=environment_in(tmp_path),
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["path"].endswith("caf\\xe9.fit")


def test_a_reader_that_goes_away_is_no_error(ride: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hersteld", "plan", "--json", "--samples", *[str(ride)] * 5]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment_in(tmp_path)
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""


def test_plan_does_not_load_what_only_the_service_needs(ride: Path, tmp_path: Path) -> None:
    script = (
        "import sys\nfrom hersteld.daemon.cli import cli\n"
        "cli.main(['plan', sys.argv[1]], standalone_mode=False)\n"
        "heavy = {'apprise', 'watchdog', 'rich', 'sqlite_utils', 'requests', 'asyncio', 'yaml'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", script, str(ride)],
        capture_output=True,
        text=True,
        env=environment_in(tmp_path),
        check=False,
    )
    assert result.returncode == 0, result.stderr


def test_nothing_is_stored(ride: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    assert call_process("plan", ride, home=home).returncode == 0
    assert list(home.iterdir()) == []
