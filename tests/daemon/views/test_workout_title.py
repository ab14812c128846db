"""A stored workout is called by its effort, its sport and its length."""

from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.summaries import StoredWorkout
from hersteld.daemon.store.workouts import Workouts
from hersteld.daemon.system.paths import database_path
from hersteld.daemon.views.workout_title import effort_key, sport_word, what_it_was
from hersteld.daemon.words.voice import Voice
from tests.support.command_line import environment_in, settings_in, take_in
from tests.support.pipeline import NOON, a_file


@pytest.fixture
def ride(tmp_path: Path) -> StoredWorkout:
    take_in(tmp_path, [("a.fit", a_file(sport="cycling", minutes=90, bpm=150))], now=NOON)
    with Store(database_path(environment_in(tmp_path)), create=False) as store:
        (stored,) = Workouts(store).newest(1)
    return stored


def test_it_is_said_in_the_users_language(ride: StoredWorkout, tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    hard = replace(ride, hard=True, load=150.0)
    assert what_it_was(hard, Voice(settings.notify, UTC)) == "hard ride, 1 h 30"
    dutch = settings_in(tmp_path, notify__language="nl")
    assert what_it_was(hard, Voice(dutch.notify, UTC)) == "zware rit, 1 u 30"


def test_the_effort_is_very_hard_or_hard_or_the_intensity(ride: StoredWorkout) -> None:
    assert effort_key(replace(ride, very_hard=True, hard=True)) == "very_hard"
    assert effort_key(replace(ride, hard=True)) == "hard"
    assert effort_key(replace(ride, hard=False, intensity="light")) == "light"


def test_several_sports_in_one_are_called_so(ride: StoredWorkout, tmp_path: Path) -> None:
    voice = Voice(settings_in(tmp_path).notify, UTC)
    assert sport_word(replace(ride, sport="multisport"), voice) == "multisport workout"
    assert sport_word(ride, voice) == "ride"
