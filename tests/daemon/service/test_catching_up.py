"""At a start, what is stored and what waits follow what has changed since the last one."""

import logging
from pathlib import Path

import pytest

from tests.daemon.planning.test_reassess import restart
from tests.support.pipeline import Pipeline, a_file


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    return Pipeline(tmp_path)


def test_what_a_crash_left_on_its_way_is_sent_again_and_said(
    pipeline: Pipeline, caplog: pytest.LogCaptureFixture
) -> None:
    pipeline.ingest.take(pipeline.put("run.fit", a_file()))
    row = pipeline.outbox.claim("phone", now=pipeline.clock.now())
    assert row is not None
    with caplog.at_level(logging.INFO):
        pipeline.start()
    assert pipeline.outbox.row(row.id).state == "unknown", "it may have arrived"
    assert "are sent again: 1" in caplog.text
    pipeline.look()
    assert [title for title in pipeline.notifier.titles() if title == row.title] == [row.title]


def test_other_settings_mark_what_is_stored_and_say_how_much(
    pipeline: Pipeline, caplog: pytest.LogCaptureFixture
) -> None:
    pipeline.put("run.fit", a_file())
    pipeline.look()
    with caplog.at_level(logging.INFO):
        restart(pipeline, athlete__max_hr="205")
    assert pipeline.ingest.reassessment.count_marked() == 1
    assert "to be assessed anew: 1" in caplog.text


def test_the_first_start_of_all_marks_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        pipeline = Pipeline(tmp_path)
    assert not pipeline.ingest.reassessment.is_due
    assert "assessed anew" not in caplog.text


def test_what_waits_goes_to_the_targets_of_today(pipeline: Pipeline) -> None:
    pipeline.put("run.fit", a_file(minutes=90))
    pipeline.look()
    pipeline.notifier.names = ("tablet",)
    pipeline.start()
    assert {row.target for row in pipeline.outbox.waiting()} == {"tablet"}
