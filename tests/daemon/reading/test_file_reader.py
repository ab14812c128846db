"""Where the service must read by itself, it says that it is alive, but not for ever."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from hersteld.daemon.reading import file_reader
from hersteld.daemon.reading.contents import Reading
from hersteld.daemon.reading.file_reader import OwnReader, ReaderCallbacks
from tests.support.machine.waiting import until

ONE = Reading("a.fit", "sha", 1, None)
CALLBACKS = ReaderCallbacks(lambda _sha256: False, lambda _name, _kind: None, lambda _size, _sha256: None)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(file_reader, "BREATH_S", 0.01)
    (tmp_path / "a.fit").write_bytes(b"x")
    return tmp_path / "a.fit"


def read(reader: OwnReader, path: Path) -> list[Reading]:
    with path.open("rb") as file:
        return list(reader.read(file.fileno(), "a.fit", CALLBACKS, salvage=False))


def nobody_breathes() -> bool:
    return not any(thread.name == "breathe" for thread in threading.enumerate())


def test_while_it_is_busy_with_a_file_it_says_that_it_is_alive_and_afterwards_not(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[None] = []

    def busy(*_: object, **__: object) -> Iterator[Reading]:
        until(lambda: len(said) >= 3)
        yield ONE
        until(lambda: len(said) >= 6)

    def go_on() -> bool:
        said.append(None)
        return True

    monkeypatch.setattr(file_reader, "read_content", busy)
    assert read(OwnReader(go_on), path) == [ONE]
    until(nobody_breathes)


def test_one_that_finds_nothing_for_too_long_falls_silent(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[None] = []

    def go_on() -> bool:
        said.append(None)
        return True

    def hung(*_: object, **__: object) -> Iterator[Reading]:
        until(nobody_breathes)
        yield ONE

    monkeypatch.setattr(file_reader, "read_content", hung)
    assert read(OwnReader(go_on, silent_s=0.0), path) == [ONE]
    assert said == []


def test_where_no_thread_can_be_started_it_reads_all_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refused)
    (reading,) = read(OwnReader(), path)
    assert reading.result is not None
