"""`pause` says that one does not train; `status` shows it, and it ends as it was told."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.answers.rows import Kind, Source, add_answer
from hersteld.daemon.system.clock import iso
from hersteld.daemon.system.paths import database_path
from tests.support.command_line import AMSTERDAM, call, environment_in, take_in
from tests.support.pipeline import a_file

NOW = datetime.now(UTC).replace(microsecond=0)
IN_A_WEEK = (NOW + timedelta(days=7)).date().isoformat()
IN_A_WEEK_SAID = f"{NOW + timedelta(days=7):%A}"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    take_in(tmp_path, [("a.fit", a_file(NOW - timedelta(hours=1)))], now=NOW)
    return tmp_path


def status(home: Path, language: str = "en") -> str:
    return call("status", "--language", language, home=home).stdout


def test_a_pause_is_shown_by_status_and_ends_when_told(home: Path) -> None:
    begun = call("pause", "ill", "--language", "en", home=home)
    assert begun.stdout.startswith("Noted: ill. No questions and no word of readiness until you train again")
    assert "Pause since " in status(home)
    assert status(home).splitlines()[0].startswith("Pause since "), "before all that is said of training"
    assert "Pauze sinds " in status(home, "nl")
    assert json.loads(call("status", "--json", home=home).stdout)["pause"]["why"] == "ill"
    over = call("pause", "--end", "--language", "nl", home=home)
    assert over.stdout == "Genoteerd: niet meer ziek. Begin rustig.\n"
    assert "Pause" not in status(home)
    undone = call("pause", "--undo", "--language", "en", home=home)
    assert undone.stdout.startswith("Taken back. This holds now: Pause since ")
    assert "Pause since " in status(home), "the end was taken back"
    assert call("pause", "--undo", "--language", "nl", home=home).stdout == "Teruggenomen. Je hebt nu geen pauze.\n"
    assert json.loads(call("status", "--json", home=home).stdout)["pause"] is None


def test_a_pause_of_some_weeks_is_shown_with_the_day_on_which_it_began(home: Path) -> None:
    at = NOW - timedelta(days=20)
    with Store(database_path(environment_in(home)), create=False) as store:
        store.change("UPDATE workouts SET started_at = ?", [iso(at - timedelta(days=1))])
        add_answer(store, Kind.PAUSE, {"why": "ill"}, source=Source.COMMAND, workout_id=None, at=at, now=at)
    began = at.astimezone(AMSTERDAM)
    assert f"Pause since {began:%A} {began.day} " in status(home)


@pytest.mark.parametrize("word", ["ziek", "Ziek", "ill", "ILL"])
def test_the_word_may_be_of_either_language(word: str, home: Path) -> None:
    assert call("pause", word, home=home).exit_code == 0
    assert json.loads(call("status", "--json", home=home).stdout)["pause"]["why"] == "ill"


def test_the_last_day_of_a_pause_is_told(home: Path) -> None:
    begun = call("pause", "away", "--until", IN_A_WEEK, "--language", "en", home=home)
    assert begun.exit_code == 0, begun.output
    assert f"Pause until and including {IN_A_WEEK_SAID}" in status(home)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "say ill, injured or away"),
        (["lazy"], "'lazy' is not one of ill, injured, away"),
        (["ill", "--end"], "Say one thing: why"),
        (["--end", "--undo"], "Say one thing: why"),
        (["--until", IN_A_WEEK], "Say one thing: why"),
        (["ill", "--until", "soon"], "'soon' is no date; write it like 2026-12-03."),
        (["ill", "--until", "2020-01-01"], "2020-01-01 has passed. Name the last day of the pause"),
        (["ill", "--until", "2262-01-01"], "2262-01-01 is more than a year away."),
        (["ill", "--until", "9999-12-31"], "9999-12-31 is more than a year away."),
        (["--end"], "There is no pause to end."),
        (["--undo"], "There is no such answer to take back."),
    ],
)
def test_what_is_asked_wrongly_is_told_and_changes_nothing(words: list[str], told: str, home: Path) -> None:
    done = call("pause", *words, "--language", "en", home=home)
    assert done.exit_code != 0
    assert told in done.stderr
    assert json.loads(call("status", "--json", home=home).stdout)["pause"] is None


@pytest.mark.parametrize(("why", "gently"), [("ill", True), ("injured", False), ("away", False)])
def test_only_after_an_illness_is_one_told_to_begin_gently(why: str, gently: bool, home: Path) -> None:
    assert call("pause", why, home=home).exit_code == 0
    over = call("pause", "--end", "--language", "en", home=home).stdout
    assert over.startswith(f"Noted: no longer {why}.")
    assert ("Begin gently." in over) is gently
