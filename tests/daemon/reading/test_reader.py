"""What reads for the service may die, hang or take all memory: the service goes on and knows which file it was."""

import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hersteld.daemon.reading import reader as reader_module
from hersteld.daemon.reading.contents import Reading
from hersteld.daemon.reading.file_reader import FileReader, OurFault, OwnReader, ReaderCallbacks, Stopped, Unread
from hersteld.daemon.system.child_process import Limits
from hersteld.parsers.errors import NotFit
from hersteld.parsers.line import Line
from hersteld.parsers.workout import Workout
from tests.support.faults.reading import FILE, Listener, process, readings, ready
from tests.support.fit.archives import zipped
from tests.support.measured.figures import Measured
from tests.support.pipeline import NOON, a_file

FAULT_IN_ZIP = """
from hersteld.daemon.reading import reader_program as reader

original = reader.read_content

def read_content(content, path, **given):
    if path.endswith(".zip"):
        raise KeyError("lap")
    return original(content, path, **given)

reader.read_content = read_content
"""
"""Makes a hersteld that starts with it fail on every archive."""


def test_what_only_reads_imports_nothing_that_checks_a_configuration() -> None:
    """Its start is most of what a message waits for."""
    code = f"import sys, {reader_module.__name__}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "numpy" in done.stdout.split()
    assert not {"pydantic", "apprise", "sqlite_utils", "babel", "click"} & set(done.stdout.split())


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
        with pytest.raises(Unread) as unread:
            readings(reader, tmp_path / "large.zip", zipped(a_fit=FILE) + bytes(250 * 2**20))
        assert unread.value.reason == Line("reasons.no_memory")
        assert len(readings(reader, tmp_path / "a.fit", FILE)) == 1


def test_it_has_a_gibibyte_at_most_and_is_the_first_to_end_where_the_machine_has_no_memory_left() -> None:
    with process() as reader:
        folder = Path("/proc", str(ready(reader)))
        (most,) = [line.split() for line in (folder / "limits").read_text().splitlines() if "Max data size" in line]
        assert int(most[3]) <= 2**30
        assert int((folder / "oom_score_adj").read_text()) >= 800


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
            list(
                reader.read(
                    file.fileno(), "a.fit", ReaderCallbacks(heard.known.__contains__, _nothing, kill), salvage=False
                )
            )
        assert unread.value.reason == Line("reasons.killed")
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


def test_a_process_that_says_one_thing_after_the_other_does_not_keep_us_from_saying_that_we_are_alive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[None] = []

    def go_on() -> bool:
        asked.append(None)
        return True

    monkeypatch.setattr(reader_module, "BREATH_S", 0.0)
    heard = Listener()
    archive = zipped(**{f"{number}_gpx": b"<?xml?><gpx>" for number in range(50)})
    with process(go_on=go_on) as reader:
        readings(reader, tmp_path / "week.zip", archive, heard)
    assert len(heard.left_out) == 50
    assert len(asked) > 50


def test_a_process_that_says_nothing_for_too_long_is_ended(tmp_path: Path) -> None:
    with process(silent_s=0.01) as reader:
        ready(reader)
        assert reader.pid is not None
        os.kill(reader.pid, signal.SIGSTOP)
        with pytest.raises(Unread) as unread:
            readings(reader, tmp_path / "a.fit", FILE)
        assert unread.value.reason.id == "reasons.silent"


def test_a_file_that_the_machine_cannot_read_is_its_fault(tmp_path: Path) -> None:
    descriptor = os.open(tmp_path, os.O_RDONLY)
    try:
        with process() as reader, pytest.raises(IsADirectoryError):
            list(reader.read(descriptor, "a.fit", Listener().callbacks(), salvage=False))
    finally:
        os.close(descriptor)


def test_a_file_that_takes_too_long_in_all_is_left_however_much_is_found_in_it(tmp_path: Path) -> None:
    with process(whole_s=0.0) as reader, pytest.raises(Unread) as unread:
        readings(reader, tmp_path / "a.fit", FILE)
    assert unread.value.reason.id == "reasons.too_slow"


@pytest.mark.figures("a stop while a file is being read", "{signals} signals: 0 held against the file")
def test_a_stop_of_the_whole_unit_is_not_taken_for_the_fault_of_a_file(tmp_path: Path, measured: Measured) -> None:
    goes_on = True
    sent: list[signal.Signals] = []
    path = tmp_path / "a.fit"
    path.write_bytes(FILE)

    def send(number: signal.Signals) -> list[Reading]:
        def say_read(size: int, sha256: str) -> None:
            del size, sha256
            assert reader.pid is not None
            os.kill(reader.pid, number)
            sent.append(number)

        with path.open("rb") as file:
            return list(
                reader.read(file.fileno(), "a.fit", ReaderCallbacks(lambda _: False, _nothing, say_read), salvage=False)
            )

    with process(go_on=lambda: goes_on) as reader:
        pid = ready(reader)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            assert len(send(number)) == 1
        assert reader.pid == pid
        goes_on = False
        with pytest.raises(Stopped):
            send(signal.SIGKILL)
    measured(signals=len(sent))


def test_a_process_that_ended_while_it_had_nothing_to_do_costs_no_file_a_try(tmp_path: Path) -> None:
    with process() as reader:
        pid = ready(reader)
        os.kill(pid, signal.SIGKILL)
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        assert len(readings(reader, tmp_path / "a.fit", FILE)) == 1
        assert reader.pid not in (None, pid)


def test_a_fault_of_ours_comes_with_its_traceback_and_the_next_file_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text(FAULT_IN_ZIP)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with process() as reader:
        with pytest.raises(OurFault, match=r"(?s)Traceback.*in read_content.*KeyError: 'lap'"):
            readings(reader, tmp_path / "a.zip", zipped(a_fit=FILE))
        assert len(readings(reader, tmp_path / "a.fit", FILE)) == 1


def _nothing(name: str, kind: str) -> None:
    del name, kind
