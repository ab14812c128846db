"""What is ready in the folders is taken in; what is not waits, and a fault of ours on one file costs no other."""

import logging
import os
from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.ingest.from_inbox import InboxIngest
from hersteld.daemon.store.left_out import count_left_out
from tests.daemon.planning.test_backlog import close, zipped
from tests.support.pipeline import NOON, Pipeline, a_file


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    return Pipeline(tmp_path)


def test_it_says_how_many_contents_were_new(pipeline: Pipeline) -> None:
    ingest = InboxIngest(pipeline.inbox, pipeline.ingest)
    assert ingest.look() == 0
    pipeline.put("run.fit", a_file())
    pipeline.put("copy.fit", a_file())
    assert ingest.look() == 1
    assert ingest.look() == 0


def test_a_part_of_a_file_waits_and_that_is_said_once(pipeline: Pipeline, caplog: pytest.LogCaptureFixture) -> None:
    content = a_file()
    pipeline.put("run.fit", content[: len(content) // 2])
    with caplog.at_level(logging.INFO):
        for _ in range(3):
            pipeline.pass_time(minutes=1)
    assert pipeline.stored() == []
    assert len([record for record in caplog.records if "only a part of it is here" in record.getMessage()]) == 1
    pipeline.put("run.fit", content)
    pipeline.pass_time(minutes=2)
    assert len(pipeline.stored()) == 1


def test_the_rest_of_a_file_is_waited_for_a_day_however_often_the_service_starts_anew(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A network drive keeps no times of change."""
    monkeypatch.setattr("hersteld.daemon.inbox.scan.must_be_polled", lambda _path: True)
    content = a_file()
    pipeline.put("run.fit", content[: len(content) // 2])
    for _ in range(2):
        pipeline.pass_time(hours=11, step=timedelta(hours=1))
        pipeline.start()
    pipeline.look()
    assert pipeline.statuses() == {}
    pipeline.pass_time(hours=3, step=timedelta(hours=1))
    assert pipeline.statuses() == {"run.fit": "workout"}


def test_being_stopped_among_the_first_of_many_says_nothing_of_these(pipeline: Pipeline) -> None:
    for number in range(6):
        pipeline.put(f"{number}.fit", a_file(NOON - timedelta(hours=2 * number), minutes=30))
    answers = iter([True, True, True, True, False])
    assert InboxIngest(pipeline.inbox, pipeline.ingest, go_on=lambda: next(answers, False)).look() == 0
    assert pipeline.rows() == []
    pipeline.start()
    pipeline.look()
    close(pipeline)
    assert len(pipeline.stored()) == 6
    assert [row.rule for row in pipeline.rows()] == ["digest"]


def test_a_large_export_is_taken_in_file_by_file_with_a_sign_of_life_after_each(pipeline: Pipeline) -> None:
    files = {f"{day}.fit": a_file(NOON - timedelta(days=day), minutes=10) for day in range(1, 13)}
    pipeline.put("export.zip", zipped(files))
    stored_when_asked: list[int] = []

    def go_on() -> bool:
        stored_when_asked.append(len(pipeline.stored()))
        return True

    InboxIngest(pipeline.inbox, pipeline.ingest, go_on=go_on).look()
    assert stored_when_asked == [0, 0, 0, 0, *range(4, 13)]
    close(pipeline)
    assert [row.rule for row in pipeline.rows()] == ["digest"]


def test_a_file_that_comes_while_a_large_one_is_read_goes_before_the_next_large_one(pipeline: Pipeline) -> None:
    for number in range(3):
        export = zipped({"a.fit": a_file(NOON - timedelta(days=1 + number)), "film.bin": os.urandom(9 * 2**20)})
        pipeline.put(f"export {number}.zip", export)
    intake = InboxIngest(pipeline.inbox, pipeline.ingest)
    assert intake.look() == 1
    assert intake.has_more
    pipeline.put("today.fit", a_file(NOON))
    assert intake.look() == 2
    assert len(pipeline.stored()) == 3
    assert "today.fit" in pipeline.statuses()
    assert intake.has_more
    assert intake.look() == 1
    assert not intake.has_more


@pytest.mark.parametrize("is_mixed", [False, True])
def test_what_an_archive_holds_that_an_earlier_version_did_not_count_is_counted_at_the_next_look(
    is_mixed: bool, pipeline: Pipeline, caplog: pytest.LogCaptureFixture
) -> None:
    inside = {"ride.gpx": b"<?xml version='1.0'?><gpx><trk/></gpx>", "walk.tcx": b"<TrainingCenterDatabase/>"}
    pipeline.put("export.zip", zipped({**inside, **({"run.fit": a_file()} if is_mixed else {})}))
    pipeline.pass_time(minutes=2, step=timedelta(minutes=1))
    told, statuses = len(pipeline.notifier.received), pipeline.statuses()
    counted = count_left_out(pipeline.store)
    assert (counted.gpx, counted.tcx) == (1, 1)
    for table in ("left_out", "sightings"):  # as the upgrade from a version that counted nothing leaves them
        pipeline.store.change(f"DELETE FROM {table}")
    caplog.clear()
    pipeline.start()
    pipeline.pass_time(minutes=2, step=timedelta(minutes=1))
    assert count_left_out(pipeline.store) == counted
    assert "2 activities are GPX or TCX" in caplog.text
    assert (len(pipeline.notifier.received), pipeline.statuses()) == (told, statuses)
