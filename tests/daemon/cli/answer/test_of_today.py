"""An answer about today is taken, shown, and taken back; what is no answer is told, and changes nothing."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.answers.rows import Kind, Source, Value, add_answer
from hersteld.daemon.system.paths import database_path
from tests.support.command_line import AMSTERDAM, call, environment_in, take_in
from tests.support.pipeline import a_file

NOW = datetime.now(UTC).replace(microsecond=0)
KINDS = [("tqr", "14", "15"), ("resting-hr", "48", "47,5")]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    take_in(tmp_path, [("a.fit", a_file(NOW - timedelta(hours=1)))], now=NOW)
    return tmp_path


def nights(home: Path) -> list[float]:
    return [
        one["resting_hr_bpm"] for one in json.loads(call("history", "--nights", "--json", home=home).stdout)["nights"]
    ]


@pytest.mark.parametrize(("command", "value", "_other"), KINDS)
@pytest.mark.parametrize(
    ("language", "noted", "undone"), [("en", "Noted", "Taken back"), ("nl", "Genoteerd", "Teruggenomen")]
)
def test_an_answer_is_taken_and_taken_back_in_the_users_language(
    command: str, value: str, _other: str, language: str, noted: str, undone: str, home: Path
) -> None:
    done = call(command, value, "--language", language, home=home)
    assert done.exit_code == 0, done.output
    assert noted in done.stdout
    assert value in done.stdout
    back = call(command, "--undo", "--language", language, home=home)
    assert undone in back.stdout
    assert value in back.stdout
    nothing = call(command, "--undo", "--language", "en", home=home)
    assert nothing.exit_code == 1
    assert "There is no such answer to take back." in nothing.stderr


@pytest.mark.parametrize("kind", [Kind.TQR, Kind.RESTING_HR])
@pytest.mark.parametrize(("language", "when"), [("en", "on {:%-d} "), ("nl", "op {:%-d} ")])
def test_an_answer_that_is_taken_back_weeks_later_is_told_with_its_date(
    kind: Kind, language: str, when: str, home: Path
) -> None:
    """A weekday alone would be that of this week."""
    at = NOW - timedelta(days=20)
    name, command = ("tqr", "tqr") if kind is Kind.TQR else ("bpm", "resting-hr")
    values: dict[str, Value] = {name: 14, "day": at.date().isoformat()}
    with Store(database_path(environment_in(home)), create=False) as store:
        add_answer(store, kind, values, source=Source.COMMAND, workout_id=None, at=at, now=at)
    undone = call(command, "--undo", "--language", language, home=home).stdout
    assert when.format(at.astimezone(AMSTERDAM)) in undone


def test_a_resting_heart_rate_is_seen_among_the_nights(home: Path) -> None:
    assert call("resting-hr", "48", home=home).exit_code == 0
    assert call("resting-hr", "47,5", home=home).exit_code == 0
    assert nights(home) == [47.5]
    assert call("resting-hr", "--undo", home=home).exit_code == 0
    assert nights(home) == [48]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["tqr"], "name a score, from 6"),
        (["tqr", "5"], "5 is not in the range 6 to 20"),
        (["tqr", "21"], "21 is not in the range 6 to 20"),
        (["tqr", "13.5"], "'13.5' is not a whole number"),
        (["tqr", "14", "--undo"], "Either answer, or say --undo."),
        (["resting-hr"], "name a heart rate in beats a minute"),
        (["resting-hr", "10"], "10 beats a minute is no resting heart rate; it lies between 25 and 110."),
        (["resting-hr", "slow"], "'slow' is not a number"),
        (["resting-hr", "48", "--set", "athlete.max_hr=150"], "'athlete.max_hr' is a setting of your whole history"),
    ],
)
def test_what_is_asked_wrongly_is_told_and_changes_nothing(words: list[str], told: str, home: Path) -> None:
    done = call(*words, "--language", "en", home=home)
    assert done.exit_code != 0
    assert told in done.stderr
    assert call(words[0], "--undo", home=home).exit_code == 1
