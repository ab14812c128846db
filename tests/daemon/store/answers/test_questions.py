"""A workout is asked about in one message, and questions count as unanswered until a rating holds."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.store.answers.questions import ask_in, asked_at, asks_to_rate, count_unanswered
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


def weigh(pipeline: Pipeline, at: datetime, values: Mapping[str, float], source: Source = Source.COMMAND) -> int:
    return add_answer(pipeline.store, Kind.WEIGHTS, values, source=source, workout_id=None, at=at, now=at)


def test_a_workout_is_asked_about_once(pipeline: Pipeline) -> None:
    assert asked_at(pipeline.store, 1) is None
    ask_in(pipeline.store, 1, "first", NOW)
    ask_in(pipeline.store, 1, "first_later_1", NOW + timedelta(hours=1))
    assert asked_at(pipeline.store, 1) == NOW
    assert asked_at(pipeline.store, 2) is None


@pytest.mark.parametrize(("bpm", "is_to_rate"), [(None, True), (150, False)], ids=["no heart rate", "heart rate"])
def test_a_question_is_of_a_rating_where_that_gives_the_load_until_it_is_rated(
    bpm: float | None, is_to_rate: bool, tmp_path: Path
) -> None:
    """After any other workout the question was about a weight."""
    pipeline = Pipeline(tmp_path)
    pipeline.put("a.fit", a_file(bpm=bpm))
    pipeline.look()
    assert not asks_to_rate(pipeline.store, 1)
    ask_in(pipeline.store, 1, "first", NOW)
    assert asks_to_rate(pipeline.store, 1) is is_to_rate
    rating = rate(pipeline, Kind.RPE, NOW)
    assert not asks_to_rate(pipeline.store, 1)
    take_back(pipeline.store, rating, now=NOW)
    assert asks_to_rate(pipeline.store, 1) is is_to_rate
    pipeline.store.close()


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


@pytest.mark.parametrize(
    ("values", "at", "is_answer"),
    [
        ({"after_kg": 71.6}, NOW + timedelta(minutes=30), True),
        ({"before_kg": 72.4, "after_kg": 71.6}, NOW + timedelta(minutes=30), True),
        ({"mass_kg": 71.6}, NOW + timedelta(minutes=30), True),
        ({"mass_kg": 72.4}, NOW - timedelta(minutes=70), False),
        ({"mass_kg": 72.0}, NOW + timedelta(hours=8), False),
        ({"before_kg": 72.4}, NOW + timedelta(minutes=30), False),
        ({"drunk_ml": 500.0}, NOW + timedelta(minutes=30), False),
    ],
)
def test_the_weight_after_a_workout_is_an_answer_and_no_other(
    pipeline: Pipeline, values: dict[str, float], at: datetime, *, is_answer: bool
) -> None:
    """So whoever only weighs before each workout is asked no more than anybody else."""
    newest = pipeline.stored()[-1]
    ask_in(pipeline.store, newest.id, "first", min(at, NOW))
    answer = weigh(pipeline, at, values)
    assert count_unanswered(pipeline.store) == (0 if is_answer else 1)
    take_back(pipeline.store, answer, now=at)
    assert count_unanswered(pipeline.store) == 1


@pytest.mark.parametrize(("rung", "is_answer"), [("heart_rate", True), ("duration", False), ("rpe", False)])
def test_a_scale_answers_the_question_of_a_weight_and_no_other(
    pipeline: Pipeline, rung: str, *, is_answer: bool
) -> None:
    newest = pipeline.stored()[-1]
    pipeline.store.change("UPDATE workouts SET rung = ? WHERE id = ?", [rung, newest.id])
    ask_in(pipeline.store, newest.id, "first", NOW)
    weigh(pipeline, NOW + timedelta(minutes=20), {"mass_kg": 71.6}, Source.FILE)
    assert count_unanswered(pipeline.store) == (0 if is_answer else 1)
