"""Of a workout that continues another one the whole is explained, by the name of the whole, with its parts named."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.support.command_line import call, take_in
from tests.support.pipeline import a_file

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def brick(tmp_path: Path) -> Path:
    """A home with a ride of two hours and a run of half an hour right behind it."""
    ride = a_file(NOW - timedelta(minutes=50), sport="cycling", minutes=120, bpm=150)
    run = a_file(NOW - timedelta(minutes=10), minutes=30, bpm=160)
    take_in(tmp_path, [("ride.fit", ride), ("run.fit", run)], now=NOW)
    return tmp_path


def test_the_title_is_that_of_the_whole_and_the_parts_are_called_as_in_the_history(brick: Path) -> None:
    printed = call("explain", "2", home=brick).stdout
    head = printed[: printed.index("You, as the rules see you")]
    assert re.search(r"multisport workout, 2 h 30\n", head)
    ride, run = (one for one in json.loads(call("history", "--json", home=brick).stdout)["workouts"][::-1])
    whole = json.loads(call("explain", "2", "--json", home=brick).stdout)
    assert whole["parts"] == [1, 2]
    assert whole["started_at"] == ride["started_at"]
    assert f"  Load {round(whole['load']['value'])} from heart rate" in head
    for part, sport, lasted in ((ride, "ride", "2 h"), (run, "run", "30 min")):
        row = rf"    workout {part['id']}: \w.* {sport}, {lasted}, load {round(part['load'])}\n"
        assert re.search(row, head), (row, head)


@pytest.mark.parametrize(
    ("language", "ride", "run"),
    [
        ("en", "ride, 2 h: load ", "run, 30 min: load "),
        ("nl", "rit, 2 u: belasting ", "hardlooptraining, 30 min: belasting "),
    ],
)
def test_the_numbers_of_each_part_stand_under_its_name(brick: Path, language: str, ride: str, run: str) -> None:
    printed = call("explain", "2", "--language", language, home=brick).stdout
    assert 0 <= printed.index(ride) < printed.index("7200 s") < printed.index(run) < printed.index("1800 s")


def test_a_workout_that_continues_none_has_no_parts(brick: Path) -> None:
    printed = call("explain", "1", home=brick).stdout
    assert json.loads(call("explain", "1", "--json", home=brick).stdout)["parts"] == []
    assert "multisport" not in printed
    assert "workout 2" not in printed
