"""`drank` says how much was drunk during a workout."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.command_line import call, environment_in, take_in
from tests.support.pipeline import a_file
from tests.support.terminal import answer

NOW = datetime.now(UTC).replace(microsecond=0)
CONFIGURED = '[athlete]\nexperience = "trained"\nmax_hr = 188\nmass_kg = 70\n'
"""As `take_in` has it, so that only the answers make a difference."""


def configure(home: Path) -> None:
    folder = home / ".config" / "hersteld"
    folder.mkdir(parents=True)
    (folder / "hersteld.toml").write_text(CONFIGURED, encoding="utf-8")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    configure(tmp_path)
    take_in(tmp_path, [("run.fit", a_file(NOW - timedelta(minutes=30), minutes=120, bpm=165))], now=NOW)
    return tmp_path


def explained(home: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(call("explain", "last", "--json", home=home).stdout)
    if found["answered"]:
        found |= {"said": found["answered"]["said"], "without_ml": found["answered"]["without"]["net_loss_ml"]}
    return {name: found[name] for name in ("load", "plan", "readiness", "rules", "said") if found.get(name) is not None}


def test_what_was_drunk_lowers_the_loss_and_undo_leaves_nothing(home: Path) -> None:
    never = explained(home)
    done = call("drank", "500", "ml", "--language", "en", home=home)
    assert done.exit_code == 0, done.output
    assert "0.5 l drunk." in done.stdout
    assert "Fluid deficit: " in done.stdout
    told = explained(home)
    assert told["said"]["drunk_ml"] == 500
    assert call("drank", "0,75l", home=home).exit_code == 0
    assert explained(home)["said"]["drunk_ml"] == 750
    assert "0.5 l drunk" in call("drank", "--undo", "--language", "en", home=home).stdout
    assert explained(home) == told
    assert call("drank", "--undo", "--workout", "last", home=home).exit_code == 0
    assert explained(home) == never
    nothing = call("drank", "--undo", "--workout", "last", "--language", "en", home=home)
    assert "Nothing of the kind was said of workout 1" in nothing.stderr


def test_it_joins_what_the_scales_said_and_is_taken_back_by_itself(home: Path) -> None:
    assert call("weigh", "--before", "72.4", "--after", "71.4", home=home).exit_code == 0
    weighed = explained(home)
    done = call("drank", "0.5l", "--language", "nl", home=home)
    assert "72,4 kg ervoor, 71,4 kg erna, 0,5 l gedronken." in done.stdout
    assert "1,5 l zweet" in done.stdout
    assert call("drank", "--undo", home=home).exit_code == 0
    assert explained(home) == weighed


def test_to_take_back_what_was_drunk_leaves_the_weights_that_were_said_with_it(home: Path) -> None:
    assert call("weigh", "--before", "72.4", "--after", "71.4", home=home).exit_code == 0
    weighed = explained(home)
    assert call("weigh", "--undo", home=home).exit_code == 0
    assert call("weigh", "--before", "72.4", "--after", "71.4", "--drunk", "5l", "--yes", home=home).exit_code == 0
    undone = call("drank", "--undo", "--language", "en", home=home).stdout
    assert "Taken back: 5 l drunk.\n  What holds now: 72.4 kg before, 71.4 kg after.\n" in undone
    assert explained(home) == weighed
    assert "Taken back: 72.4 kg before, 71.4 kg after." in call("weigh", "--undo", "--language", "en", home=home).stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "name how much you drank"),
        (["500ml", "--undo"], "Either say how much you drank, or --undo."),
        (["much"], "'much' is no volume"),
        (["72kg"], "'72kg' is no volume"),
        (["5"], "5 may be 5 ml or 5 l."),
        (["0.5ml"], "Did you mean 0.5 l?"),
        (["50l"], "15 l is the most that is taken"),
        (["5.5l"], "an odd amount to drink"),
        (["500ml", "--workout", "99"], "There is no workout 99"),
    ],
)
def test_what_is_doubtful_or_wrong_is_told_and_changes_nothing(words: list[str], told: str, home: Path) -> None:
    before = explained(home)
    done = call("drank", *words, "--language", "en", home=home)
    assert done.exit_code != 0
    assert told in " ".join(done.stderr.split())
    assert explained(home) == before


def test_at_a_terminal_a_doubtful_volume_is_asked(home: Path) -> None:
    words = ("drank", "4", "--language", "nl")
    asked = answer(*words, question="[1/2] ", keys="2\n", environment=environment_in(home), folder=home)
    assert asked.exit_code == 0, asked.screen
    assert "4: 1 = 4 ml, 2 = 4 l?" in asked.screen
    assert explained(home)["said"]["drunk_ml"] == 4000


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "You have nothing left to make up for by drinking."), ("nl", "Je hoeft niets meer aan te vullen")],
)
def test_where_nothing_is_left_to_be_drunk_it_is_said_in_words(language: str, told: str, home: Path) -> None:
    assert call("drank", "4l", "--yes", home=home).exit_code == 0
    done = call("drank", "3.5l", "--language", language, home=home)
    assert told in done.stdout
    assert " 0 l" not in done.stdout
