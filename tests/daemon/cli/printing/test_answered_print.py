"""`explain` says what the athlete said of a workout, from where, and what would hold without it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.support.command_line import call, take_in
from tests.support.pipeline import a_file

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    lifted = a_file(NOW - timedelta(hours=1), minutes=60, bpm=95, sport="training")
    take_in(tmp_path, [("lifted.fit", lifted)], now=NOW)
    assert call("sport", "last", "strength_training", home=tmp_path).exit_code == 0
    assert call("rpe", "9", home=tmp_path).exit_code == 0
    return tmp_path


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ["What you said of it", "Your rating: 9 of 10 (by a command", "Load without this: 60; with it: 120."]),
        ("nl", ["Wat je erover hebt gezegd", "Jouw cijfer: 9 van 10 (met een opdracht", "hiermee: 120."]),
    ],
)
def test_explain_says_what_was_said_and_what_holds_without_it(language: str, lines: list[str], home: Path) -> None:
    printed = call("explain", "--language", language, home=home).stdout
    assert [line for line in lines if line not in printed] == []


def test_explain_says_nothing_of_answers_where_none_holds(home: Path) -> None:
    assert call("rpe", "--undo", home=home).exit_code == 0
    assert "What you said" not in call("explain", "--language", "en", home=home).stdout
    assert json.loads(call("explain", "--json", home=home).stdout)["answered"] is None


def test_explain_says_it_to_scripts_too(home: Path) -> None:
    answered = json.loads(call("explain", "--json", home=home).stdout)["answered"]
    (one,) = answered["answers"]
    assert (one["kind"], one["values"], one["source"]) == ("rpe", {"rpe": 9}, "command")
    assert (answered["without"]["load"], answered["without"]["rung"]) == (60, "duration")


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "en",
            [
                "72.4 kg before, 70.9 kg after, 0.5 l drunk (by a",
                "with what was drunk, 2 l of sweat",
                "without your answer, 1.5 l with it.",
            ],
        ),
        (
            "nl",
            [
                "72,4 kg ervoor, 70,9 kg erna, 0,5 l gedronken (met",
                "met wat er gedronken is, 2 l zweet",
                "zonder jouw antwoord, 1,5 l ermee.",
            ],
        ),
    ],
)
def test_explain_shows_the_loss_with_what_the_scales_said_and_without_it(
    language: str, lines: list[str], tmp_path: Path
) -> None:
    take_in(tmp_path, [("run.fit", a_file(NOW - timedelta(minutes=30), minutes=90))], now=NOW)
    assert "without your answer" not in call("explain", "--language", "en", home=tmp_path).stdout
    assert call("weigh", "--before", "72.4", "--after", "70.9", "--drunk", "500ml", home=tmp_path).exit_code == 0
    printed = call("explain", "--language", language, home=tmp_path).stdout
    assert [line for line in lines if line not in printed] == []


def test_explain_says_only_what_counts_of_several_answers_to_one_question(tmp_path: Path) -> None:
    take_in(tmp_path, [("run.fit", a_file(NOW - timedelta(minutes=30), minutes=90))], now=NOW)
    for words in (("weigh", "--before", "72.4", "--after", "70.9", "--drunk", "3l"), ("drank", "2l"), ("drank", "1l")):
        assert call(*words, home=tmp_path).exit_code == 0
    printed = call("explain", "--language", "en", home=tmp_path).stdout
    assert "72.4 kg before, 70.9 kg after (by a command" in printed
    assert "1 l drunk (by a command" in printed
    assert [litres for litres in ("3 l drunk", "2 l drunk") if litres in printed] == []
    answered = json.loads(call("explain", "--json", home=tmp_path).stdout)["answered"]
    assert [one["values"] for one in answered["answers"]] == [{"before_kg": 72.4, "after_kg": 70.9}, {"drunk_ml": 1000}]
