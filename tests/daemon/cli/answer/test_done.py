"""`done` says that an advice is followed, and takes that back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.support.command_line import call, take_in
from tests.support.pipeline import a_file

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    take_in(tmp_path, [("a.fit", a_file(NOW - timedelta(minutes=5), minutes=120, bpm=172))], now=NOW)
    return tmp_path


@pytest.mark.parametrize(
    ("language", "done", "undone"),
    [
        ("en", "Done: drinking. Nothing reminds you of it any more.", "Taken back: drinking."),
        ("nl", "Gedaan: drinken. Niets herinnert je er nog aan.", "Teruggenomen: drinken."),
    ],
)
def test_it_is_said_and_taken_back_in_the_users_language(language: str, done: str, undone: str, home: Path) -> None:
    assert done in call("done", "drink", "--language", language, home=home).stdout
    assert undone in call("done", "--undo", "--language", language, home=home).stdout


@pytest.mark.parametrize("word", ["eten", "eat", "Eat"])
def test_the_word_may_be_of_either_language(word: str, home: Path) -> None:
    assert "Done: eating." in call("done", word, "--language", "en", home=home).stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "say what is done: drink, stretch or eat"),
        (["sleep"], "'sleep' is not one of drink, stretch, eat"),
        (["drink", "--undo"], "Either answer, or say --undo."),
        (["--undo"], "There is no such answer to take back."),
        (["drink", "--workout", "99"], "There is no workout 99"),
    ],
)
def test_what_is_asked_wrongly_is_told(words: list[str], told: str, home: Path) -> None:
    said = call("done", *words, "--language", "en", home=home)
    assert said.exit_code != 0
    assert told in said.stderr
