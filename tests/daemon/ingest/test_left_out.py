"""What is no FIT in the watched folder is counted as it is there now: once, whatever fails meanwhile."""

import io
import os
import sqlite3
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.inbox import scan
from hersteld.daemon.ingest import one_file
from hersteld.daemon.store.left_out import LeftOut, count_left_out
from tests.support.pipeline import NOON, Pipeline, a_file

GPX = b'<?xml version="1.0"?><gpx version="1.1"><trk/></gpx>'
TCX = b'<?xml version="1.0"?><TrainingCenterDatabase></TrainingCenterDatabase>'


def zipped(**files: bytes) -> bytes:
    """Return an archive; "a_gpx" is a file of the name a.gpx."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return packed.getvalue()


def put(pipeline: Pipeline, name: str, content: bytes) -> Path:
    """Let a file arrive that was written long ago, so that it is believed at once."""
    path = pipeline.put(name, content)
    os.utime(path, (NOON.timestamp() - 3600,) * 2)
    return path


def look_often(pipeline: Pipeline) -> None:
    for _ in range(5):
        pipeline.look()
        pipeline.clock.move(timedelta(minutes=5))


def test_an_archive_that_is_replaced_counts_as_it_is_now(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    put(pipeline, "e.zip", zipped(a_gpx=GPX, b_tcx=TCX, c_fit=a_file()))
    look_often(pipeline)
    assert count_left_out(pipeline.store) == LeftOut(gpx=1, tcx=1)
    put(pipeline, "e.zip", zipped(c_fit=a_file(), d_fit=a_file(NOON - timedelta(days=1))))
    look_often(pipeline)
    assert count_left_out(pipeline.store) == LeftOut()


@pytest.mark.parametrize("name", ["e.zip", "walk.gpx", "walk.gpx.gz"])
def test_the_same_content_under_two_names_counts_once_and_not_when_both_are_gone(name: str, tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    content = zipped(a_gpx=GPX) if name == "e.zip" else GPX
    paths = [put(pipeline, f"{copy}{name}", content) for copy in ("", "copy of ")]
    look_often(pipeline)
    assert count_left_out(pipeline.store) == LeftOut(gpx=1)
    for path in paths:
        path.unlink()
    look_often(pipeline)
    assert count_left_out(pipeline.store) == LeftOut()


@pytest.mark.parametrize("place", [(scan, "remember_sightings"), (one_file, "add_file")], ids=["sighting", "workout"])
def test_a_disk_that_fails_for_a_while_counts_nothing_twice(
    place: tuple[object, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    pipeline = Pipeline(tmp_path)
    put(pipeline, "a.gpx", GPX)
    put(pipeline, "w.fit", a_file())
    real: Callable[..., None] = getattr(*place)
    tries = []

    def failing(*arguments: object) -> None:
        tries.append(arguments)
        if len(tries) <= 3:
            raise sqlite3.OperationalError("database or disk is full")
        real(*arguments)

    monkeypatch.setattr(*place, failing)
    look_often(pipeline)
    look_often(pipeline)
    assert len(tries) > 3
    assert count_left_out(pipeline.store) == LeftOut(gpx=1)
    assert caplog.text.count("1 activity is GPX or TCX") == 1
    assert len(pipeline.stored()) == 1


def test_a_kill_after_the_sighting_loses_no_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        pass

    def dying(_inbox: scan.Inbox) -> None:
        raise Killed

    pipeline = Pipeline(tmp_path)
    path = put(pipeline, "a.gpx", GPX)
    pipeline.clock.jump(NOON + timedelta(days=400000 // 1440))
    monkeypatch.setattr(scan.Inbox, "write_down", dying)
    with pytest.raises(Killed):
        look_often(pipeline)
    assert pipeline.store.rows("SELECT path FROM sightings") == [{"path": str(path)}]
    monkeypatch.undo()
    pipeline.start()
    look_often(pipeline)
    assert count_left_out(pipeline.store) == LeftOut(gpx=1)
