"""A workout is asked about in one message, and questions count as unanswered until a rating holds."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.store.answers.questions import ask_in, asks_in, count_unanswered
from hersteld.daemon.store.answers.rows import Kind, Source, add_answer, take_back
from tests.support.pipeline import NOON, Pipeline, a_file

NOW = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)


@pytest.fixture
def pipeline(tmp_path: Path) -> Iterator[Pipeline]:
    pipeline = Pipeline(tmp_path)
    for days in range(3):
        pipeline.put(f"{days}.fit", a_file(NOON - timedelta(days=days)))
    pipeline.look()
    assert len(pipeline.stored()) == 3
    yield pipeline
    pipeline.store.close()


def rate(pipeline: Pipeline, kind: Kind, at: datetime) -> int:
    return add_answer(pipeline.store, kind, {"rpe": 5.0}, source=Source.COMMAND, workout_id=1, at=at, now=at)


def test_the_first_message_that_asks_is_the_one(pipeline: Pipeline) -> None:
    assert asks_in(pipeline.store, 1) is None
    ask_in(pipeline.store, 1, "first", NOW)
    ask_in(pipeline.store, 1, "first_later_1", NOW)
    assert asks_in(pipeline.store, 1) == "first"
    assert asks_in(pipeline.store, 2) is None


def test_questions_are_unanswered_until_a_rating_is_given_and_holds(pipeline: Pipeline) -> None:
    assert count_unanswered(pipeline.store) == 0
    ask_in(pipeline.store, 1, "first", NOW)
    ask_in(pipeline.store, 2, "first", NOW + timedelta(hours=1))
    rate(pipeline, Kind.TQR, NOW + timedelta(hours=2))
    assert count_unanswered(pipeline.store) == 2
    rating = rate(pipeline, Kind.RPE, NOW + timedelta(hours=2))
    assert count_unanswered(pipeline.store) == 0
    ask_in(pipeline.store, 3, "first", NOW + timedelta(hours=3))
    assert count_unanswered(pipeline.store) == 1
    take_back(pipeline.store, rating, now=NOW + timedelta(hours=4))
    assert count_unanswered(pipeline.store) == 3
