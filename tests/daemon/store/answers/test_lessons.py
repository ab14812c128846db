"""From which workouts something is learned: the newest that hold, and none from before it was forgotten."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.config.rules import load_rules
from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.answers.lessons import all_lessons, forgotten_at, ratings_before, sweats_before
from hersteld.daemon.store.answers.rows import Kind, Source, add_answer
from hersteld.recovery.athlete.history import SweatSample
from tests.support.pipeline import NOON, Pipeline, a_file

DAY = timedelta(days=1)
LATER = NOON + 30 * DAY


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    pipeline = Pipeline(tmp_path, now=NOON + DAY)
    for day in range(3):
        pipeline.put(f"{day}.fit", a_file(NOON - day * DAY, minutes=30))
        pipeline.look()
    yield pipeline.store
    pipeline.store.close()


def rate(store: Store, workout_id: int, rpe: float) -> None:
    add_answer(store, Kind.RPE, {"rpe": rpe}, source=Source.COMMAND, workout_id=workout_id, at=NOON, now=NOON)


def forget(store: Store, what: str, at: datetime) -> None:
    add_answer(store, Kind.FORGET, {"what": what}, source=Source.COMMAND, workout_id=None, at=at, now=at)


def test_the_last_rating_of_each_earlier_workout_counts(store: Store) -> None:
    rate(store, 1, 4)
    rate(store, 1, 6)
    rate(store, 2, 5)
    assert ratings_before(store, LATER) == (("running", 6.0), ("running", 5.0))
    assert ratings_before(store, NOON - DAY / 2) == (("running", 5.0),)
    assert ratings_before(store, LATER, without=[1]) == (("running", 5.0),)


def test_a_rating_in_the_file_is_one_unless_the_athlete_says_otherwise(store: Store) -> None:
    store.change("UPDATE workouts SET details = json_set(details, '$.vendor.rpe', 8.0) WHERE id < 3")
    rate(store, 1, 6)
    assert ratings_before(store, LATER) == (("running", 6.0), ("running", 8.0))
    store.change("UPDATE workouts SET details = '{' WHERE id = 2")  # damaged on disk
    assert ratings_before(store, LATER) == (("running", 6.0),)


def test_what_was_forgotten_teaches_nothing_but_what_came_after_does(store: Store) -> None:
    store.change("UPDATE workouts SET assessment = json_set(assessment, '$.sweat_ml_per_kcal', 1.1, '$.sweat_c', 20.0)")
    rate(store, 1, 6)
    assert sweats_before(store, LATER) == (SweatSample(1.1, 20.0),) * 3
    (lesson,) = all_lessons(store, load_rules())
    assert (lesson.what, lesson.own.number) == ("sweat", 3)
    assert forgotten_at(store, "sweat") == datetime.min.replace(tzinfo=UTC)
    forget(store, "sweat", NOON - DAY)
    assert forgotten_at(store, "sweat") == NOON - DAY
    assert len(sweats_before(store, LATER)) == 1
    assert len(ratings_before(store, LATER)) == 1


@pytest.mark.parametrize(("name", "index"), [("sweat_ml_per_kcal", "workouts_sweat"), ("vendor.rpe", "workouts_rated")])
def test_few_workouts_are_gone_through(name: str, index: str, store: Store) -> None:
    column = "assessment" if index == "workouts_sweat" else "details"
    asked = f"CASE WHEN json_valid({column}) THEN json_extract({column}, '$.{name}') END IS NOT NULL"
    plan = store.rows(f"EXPLAIN QUERY PLAN SELECT id FROM workouts WHERE {asked} AND started_at > '2026'", [])
    assert any(index in str(row) for row in plan)
