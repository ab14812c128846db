"""What reads for the service may die, hang or take all memory: the service goes on and knows which file it was."""

import hashlib
import io
import os
import signal
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hersteld.daemon.reading import reader as reader_module
from hersteld.daemon.reading.contents import Reading
from hersteld.daemon.reading.reader import Asked, FileReader, OwnReader, ReaderProcess, Stopped, Unread
from hersteld.daemon.system.child_process import Limits
from hersteld.parsers.errors import NotFit
from hersteld.parsers.workout import Workout
from tests.support.pipeline import NOON, a_file

FILE = a_file(NOON, minutes=10)


def zipped(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return packed.getvalue()


@contextmanager
def process(**given: object) -> Iterator[ReaderProcess]:
    reader = ReaderProcess(**given)  # type: ignore[arg-type]
    try:
        yield reader
    finally:
        reader.close()


class Listener:
    """Hears what is asked and said while a file is read."""

    def __init__(self, *known: bytes) -> None:
        self.known = {hashlib.sha256(content).hexdigest() for content in known}
        self.left_out: list[tuple[str, str]] = []
        self.read: list[tuple[int, str]] = []

    def asked(self) -> Asked:
        return Asked(
            self.known.__contains__,
            lambda name, kind: self.left_out.append((name, kind)),
            lambda size, sha256: self.read.append((size, sha256)),
        )


def readings(
    reader: FileReader, path: Path, content: bytes, heard: Listener | None = None, *, salvage: bool = False
) -> list[Reading]:
    path.write_bytes(content)
    with path.open("rb") as file:
        asked = (heard or Listener()).asked()
        return list(reader.read(file.fileno(), str(path), asked, salvage=salvage))


@pytest.mark.parametrize("is_alone", [False, True])
def test_a_file_and_an_archive_are_read_alike_here_and_there(is_alone: bool, tmp_path: Path) -> None:
    known, other = a_file(NOON, minutes=20), a_file(NOON, minutes=30)
    archive = zipped(a_fit=FILE, b_fit=known, c_fit=other, d_gpx=b"<?xml?><gpx>", e_fit=b"no FIT file, but long")
    heard = Listener(known)
    with process() as there:
        reader: FileReader = OwnReader() if is_alone else there
        (single,) = readings(reader, tmp_path / "a.fit", FILE)
        found = readings(reader, tmp_path / "week.zip", archive, heard)
        (cut,) = readings(reader, tmp_path / "b.fit", FILE[:-100], salvage=True)
    assert isinstance(single.result, Workout)
    assert (single.path, single.size) == (str(tmp_path / "a.fit"), len(FILE))
    assert [Path(one.path).name for one in found] == ["a.fit", "b.fit", "c.fit", "e.fit"]
    assert [type(one.result) for one in found] == [Workout, type(None), Workout, NotFit]
    assert [(Path(name).name, kind) for name, kind in heard.left_out] == [("d.gpx", "gpx")]
    assert heard.read == [(len(archive), hashlib.sha256(archive).hexdigest())]
    assert isinstance(cut.result, Workout)
    assert cut.is_cut_off
    assert cut.result.salvaged


def test_one_process_reads_one_file_after_the_other_and_leaves_when_it_is_idle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with process() as reader:
        readings(reader, tmp_path / "a.fit", FILE)
        pid = reader.pid
        readings(reader, tmp_path / "b.fit", FILE)
        assert reader.pid == pid
        assert 0 < reader.leave() <= reader_module.IDLE_S
        monkeypatch.setattr(reader_module, "IDLE_S", 0.0)
        reader.leave()
        assert reader.pid is None
        assert not Path(f"/proc/{pid}").exists()


def test_a_file_that_takes_all_memory_ends_only_the_process(tmp_path: Path) -> None:
    with process(limits=Limits(data_bytes=300 * 2**20, answer_bytes=2**26)) as reader:
        with pytest.raises(Unread):
            readings(reader, tmp_path / "large.zip", zipped(a_fit=FILE) + bytes(250 * 2**20))
        assert len(readings(reader, tmp_path / "a.fit", FILE)) == 1


def test_a_process_that_was_ended_is_named_by_its_signal_and_replaced(tmp_path: Path) -> None:
    heard = Listener()

    def kill(size: int, sha256: str) -> None:
        del size, sha256
        assert reader.pid is not None
        os.kill(reader.pid, signal.SIGKILL)

    with process() as reader:
        path = tmp_path / "a.fit"
        path.write_bytes(FILE)
        with path.open("rb") as file, pytest.raises(Unread) as unread:
            list(reader.read(file.fileno(), "a.fit", Asked(heard.known.__contains__, _nothing, kill), salvage=False))
        assert unread.value.reason.values == {"number": 9}
        assert len(readings(reader, path, FILE)) == 1


def test_while_a_file_is_read_it_is_said_that_we_are_alive_and_a_stop_does_not_wait(tmp_path: Path) -> None:
    asked: list[None] = []

    def go_on() -> bool:
        asked.append(None)
        return len(asked) < 2

    with process(go_on=go_on) as reader:
        assert reader.pid is None
        reader.start()
        assert reader.pid is not None
        os.kill(reader.pid, signal.SIGSTOP)
        with pytest.raises(Stopped):
            readings(reader, tmp_path / "a.fit", FILE)
        assert len(asked) == 2
        assert reader.pid is None


def test_a_process_that_says_nothing_for_too_long_is_ended(tmp_path: Path) -> None:
    with process(silent_s=0.01) as reader:
        reader.start()
        assert reader.pid is not None
        os.kill(reader.pid, signal.SIGSTOP)
        with pytest.raises(Unread) as unread:
            readings(reader, tmp_path / "a.fit", FILE)
        assert unread.value.reason.id == "reasons.silent"


def test_a_file_that_the_machine_cannot_read_is_its_fault(tmp_path: Path) -> None:
    descriptor = os.open(tmp_path, os.O_RDONLY)
    try:
        with process() as reader, pytest.raises(IsADirectoryError):
            list(reader.read(descriptor, "a.fit", Listener().asked(), salvage=False))
    finally:
        os.close(descriptor)


def test_where_no_process_can_be_started_the_service_reads_by_itself_and_says_so_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    with process() as reader:
        for _ in range(2):
            (reading,) = readings(reader, tmp_path / "a.fit", FILE)
            assert isinstance(reading.result, Workout)
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "hersteld reads them by itself" in caplog.text


def test_a_process_that_ends_before_it_has_begun_is_not_held_against_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The machine is at its limit of processes, say: the service reads by itself, and later tries a process again."""
    with process() as reader:
        with monkeypatch.context() as broken:
            broken.setattr("sys.executable", "/bin/false")
            for _ in range(2):
                (reading,) = readings(reader, tmp_path / "a.fit", FILE)
                assert isinstance(reading.result, Workout)
        assert [record.levelname for record in caplog.records] == ["WARNING"]
        assert reader.pid is None
        monkeypatch.setattr(reader_module, "ALONE_S", -1.0)
        monkeypatch.setattr(reader, "_alone_until_s", 0.0)
        assert len(readings(reader, tmp_path / "a.fit", FILE)) == 1
        assert reader.pid is not None


def _nothing(name: str, kind: str) -> None:
    del name, kind
