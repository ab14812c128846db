"""`hersteld explain` says every number, its unit and its source in the user's language."""

import json
import re
from dataclasses import fields
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.cli.look.explain import _print_explained
from hersteld.daemon.views.explained import Explained
from hersteld.daemon.words.voice import Voice
from hersteld.recovery.key_rules import HydrationRules
from tests.support.command_line import call, settings_in, take_in
from tests.support.fit.recoveries import recovery_of
from tests.support.fit.workouts import a_workout
from tests.support.pipeline import NOON, a_file


@pytest.fixture
def ride(tmp_path: Path) -> Path:
    path = tmp_path / "ride.fit"
    path.write_bytes(a_file(sport="cycling", minutes=90, power=200))
    return path


def test_names_values_kinds_and_sources_are_dutch(ride: Path, tmp_path: Path) -> None:
    text = call("explain", "--language", "nl", ride, home=tmp_path).stdout
    rows = [" ".join(line.split()) for line in text.splitlines()]
    assert (
        "maximale hartslag 190 bpm H als de sporter, het bestand, het verleden en een leeftijd niets beters geven"
        in rows
    )
    assert "tijd zonder pauzes 5400 s invoer het bestand van de training" in rows
    assert any(row.startswith("hydration.drunk_lph 0,4 l/u H") for row in rows)
    assert any(row.startswith("rest.level_beginner 1,2 H") for row in rows)
    assert any(row.startswith("spieren ") and "bilspieren" in row for row in rows)


def test_the_clock_that_decided_is_named_with_the_hours_of_each(tmp_path: Path) -> None:
    run = tmp_path / "run.fit"
    run.write_bytes(a_file(minutes=60, bpm=160))
    english, dutch = (call("explain", "--language", language, run, home=tmp_path).stdout for language in ("en", "nl"))
    assert "Decided by how hard it was: 28.1 h for a trained, rested body." in english
    assert "The clocks: how hard it was 28.1 h, how much it was " in english
    assert "the weights" not in english, "there were none"
    assert "Beslist door hoe zwaar het was: 28,1 u voor een getraind, uitgerust lichaam." in dutch


def test_which_muscles_rest_and_which_are_ready_is_explained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    legs = a_workout(45, sport="training", sub_sport="strength_training", exercises=("squat",))
    recovery = recovery_of(legs)
    assert recovery.physiology is not None
    _print_explained(
        Explained("legs.fit", None, legs, recovery, recovery.physiology),
        settings_in(tmp_path),
        Voice(settings_in(tmp_path).notify, UTC),
    )
    said = capsys.readouterr().out
    assert "Decided by the weights: 48.0 h" in said
    assert "Legs: easy from Thu 12:00, hard again from Fri 12:00. Swimming and upper body from " in said


def test_the_json_keeps_names_units_and_sources_in_english(ride: Path, tmp_path: Path) -> None:
    dutch, english = (
        json.loads(call("explain", "--json", "--language", language, ride, home=tmp_path).stdout)
        for language in ("nl", "en")
    )
    assert dutch["load_reasons"] == english["load_reasons"]
    assert dutch["athlete"][0]["source"] == "the cautious side, as athlete.experience is not set"


def test_a_number_of_the_users_own_is_named_as_such(ride: Path, tmp_path: Path) -> None:
    own = ("--set", "rules.rest.level_beginner=1.5")
    text = " ".join(call("explain", "--language", "nl", *own, ride, home=tmp_path).stdout.split())
    assert "rest.level_beginner 1,5 invoer je configuratie" in text


def test_a_stored_workout_is_called_by_its_number(tmp_path: Path) -> None:
    take_in(tmp_path, [("run.fit", a_file())], now=NOON + timedelta(days=1))
    text = call("explain", "1", "--language", "nl", home=tmp_path).stdout
    assert text.startswith("Training 1\n")
    assert "zonder je eerdere trainingen" not in text
    assert json.loads(call("explain", "1", "--json", home=tmp_path).stdout)["with_earlier_workouts"] is True


def test_what_is_not_there_is_said_in_dutch(ride: Path, tmp_path: Path) -> None:
    take_in(tmp_path, [], now=NOON)
    none = call("explain", "--language", "nl", home=tmp_path)
    assert none.stderr == "Fout: Er is nog geen training. Noem een bestand: `hersteld explain rit.fit`.\n"
    unknown = call("explain", "7", "--language", "nl", home=tmp_path)
    assert unknown.stderr == "Fout: Er is geen training 7; `hersteld history` toont welke er zijn.\n"
    assert ride.exists()


