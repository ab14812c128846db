"""One workout of the store is explained, or each of a file; what is not there is said in the user's language."""

from datetime import UTC, timedelta
from pathlib import Path

import pytest

from hersteld.config.texts.catalogue import load_texts
from hersteld.config.texts.speech import speak
from hersteld.daemon.database.connection import Store
from hersteld.daemon.system.clock import ManualClock
from hersteld.daemon.system.paths import database_path
from hersteld.daemon.views.explained import NoWorkoutError, from_file, from_store
from tests.support.command_line import environment_in, settings_in, take_in
from tests.support.pipeline import NOON, a_file


def test_the_latest_workout_is_meant_where_none_is_named(tmp_path: Path) -> None:
    files = [("a.fit", a_file()), ("b.fit", a_file(NOON + timedelta(days=1), sport="cycling"))]
    take_in(tmp_path, files, now=NOON + timedelta(days=1, hours=1))
    with Store(database_path(environment_in(tmp_path)), create=False) as store:
        latest = from_store(store, None, settings_in(tmp_path), ManualClock(NOON))
        first = from_store(store, 1, settings_in(tmp_path), ManualClock(NOON))
    assert (latest.id, latest.name, latest.workout.sport) == (2, "workout 2", "cycling")
    assert (first.id, first.workout.sport) == (1, "running")
    assert first.physiology.reasons["mass_kg"].value == 70


def test_a_workout_that_is_not_there_is_told_in_the_language_of_the_process(tmp_path: Path) -> None:
    take_in(tmp_path, [], now=NOON)
    with Store(database_path(environment_in(tmp_path)), create=False) as store:
        with pytest.raises(NoWorkoutError) as none:
            from_store(store, None, settings_in(tmp_path), ManualClock(NOON))
        with pytest.raises(NoWorkoutError) as unknown:
            from_store(store, 4, settings_in(tmp_path), ManualClock(NOON))
    assert str(none.value).startswith("There is no workout yet.")
    speak("nl", UTC)
    assert str(unknown.value) == "Er is geen training 4; `hersteld history` toont welke er zijn."


def test_a_file_is_explained_without_a_past(tmp_path: Path) -> None:
    path = tmp_path / "a.fit"
    path.write_bytes(a_file())
    (explained,) = from_file(path, settings_in(tmp_path), load_texts("en"), UTC)
    assert (explained.id, explained.name) == (None, str(path))


def test_a_file_without_a_workout_says_why(tmp_path: Path) -> None:
    path = tmp_path / "a.fit"
    path.write_bytes(b"no FIT file at all, really")
    with pytest.raises(NoWorkoutError) as caught:
        list(from_file(path, settings_in(tmp_path), load_texts("en"), UTC))
    assert str(caught.value) == f"{path}: This is a text file, not a FIT file."
