"""`hersteld history` lists workouts in the user's language, and says when there is none."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.support.command_line import call, take_in
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
