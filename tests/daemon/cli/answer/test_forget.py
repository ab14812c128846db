"""`forget` says what it will change, asks, and can be undone."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.support.command_line import call, take_in
from tests.support.pipeline import a_file

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    files = [("a.fit", a_file(NOW - timedelta(days=2))), ("b.fit", a_file(NOW - timedelta(hours=1), bpm=178))]
    take_in(tmp_path, files, now=NOW)
    return tmp_path


def ids(home: Path) -> list[int]:
    return [one["id"] for one in json.loads(call("history", "--json", home=home).stdout)["workouts"]]


def test_a_workout_is_forgotten_listed_and_brought_back(home: Path) -> None:
    newest, _ = ids(home)
    done = call("forget", "last", "--yes", "--language", "en", home=home)
    assert done.exit_code == 0, done.output
    assert f"To be forgotten: {newest}: " in done.stdout
    assert "Later workouts that are assessed anew: 0." in done.stdout
    assert newest not in ids(home)
    assert call("forget", "--list", home=home).stdout.startswith(f"{newest}: ")
    assert f"Workout {newest} is forgotten" in call("explain", str(newest), "--language", "en", home=home).stderr
    assert call("forget", str(newest), "--undo", home=home).exit_code == 0
    assert ids(home)[0] == newest
    assert "No workout is forgotten." in call("forget", "--list", "--language", "en", home=home).stdout


def test_without_a_terminal_and_without_yes_nothing_is_forgotten(home: Path) -> None:
    before = ids(home)
    done = call("forget", "last", "--language", "en", home=home)
    assert done.exit_code == 1
    assert "There is no terminal to ask at; with --yes it is done without asking." in done.stderr
    assert ids(home) == before


@pytest.mark.parametrize("words", [["forget"], ["forget", "99", "--yes"], ["forget", "1", "--undo"]])
def test_what_cannot_be_done_is_an_error_in_a_sentence(words: list[str], home: Path) -> None:
    done = call(*words, "--language", "nl", home=home)
    assert done.exit_code in (1, 2)
    assert done.stderr.splitlines()[-1].startswith("Fout: ")


def test_whoever_names_none_to_bring_back_reads_where_the_forgotten_are(home: Path) -> None:
    assert "`hersteld forget --list`, or last" in call("forget", "--undo", "--language", "en", home=home).stderr
    assert "`hersteld history`, or last" in call("forget", "--language", "en", home=home).stderr


@pytest.mark.parametrize(("language", "said"), [("en", "date unknown"), ("nl", "datum onbekend")])
def test_a_date_that_is_not_believed_is_printed_nowhere(language: str, said: str, tmp_path: Path) -> None:
    ended_at = NOW + timedelta(days=900)
    take_in(tmp_path, [("years.fit", a_file(ended_at))], now=NOW)
    told = ("--language", language)
    prints = [
        call(*words, *told, home=tmp_path)
        for words in (
            ["history"],
            ["status"],
            ["explain"],
            ["sport", "1", "cycling"],
            ["forget", "1", "--yes"],
            ["forget", "--list"],
            ["forget", "1", "--undo"],
        )
    ]
    for printed in prints:
        assert printed.exit_code == 0, printed.output
        assert f"{ended_at.year}-" not in printed.stdout
    for printed in prints[3:]:
        assert said in printed.stdout