def test_every_number_that_the_formula_of_drinking_names_has_its_value(ride: Path, tmp_path: Path) -> None:
    voice = Voice(settings_in(tmp_path).notify, UTC)
    formula = voice.texts.words["formula"]["hydration"]
    named = [field.name for field in fields(HydrationRules) if re.search(rf"\b{field.name}\b", formula)]
    assert {"heat_base", "heat_per_c", "heat_from_c"} <= set(named)
    printed = call("explain", ride, home=tmp_path).stdout
    assert not [name for name in named if not re.search(rf"^ *hydration\.{name} ", printed, re.MULTILINE)]


def test_the_signs_of_overload_are_those_as_of_the_day_of_the_workout(tmp_path: Path) -> None:
    easy = [(f"{days}.fit", a_file(NOON - timedelta(days=days), minutes=30, bpm=130)) for days in range(40, 3, -2)]
    hard = [(f"hard {days}.fit", a_file(NOON - timedelta(days=days), minutes=60, bpm=172)) for days in (2, 1, 0)]
    take_in(tmp_path, [*easy, *hard], now=NOON + timedelta(hours=1))
    text = call("explain", "last", home=tmp_path).stdout
    assert "Signs of overload, as of 2026-05-06" in text
    assert "Hard days in a row: 3 (limit 3): over its limit" in text
    dutch = call("explain", "last", "--language", "nl", home=tmp_path).stdout
    assert "Zware dagen achter elkaar: 3 (grens 3): over de grens" in dutch
    assert "Rusthartslag: nog niet te zeggen: wat voor jou gewoon is, is niet bekend" in dutch
    running = {}
    for id_ in (len(easy) + 1, len(easy) + 3):
        found = json.loads(call("explain", "--json", str(id_), home=tmp_path).stdout)["overload"]
        running[found["day"]] = next(one["value"] for one in found["signals"] if one["id"] == "hard_days")
    assert running == {"2026-05-04": 1, "2026-05-06": 3}


def test_a_file_alone_has_no_signs_of_overload(ride: Path, tmp_path: Path) -> None:
    assert "Signs of overload" not in call("explain", ride, home=tmp_path).stdout
    assert json.loads(call("explain", "--json", ride, home=tmp_path).stdout)["overload"] is None


@pytest.mark.parametrize(
    ("language", "told"), [("en", r"^  Drinking: yes, [\d.]+ l in all$"), ("nl", r": ja, [\d,]+ l in totaal$")]
)
def test_how_much_to_drink_stands_beside_the_rule(language: str, told: str, ride: Path, tmp_path: Path) -> None:
    text = call("explain", "--language", language, ride, "--set", "athlete.mass_kg=72", home=tmp_path).stdout
    (amount,) = re.findall(told, text, re.MULTILINE)
    found = call("explain", "--json", ride, "--set", "athlete.mass_kg=72", home=tmp_path).stdout
    asked_ml = {int(volume) for volume in re.findall(r'"total_ml": (\d+)', found)}
    assert asked_ml == {round(1000 * float(re.findall(r"[\d.,]+(?= l )", amount)[0].replace(",", ".")))}


def test_a_rule_whose_line_the_message_had_no_room_for_says_so(tmp_path: Path, ride: Path) -> None:
    """Own texts make the message as long as it may be."""
    long = json.dumps("a" * 560)
    words = ("--set", f"notify.texts.headline={long}")
    bath = [line for line in call("explain", *words, ride, home=tmp_path).stdout.splitlines() if "Stretching: " in line]
    assert bath == ["  Stretching: yes; but the message had no room left for it"]
    plain = call("explain", ride, home=tmp_path).stdout
    assert "  Stretching: yes\n" in plain
    assert "had no room" not in plain


def test_of_a_stored_workout_too_it_is_said_which_lines_had_no_room(tmp_path: Path) -> None:
    take_in(tmp_path, [("run.fit", a_file(minutes=90, bpm=172))], now=NOON + timedelta(minutes=5))
    words = ("--set", f"notify.texts.headline={json.dumps('a' * 560)}")
    rules = json.loads(call("explain", "--json", *words, "1", home=tmp_path).stdout)["rules"]
    assert {rule["rule"] for rule in rules if rule["left_out"]} >= {"stretching", "hydration"}
    rules = json.loads(call("explain", "--json", "1", home=tmp_path).stdout)["rules"]
    assert not [rule for rule in rules if rule["left_out"]]
