"""What is stored of a workout is all of it, and what the rules said of it."""

from pathlib import Path

import numpy as np

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
