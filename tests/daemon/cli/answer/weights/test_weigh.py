"""`weigh` says what the scales say; the drinking follows it, and --undo leaves nothing of it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.command_line import call, environment_in, take_in
from tests.support.pipeline import a_file
from tests.support.terminal import CTRL_C, CTRL_D, Answered, answer

NOW = datetime.now(UTC).replace(microsecond=0)
CONFIGURED = '[athlete]\nexperience = "trained"\nmax_hr = 188\nmass_kg = 70\n'
"""As `take_in` has it, so that only the answers make a difference."""


def configure(home: Path) -> None:
    folder = home / ".config" / "hersteld"
    folder.mkdir(parents=True)
    (folder / "hersteld.toml").write_text(CONFIGURED, encoding="utf-8")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    files = [
        ("old.fit", a_file(NOW - timedelta(days=1), minutes=60, bpm=150)),
        ("run.fit", a_file(NOW - timedelta(minutes=30), minutes=60, bpm=165)),
    ]
    configure(tmp_path)
    take_in(tmp_path, files, now=NOW)
    return tmp_path


def explained(home: Path, which: str = "last") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(call("explain", which, "--json", home=home).stdout)
    if found["answered"]:
        found |= {"said": found["answered"]["said"], "without_ml": found["answered"]["without"]["net_loss_ml"]}
    return {
        name: found[name]
        for name in ("load", "plan", "readiness", "rules", "athlete", "said", "without_ml")
        if found.get(name) is not None
    }


def loss_of(explained: dict[str, Any]) -> float | None:
    (hydration,) = [rule for rule in explained["rules"] if rule["rule"] == "hydration"]
    return next((reason["value"] for reason in hydration["reasons"] if reason["name"] == "net_loss_ml"), None)


def test_before_after_and_drunk_are_the_loss_and_undo_leaves_nothing(home: Path) -> None:
    never = explained(home)
    done = call(*("weigh", "--before", "72.4", "--after", "71.4", "--drunk", "0.5l", "--language", "en"), home=home)
    assert done.exit_code == 0, done.output
    assert "72.4 kg before, 71.4 kg after, 0.5 l drunk." in done.stdout
    assert "Lost by the scales: 1 kg; with what was drunk, 1.5 l of sweat." in done.stdout
    assert "l, now 1 l." in done.stdout
    told = explained(home)
    assert loss_of(told) == 1000
    assert told["without_ml"] == loss_of(never) != 1000
    assert call("weigh", "--undo", home=home).exit_code == 0
    assert explained(home) == never
    nothing = call("weigh", "--undo", "--language", "en", home=home)
    assert nothing.exit_code == 1
    assert "Nothing was said of weights or of drink" in nothing.stderr


def test_a_mass_after_a_workout_says_as_what_it_was_taken_and_how_to_say_otherwise(home: Path) -> None:
    done = call("weigh", "71,6", "--language", "en", home=home)
    assert "71.6 kg after." in done.stdout
    assert "Taken as the weight after it." in done.stdout
    assert "`hersteld weigh --before 71.6`" in done.stdout
    assert "Lost by the scales" not in done.stdout
    assert explained(home)["said"]["after_kg"] == 71.6


def test_a_unit_may_stand_behind_a_space_and_be_another(home: Path) -> None:
    done = call("weigh", "--before", "160", "lb", "--after", "71,6", "kg", "--language", "en", home=home)
    assert done.exit_code == 0, done.output
    assert "72.57 kg before, 71.6 kg after." in done.stdout
    assert "`hersteld drank 500ml` does." in done.stdout


def test_what_belongs_to_no_workout_yet_is_kept(tmp_path: Path) -> None:
    take_in(tmp_path, [("old.fit", a_file(NOW - timedelta(days=1)))], now=NOW)
    done = call("weigh", "72.4", "--language", "en", home=tmp_path)
    assert done.exit_code == 0, done.output
    assert "72.4 kg on the scales: kept, and counts for the workout nearest in time" in done.stdout
    take_in(tmp_path, [("new.fit", a_file(NOW + timedelta(minutes=45), minutes=30))], now=NOW + timedelta(hours=1))
    assert explained(tmp_path)["said"]["before_kg"] == 72.4


def test_weights_of_a_named_workout_are_its_own_however_long_ago(home: Path) -> None:
    old = json.loads(call("history", "--json", home=home).stdout)["workouts"][-1]["id"]
    never, last = explained(home, str(old)), explained(home)
    done = call("weigh", "--before", "72", "--after", "71", "--workout", str(old), home=home)
    assert done.exit_code == 0, done.output
    assert loss_of(explained(home, str(old))) == 1000
    assert loss_of(explained(home)) == loss_of(last)
    assert call("weigh", "--undo", "--workout", str(old), home=home).exit_code == 0
    assert explained(home, str(old)) == never


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "name what the scales say"),
        (["72", "--undo"], "Either say what the scales say, or --undo."),
        (["72", "--before", "71"], "Either name one mass, or --before and --after."),
        (["heavy"], "'heavy' is no body mass"),
        (["500ml"], "'500ml' is no body mass"),
        (["7.2"], "7.2 is no body mass: it is taken from 25 to 300 kg."),
        (["160 kg"], "Did you mean 160 lb (72.6 kg)?"),
        (["95"], "95 may be 95 kg or 95 lb (43.1 kg)."),
        (["--before", "72.4", "--after", "64"], "nobody loses a tenth of the body mass"),
        (["--before", "71", "--after", "72.4"], "72.4 kg before and 71 kg after?"),
        (["--before", "72.4", "--after", "71.6", "--drunk", "5"], "5 may be 5 ml or 5 l."),
        (["--before", "72.4", "--after", "71.6", "--drunk", "4 l"], "is it that much, or 0.4 l?"),
        (["72", "--workout", "99"], "There is no workout 99"),
        (["72", "--set", "athlete.mass_kg=70"], "'athlete.mass_kg' is a setting of your whole history"),
    ],
)
def test_what_is_doubtful_or_wrong_is_told_with_its_readings_and_changes_nothing(
    words: list[str], told: str, home: Path
) -> None:
    before = explained(home)
    done = call("weigh", *words, "--language", "en", home=home)
    assert done.exit_code != 0
    assert told in " ".join(done.stderr.split())
    assert "Traceback" not in done.output
    assert explained(home) == before
    dutch = call("weigh", *words, "--language", "nl", home=home)
    assert dutch.exit_code == done.exit_code
    assert dutch.stderr.splitlines()[-1].startswith("Fout: ")


def test_what_is_hard_to_believe_is_taken_with_yes(home: Path) -> None:
    assert call("weigh", "--before", "72.4", "--after", "64", "--yes", home=home).exit_code == 0
    assert explained(home)["said"]["after_kg"] == 64


@pytest.mark.parametrize(("keys", "kg"), [("1\n", 95.0), ("2\n", 43.09), ("\n", None), ("3\n", None), (CTRL_D, None)])
def test_at_a_terminal_a_doubtful_unit_is_asked(keys: str, kg: float | None, home: Path) -> None:
    asked = at_terminal(home, "95: 1 = 95 kg, 2 = 95 lb (43.1 kg)? [1/2] ", keys, "weigh", "95", "--language", "en")
    assert asked.exit_code == 0, asked.screen
    said = explained(home).get("said")
    if kg is None:
        assert "Left as it is." in asked.screen
        assert said is None
    else:
        assert round(said["after_kg"] if said else 0, 2) == kg


@pytest.mark.parametrize(
    ("language", "keys", "agreed"), [("en", "y\n", True), ("nl", "nee\n", False), ("nl", "j\n", True)]
)
def test_at_a_terminal_an_unlikely_loss_is_asked(language: str, keys: str, agreed: bool, home: Path) -> None:
    question = {"en": "Is that right? [y/N] ", "nl": "Klopt dat? [j/N] "}[language]
    words = ("weigh", "--before", "72.4", "--after", "64", "--language", language)
    asked = at_terminal(home, question, keys, *words)
    assert asked.exit_code == 0, asked.screen
    assert ("said" in explained(home)) is agreed


def test_ctrl_c_at_the_question_changes_nothing(home: Path) -> None:
    before = explained(home)
    asked = at_terminal(home, "[1/2] ", CTRL_C, "weigh", "95", "--language", "en")
    assert asked.exit_code == 130, asked.screen
    assert explained(home) == before


def at_terminal(home: Path, question: str, keys: str, *words: str) -> Answered:
    return answer(*words, question=question, keys=keys, environment=environment_in(home), folder=home)


def test_a_mass_does_not_take_the_place_of_a_weight_that_was_told_and_says_so(home: Path) -> None:
    assert call("weigh", "--before", "72.4", "--after", "71.6", home=home).exit_code == 0
    done = call("weigh", "71.9kg", "--language", "en", home=home)
    assert "The weight after it stays 71.6 kg, as you said or weighed" in done.stdout
    assert "Taken as" not in done.stdout
    assert "Het gewicht erna blijft 71,6 kg" in call("weigh", "71.8kg", "--language", "nl", home=home).stdout


@pytest.mark.parametrize("is_configured", [True, False])
def test_what_counts_as_body_mass_is_said_as_explain_says_it(is_configured: bool, home: Path) -> None:
    if not is_configured:
        path = home / ".config" / "hersteld" / "hersteld.toml"
        path.write_text(CONFIGURED.replace("mass_kg = 70\n", ""), encoding="utf-8")
    assert call("weigh", "--before", "72.4", "--after", "71.6", home=home).exit_code == 0
    done = call("weigh", "71.9kg", "--language", "en", home=home).stdout
    said = {True: "stays the 70 kg of your configuration", False: "71.9 kg counts as your body mass."}
    assert said[is_configured] in done
    assert said[not is_configured] not in done


@pytest.mark.parametrize(("mass", "is_told"), [("160", True), ("160lb", False), ("72.5", False), ("72.5kg", False)])
def test_pounds_that_nobody_named_are_told(mass: str, is_told: bool, home: Path) -> None:
    done = call("weigh", mass, "--language", "en", home=home).stdout
    assert done.startswith("160 is taken as 160 lb (72.6 kg), the unit in which it is near") is is_told
    dutch = call("weigh", mass, "--language", "nl", home=home).stdout
    assert dutch.startswith("160 is gelezen als 160 lb (72,6 kg), ") is is_told


@pytest.mark.parametrize(
    ("given", "mass", "taken_back"),
    [(("--after", "71.6"), "72.4kg", "72.4 kg on the scales"), ((), "72.4kg", "72.4 kg after")],
)
def test_a_mass_is_taken_back_as_what_it_counted_as(
    given: tuple[str, ...], mass: str, taken_back: str, home: Path
) -> None:
    if given:
        assert call("weigh", *given, home=home).exit_code == 0
    assert call("weigh", mass, home=home).exit_code == 0
    undone = call("weigh", "--undo", "--language", "en", home=home).stdout
    assert f"Taken back: {taken_back}." in undone
    assert ("What holds now: 71.6 kg after." in undone) is bool(given)
