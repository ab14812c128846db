"""A press on the desktop is the answer that the command would be; what is none of ours changes nothing."""

import sqlite3
from pathlib import Path

import pytest
from pydantic import SecretStr

from hersteld.config.settings import Target
from hersteld.daemon.answers.answers import Answers
from hersteld.daemon.answers.changes import Changes
from hersteld.daemon.delivery.desktop_bus.presses import Presses
from hersteld.daemon.replies.desktop import choice_of, desktops_of, take_presses
from hersteld.daemon.store.answers.rows import Kind, Source, answers_of
from tests.support.pipeline import NOON, Pipeline, a_file


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    pipeline = Pipeline(tmp_path)
    pipeline.put("ride.fit", a_file(NOON, minutes=60, bpm=None, sport="cycling"))
    pipeline.look()
    return pipeline


def press(pipeline: Pipeline, *choices: str) -> bool:
    presses = Presses()
    for choice in choices:
        presses.put(choice)
    has_changed = take_presses(presses, pipeline.store, pipeline.settings, pipeline.clock)
    assert presses.first() is None
    return has_changed


def test_a_press_is_a_rating_and_a_later_one_comes_before_it(pipeline: Pipeline) -> None:
    (workout,) = pipeline.stored()
    assert press(pipeline, choice_of(workout.id, 3), choice_of(workout.id, 8))
    given = answers_of(pipeline.store, Kind.RPE, workout.id)
    assert [(one.values["rpe"], one.source) for one in given] == [(3, Source.DESKTOP), (8, Source.DESKTOP)]
    assert pipeline.stored()[0].load == pytest.approx(100)


@pytest.mark.parametrize("choice", ["", "rpe:1", "rpe:1:0", "rpe:1:11", "rpe:99:8", "rpe:x:8", "default", "rpe:1:8;"])
def test_what_is_no_choice_of_ours_changes_nothing(choice: str, pipeline: Pipeline) -> None:
    before = pipeline.stored()
    assert not press(pipeline, choice)
    assert pipeline.stored() == before


def test_a_workout_that_is_forgotten_is_rated_no_more(pipeline: Pipeline) -> None:
    (workout,) = pipeline.stored()
    Changes(pipeline.store, pipeline.settings, pipeline.clock).forget(workout)
    assert not press(pipeline, choice_of(workout.id, 8))


def test_what_the_rules_stumble_over_is_said_and_holds_up_nothing(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (workout,) = pipeline.stored()

    def stumble(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Answers, "rate", stumble)
    assert not press(pipeline, choice_of(workout.id, 8))
    assert "a tap was not taken" in caplog.text


def test_what_cannot_be_stored_is_kept(pipeline: Pipeline) -> None:
    (workout,) = pipeline.stored()
    presses = Presses()
    presses.put(choice_of(workout.id, 8))
    pipeline.store.db.execute("PRAGMA query_only = 1")
    with pytest.raises(sqlite3.Error):
        take_presses(presses, pipeline.store, pipeline.settings, pipeline.clock)
    pipeline.store.db.execute("PRAGMA query_only = 0")
    assert take_presses(presses, pipeline.store, pipeline.settings, pipeline.clock)


def test_the_desktop_is_what_is_called_so_or_the_one_that_is_there_by_itself() -> None:
    phone, screen = Target("phone", SecretStr("ntfy://h/x")), Target("screen", SecretStr("desktop://"))
    assert desktops_of([phone, screen]) == {"screen"}
    assert desktops_of([phone]) == frozenset()
    assert desktops_of([]) == {"desktop"}
