"""`hersteld history` lists workouts in the user's language, and says when there is none."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.support.command_line import call, take_in
from tests.support.nights.files import a_night
from tests.support.pipeline import a_file

NOW = datetime.now(UTC).replace(microsecond=0)


def test_before_the_first_workout_it_says_how_to_begin(tmp_path: Path) -> None:
    take_in(tmp_path, [], now=NOW)
    assert call("history", "--language", "nl", home=tmp_path).stdout.startswith("Nog geen training.")


def test_rows_and_headings_are_in_the_language_of_the_reader(tmp_path: Path) -> None:
    take_in(tmp_path, [("a.fit", a_file(NOW - timedelta(minutes=9), sport="cycling", minutes=90))], now=NOW)
    english = call("history", home=tmp_path).stdout.split()
    dutch = call("history", "--language", "nl", home=tmp_path).stdout.split()
    assert {"workout", "ride", "1", "h", "30"} <= set(english)
    assert {"training", "rit", "1", "u", "30"} <= set(dutch)


def test_a_workout_that_was_mostly_done_on_another_day_than_it_began_names_both(tmp_path: Path) -> None:
    over_midnight = a_file(datetime(2026, 5, 6, 8, 0, tzinfo=UTC), minutes=14 * 60, bpm=110, sport="hiking")
    take_in(tmp_path, [("hike.fit", over_midnight)], now=datetime(2026, 5, 6, 9, 0, tzinfo=UTC))
    assert " – 2026-05-06 " in call("history", home=tmp_path).stdout
    path = tmp_path / "hike.fit"
    path.write_bytes(over_midnight)
    assert "2026-05-05 20:00 – 2026-05-06 10:00 " in call("plan", path, home=tmp_path).stdout


def test_it_says_how_many_workouts_are_forgotten_and_where_they_are(tmp_path: Path) -> None:
    files = [(f"{hours}.fit", a_file(NOW - timedelta(hours=hours), minutes=20)) for hours in (30, 20, 10)]
    take_in(tmp_path, files, now=NOW)
    said = [history_after_forgetting(count, tmp_path) for count in range(4)]
    assert said == [
        "",
        "1 workout is forgotten: `hersteld forget --list`",
        "2 workouts are forgotten: `hersteld forget --list`",
        "3 workouts are forgotten: `hersteld forget --list`",
    ]
    assert (
        "3 trainingen zijn vergeten: `hersteld forget --list`"
        in call("history", "--language", "nl", home=tmp_path).stdout
    )


def history_after_forgetting(count: int, home: Path) -> str:
    if count:
        assert call("forget", "last", "--yes", home=home).exit_code == 0
    assert json.loads(call("history", "--json", home=home).stdout)["forgotten"] == count
    return next((line for line in call("history", home=home).stdout.splitlines() if "forgotten" in line), "")


def test_the_nights_are_listed_in_the_language_of_the_reader_and_as_json(tmp_path: Path) -> None:
    woke_at = datetime(2026, 5, 6, 5, 0, tzinfo=UTC)
    take_in(tmp_path, [], now=woke_at)
    assert call("history", "--nights", home=tmp_path).stdout.startswith("No night yet.")
    files = [(f"{days}.fit", a_night(woke_at - timedelta(days=days))) for days in range(3)]
    take_in(tmp_path, files, now=woke_at + timedelta(hours=1))
    said = call("history", "--nights", "--limit", "2", "--language", "nl", home=tmp_path).stdout
    assert "ochtend van" in said
    assert "in balans" in said
    assert "2026-05-06" in said
    assert "2026-05-05" in said
    assert "2026-05-04" not in said
    nights = json.loads(call("history", "--nights", "--json", home=tmp_path).stdout)["nights"]
    assert len(nights) == 3
    assert nights[0] == {
        "day": "2026-05-06",
        "woke_at": "2026-05-06T05:00:00Z",
        "arrived_at": "2026-05-06T06:00:00Z",
        "resting_hr_bpm": 47.0,
        "rmssd_ms": 52.0,
        "hrv_status": "balanced",
        "sleep_s": 28800.0,
        "sleep_score": 81.0,
    }


def three_hard_days(home: Path, *, quiet_days: int = 40) -> None:
    """Take in a month of easy runs on every other day, and a hard run on each of the last three days."""
    easy = [
        (f"easy {days}.fit", a_file(NOW - timedelta(days=days), minutes=30, bpm=130))
        for days in range(4, quiet_days, 2)
    ]
    hard = [(f"{days}.fit", a_file(NOW - timedelta(days=days, minutes=5), minutes=60, bpm=172)) for days in (2, 1, 0)]
    take_in(home, [*easy, *hard], now=NOW)


def test_it_names_the_signs_of_overload_that_are_over_their_limits_today(tmp_path: Path) -> None:
    three_hard_days(tmp_path)
    english = call("history", home=tmp_path).stdout.splitlines()
    at = english.index("Over their limits, and they agree:")
    assert [line.split(":")[0].strip() for line in english[at + 1 :]] == ["Strain of the week", "Hard days in a row"]
    dutch = call("history", "--language", "nl", home=tmp_path).stdout
    assert "  Zware dagen achter elkaar: 3 (grens 3)" in dutch
    found = json.loads(call("history", "--json", home=tmp_path).stdout)["overload"]
    assert found["agree"] is True
    assert [signal["id"] for signal in found["signals"] if signal["is_over"]] == ["strain", "hard_days"]
    assert len(found["signals"]) == 7


def test_before_28_days_no_sign_of_overload_is_named(tmp_path: Path) -> None:
    three_hard_days(tmp_path, quiet_days=20)
    assert "limit" not in call("history", home=tmp_path).stdout
    found = json.loads(call("history", "--json", home=tmp_path).stdout)["overload"]
    assert {signal["is_over"] for signal in found["signals"]} == {None}
