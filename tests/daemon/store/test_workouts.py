"""What is stored of a workout is all of it, and what the rules said of it."""

from pathlib import Path

import numpy as np
import pytest

from hersteld.daemon.store.columns.samples import BadBlob
from hersteld.parsers.fit import read_fit
from tests.support.pipeline import Pipeline, a_file


def test_a_workout_and_its_recovery_come_back_as_they_went_in(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    outcome = pipeline.ingest.take(pipeline.put("a.fit", a_file()))[0]
    assert outcome.workout_id is not None
    original = read_fit(a_file())
    stored = pipeline.workouts.workout(outcome.workout_id)
    assert stored.samples.heart_rate_bpm is not None
    np.testing.assert_array_equal(stored.samples.heart_rate_bpm, original.samples.heart_rate_bpm)
    for name in (
        "started_at",
        "ended_at",
        "sport",
        "sessions",
        "pauses",
        "vendor",
        "profile",
        "timer_s",
        "kcal",
        "device",
    ):
        assert getattr(stored, name) == getattr(original, name), name
    recovery = pipeline.workouts.recovery(outcome.workout_id)
    assert recovery.load.value == pipeline.stored()[0].load > 0
    assert recovery.plan
    assert recovery.assessment.ready_at == pipeline.stored()[0].ready_at
    assert all(advice.due_at.tzinfo is not None for advice in recovery.plan)


def test_a_workout_that_is_not_there_is_not_made_up(tmp_path: Path) -> None:
    workouts = Pipeline(tmp_path).workouts
    for question in (workouts.workout, workouts.recovery):
        with pytest.raises(KeyError):
            question(1)


def test_samples_that_were_damaged_on_disk_are_not_taken_for_a_workout(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.ingest.take(pipeline.put("a.fit", a_file()))
    pipeline.store.change("UPDATE workouts SET samples = x'00'")
    with pytest.raises(BadBlob):
        pipeline.workouts.workout(pipeline.stored()[0].id)
