"""Weights belong to the workout nearest in time, whichever came in first, and to none that is far away."""

from datetime import datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest

from hersteld.daemon.store.answers.of_workout import first_touched, said_of, weighed_mass_kg
from hersteld.daemon.store.answers.rows import Kind, Source, Value, add_answer, take_back
from hersteld.recovery.answers.said import NOTHING, Said
from tests.support.pipeline import NOON, Pipeline, a_file

MINUTE = timedelta(minutes=1)


def weigh(pipeline: Pipeline, at: datetime, workout_id: int | None = None, **values: Value) -> int:
    return add_answer(pipeline.store, Kind.WEIGHTS, values, source=Source.COMMAND, workout_id=workout_id, at=at, now=at)


def said(pipeline: Pipeline) -> list[Said]:
    return [said_of(pipeline.store, one.id, one.started_at, one.ended_at) for one in pipeline.stored()]


@pytest.mark.parametrize("order", list(permutations(["early", "late", "weights"])))
def test_weights_and_workouts_may_come_in_in_any_order(order: tuple[str, ...], tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, now=NOON + timedelta(hours=5))
    for step in order:
        if step == "weights":
            weigh(pipeline, NOON + 10 * MINUTE, after_kg=71.0)
            weigh(pipeline, NOON + 175 * MINUTE, before_kg=71.5)
            weigh(pipeline, NOON + 245 * MINUTE, after_kg=70.9, drunk_ml=400)
        else:
            ended_at = NOON if step == "early" else NOON + 240 * MINUTE
            pipeline.put(f"{step}.fit", a_file(ended_at, minutes=60))
            pipeline.look()
    assert said(pipeline) == [Said(after_kg=71.0), Said(before_kg=71.5, after_kg=70.9, drunk_ml=400)]
    pipeline.store.close()


@pytest.mark.parametrize(("minutes", "belongs"), [(179, True), (180, True), (181, False)])
def test_weights_more_than_three_hours_away_belong_to_none(minutes: int, belongs: bool, tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.put("a.fit", a_file(NOON, minutes=60))
    pipeline.look()
    weigh(pipeline, NOON + minutes * MINUTE, after_kg=71.0)
    assert said(pipeline) == [Said(after_kg=71.0) if belongs else NOTHING]
    (workout,) = pipeline.stored()
    weigh(pipeline, NOON + timedelta(days=3), workout.id, before_kg=72.0)
    assert said(pipeline)[0].before_kg == 72.0, "the athlete said so"
    pipeline.store.close()


def test_a_later_answer_comes_before_an_earlier_one_until_it_is_taken_back(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.put("a.fit", a_file(NOON, minutes=60))
    pipeline.look()
    weigh(pipeline, NOON + MINUTE, before_kg=72.0, after_kg=70.0)
    later = weigh(pipeline, NOON + 2 * MINUTE, after_kg=71.0)
    assert said(pipeline) == [Said(before_kg=72.0, after_kg=71.0)]
    take_back(pipeline.store, later, now=NOON)
    assert said(pipeline) == [Said(before_kg=72.0, after_kg=70.0)]
    pipeline.store.close()


def test_a_workout_that_may_take_the_weights_of_another_touches_that_one_too(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, now=NOON + timedelta(hours=5))
    pipeline.put("a.fit", a_file(NOON, minutes=60))
    pipeline.look()
    (first,) = pipeline.stored()
    second = NOON + 90 * MINUTE, NOON + 150 * MINUTE
    assert first_touched(pipeline.store, *second) == second[0]
    weigh(pipeline, NOON + 160 * MINUTE, after_kg=71.0)
    assert first_touched(pipeline.store, *second) == first.started_at
    pipeline.store.close()


def test_the_body_mass_is_that_of_the_last_weights_up_to_a_moment(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    assert weighed_mass_kg(pipeline.store, NOON) is None
    weigh(pipeline, NOON - timedelta(days=9), before_kg=74.0, after_kg=73.0)
    weigh(pipeline, NOON, after_kg=72.0)
    weigh(pipeline, NOON, drunk_ml=500)
    weigh(pipeline, NOON + MINUTE, before_kg=70.0)
    assert [weighed_mass_kg(pipeline.store, NOON + MINUTE * n) for n in (-1, 0, 1)] == [74.0, 72.0, 70.0]
    pipeline.store.close()
