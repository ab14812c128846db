"""`sport` says which sport a workout was, in the names of the FIT format."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from tests.support.command_line import call, take_in
from tests.support.pipeline import a_file

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    take_in(tmp_path, [("a.fit", a_file(NOW - timedelta(hours=1)))], now=NOW)
    return tmp_path


def sport_of(home: Path) -> tuple[str, str | None]:
    (one,) = json.loads(call("history", "--json", home=home).stdout)["workouts"]
    return one["sport"], one["sub_sport"]


def test_a_sport_is_told_and_taken_back(home: Path) -> None:
    before = sport_of(home)
    done = call("sport", "last", "strength_training", "--language", "en", home=home)
    assert done.exit_code == 0, done.output
    assert "strength session" in done.stdout
    assert sport_of(home) == ("training", "strength_training")
    assert call("sport", "last", "--undo", home=home).exit_code == 0
    assert sport_of(home) == before


def test_a_sport_that_there_is_not_is_answered_with_what_is_near(home: Path) -> None:
    before = sport_of(home)
    done = call("sport", "last", "runing", "--language", "en", home=home)
    assert done.exit_code == 2
    assert "'runing' is no sport that hersteld knows. Did you mean 'running'" in done.stderr
    nothing_near = call("sport", "last", "qqqq", "--language", "en", home=home)
    assert "strength_training" in nothing_near.stderr
    assert sport_of(home) == before


@pytest.mark.parametrize(("name", "meant"), [("footbal", "soccer"), ("hardloopen", "running"), ("Wandeln", "walking")])
def test_an_everyday_word_with_a_slip_of_the_pen_is_understood_too(name: str, meant: str, home: Path) -> None:
    told = call("sport", "last", name, "--language", "en", home=home).stderr
    assert f"'{name}' is no sport that hersteld knows. Did you mean " in told
    assert f"'{meant}'" in told
    assert len(told) < 400


@pytest.mark.parametrize("name", ["Running", "RUNNING", "indoor cycling", "Indoor-Cycling", " indoor_cycling "])
def test_a_sport_is_known_whatever_its_case_and_spaces(name: str, home: Path) -> None:
    assert call("sport", "last", name, home=home).exit_code == 0
    assert sport_of(home) in (("running", None), ("cycling", "indoor_cycling"))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["last"], "name a sport, like running"),
        (["last", "running", "--undo"], "Either name a sport, or say --undo."),
        (["last", "running", "--set", "athlete.max_hr=150"], "'athlete.max_hr' is a setting of your whole history"),
    ],
)
def test_what_does_not_go_together_is_refused_in_a_sentence(words: list[str], told: str, home: Path) -> None:
    before = sport_of(home)
    done = call("sport", *words, "--language", "en", home=home)
    assert done.exit_code == 2
    assert told in done.stderr
    assert len(done.stderr) < 500
    assert sport_of(home) == before


@pytest.mark.parametrize("damage", ["samples = x'0011'", "details = '{}'", "details = '{'"])
@pytest.mark.parametrize("words", [["sport", "1", "running"], ["explain", "1"]], ids=["sport", "explain"])
def test_a_damaged_workout_is_named_with_what_to_do(words: list[str], damage: str, home: Path) -> None:
    with Store(home / "state" / "hersteld.db") as store:
        store.change(f"UPDATE workouts SET {damage}")
    done = call(*words, "--language", "en", home=home)
    assert done.exit_code == 1
    assert "What is stored of workout 1 is damaged" in done.stderr
    assert "hersteld forget 1" in done.stderr
    assert call("forget", "1", "--yes", home=home).exit_code == 0


@pytest.mark.parametrize(
    ("name", "meant"),
    [("bike", "cycling"), ("Fietsen", "cycling"), ("hardlopen", "running"), ("gym", "strength_training")],
)
def test_an_everyday_word_for_a_sport_is_answered_with_its_name(name: str, meant: str, home: Path) -> None:
    before = sport_of(home)
    for language, question in (("en", "Did you mean"), ("nl", "Bedoelde je")):
        done = call("sport", "last", name, "--language", language, home=home)
        assert done.exit_code == 2
        assert f"{question} '{meant}'?" in " ".join(done.stderr.split())
    assert sport_of(home) == before
