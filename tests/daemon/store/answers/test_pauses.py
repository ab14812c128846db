"""A pause lasts until its last day, until the athlete says so, or until a workout that asks for rest."""

from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.store.answers.pauses import OVER, illness_before, last_pause, pause_at, pauses
from hersteld.daemon.store.answers.rows import Kind, Source, Value, add_answer, take_back
from hersteld.daemon.system.clock import iso
from tests.support.pipeline import NOON, Pipeline, a_file

DAY = timedelta(days=1)


def say(pipeline: Pipeline, days: float, **values: Value) -> int:
    at = NOON + days * DAY
    return add_answer(pipeline.store, Kind.PAUSE, values, source=Source.COMMAND, workout_id=None, at=at, now=at)


def why_at(pipeline: Pipeline, *days: float) -> list[str | None]:
    found = (pause_at(pipeline.store, NOON + day * DAY) for day in days)
    return [None if one is None else one.why for one in found]


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    return Pipeline(tmp_path, now=NOON + 30 * DAY)


def test_it_lasts_until_its_last_day_or_until_it_is_said_to_be_over(pipeline: Pipeline) -> None:
    say(pipeline, 0, why="ill", until=iso(NOON + 2 * DAY))
    say(pipeline, 5, why="away")
    over = say(pipeline, 9, why=OVER)
    assert why_at(pipeline, -0.1, 0, 1.9, 2, 4) == [None, "ill", "ill", None, None]
    assert why_at(pipeline, 5, 8.9, 9, 20) == ["away", "away", None, None]
    take_back(pipeline.store, over, now=NOON)
    assert why_at(pipeline, 9, 20) == ["away", "away"]
    pipeline.store.close()


def test_another_reason_takes_the_place_of_the_first(pipeline: Pipeline) -> None:
    say(pipeline, 0, why="ill", until=iso(NOON + 9 * DAY))
    say(pipeline, 2, why="injured")
    assert [(one.why, one.until) for one in pauses(pipeline.store)] == [("ill", NOON + 2 * DAY), ("injured", None)]
    assert why_at(pipeline, 1, 3, 20) == ["ill", "injured", "injured"]
    pipeline.store.close()


@pytest.mark.parametrize(("sport", "bpm", "ends"), [("running", 165, True), ("walking", 90, False)])
def test_a_workout_that_asks_for_rest_ends_it_and_a_walk_does_not(
    sport: str, bpm: float, ends: bool, pipeline: Pipeline
) -> None:
    say(pipeline, 0, why="ill")
    pipeline.put("a.fit", a_file(NOON + 3 * DAY, minutes=60, bpm=bpm, sport=sport))
    pipeline.look()
    assert why_at(pipeline, 2, 4) == ["ill", None if ends else "ill"]
    pipeline.store.close()


def test_the_last_one_that_is_over_is_found(pipeline: Pipeline) -> None:
    assert last_pause(pipeline.store, NOON) is None
    say(pipeline, 0, why="ill", until=iso(NOON + 2 * DAY))
    say(pipeline, 5, why="away", until=iso(NOON + 7 * DAY))
    found = [last_pause(pipeline.store, NOON + days * DAY) for days in (1, 2, 6, 8)]
    assert [one.why if one else None for one in found] == [None, "ill", "ill", "away"]
    pipeline.store.close()


def test_an_illness_is_over_with_the_workout_that_follows_at_the_latest(pipeline: Pipeline) -> None:
    assert illness_before(pipeline.store, NOON) is None
    say(pipeline, 0, why="ill", until=iso(NOON + 2 * DAY))
    say(pipeline, 5, why="ill")
    say(pipeline, 9, why="away")
    found = [illness_before(pipeline.store, NOON + days * DAY) for days in (0, 1, 4, 7, 12)]
    assert [None if one is None else (one.since - NOON, one.until - NOON) for one in found] == [
        None,
        (0 * DAY, 1 * DAY),
        (0 * DAY, 2 * DAY),
        (5 * DAY, 7 * DAY),
        (5 * DAY, 9 * DAY),
    ]
    pipeline.store.close()
