"""`rpe` says how hard a workout was; what rests on it follows, and --undo leaves nothing of it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.command_line import call, take_in
from tests.support.pipeline import a_file

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    lifted = a_file(NOW - timedelta(hours=1), minutes=60, bpm=95, sport="training")
    run = a_file(NOW - timedelta(days=1), minutes=60, bpm=150)
    take_in(tmp_path, [("run.fit", run), ("lifted.fit", lifted)], now=NOW)
    assert call("sport", "last", "strength_training", home=tmp_path).exit_code == 0
    return tmp_path


def explained(home: Path, which: str = "last") -> dict[str, Any]:
    found = json.loads(call("explain", which, "--json", home=home).stdout)
    return {name: found[name] for name in ("load", "plan", "readiness") if name in found}


def test_a_rating_counts_where_the_heart_rate_says_too_little_and_undo_leaves_nothing(home: Path) -> None:
    never = explained(home)
    done = call("rpe", "9", "--language", "en", home=home)
    assert done.exit_code == 0, done.output
    assert "Your rating: 9 of 10." in done.stdout
    assert "Load: 60, now 120." in done.stdout
    rated = explained(home)
    assert (rated["load"]["rung"], rated["load"]["value"]) == ("rpe", 120)
    assert call("rpe", "7,5", home=home).exit_code == 0
    assert explained(home)["load"]["value"] == 90
    undone = call("rpe", "--undo", "--language", "en", home=home)
    assert "9 of 10, which you gave before, holds again" in undone.stdout
    assert explained(home) == rated
    assert call("rpe", "--undo", home=home).exit_code == 0
    assert explained(home) == never
    nothing = call("rpe", "--undo", "--language", "en", home=home)
    assert nothing.exit_code == 1
    assert "There is no such answer to take back." in nothing.stderr
    nothing = call("rpe", "--undo", "--workout", "last", "--language", "en", home=home)
    assert "no rating, so there is nothing to take back" in nothing.stderr


def test_undo_takes_back_the_rating_that_was_given_last_whichever_workout_it_is_of(home: Path) -> None:
    before = explained(home, "1")
    assert call("rpe", "9", home=home).exit_code == 0
    rated = explained(home)
    assert call("rpe", "10", "--workout", "1", home=home).exit_code == 0
    undone = call("rpe", "--undo", "--language", "en", home=home).stdout
    assert undone.startswith("1: ")
    assert (explained(home, "1"), explained(home)) == (before, rated)


def test_where_a_measurement_says_more_the_load_stays_and_the_answer_says_so(home: Path) -> None:
    (run,) = [
        one["id"]
        for one in json.loads(call("history", "--json", home=home).stdout)["workouts"]
        if one["sport"] == "running"
    ]
    before = explained(home, str(run))
    done = call("rpe", "10", "--workout", str(run), "--language", "en", home=home)
    load = round(before["load"]["value"])
    assert f"Load: still {load}. It is measured, by heart rate, and a measurement comes before a rating." in done.stdout
    with_it = call("explain", str(run), "--language", "en", home=home).stdout
    assert f"Load without this: {load}; with it: {load}." in with_it
    assert explained(home, str(run))["load"]["value"] == before["load"]["value"]


def test_the_answer_is_in_dutch_where_the_athlete_is(home: Path) -> None:
    done = call("rpe", "9", "--language", "nl", home=home)
    assert "Jouw cijfer: 9 van 10." in done.stdout
    assert "Belasting: 60, nu 120." in done.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "name a rating, from 1 to 10"),
        (["8", "--undo"], "Either answer, or say --undo."),
        (["0"], "0 is not in the range 1 to 10"),
        (["11"], "11 is not in the range 1 to 10"),
        (["hard"], "'hard' is not a number"),
        (["nan"], "'nan' is not a number"),
        (["8", "--workout", "99"], "There is no workout 99"),
        (["8", "--set", "athlete.max_hr=150"], "'athlete.max_hr' is a setting of your whole history"),
    ],
)
def test_what_is_asked_wrongly_is_told_and_changes_nothing(words: list[str], told: str, home: Path) -> None:
    before = explained(home)
    done = call("rpe", *words, "--language", "en", home=home)
    assert done.exit_code != 0
    assert told in done.stderr
    assert explained(home) == before
