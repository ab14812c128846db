"""The main loop knows what keeps it from its work, when it last looked with success, and when trouble is over."""

import errno
import hashlib
import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from hersteld.daemon.reading.contents import Reading
from hersteld.daemon.reading.file_reader import OwnReader, ReaderCallbacks, Unread
from hersteld.parsers.line import Line
from tests.support.measured.figures import Measured
from tests.support.pipeline import NOON, Pipeline, a_file


class Stumbling(OwnReader):
    """Reads, unless the name of a file is one at which its process ends."""

    def read(self, descriptor: int, path: str, callbacks: ReaderCallbacks, *, salvage: bool) -> Iterator[Reading]:
        if "odd" in path:
            content = os.pread(descriptor, 100, 0)
            callbacks.say_read(len(content), hashlib.sha256(content).hexdigest())
            raise Unread(Line("reasons.signal", {"number": 9}))
        yield from super().read(descriptor, path, callbacks, salvage=salvage)


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    pipeline = Pipeline(tmp_path)
    pipeline.reader = Stumbling()
    pipeline.start()
    pipeline.main_loop.go(called=True)
    assert (pipeline.main_loop.looked_at, pipeline.main_loop.trouble) == (pipeline.clock.now(), None)
    return pipeline


def trouble_after_a_look(pipeline: Pipeline) -> str | None:
    """Look once more, and return what is wrong then; with it the moment of the last success moves, or it stays."""
    before = pipeline.main_loop.looked_at
    pipeline.clock.move(timedelta(minutes=11))  # after which a file at which reading ended is tried again
    pipeline.main_loop.go(called=True)
    found = pipeline.main_loop.trouble
    has_looked = found is None or found.id == "reading_fails"
    assert pipeline.main_loop.looked_at == (pipeline.clock.now() if has_looked else before)
    return found.id if found else None


def test_a_folder_that_goes_and_comes_back(pipeline: Pipeline, tmp_path: Path) -> None:
    pipeline.inbox_folder.rename(tmp_path / "elsewhere")
    assert trouble_after_a_look(pipeline) == "folder_missing"
    (tmp_path / "elsewhere").rename(pipeline.inbox_folder)
    assert trouble_after_a_look(pipeline) is None


@pytest.mark.figures("a folder can be found and not be listed", "{tried} errors: nothing forgotten")
@pytest.mark.parametrize("number", [errno.EIO, errno.ESTALE, errno.ENOTCONN, errno.EACCES])
def test_a_folder_that_can_be_found_and_not_be_listed_is_no_empty_one(
    number: int, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline.put("run.fit", a_file(NOON))
    assert trouble_after_a_look(pipeline) is None
    known = pipeline.store.rows("SELECT * FROM sightings")
    assert known
    list_folder = os.scandir

    def refuses(path: Any) -> Any:
        if Path(path) == pipeline.inbox_folder:
            raise OSError(number, os.strerror(number))
        return list_folder(path)

    with monkeypatch.context() as machine:
        machine.setattr(os, "scandir", refuses)
        assert trouble_after_a_look(pipeline) == "folder_missing"
        assert pipeline.store.rows("SELECT * FROM sightings") == known, "nothing is forgotten"
    assert trouble_after_a_look(pipeline) is None


def test_trouble_lasts_until_a_look_that_was_made(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)

    def refuses() -> None:
        raise OSError(errno.EMFILE, "x")

    with monkeypatch.context() as machine:
        machine.setattr(pipeline.inbox, "scan", refuses)
        assert trouble_after_a_look(pipeline) == "look_failed"
        for _ in range(3):
            pipeline.clock.move(timedelta(seconds=3))
            pipeline.main_loop.go(called=False)
            assert pipeline.main_loop.trouble is not None, "nothing was looked at since"
        pipeline.clock.move(timedelta(seconds=3))
        pipeline.main_loop.go(called=False)
        assert pipeline.main_loop.trouble is not None
    assert "can be taken in again" not in caplog.text
    pipeline.clock.move(timedelta(seconds=11))
    pipeline.main_loop.go(called=False)
    assert pipeline.main_loop.trouble is None
    assert caplog.text.count("can be taken in again") == 1
    assert caplog.text.count("cannot be taken in") <= 1


@pytest.mark.figures("a folder can be found and not be listed", "{tried} errors: nothing forgotten")
def test_files_whose_disk_does_not_answer_are_not_gone(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    path = pipeline.put("run.fit", a_file(NOON))
    assert trouble_after_a_look(pipeline) is None
    known = pipeline.store.rows("SELECT * FROM sightings")
    look_at = os.stat

    def refuses(asked: Any, *more: Any, **others: Any) -> os.stat_result:
        if asked in (path, str(path)):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return look_at(asked, *more, **others)

    with monkeypatch.context() as machine:
        machine.setattr(os, "stat", refuses)
        pipeline.clock.move(timedelta(minutes=2))
        pipeline.main_loop.go(called=True)
        found = pipeline.main_loop.trouble
        assert found is not None
        assert found.id == "reading_fails"
        assert pipeline.store.rows("SELECT * FROM sightings") == known
    assert trouble_after_a_look(pipeline) is None


def test_reading_that_fails_over_and_over_is_trouble_until_a_file_is_read(pipeline: Pipeline) -> None:
    pipeline.put("odd.fit", b"odd")
    assert trouble_after_a_look(pipeline) is None
    assert trouble_after_a_look(pipeline) is None, "one bad file is set aside, and no trouble"
    pipeline.put("odd too.fit", b"odd, too")
    assert trouble_after_a_look(pipeline) == "reading_fails"
    assert trouble_after_a_look(pipeline) == "reading_fails"
    pipeline.put("run.fit", a_file(NOON))
    assert trouble_after_a_look(pipeline) is None


@pytest.mark.figures("the process that reads ends over and over", "{copies} copies of a bad file: no trouble")
def test_copies_of_one_bad_file_are_one_bad_file(pipeline: Pipeline, measured: Measured) -> None:
    pipeline.put("odd.fit", b"odd")
    for _ in range(2):
        trouble_after_a_look(pipeline)
    for number in range(5):
        pipeline.put(f"odd {number}.fit", b"odd")
    for _ in range(3):
        assert trouble_after_a_look(pipeline) is None
    copies = len(pipeline.store.rows("SELECT path FROM set_aside"))
    assert copies == 6
    measured(copies=copies)


def test_a_database_that_another_keeps_locked(pipeline: Pipeline) -> None:
    pipeline.store.db.execute("PRAGMA busy_timeout = 0")
    with closing(sqlite3.connect(pipeline.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        pipeline.put("run.fit", a_file(NOON))
        assert trouble_after_a_look(pipeline) == "database_unusable"
        other.execute("ROLLBACK")
    assert trouble_after_a_look(pipeline) is None


@pytest.mark.parametrize(
    ("error", "id_"),
    [
        (MemoryError(), "no_memory"),
        (OSError(errno.ENOMEM, "x"), "no_memory"),
        (OSError(errno.EMFILE, "x"), "look_failed"),
        (sqlite3.OperationalError("disk I/O error"), "database_unusable"),
    ],
)
def test_a_machine_that_refuses(
    error: Exception, id_: str, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses() -> None:
        raise error

    with monkeypatch.context() as machine:
        machine.setattr(pipeline.inbox, "scan", refuses)
        assert trouble_after_a_look(pipeline) == id_
    assert trouble_after_a_look(pipeline) is None
