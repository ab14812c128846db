"""Of every answer, --undo takes back the last that was given, and says what holds without it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.support.command_line import call, take_in
from tests.support.pipeline import a_file

NOW = datetime.now(UTC).replace(microsecond=0)
HOLDS = [
    # given first, given last, what the first --undo says, what the second says, in English and in Dutch
    (("rpe", "6"), ("rpe", "8"), ("6 of 10, which you gave before, holds again", "Your rating is taken back."),
     ("de 6 van 10 die je eerder gaf, geldt weer", "Je cijfer is teruggenomen.")),
    (("tqr", "14"), ("tqr", "15"), ("14 of 20, which you gave before on that day, holds", "no answer for that day"),
     ("De 14 van 20 die je die dag eerder gaf", "voor die dag geen antwoord meer")),
    (("resting-hr", "48"), ("resting-hr", "47"), ("48, which you gave before on that day,", "no answer for that day"),
     ("De 48 die je die dag eerder gaf", "voor die dag geen antwoord meer")),
    (("pause", "injured"), ("pause", "away"), ("This holds now: Pause since", "You are not in a pause"),
     ("Dit geldt nu: Pauze sinds", "Je hebt nu geen pauze")),
    (("done", "drink"), ("done", "drink"), ("it still counts as done", "Taken back: drinking."),
     ("het telt nog als gedaan", "Teruggenomen: drinken.")),
    (("weigh", "--after", "69"), ("weigh", "--after", "70"), ("What holds now: 69 kg after", "Taken back: 69 kg after"),
     ("Wat nu geldt: 69 kg erna", "Teruggenomen: 69 kg erna")),
    (("drank", "500ml"), ("drank", "750ml"), ("What holds now: 0.5 l drunk", "Taken back: 0.5 l drunk"),
     ("Wat nu geldt: 0,5 l gedronken", "Teruggenomen: 0,5 l gedronken")),
]  # fmt: skip
NAMED = [("rpe", "6", "8", "6"), ("weigh", "69kg", "70kg", "69 kg after"), ("drank", "500ml", "750ml", "0.5 l drunk")]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    files = [
        ("old.fit", a_file(NOW - timedelta(days=1), minutes=60, bpm=None)),
        ("run.fit", a_file(NOW - timedelta(minutes=30), minutes=60, bpm=None)),
    ]
    take_in(tmp_path, files, now=NOW)
    return tmp_path


@pytest.mark.parametrize(("first", "last", "english", "dutch"), HOLDS, ids=[row[0][0] for row in HOLDS])
def test_what_holds_without_the_answer_is_said(
    first: tuple[str, ...], last: tuple[str, ...], english: tuple[str, str], dutch: tuple[str, str], home: Path
) -> None:
    for language, told in (("en", english), ("nl", dutch)):
        for words in (first, last):
            given = call(*words, home=home)
            assert given.exit_code == 0, given.output
        for holds in told:
            undone = call(first[0], "--undo", "--language", language, home=home)
            assert holds in undone.stdout
    assert call(first[0], "--undo", home=home).exit_code == 1, "nothing is left"


@pytest.mark.parametrize(("command", "older", "newer", "told"), NAMED, ids=[row[0] for row in NAMED])
def test_the_last_answer_given_is_taken_back_whichever_workout_it_was_of(
    command: str, older: str, newer: str, told: str, home: Path
) -> None:
    workouts = [str(one["id"]) for one in json.loads(call("history", "--json", home=home).stdout)["workouts"]]
    assert call(command, newer, "--workout", workouts[0], home=home).exit_code == 0
    assert call(command, older, "--workout", workouts[1], home=home).exit_code == 0
    undone = call(command, "--undo", "--language", "en", home=home)
    assert undone.stdout.startswith(f"{workouts[1]}: ")
    assert command == "rpe" or told in undone.stdout
    assert call(command, "--undo", "--language", "en", home=home).stdout.startswith(f"{workouts[0]}: ")
    assert call(command, "--undo", home=home).exit_code == 1


def test_the_rating_of_a_forgotten_workout_is_left_until_it_is_brought_back(home: Path) -> None:
    workouts = [str(one["id"]) for one in json.loads(call("history", "--json", home=home).stdout)["workouts"]]
    for rating, workout in zip(("6", "8"), workouts, strict=True):
        assert call("rpe", rating, "--workout", workout, home=home).exit_code == 0
    assert call("forget", workouts[1], "--yes", home=home).exit_code == 0
    assert call("rpe", "--undo", home=home).stdout.startswith(f"{workouts[0]}: ")
    assert call("rpe", "--undo", home=home).exit_code == 1
