"""Files are found whatever way they come, read when they are finished, and left as they are."""

import os
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from hersteld.daemon.database.file_numbers import Signature
from hersteld.daemon.inbox import scan as inbox_module
from hersteld.daemon.inbox.candidate import Candidate, Changed
from hersteld.daemon.reading.folders import files_below
from hersteld.daemon.store.files import files_seen
from hersteld.daemon.store.sightings import read_sightings
from hersteld.recovery.recover import recover
from tests.support.languages import speaking
from tests.support.pipeline import NOON, Pipeline, a_file


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    return Pipeline(tmp_path)


def test_names_of_what_is_not_there_yet_are_skipped(pipeline: Pipeline) -> None:
    for name in (".syncthing.a.fit.tmp", "~a.fit", "a.fit.part", "a.fit.TMP", ".hidden.fit", ".stversions/a.fit"):
        pipeline.put(name, a_file())
    pipeline.look()
    assert files_seen(pipeline.store) == ()
    pipeline.put("~b.fit", b"")
    (pipeline.inbox_folder / "~a.fit").rename(pipeline.inbox_folder / "a.fit")
    pipeline.look()
    assert pipeline.statuses() == {"a.fit": "workout"}


def test_a_fit_file_is_known_by_its_content_whatever_its_name(pipeline: Pipeline) -> None:
    pipeline.put("ride without an end", a_file())
    pipeline.put("holiday.jpg", b"\xff\xd8\xff\xe0 and so on, a picture")
    pipeline.put("notes.txt", b"")
    pipeline.look()
    pipeline.pass_time(days=2, step=timedelta(hours=1))
    assert pipeline.statuses() == {"ride without an end": "workout"}


def test_links_that_lead_in_circles_end(pipeline: Pipeline) -> None:
    (pipeline.inbox_folder / "self").symlink_to(pipeline.inbox_folder, target_is_directory=True)
    (pipeline.inbox_folder / "loop.fit").symlink_to("loop.fit")
    (pipeline.inbox_folder / "nowhere.fit").symlink_to("/nowhere/at/all.fit")
    elsewhere = pipeline.inbox_folder.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "a.fit").write_bytes(a_file())
    (elsewhere / "back").symlink_to(pipeline.inbox_folder, target_is_directory=True)
    (pipeline.inbox_folder / "linked").symlink_to(elsewhere, target_is_directory=True)
    pipeline.look()
    assert pipeline.statuses() == {"a.fit": "workout"}


def test_a_pipe_and_a_socket_hold_nobody_up(pipeline: Pipeline) -> None:
    os.mkfifo(pipeline.inbox_folder / "pipe.fit")
    pipeline.look()
    pipe = Candidate(str(pipeline.inbox_folder / "pipe.fit"), Signature(100, 0, 0, 0))
    # As if the pipe had taken the place of a file after the scan.
    with pytest.raises(Changed), pipeline.inbox.opened(pipe):
        pass
    assert files_seen(pipeline.store) == ()


def test_a_name_that_is_no_text_is_read_like_any_other(pipeline: Pipeline) -> None:
    path = os.fsencode(pipeline.inbox_folder) + b"/rid\xe9 \n.fit"
    with open(path, "wb") as file:  # noqa: PTH123 - a name of bytes
        file.write(a_file())
    pipeline.look()
    pipeline.start()
    pipeline.look()
    assert [row.status for row in files_seen(pipeline.store)] == ["workout"]
    assert "rid\\xe9" in files_seen(pipeline.store)[0].path


def test_what_cannot_be_read_is_said_once_and_read_when_it_can(
    pipeline: Pipeline, caplog: pytest.LogCaptureFixture
) -> None:
    path = pipeline.inbox_folder / "a.fit"
    path.symlink_to("/proc/self/mem")  # a regular file whose first byte not even root can read
    pipeline.look()
    pipeline.pass_time(minutes=10, step=timedelta(minutes=1))
    assert sum("cannot be read" in record.getMessage() for record in caplog.records) == 1
    path.unlink()
    path.write_bytes(a_file())
    pipeline.pass_time(minutes=2, step=timedelta(minutes=1))
    assert pipeline.statuses() == {"a.fit": "workout"}


def test_in_dutch_it_is_said_in_dutch_why_a_file_is_not_read(
    pipeline: Pipeline, caplog: pytest.LogCaptureFixture
) -> None:
    unreadable, large = pipeline.inbox_folder / "a.fit", pipeline.inbox_folder / "b.fit"
    unreadable.symlink_to("/proc/self/mem")
    with large.open("wb") as file:
        file.write(a_file()[:100])
        file.truncate(300 * 2**20)
    with speaking("nl"):
        pipeline.look()
    assert {record.getMessage() for record in caplog.records} == {
        f"{unreadable}: kan niet worden gelezen (lees- of schrijffout); het wordt weer geprobeerd",
        f"{large}: overgeslagen. Het bestand is groter dan 256 MiB. Is het een archief, pak het dan hier uit.",
    }


