"""What was said is found by the workout or by its moment; what was taken back is not there."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.answers.of_workout import (
    are_weights_near,
    first_touched,
    first_weighed,
    said_of,
    weighed_mass_kg,
    workout_of,
)
from hersteld.daemon.store.answers.rows import Kind, Source, add_answer, given_answers, take_back
from hersteld.recovery.athlete.said import NOTHING
from tests.support.pipeline import NOON, Pipeline, a_file

HOUR = timedelta(hours=1)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    pipeline = Pipeline(tmp_path)
    pipeline.put("run.fit", a_file(NOON, minutes=60))
    pipeline.look()
    return pipeline.store


def weigh(store: Store, at: datetime, source: Source = Source.COMMAND, **values: float) -> int:
    return add_answer(store, Kind.WEIGHTS, values, source=source, workout_id=None, at=at, now=at)


def test_weights_near_a_workout_are_said_of_it_until_they_are_taken_back(store: Store) -> None:
    own = (NOON - HOUR, NOON)
    assert said_of(store, 1, *own) == NOTHING
    id_ = weigh(store, NOON + HOUR, mass_kg=71)
    assert said_of(store, 1, *own).after_kg == 71
    assert said_of(store, 1, *own, has_clock=False) == NOTHING
    assert are_weights_near(store, *own)
    (answer,) = given_answers(store, Kind.WEIGHTS)
    found = workout_of(store, answer)
    assert found is not None
    assert found.id == 1
    take_back(store, id_, now=NOON + 2 * HOUR)
    assert said_of(store, 1, *own) == NOTHING
    assert given_answers(store, Kind.WEIGHTS) == ()


def test_the_last_body_mass_counts_however_it_was_said(store: Store) -> None:
    assert weighed_mass_kg(store, NOON) is None
    weigh(store, NOON - 5 * HOUR, before_kg=72, after_kg=71)
    weigh(store, NOON - 4 * HOUR, drunk_ml=500)
    assert weighed_mass_kg(store, NOON) == 72
    weigh(store, NOON - 3 * HOUR, Source.FILE, mass_kg=71.5)
    assert weighed_mass_kg(store, NOON) == 71.5
    assert weighed_mass_kg(store, NOON - 4 * HOUR) == 72
    assert [one.values for one in given_answers(store, Kind.WEIGHTS)] == [
        {"before_kg": 72, "after_kg": 71},
        {"drunk_ml": 500},
    ]


def test_what_weights_touch_begins_with_the_workout_that_may_have_had_them(store: Store) -> None:
    later = (NOON + 2 * HOUR, NOON + 3 * HOUR)
    assert first_touched(store, *later) == later[0]
    weigh(store, NOON + 90 * HOUR / 60, mass_kg=71)
    assert first_touched(store, *later) == NOON - HOUR
    assert first_weighed(store, NOON + HOUR) == NOON - HOUR
    assert first_weighed(store, NOON + 4 * HOUR) == NOON + 4 * HOUR
    assert first_weighed(store, datetime(2020, 1, 1, tzinfo=UTC)) == datetime(2020, 1, 1, tzinfo=UTC)
