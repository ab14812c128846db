"""`status`, `history` and `explain` tell what is in the store, for people and for scripts."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.demo.week import DemoFile, demo_week
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.system.paths import database_path
from hersteld.parsers.line import Line
from hersteld.parsers.writing.encode import Recorded, encode_activity
from tests.support.command_line import AMSTERDAM, call, environment_in, take_in

NOW = datetime.now(UTC).replace(microsecond=0)
TODAY = NOW.astimezone(AMSTERDAM).date()
MONDAY = TODAY - timedelta(days=TODAY.weekday() + 14)


def a_ride(ended_at: datetime) -> bytes:
    beats = Recorded(heart_rate_bpm=[172] * 5400, power_w=[250] * 5400, speed_mps=[9.0] * 5400)
    return encode_activity(ended_at - timedelta(seconds=5400), "cycling", beats, sub_sport="road", kcal=1300)


@pytest.fixture
def week(tmp_path: Path) -> Sequence[DemoFile]:
    """A home with a week of training in its store."""
    files = demo_week(MONDAY, AMSTERDAM)
    for file in files:
        take_in(tmp_path, [(file.name, file.content)], now=file.ended_at + timedelta(minutes=2))
    return files


def json_of(*words: str, home: Path) -> Any:
    result = call(*words, "--json", home=home)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.parametrize("command", ["status", "history", "explain"])
def test_before_the_first_run_it_says_what_to_do(command: str, tmp_path: Path) -> None:
    result = call(command, home=tmp_path)
    assert result.exit_code == 1
    assert "no database here yet. `hersteld run` makes it" in result.stderr
    assert not (tmp_path / "state").exists()


def test_history_lists_the_newest_first_with_the_trend(week: Sequence[DemoFile], tmp_path: Path) -> None:
    found = json_of("history", home=tmp_path)
    assert len(found["workouts"]) == len(week)
    starts = [workout["started_at"] for workout in found["workouts"]]
    assert starts == sorted(starts, reverse=True)
    assert set(found["trend"]) == {"ctl", "atl", "tsb", "days"}
    assert found["trend"]["tsb"] == pytest.approx(found["trend"]["ctl"] - found["trend"]["atl"])
    text = call("history", "--limit", "3", home=tmp_path).stdout
    assert f"The trend needs 28 days of history; so far: {(TODAY - MONDAY).days + 1}." in text
    enough = ("--set", "rules.rest.history_days=14")
    assert "Fitness (CTL)" in call("history", *enough, home=tmp_path).stdout
    assert text.count(" km ") + text.count(" km\n") <= 3
    assert "Fitheid (CTL)" in call("history", "--language", "nl", *enough, home=tmp_path).stdout


def test_history_is_limited(week: Sequence[DemoFile], tmp_path: Path) -> None:
    assert len(week) > 2
    assert len(json_of("history", "--limit", "2", home=tmp_path)["workouts"]) == 2


def test_status_says_when_ready_and_what_is_due(tmp_path: Path) -> None:
    take_in(tmp_path, [("ride.fit", a_ride(NOW - timedelta(minutes=5)))], now=NOW)
    found = json_of("status", home=tmp_path)
    assert found["ready"] is False
    assert found["ready_at"] > found["easy_from"] > found["now"]
    assert {row["rule"] for row in found["due"]} >= {"first", "ready"}
    assert {row["target"] for row in found["due"]} == {"phone"}
    text = call("status", home=tmp_path).stdout
    assert "hard again from" in text
    assert "Last: very hard ride, 1 h 30" in text
    assert "phone" in text
    assert "waiting" in text


def test_status_names_failing_targets_with_their_pause_and_unread_files_with_their_reason(tmp_path: Path) -> None:
    files = [("ride.fit", a_ride(NOW - timedelta(minutes=5))), ("evil\x1b[31m.fit", b"no FIT file at all, really")]
    take_in(tmp_path, files, now=NOW)
    with Store(database_path(environment_in(tmp_path))) as store:
        outbox = Outbox(store, jitter=lambda: 0.5)
        due_at = outbox.waiting()[0].due_at  # out of the quiet hours, whenever the test runs
        row = outbox.claim("phone", now=due_at)
        assert row is not None
        outbox.record_refused(
            row.id, Line("delivery.server_answered", {"code": 503, "words": "in_trouble"}), now=due_at
        )
    found = json_of("status", home=tmp_path)
    tried = [row for row in found["due"] if row["attempts"]]
    assert [row["reason"] for row in tried] == ["the server answered 503 (it is in trouble itself)"]
    assert [row["reason_id"] for row in tried] == ["delivery.server_answered"]
    assert [row["reason_values"] for row in tried] == [{"code": 503, "words": "in_trouble"}]
    assert tried[0]["try_at"] > tried[0]["due_at"]
    assert [row["reason"] for row in found["rejected"]] == ["This is a text file, not a FIT file."]
    text = call("status", home=tmp_path).stdout
    assert "failed 1 ×, the server answered 503 (it is in trouble itself); again at" in text
    assert "This is a text file, not a FIT file." in text
    assert "\x1b" not in text


def test_an_old_workout_leaves_one_ready(week: Sequence[DemoFile], tmp_path: Path) -> None:
    assert json_of("status", home=tmp_path)["ready"] is True
    assert "You are ready for hard training." in call("status", home=tmp_path).stdout
    assert week


def test_a_device_that_is_years_ahead_hides_nothing(tmp_path: Path) -> None:
    ahead = ("odd.fit", a_ride(NOW + timedelta(days=900)))
    take_in(tmp_path, [ahead], now=NOW)
    assert json_of("status", home=tmp_path)["ready"] is None
    assert json_of("explain", home=tmp_path)["name"] == "workout 1"
    take_in(tmp_path, [("ride.fit", a_ride(NOW - timedelta(minutes=5)))], now=NOW)
    found = json_of("status", home=tmp_path)
    assert found["ready"] is False
    assert found["last_workout"]["id"] == 2
    assert json_of("explain", home=tmp_path)["name"] == "workout 2"


def test_explain_says_by_how_much_dates_were_moved_and_which_are_not_believed(tmp_path: Path) -> None:
    take_in(tmp_path, [("odd.fit", a_ride(NOW + timedelta(hours=5)))], now=NOW)
    assert json_of("explain", home=tmp_path)["shift_s"] == -5 * 3600
    assert "its dates are moved back by 5 h" in call("explain", home=tmp_path).stdout
    take_in(tmp_path, [("years.fit", a_ride(NOW + timedelta(days=900)))], now=NOW)
    told = call("explain", "2", home=tmp_path).stdout
    assert "so its date is not believed" in told
    assert "moved back" not in told


def test_explain_shows_every_rule_with_the_kind_of_its_numbers(week: Sequence[DemoFile], tmp_path: Path) -> None:
    rides = [one for one in json_of("history", home=tmp_path)["workouts"] if one["sport"] == "cycling"]
    ride = min(rides, key=lambda one: str(one["started_at"]))
    found = json_of("explain", str(ride["id"]), home=tmp_path)
    assert found["id"] == ride["id"]
    rules = {rule["rule"]: rule for rule in found["rules"]}
    assert set(rules) >= {
        "rest",
        "ready",
        "hydration",
        "cold_bath",
        "stretching",
        "glycogen",
        "avoid",
        "omega3",
        "red_flags",
    }
    assert rules["cold_bath"]["fired"] is True
    kinds = {reason["kind"] for rule in found["rules"] for reason in rule["reasons"]}
    assert kinds == {"A", "P", "H", "input"}
    text = call("explain", str(ride["id"]), home=tmp_path).stdout
    assert "Machado 2016" in text
    assert "Information, not medical advice" in text
    assert "hydration.portion_ml" in text
    assert week


def test_explain_takes_the_latest_workout_by_default(week: Sequence[DemoFile], tmp_path: Path) -> None:
    newest = json_of("history", "--limit", "1", home=tmp_path)["workouts"][0]
    assert json_of("explain", home=tmp_path)["id"] == newest["id"]
    assert week


@pytest.mark.parametrize("words", [["explain"], ["sport", "--undo"], ["forget", "--yes"]])
def test_every_command_about_one_workout_knows_the_last(words: list[str], tmp_path: Path) -> None:
    take_in(tmp_path, [("a.fit", a_ride(NOW - timedelta(days=2))), ("b.fit", a_ride(NOW))], now=NOW)
    (first, _) = json_of("history", home=tmp_path)["workouts"]
    if words[0] == "sport":
        call("sport", str(first["id"]), "running", home=tmp_path)
    printed = call(words[0], "last", *words[1:], home=tmp_path)
    assert printed.exit_code == 0, printed.output
    assert f"{first['id']}" in printed.stdout.splitlines()[0]


def test_explain_says_why_a_rule_did_not_apply_in_the_users_language(tmp_path: Path) -> None:
    walk = tmp_path / "walk.fit"
    walk.write_bytes(encode_activity(NOW - timedelta(hours=1), "walking", Recorded(heart_rate_bpm=[85] * 1500)))
    result = call("explain", "--language", "nl", walk, home=tmp_path)
    assert result.exit_code == 0
    assert "nee, want het was niet zwaar" in result.stdout
    assert "Ter informatie, geen medisch advies" in result.stdout


def test_explain_of_what_is_not_there(week: Sequence[DemoFile], tmp_path: Path) -> None:
    bad = tmp_path / "bad.fit"
    bad.write_bytes(b"nothing of the kind")
    assert call("explain", "4711", home=tmp_path).exit_code == 1
    assert "hersteld history" in call("explain", "4711", home=tmp_path).stderr
    assert call("explain", "nonsense", home=tmp_path).exit_code == 2
    assert call("explain", bad, home=tmp_path).exit_code == 65
    assert week


@pytest.mark.parametrize("words", [["explain", "9" * 23], ["explain", "9" * 5000], ["history", "--limit", "9" * 20]])
def test_a_number_that_no_database_can_hold_is_a_usage_error(words: list[str], tmp_path: Path) -> None:
    result = call(*words, home=tmp_path)
    assert result.exit_code == 2
    assert "Error: Invalid value" in result.stderr
