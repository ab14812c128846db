"""`hersteld plan` reads files of every kind and prints what follows, for people and for scripts."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from hersteld.daemon.views.json_values import instant
from hersteld.parsers.writing.encode import Recorded, encode_activity
from hersteld.parsers.writing.fit_writer import FitWriter
from tests.support.command_line import call, call_process, environment_in
from tests.support.nights.files import a_night
from tests.support.nights.scale import a_scale_file

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
_WORKOUT_FILE = FitWriter()
_WORKOUT_FILE.message("file_id", {"type": "workout", "manufacturer": "development", "time_created": STARTED_AT})
PLANNED_WORKOUT = _WORKOUT_FILE.finish()

TOP = {
    "path",
    "sha256",
    "status",
    "reason",
    "reason_id",
    "reason_values",
    "with_earlier_workouts",
    "workout",
    "load",
    "assessment",
    "plan",
    "messages",
    "nights",
    "weighings",
}
WORKOUT = {
    *("started_at", "ended_at", "sport", "sub_sport", "device", "timer_s", "elapsed_s", "distance_m", "kcal"),
    *("avg_hr_bpm", "max_hr_bpm", "avg_power_w", "records", "hr_coverage", "min_temperature_c", "salvaged"),
    *("fault_offset", "sessions", "vendor"),
}
VENDOR = {
    *("recovery_min", "training_effect", "anaerobic_training_effect", "training_load_peak", "stress_score"),
    *("sweat_loss_ml", "rpe", "feel"),
}
SAMPLES = {
    *("time_s", "heart_rate_bpm", "power_w", "speed_mps", "cadence_rpm", "distance_m", "temperature_c", "altitude_m"),
}
ASSESSMENT = {
    "night",
    *("intensity", "hard", "very_hard", "gentle", "very_long_run", "seconds_by_intensity", "recovery_h", "warnings"),
    *("easy_from", "ready_at", "ready_other_at", "clocks", "clock_h", "decided_by"),
}


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
    assert (workout["salvaged"], workout["fault_offset"]) == (False, None)
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
    other.write_bytes(PLANNED_WORKOUT)
    found = planned(other, ride, other, home=tmp_path)
    assert [one["path"] for one in found] == [str(other), str(ride), str(other)]
    assert [one["status"] for one in found] == ["ignored", "workout", "ignored"]
    assert found[0]["reason"] == "This is a planned workout, not an activity."
    assert (found[0]["workout"], found[0]["load"], found[0]["assessment"]) == (None, None, None)
    assert (found[0]["plan"], found[0]["messages"]) == ([], [])


def test_set_overrides_one_key(ride: Path, tmp_path: Path) -> None:
    def protein_g(*words: str) -> float:
        (found,) = planned(*words, ride, home=tmp_path)
        (meal,) = [advice for advice in found["plan"] if advice["id"] == "eat_meal"]
        mass = next(reason for reason in meal["reasons"] if reason["name"] == "mass_kg")
        assert (mass["value"], mass["source"]) == (50, "your configuration")
        return float(meal["values"]["protein_g"])

    assert protein_g("--set", "athlete.mass_kg=50", "--set", "athlete.experience=elite") == 15


def test_a_file_of_a_night_that_can_be_read_is_no_failure(ride: Path, tmp_path: Path) -> None:
    night = tmp_path / "night.fit"
    night.write_bytes(a_night(STARTED_AT))
    (of_night, of_ride) = planned(night, ride, home=tmp_path)
    assert (of_night["status"], of_ride["status"]) == ("night", "workout")
    text = call("plan", night, home=tmp_path)
    assert (text.exit_code, "2026-05-01" in text.stdout) == (0, True)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "2026-05-01 08:00: 72.4 kg, user 2 of the scale\n  2026-05-01 08:05: 58.2 kg\n"),
        ("nl", "2026-05-01 08:00: 72,4 kg, gebruiker 2 van de weegschaal\n  2026-05-01 08:05: 58,2 kg\n"),
    ],
)
def test_of_a_file_of_a_scale_it_says_what_was_measured_and_what_becomes_of_it(
    tmp_path: Path, language: str, said: str
) -> None:
    path = tmp_path / "scale.fit"
    at = datetime(2026, 5, 1, 6, tzinfo=UTC)
    path.write_bytes(a_scale_file((at, 72.4, 2), (at + timedelta(minutes=5), 58.2, None)))
    text = call("plan", path, "--language", language, home=tmp_path)
    assert (text.exit_code, said in text.stdout, "hersteld weigh" in text.stdout) == (0, True, True)
    (found,) = planned(path, home=tmp_path)
    assert found["status"] == "scale"
    assert found["weighings"][0] == {"at": "2026-05-01T06:00:00Z", "mass_kg": 72.4, "user": 2}


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


@pytest.mark.parametrize(("language", "said"), [
    ("en", "This is without your earlier workouts; `hersteld status` counts them in."),
    ("nl", "Dit is zonder je eerdere trainingen; `hersteld status` telt ze wel mee."),
])  # fmt: skip
def test_a_plan_of_a_file_says_that_earlier_workouts_are_not_in_it(
    language: str, said: str, ride: Path, tmp_path: Path
) -> None:
    for command in ("plan", "explain"):
        assert said in " ".join(call(command, "--language", language, ride, home=tmp_path).stdout.split())
        (planned,) = call(command, "--json", ride, home=tmp_path).stdout.splitlines()
        assert json.loads(planned)["with_earlier_workouts"] is False
    unreadable = tmp_path / "text.fit"
    unreadable.write_text("a text")
    rejected = call("plan", "--language", language, unreadable, home=tmp_path).stdout
    assert said not in rejected
    assert json.loads(call("plan", "--json", unreadable, home=tmp_path).stdout)["with_earlier_workouts"] is None


def test_plan_does_not_load_what_only_the_service_needs(ride: Path, tmp_path: Path) -> None:
    script = (
        "import sys\nfrom hersteld.daemon.cli.main import cli\n"
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
