"""The main loop has a turn for the folders whatever else is to be done, and costs nothing when nothing is."""

import logging
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.database.lock import importing
from hersteld.daemon.home_assistant.keeper import HomeAssistantKeeper
from hersteld.daemon.planning.reassess import MOST_AT_ONCE
from tests.daemon.planning.test_reassess import restart, years
from tests.support.pipeline import NOON, Pipeline, a_file

_STEP_S = 0.2


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    return Pipeline(tmp_path)


def let_time_pass_with_each_step(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each few workouts that are assessed take a while, as they do outside tests."""
    real = pipeline.ingest.reassessment.assess_next

    def slow() -> bool:
        pipeline.clock.move(timedelta(seconds=_STEP_S))
        return real()

    monkeypatch.setattr(pipeline.ingest.reassessment, "assess_next", slow)


def test_a_workout_that_comes_while_years_are_assessed_is_told_before_these_are_done(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    years(pipeline, 8 * MOST_AT_ONCE, apart=timedelta(days=20))
    restart(pipeline, athlete__max_hr="205")
    let_time_pass_with_each_step(pipeline, monkeypatch)
    pipeline.main_loop.go(called=False)
    assert pipeline.ingest.reassessment.is_due
    assert pipeline.main_loop.pause_s() < 0.1, "it goes on at once"
    pipeline.put("run.fit", a_file(NOON))
    pipeline.look()
    assert [row.kind for row in pipeline.rows() if row.state == "sent"] == ["first"]
    assert pipeline.ingest.reassessment.is_due
    for _ in range(10):
        pipeline.main_loop.go(called=False)
    assert not pipeline.ingest.reassessment.is_due
    assert pipeline.main_loop.pause_s() >= 0.1


def test_nothing_is_assessed_anew_while_many_files_still_come_in(pipeline: Pipeline) -> None:
    for day in range(5, 0, -1):
        pipeline.put(f"{day}.fit", a_file(NOON - timedelta(days=6 - day), minutes=20))
    pipeline.look()
    assert pipeline.ingest.backlog.open_id() is not None
    marked = pipeline.ingest.reassessment.count_marked()
    pipeline.main_loop.go(called=True)
    assert pipeline.ingest.reassessment.count_marked() == marked
    pipeline.pass_time(minutes=2, step=timedelta(seconds=5))
    assert pipeline.ingest.backlog.open_id() is None
    assert pipeline.ingest.reassessment.count_marked() == 0


def test_nothing_is_assessed_anew_while_an_import_stores(pipeline: Pipeline) -> None:
    years(pipeline, 3, apart=timedelta(days=9))
    restart(pipeline, athlete__max_hr="205")
    with importing(pipeline.database):
        pipeline.main_loop.go(called=False)
        assert pipeline.ingest.reassessment.count_marked() == 3
    pipeline.main_loop.go(called=False)
    assert pipeline.ingest.reassessment.count_marked() == 0


def test_a_round_with_nothing_to_do_needs_no_lock_of_the_database(
    pipeline: Pipeline, caplog: pytest.LogCaptureFixture
) -> None:
    pipeline.look()
    pipeline.store.db.execute("PRAGMA busy_timeout = 1")
    with closing(sqlite3.connect(pipeline.database)) as other, caplog.at_level(logging.INFO):
        other.execute("BEGIN IMMEDIATE")
        pipeline.main_loop.go(called=False)
    assert caplog.records == []


def test_a_locked_database_is_told_once_and_tried_again(pipeline: Pipeline, caplog: pytest.LogCaptureFixture) -> None:
    pipeline.put("run.fit", a_file())
    pipeline.store.db.execute("PRAGMA busy_timeout = 1")
    with caplog.at_level(logging.INFO):
        with closing(sqlite3.connect(pipeline.database)) as other:
            other.execute("BEGIN IMMEDIATE")
            for _ in range(3):
                pipeline.main_loop.go(called=True)
                pipeline.clock.move(timedelta(minutes=2))
        assert pipeline.stored() == []
        pipeline.main_loop.go(called=True)
    assert len(pipeline.stored()) == 1
    told = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert len(told) == 1
    assert "files can be taken in again" in caplog.text


def test_home_assistant_is_told_when_all_is_known_and_never_what_is_still_to_change(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = HomeAssistantKeeper(pipeline.store, pipeline.settings, pipeline.clock)
    asked: list[datetime] = []
    monkeypatch.setattr(keeper, "keep", lambda: asked.append(pipeline.clock.now()))
    monkeypatch.setattr(pipeline.main_loop, "_home_assistant", keeper)
    pipeline.look()
    assert len(asked) == 1
    for day in range(5, 0, -1):
        pipeline.put(f"{day}.fit", a_file(NOON - timedelta(days=6 - day), minutes=20))
    pipeline.look()
    assert pipeline.ingest.backlog.open_id() is not None
    assert len(asked) == 1
    pipeline.pass_time(minutes=2, step=timedelta(seconds=5))
    assert pipeline.ingest.backlog.open_id() is None
    assert len(asked) > 1
    before = len(asked)
    with importing(pipeline.database):
        pipeline.main_loop.go(called=False)
    assert len(asked) == before
    pipeline.clock.move(-timedelta(days=900))
    pipeline.main_loop.go(called=False)
    assert len(asked) == before
