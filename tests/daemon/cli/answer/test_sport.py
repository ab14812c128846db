"""`sport` says which sport a workout was, in the names of the FIT format."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.words.everyday_sports import EVERYDAY
from hersteld.recovery.athlete.sport_families import known_sports
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


def test_every_everyday_word_means_a_sport_that_is_known_and_is_none_itself() -> None:
    assert set(EVERYDAY.values()) <= set(known_sports())
    assert not set(EVERYDAY) & set(known_sports())