def test_a_restart_reads_no_known_file_again(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    path = pipeline.put("a.fit", a_file())
    pipeline.look()
    # As if it had arrived a while ago: what was written this very second is read once more, to be sure.
    monkeypatch.setattr(inbox_module, "_RACY_S", 0.0)
    pipeline.pass_time(seconds=5, step=timedelta(seconds=5))
    pipeline.start()
    assert pipeline.inbox.scan() == ()
    path.write_bytes(a_file(NOON - timedelta(days=1)))
    assert [candidate.path for candidate in pipeline.inbox.scan()] == [str(path)]


def test_a_file_replaced_by_another_of_the_same_size_and_date_is_seen(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox_module, "_RACY_S", 0.0)
    path = pipeline.put("a.fit", a_file(NOON - timedelta(days=2)))
    pipeline.look()
    before = path.stat()
    path.write_bytes(a_file(NOON - timedelta(days=4)))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    pipeline.look()
    assert len(pipeline.stored()) == 2


def test_nothing_in_the_folder_is_changed(pipeline: Pipeline) -> None:
    for name, content in {"a.fit": a_file(), "b.fit": b"nonsense of some length", "c/d.fit": a_file()[:99]}.items():
        pipeline.put(name, content)
    before = _everything(pipeline.inbox_folder)
    pipeline.look()
    pipeline.pass_time(days=2, step=timedelta(hours=1))
    assert _everything(pipeline.inbox_folder) == before


def test_a_fault_of_ours_on_one_file_leaves_the_others_alone(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail_on_rowing(*arguments: object, **named: object) -> object:
        if arguments[0].sport == "rowing":  # type: ignore[attr-defined]
            raise ZeroDivisionError
        return recover(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("hersteld.daemon.planning.assessor.recover", fail_on_rowing)
    pipeline.put("a.fit", a_file(NOON - timedelta(hours=3), sport="rowing"))
    pipeline.put("b.fit", a_file())
    pipeline.look()
    pipeline.pass_time(hours=1)
    assert pipeline.statuses() == {"b.fit": "workout"}
    assert sum("please report" in record.getMessage() for record in caplog.records) == 1
    monkeypatch.undo()
    pipeline.start()
    pipeline.look()
    assert pipeline.statuses() == {"a.fit": "workout", "b.fit": "workout"}


def test_a_store_that_cannot_be_written_loses_nothing(pipeline: Pipeline, caplog: pytest.LogCaptureFixture) -> None:
    pipeline.put("a.fit", a_file())
    pipeline.store.db.execute("PRAGMA query_only = ON")
    for _ in range(3):
        pipeline.main_loop.go(called=True)
    assert sum("cannot be taken in" in record.getMessage() for record in caplog.records) == 1
    pipeline.store.db.execute("PRAGMA query_only = OFF")
    pipeline.look()
    assert len(pipeline.notifier.received) == 1


def test_what_is_gone_from_a_folder_is_forgotten_and_what_is_out_of_reach_is_not(pipeline: Pipeline) -> None:
    for name in ("a.fit", "b.fit"):
        pipeline.put(name, a_file(NOON - timedelta(days=1)))
    pipeline.look()
    (pipeline.inbox_folder / "a.fit").unlink()
    pipeline.look()
    assert [Path(name).name for name in read_sightings(pipeline.store)] == ["b.fit"]
    away = pipeline.inbox_folder.with_name("away")
    pipeline.inbox_folder.rename(away)
    pipeline.look()
    assert len(read_sightings(pipeline.store)) == 1
    away.rename(pipeline.inbox_folder)
    assert pipeline.inbox.scan() == ()


def test_a_large_folder_is_not_walked_all_day_for_a_file_that_grows(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    walked_at: list[float] = []

    def slowly(*arguments: Any) -> Any:
        walked_at.append(pipeline.clock.monotonic_s())
        pipeline.clock.move(timedelta(seconds=1))
        return files_below(*arguments)

    monkeypatch.setattr(inbox_module, "files_below", slowly)
    for _ in range(400):
        pipeline.main_loop.go(called=True)
        pipeline.clock.move(timedelta(seconds=0.5))
    assert 8 <= len(walked_at) <= 12
    assert all(later - earlier >= 20 for earlier, later in pairwise(walked_at))
    pipeline.put("a.fit", a_file())
    pipeline.main_loop.go(called=True)
    pipeline.clock.move(timedelta(seconds=pipeline.main_loop.pause_s()))
    pipeline.look()
    assert pipeline.statuses() == {"a.fit": "workout"}, "a call that had to wait is not forgotten"


def _everything(folder: Path) -> dict[str, tuple[int, int, int, bytes]]:
    return {
        str(path): (path.stat().st_mode, path.stat().st_mtime_ns, path.stat().st_ino, path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }
