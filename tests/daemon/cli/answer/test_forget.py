"""`forget` says what it will change, asks, and can be undone."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.support.command_line import call, environment_in, take_in
from tests.support.pipeline import a_file
from tests.support.terminal import CTRL_C, CTRL_D, Answered, answer

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    files = [("a.fit", a_file(NOW - timedelta(days=2))), ("b.fit", a_file(NOW - timedelta(hours=1), bpm=178))]
    take_in(tmp_path, files, now=NOW)
    return tmp_path


def ids(home: Path) -> list[int]:
    return [one["id"] for one in json.loads(call("history", "--json", home=home).stdout)["workouts"]]


def test_a_workout_is_forgotten_listed_and_brought_back(home: Path) -> None:
    newest, _ = ids(home)
    done = call("forget", "last", "--yes", "--language", "en", home=home)
    assert done.exit_code == 0, done.output
    assert f"To be forgotten: {newest}: " in done.stdout
    assert "Later workouts that are assessed anew: 0." in done.stdout
    assert newest not in ids(home)
    assert call("forget", "--list", home=home).stdout.startswith(f"{newest}: ")
    assert f"Workout {newest} is forgotten" in call("explain", str(newest), "--language", "en", home=home).stderr
    assert call("forget", str(newest), "--undo", home=home).exit_code == 0
    assert ids(home)[0] == newest
    assert "No workout is forgotten." in call("forget", "--list", "--language", "en", home=home).stdout


def test_without_a_terminal_and_without_yes_nothing_is_forgotten(home: Path) -> None:
    before = ids(home)
    done = call("forget", "last", "--language", "en", home=home)
    assert done.exit_code == 1
    assert "There is no terminal to ask at; with --yes it is done without asking." in done.stderr
    assert ids(home) == before


@pytest.mark.parametrize("words", [["forget"], ["forget", "99", "--yes"], ["forget", "1", "--undo"]])
def test_what_cannot_be_done_is_an_error_in_a_sentence(words: list[str], home: Path) -> None:
    done = call(*words, "--language", "nl", home=home)
    assert done.exit_code in (1, 2)
    assert done.stderr.splitlines()[-1].startswith("Fout: ")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["last", "--list"], "--list stands alone"),
        (["--list", "--undo"], "--list stands alone"),
        (["--list", "--yes"], "--list stands alone"),
        (["last", "--undo", "--yes"], "--undo does not ask"),
        (["last", "--yes", "--set", "rules.messages.late_h=3"], "'rules.messages.late_h' is a setting of your whole"),
    ],
)
def test_what_does_not_go_together_is_refused_in_a_sentence(words: list[str], told: str, home: Path) -> None:
    before = ids(home)
    done = call("forget", *words, "--language", "en", home=home)
    assert done.exit_code == 2
    assert told in done.stderr
    assert ids(home) == before


def test_what_is_assessed_anew_is_shown_when_it_takes_long(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hersteld.daemon.cli.printing.import_progress._LINE_EVERY_S", 0.0)
    oldest = ids(home)[-1]
    done = call("forget", str(oldest), "--yes", "--language", "en", home=home)
    assert done.exit_code == 0
    assert "Assessing later workouts anew: 1/1" in done.stderr


YES_OR_NO = [
    ("en", "y\n", True),
    ("en", "Yes\n", True),
    ("en", "n\n", False),
    ("en", "no\n", False),
    ("en", "\n", False),
    ("en", "perhaps\n", False),
    ("en", CTRL_D, False),
    ("nl", "ja\n", True),
    ("nl", "J\n", True),
    ("nl", "nee\n", False),
    ("nl", "\n", False),
    ("nl", CTRL_D, False),
]


@pytest.mark.parametrize(("language", "keys", "agreed"), YES_OR_NO)
def test_at_a_terminal_it_lists_what_changes_and_only_a_yes_forgets(
    language: str, keys: str, agreed: bool, home: Path
) -> None:
    before = ids(home)
    question = {"en": "Forget it? [y/N] ", "nl": "Vergeten? [j/N] "}[language]
    left = {"en": "Left as it is.", "nl": "Er is niets veranderd."}[language]
    done = at_terminal(home, language, question, keys)
    assert done.exit_code == 0, done.screen
    listed, _, after = done.screen.partition(question)
    assert f"{before[0]}: " in listed
    assert len(listed.splitlines()) >= 2
    assert ids(home) == (before[1:] if agreed else before)
    assert after.rstrip().endswith(left) is not agreed
    assert "Traceback" not in done.screen


def test_ctrl_c_at_the_question_forgets_nothing(home: Path) -> None:
    before = ids(home)
    done = at_terminal(home, "en", "Forget it? [y/N] ", CTRL_C)
    assert done.exit_code == 130, done.screen
    assert "Traceback" not in done.screen
    assert ids(home) == before


def at_terminal(home: Path, language: str, question: str, keys: str) -> Answered:
    words = ("forget", "last", "--language", language)
    return answer(*words, question=question, keys=keys, environment=environment_in(home), folder=home)


def test_whoever_names_none_to_bring_back_reads_where_the_forgotten_are(home: Path) -> None:
    assert "`hersteld forget --list`, or last" in call("forget", "--undo", "--language", "en", home=home).stderr
    assert "`hersteld history`, or last" in call("forget", "--language", "en", home=home).stderr


@pytest.mark.parametrize(("language", "said"), [("en", "date unknown"), ("nl", "datum onbekend")])
def test_a_date_that_is_not_believed_is_printed_nowhere(language: str, said: str, tmp_path: Path) -> None:
    ended_at = NOW + timedelta(days=900)
    take_in(tmp_path, [("years.fit", a_file(ended_at))], now=NOW)
    told = ("--language", language)
    prints = [
        call(*words, *told, home=tmp_path)
        for words in (
            ["history"],
            ["status"],
            ["explain"],
            ["sport", "1", "cycling"],
            ["forget", "1", "--yes"],
            ["forget", "--list"],
            ["forget", "1", "--undo"],
        )
    ]
    for printed in prints:
        assert printed.exit_code == 0, printed.output
        assert f"{ended_at.year}-" not in printed.stdout
    for printed in prints[3:]:
        assert said in printed.stdout


def test_the_date_of_a_forgotten_workout_is_still_told(home: Path) -> None:
    day = f"{NOW - timedelta(hours=2):%Y-%m-%d}"
    newest, _ = ids(home)
    call("forget", "last", "--yes", home=home)
    assert day[:7] in call("forget", "--list", home=home).stdout
    undone = call("forget", str(newest), "--undo", "--language", "en", home=home).stdout
    assert undone.startswith(f"Back in your history: {newest}: ")
    assert day[:7] in undone
    assert "unknown" not in undone
