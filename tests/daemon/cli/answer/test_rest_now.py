"""When to train again, as an answer about any workout prints it, is what `hersteld status` says."""

import json
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.answers.follow_up import FollowUp
from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.lock import DatabaseLock
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.system.paths import database_path
from tests.support.command_line import call, environment_in, settings_in, take_in
from tests.support.pipeline import a_file

NOW = datetime.now(UTC).replace(microsecond=0)
CONFIGURED = '[athlete]\nexperience = "trained"\nmax_hr = 188\nmass_kg = 70\n'


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An athlete who did weights two hours ago, and ran hard since."""
    files = [
        ("weights.fit", a_file(NOW - timedelta(hours=4), minutes=60, bpm=None, sport="training")),
        ("run.fit", a_file(NOW - timedelta(minutes=30), minutes=90, bpm=170)),
    ]
    folder = tmp_path / ".config" / "hersteld"
    folder.mkdir(parents=True)
    (folder / "hersteld.toml").write_text(CONFIGURED, encoding="utf-8")
    take_in(tmp_path, files, now=NOW)
    return tmp_path


def older(home: Path) -> str:
    return str(json.loads(call("history", "--json", home=home).stdout)["workouts"][-1]["id"])


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize(
    "words", [("rpe", "9"), ("rpe", "--undo"), ("weigh", "--before", "72", "--after", "70.5"), ("weigh", "--undo")]
)
def test_an_answer_about_an_older_workout_says_what_status_says(
    words: tuple[str, ...], language: str, home: Path
) -> None:
    given = {"rpe": ("3",), "weigh": ("--after", "71")}[words[0]]
    assert call(words[0], *given, "--workout", older(home), home=home).exit_code == 0
    done = call(*words, "--workout", older(home), "--language", language, home=home)
    assert done.exit_code == 0, done.output
    status = call("status", "--language", language, home=home).stdout.splitlines()[0]
    assert {"en": "hard again from", "nl": "hard weer vanaf"}[language] in status
    assert f"  {status}" in done.stdout.splitlines()


@pytest.mark.parametrize("is_running", [False, True])
def test_a_workout_is_called_by_what_holds_of_it_with_the_rating(
    is_running: bool, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def service_comes_to_it(_seconds: float) -> None:
        with Store(database, create=False) as store:
            reassessment = FollowUp(store, settings, SystemClock()).reassessment
            while reassessment.assess_next():
                pass

    database = database_path(environment_in(home))
    settings = settings_in(home, athlete__experience="trained", athlete__max_hr="188", athlete__mass_kg="70")
    assert call("rpe", "2", "--workout", older(home), home=home).exit_code == 0
    monkeypatch.setattr("time.sleep", service_comes_to_it)
    with DatabaseLock(database) if is_running else nullcontext():
        done = call("rpe", "10", "--workout", older(home), "--language", "en", home=home)
        assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[-1] == "  " + call("status", home=home).stdout.splitlines()[0]
    name = done.stdout.split(",")[0].partition(": ")[2]
    assert name in call("history", "--language", "en", home=home).stdout
    undone = call("rpe", "--undo", "--language", "en", home=home).stdout
    assert undone.split(",")[0].partition(": ")[2] != name
