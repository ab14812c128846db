"""A few workouts that arrive together are told each by itself; from one too many on they are history."""

from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.reading.contents import Reading
from tests.support.pipeline import NOON, Pipeline, a_file


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    return Pipeline(tmp_path)


def readings(pipeline: Pipeline, *hours_ago: int) -> list[Reading]:
    """Return what is read of runs that ended so many hours ago."""
    files = [(f"{hours}.fit", a_file(NOON - timedelta(hours=hours), minutes=40)) for hours in hours_ago]
    return [reading for name, content in files for reading in pipeline.ingest.read(content, name)]


def test_a_few_are_stored_in_order_of_start_whatever_order_they_came_in(pipeline: Pipeline) -> None:
    with pipeline.ingest.arrivals() as arrivals:
        for reading in readings(pipeline, 2, 9, 5):
            arrivals.add(reading)
        assert arrivals.outcomes == [], "nothing is stored while it is not clear how many there are"
    assert [outcome.path for outcome in arrivals.outcomes] == ["9.fit", "5.fit", "2.fit"]
    assert pipeline.ingest.backlog.open_id() is None
    assert {row.kind for row in pipeline.rows()} >= {"first"}


def test_one_too_many_opens_a_backlog_and_nobody_is_told_of_one_alone(pipeline: Pipeline) -> None:
    with pipeline.ingest.arrivals() as arrivals:
        for reading in readings(pipeline, 2, 9, 5, 30):
            arrivals.add(reading)
        assert len(arrivals.outcomes) == 4, "from here on each is stored as it comes"
        for reading in readings(pipeline, 60):
            arrivals.add(reading)
        assert arrivals.outcomes[-1].path == "60.fit"
    assert pipeline.ingest.backlog.open_id() is not None
    assert pipeline.rows() == []


def test_what_arrives_while_a_backlog_is_open_belongs_to_it(pipeline: Pipeline) -> None:
    pipeline.ingest.backlog.open()
    with pipeline.ingest.arrivals() as arrivals:
        (reading,) = readings(pipeline, 2)
        arrivals.add(reading)
        assert len(arrivals.outcomes) == 1
    assert pipeline.rows() == []


def test_the_same_content_under_several_names_is_one_workout(pipeline: Pipeline) -> None:
    with pipeline.ingest.arrivals() as arrivals:
        for _ in range(6):
            for reading in readings(pipeline, 2):
                arrivals.add(reading)
    assert pipeline.ingest.backlog.open_id() is None
    assert [outcome.status for outcome in arrivals.outcomes] == ["workout", *["known"] * 5]


def test_what_was_dropped_is_not_stored(pipeline: Pipeline) -> None:
    with pipeline.ingest.arrivals() as arrivals:
        for reading in readings(pipeline, 2, 9):
            arrivals.add(reading)
        arrivals.drop()
    assert arrivals.outcomes == []
    assert pipeline.stored() == []
