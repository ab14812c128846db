"""A workout is meant by its id or as the last one; a wrong one is answered with what to do."""

from pathlib import Path

import pytest

from hersteld.daemon.answers.changes import Changes
from hersteld.daemon.answers.meant import NoSuchWorkout, find_workout
from tests.support.pipeline import NOON, Pipeline, a_file


def test_the_last_workout_is_the_last_that_is_not_forgotten(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    with pytest.raises(NoSuchWorkout, match="There is no workout yet"):
        find_workout(pipeline.store, "last")
    pipeline.put("a.fit", a_file(NOON))
    pipeline.look()
    workout = find_workout(pipeline.store, "last")
    assert workout == find_workout(pipeline.store, str(workout.id))
    Changes(pipeline.store, pipeline.settings, pipeline.clock).forget(workout)
    with pytest.raises(NoSuchWorkout, match="There is no workout yet"):
        find_workout(pipeline.store, "last")
    with pytest.raises(NoSuchWorkout, match="is forgotten"):
        find_workout(pipeline.store, str(workout.id))
    assert find_workout(pipeline.store, str(workout.id), forgotten=True).id == workout.id
    pipeline.store.close()


@pytest.mark.parametrize("which", ["0", "99", "-1", "9" * 30, "first", ""])
def test_what_is_no_workout_is_answered_with_where_they_are_listed(which: str, tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    with pytest.raises(NoSuchWorkout, match="`hersteld history` shows which there are"):
        find_workout(pipeline.store, which)
    pipeline.store.close()
