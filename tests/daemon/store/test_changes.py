"""A forgotten workout is out of every list and every past, and comes back as it was."""

from datetime import timedelta
from pathlib import Path

from hersteld.daemon.store.changes import (
    bring_back,
    device_names,
    forget,
    forgotten_ids,
    forgotten_times,
    is_forgotten,
    tell_sport,
    told_sport,
    untell_sport,
)
from tests.support.pipeline import NOON, Pipeline, a_file


def test_what_is_forgotten_is_in_no_list_and_no_past_until_it_is_brought_back(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.put("a.fit", a_file())
    pipeline.look()
    (workout,) = pipeline.stored()
    for _ in range(2):  # twice is once
        forget(pipeline.store, workout.id, now=NOON)
    assert is_forgotten(pipeline.store, workout.id)
    assert forgotten_ids(pipeline.store) == (workout.id,)
    assert forgotten_times(pipeline.store) == ((workout.id, workout.started_at, workout.ended_at),)
    assert pipeline.stored() == []
    assert pipeline.workouts.history(NOON + timedelta(days=1)).workouts == ()
    bring_back(pipeline.store, workout.id)
    bring_back(pipeline.store, workout.id)
    assert pipeline.stored() == [workout]
    assert not is_forgotten(pipeline.store, workout.id)


def test_a_told_sport_is_remembered_with_what_the_device_said(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.put("a.fit", a_file())
    pipeline.look()
    (workout,) = pipeline.stored()
    assert told_sport(pipeline.store, workout.id) is None
    assert device_names(pipeline.store, workout.id) is None
    tell_sport(pipeline.store, workout.id, "training", "yoga", (("running", None), ("running", "generic")))
    assert told_sport(pipeline.store, workout.id) == ("training", "yoga")
    assert device_names(pipeline.store, workout.id) == (("running", None), ("running", "generic"))
    untell_sport(pipeline.store, workout.id)
    assert told_sport(pipeline.store, workout.id) is None
