"""`pause` says that one does not train; `status` shows it, and it ends as it was told."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.support.command_line import call, take_in
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
    assert "Pauze sinds " in status(home, "nl")
    assert json.loads(call("status", "--json", home=home).stdout)["pause"]["why"] == "ill"
    over = call("pause", "--end", "--language", "nl", home=home)
    assert over.stdout == "Genoteerd: niet meer ziek. Begin rustig.\n"
    assert "Pause" not in status(home)
    assert call("pause", "--undo", home=home).exit_code == 0
    assert "Pause since " in status(home), "the end was taken back"
    assert call("pause", "--undo", home=home).exit_code == 0
    assert json.loads(call("status", "--json", home=home).stdout)["pause"] is None


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
        (["ill", "--until", "2020-01-01"], "has passed. Name the last day of the pause"),
        (["--end"], "There is no pause to end."),
        (["--undo"], "There is no such answer to take back."),
    ],
)
def test_what_is_asked_wrongly_is_told_and_changes_nothing(words: list[str], told: str, home: Path) -> None:
    done = call("pause", *words, "--language", "en", home=home)
    assert done.exit_code != 0
    assert told in done.stderr
    assert json.loads(call("status", "--json", home=home).stdout)["pause"] is None
