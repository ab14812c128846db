"""While our clock is wrong nothing is sent, and nothing is lost; once it is right, all goes on."""

from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.store.clock_check import newest_at
from tests.support.pipeline import NOON, Pipeline, a_file
from tests.support.sentences import sentence


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    return Pipeline(tmp_path)


def test_files_are_taken_in_and_nothing_is_sent_while_the_clock_shows_a_time_that_has_passed(
    pipeline: Pipeline, caplog: pytest.LogCaptureFixture
) -> None:
    pipeline.clock.jump(NOON - timedelta(days=9000))
    pipeline.put("a.fit", a_file(minutes=90))
    pipeline.look()
    pipeline.pass_time(hours=3)
    assert pipeline.statuses() == {"a.fit": "workout"}
    assert pipeline.stored()[0].ready_at is not None
    assert pipeline.notifier.received == []
    trouble = pipeline.main_loop.trouble
    assert trouble is not None
    assert trouble.id == "clock_wrong"
    assert "nothing is sent until it is right" in sentence(trouble.line)
    assert sum("files are taken in" in record.getMessage() for record in caplog.records) == 1
    pipeline.clock.jump(NOON + timedelta(minutes=5))
    pipeline.look()
    assert len(pipeline.notifier.received) == 1
    assert pipeline.main_loop.trouble is None


def test_many_files_get_their_digest_when_the_clock_is_right(pipeline: Pipeline) -> None:
    pipeline.clock.jump(NOON - timedelta(days=9000))
    for day in range(1, 6):
        pipeline.put(f"{day}.fit", a_file(NOON - timedelta(days=day)))
    pipeline.pass_time(hours=1)
    assert len(pipeline.stored()) == 5
    pipeline.clock.jump(NOON)
    pipeline.look()
    assert pipeline.notifier.titles() == ["5 workouts"]


def test_a_clock_that_was_ahead_for_a_moment_silences_nobody_for_years(pipeline: Pipeline) -> None:
    right = NOON + timedelta(minutes=5)
    pipeline.clock.jump(NOON + timedelta(days=1500))
    pipeline.put("old.fit", a_file(NOON - timedelta(days=2)))
    pipeline.look()
    pipeline.clock.jump(right)
    pipeline.put("a.fit", a_file(minutes=90))
    pipeline.look()
    assert pipeline.statuses() == {"old.fit": "workout", "a.fit": "workout"}
    pipeline.pass_time(minutes=5, step=timedelta(minutes=1))
    assert pipeline.notifier.received == [], "it may still be set"
    pipeline.pass_time(minutes=10, step=timedelta(minutes=1))
    assert len(pipeline.notifier.received) == 1
    pipeline.start()
    assert newest_at(pipeline.store) <= pipeline.clock.now()
