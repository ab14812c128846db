"""Changes in a folder are noticed at once, whatever becomes of the folder; where they cannot be, it is polled."""

import logging
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from watchdog.utils import BaseThread

from hersteld.daemon.inbox.watcher import Watcher
from tests.support.languages import speaking
from tests.support.machine.waiting import until
from tests.support.measured.figures import Measured


def test_a_watch_calls_for_a_look_and_our_own_reading_does_not(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    wake = threading.Event()
    watcher = Watcher((folder,), wake)
    try:
        assert watcher.refresh()
        assert not watcher.refresh()
        (folder / "a.fit").write_bytes(b"x")
        until(wake.is_set)
        (folder / "end.fit").touch()
        _drain(wake)
        wake.clear()
        (folder / "a.fit").read_bytes()
        list(folder.iterdir())
        (tmp_path / "other").mkdir()
        assert not wake.wait(0.5)
    finally:
        watcher.stop()


def test_a_download_calls_for_a_look_only_when_it_gets_its_name(tmp_path: Path) -> None:
    folder = tmp_path / ".hidden root" / "inbox"
    folder.mkdir(parents=True)
    wake = threading.Event()
    watcher = Watcher((folder,), wake)
    try:
        watcher.refresh()
        (folder / ".stversions").mkdir()
        _drain(wake)
        (folder / "a.fit.part").write_bytes(b"x")
        (folder / ".stversions" / "old.fit").write_bytes(b"x")
        assert not wake.wait(0.5)
        (folder / "a.fit.part").rename(folder / "a.fit")
        until(wake.is_set)
    finally:
        watcher.stop()


def _rename_in(folder: Path) -> None:
    (folder.parent / "outside").write_bytes(b"x")
    (folder.parent / "outside").rename(folder / "renamed.fit")


def _rename(folder: Path) -> None:
    (folder / ".syncthing.a.fit.tmp").write_bytes(b"x")
    (folder / ".syncthing.a.fit.tmp").rename(folder / "a.fit")


@pytest.mark.parametrize(
    ("happens", "has_arrival", "is_writing"),
    [
        (lambda folder: (folder / "a.fit").write_bytes(b"x"), True, False),
        (lambda folder: (folder / "A.FIT.GZ").write_bytes(b"x"), True, False),
        (_rename, True, False),
        (_rename_in, True, False),
        (lambda folder: os.link(folder.parent / "there", folder / "linked.zip"), True, False),
        (lambda folder: (folder / "picture.jpg").write_bytes(b"x"), False, False),
        (lambda folder: (folder / "a folder").mkdir(), False, True),
    ],
    ids=["written", "an archive", "renamed", "renamed in", "linked", "a picture", "a folder"],
)
def test_it_knows_whether_a_file_is_whole_and_whether_one_is_still_written_to(
    tmp_path: Path, happens: Callable[[Path], object], *, has_arrival: bool, is_writing: bool
) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (tmp_path / "there").write_bytes(b"x")
    wake = threading.Event()
    watcher = Watcher((folder,), wake)
    try:
        watcher.refresh()
        happens(folder)
        _drain(wake)
        assert (watcher.has_arrival, watcher.is_writing) == (has_arrival, is_writing)
        watcher.begin_walk()
        assert (watcher.has_arrival, watcher.is_writing) == (False, False)
    finally:
        watcher.stop()


def test_a_whole_file_beside_one_that_grows_does_not_hide_that_it_grows(tmp_path: Path) -> None:
    wake = threading.Event()
    watcher = Watcher((tmp_path,), wake)
    try:
        watcher.refresh()
        with (tmp_path / "growing.fit").open("wb", buffering=0) as growing:
            growing.write(b"a part")
            (tmp_path / "whole.fit").write_bytes(b"x")
            _drain(wake)
            assert watcher.has_arrival
            assert watcher.is_writing
            growing.write(b"the rest")
        until(lambda: not watcher.is_writing)
    finally:
        watcher.stop()


def test_a_folder_that_is_missing_is_waited_for_with_one_line(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    folder = tmp_path / "later"
    wake = threading.Event()
    watcher = Watcher((folder,), wake)
    try:
        for _ in range(3):
            watcher.refresh()
        assert watcher.is_waiting
        assert sum("waiting for it" in record.getMessage() for record in caplog.records) == 1
        folder.mkdir()
        assert watcher.refresh()
        assert not watcher.is_waiting
        (folder / "a.fit").write_bytes(b"x")
        until(wake.is_set)
    finally:
        watcher.stop()


def test_what_is_said_of_the_folders_is_said_in_the_users_language(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    (tmp_path / "file").touch()
    (tmp_path / "here").mkdir()
    watcher = Watcher(tuple(tmp_path / name for name in ("missing", "file", "here")), threading.Event())
    try:
        with speaking("nl"):
            watcher.refresh()
    finally:
        watcher.stop()
    assert [record.getMessage() for record in caplog.records] == [
        f"{tmp_path}/missing: deze map is er niet; er wordt op gewacht",
        f"{tmp_path}/file: is geen map; er wordt op gewacht",
        f"{tmp_path}/here: wordt bewaakt",
    ]


def test_a_folder_that_was_made_anew_is_watched_anew(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    wake = threading.Event()
    watcher = Watcher((folder,), wake)
    try:
        watcher.refresh()
        folder.rename(tmp_path / "old")
        folder.mkdir()
        assert watcher.refresh()
        wake.clear()
        (folder / "a.fit").write_bytes(b"x")
        until(wake.is_set)
    finally:
        watcher.stop()


@pytest.mark.figures("a thread of the library", "{tried} kinds of thread")
@pytest.mark.parametrize("part", ["observer", "emitter", "reader"])
def test_a_thread_of_the_observer_that_ended_is_replaced(tmp_path: Path, part: str, measured: Measured) -> None:
    wake = threading.Event()
    watcher = Watcher((tmp_path,), wake)
    try:
        watcher.refresh()
        observer = watcher._observer
        assert observer is not None
        (emitter,), (reader,) = observer.emitters, watcher._readers
        ended = {"observer": observer, "emitter": emitter, "reader": reader}[part]
        assert isinstance(ended, BaseThread)
        ended.stop()
        until(lambda: not ended.is_alive())
        assert watcher.refresh()
        assert not watcher.refresh()
        wake.clear()
        (tmp_path / "a.fit").write_bytes(b"x")
        until(wake.is_set)
    finally:
        watcher.stop()
    measured(tried=1)


def test_a_folder_that_a_link_leads_to_is_watched_while_the_link_is_there(tmp_path: Path) -> None:
    elsewhere, folder = tmp_path / "elsewhere", tmp_path / "inbox"
    (elsewhere / "deeper").mkdir(parents=True)
    (folder / "own").mkdir(parents=True)
    for name, target in (("away", elsewhere), ("again", folder / "own")):
        (folder / name).symlink_to(target)
    wake = threading.Event()
    watcher = Watcher((folder,), wake)

    def walk(*folders: Path) -> None:
        watcher.begin_walk()
        for one in folders:
            watcher.enter(one)
        watcher.end_walk(is_whole=True)

    try:
        watcher.refresh()
        walk(folder, folder / "away", folder / "away" / "deeper", folder / "again")
        assert list(watcher._linked) == [elsewhere], "one watch for it all"
        (elsewhere / "deeper" / "a.fit").write_bytes(b"x")
        until(wake.is_set)
        walk(folder)
        _drain(wake)
        (elsewhere / "b.fit").write_bytes(b"x")
        assert not wake.wait(0.5)
    finally:
        watcher.stop()


def test_nothing_is_renewed_for_nothing(tmp_path: Path) -> None:
    closed, missing = tmp_path / "file", tmp_path / "missing"
    closed.touch()
    watcher = Watcher((closed, missing, tmp_path), threading.Event())
    try:
        assert watcher.refresh()
        observer = watcher._observer
        for _ in range(3):
            watcher.begin_walk()
            watcher.end_walk(is_whole=False)
            assert not watcher.refresh()
        assert watcher._observer is observer
    finally:
        watcher.stop()


def _drain(wake: threading.Event) -> None:
    """Wait until the events of what was written so far have come in: until nothing comes for a while."""
    while True:
        wake.clear()
        if not wake.wait(1.0):
            return
