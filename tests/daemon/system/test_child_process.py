"""Work beside us in a process of its own: with limits, ended when late, and never without us."""

import os
import resource
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hersteld.daemon.system.child_process import ChildLost, ChildProcess, Limits, how_ended
from hersteld.parsers.line import Line
from tests.support.sentences import sentence

LONG_S = 60.0
"""Longer than anything here takes, also on a busy machine."""

PARENT = """
import signal
from hersteld.daemon.system.child_process import ChildProcess
process = ChildProcess('tests.daemon.system.programs:spin')
process.tell({})
print(process.pid, flush=True)
signal.pause()
"""


@pytest.fixture(autouse=True)
def children_find_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))


@contextmanager
def child(name: str, **given: object) -> Iterator[ChildProcess]:
    process = ChildProcess(f"tests.daemon.system.programs:{name}", **given)  # type: ignore[arg-type]
    try:
        yield process
    finally:
        process.end()


def ended(pid: int) -> bool:
    """Return whether a process has ended, after waiting for that."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    with os.fdopen(descriptor, closefd=True):
        return bool(select.select([descriptor], [], [], LONG_S)[0])


def test_it_answers_one_request_after_the_other() -> None:
    with child("echo") as process:
        for text in ("a", "ë \udcff", "x" * 300_000):
            answer, _ = process.ask({"text": text}, within_s=LONG_S)
            assert answer == {"text": text, "files": []}


def test_a_file_goes_there_and_comes_back() -> None:
    with tempfile.TemporaryFile() as file, child("echo") as process:
        file.write(b"in the file")
        file.seek(0)
        assert process.ask({}, [file.fileno()], within_s=LONG_S)[0] == {"files": ["in the file"]}
    with child("write") as process:
        _, files = process.ask({"text": "written by it"}, within_s=LONG_S)
        with os.fdopen(files[0]) as found:
            assert not os.get_inheritable(found.fileno())
            assert found.read() == "written by it"


def test_an_answer_that_is_too_long_is_not_taken() -> None:
    with child("answer_much", limits=Limits(answer_bytes=1000)) as process:
        assert len(str(process.ask({"characters": 900}, within_s=LONG_S)[0]["text"])) == 900
        with pytest.raises(ChildLost) as lost:
            process.ask({"characters": 1000}, within_s=LONG_S)
        assert lost.value.reason == Line("reasons.child_garbled")


def test_what_is_no_message_is_not_taken() -> None:
    with child("no_json") as process, pytest.raises(ChildLost) as lost:
        process.ask({}, within_s=LONG_S)
    assert lost.value.reason == Line("reasons.child_garbled")


@pytest.mark.parametrize("program", ["half", "spin"])
def test_a_child_that_takes_too_long_is_ended(program: str) -> None:
    with child(program) as process:
        with pytest.raises(ChildLost) as lost:
            process.ask({}, within_s=0.2)
        assert lost.value.is_late
        assert ended(process.pid)


@pytest.mark.parametrize("code", [0, 3])
def test_it_is_said_how_a_child_ended(code: int) -> None:
    with child("exit_with") as process, pytest.raises(ChildLost) as lost:
        process.ask({"code": code}, within_s=LONG_S)
    assert lost.value.reason == Line("reasons.exit_code", {"number": code})
    assert not lost.value.is_late


def test_a_child_that_a_signal_ended_names_the_signal() -> None:
    with child("echo") as process:
        process.ask({}, within_s=LONG_S)
        os.kill(process.pid, signal.SIGKILL)
        with pytest.raises(ChildLost) as lost:
            process.ask({}, within_s=LONG_S)
        assert lost.value.reason == Line("reasons.killed")


def test_memory_and_time_have_limits() -> None:
    with child("allocate", limits=Limits(data_bytes=2**27), quiet=True) as process, pytest.raises(ChildLost) as lost:
        process.ask({}, within_s=LONG_S)
    assert not lost.value.is_late
    with child("spin", limits=Limits(cpu_s=1), quiet=True) as process, pytest.raises(ChildLost) as lost:
        process.ask({}, within_s=LONG_S)
    by = [Line("reasons.signal", {"number": int(signal.SIGXCPU)}), Line("reasons.killed")]
    assert lost.value.reason in by


def test_its_limits_are_those_asked_for_and_no_image_of_its_memory_is_written() -> None:
    limits = Limits(data_bytes=2**29, address_bytes=2**31, cpu_s=100)
    with child("tell_limits", limits=limits) as process:
        answer, _ = process.ask({}, within_s=LONG_S)
    assert answer["limits"] == {"DATA": 2**29, "AS": 2**31, "CPU": 100, "CORE": 0}
    assert answer["leads"] is True


def test_a_limit_that_is_lower_already_stays() -> None:
    before = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (50_000, before[1]))
    try:
        with child("tell_limits", limits=Limits(cpu_s=100_000)) as process:
            answer, _ = process.ask({}, within_s=LONG_S)
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, before)
    assert answer["limits"]["CPU"] == 50_000  # type: ignore[index]


@pytest.mark.parametrize("heeds_stop", [True, False])
def test_a_stop_of_the_whole_unit_ends_only_a_child_that_heeds_it(heeds_stop: bool) -> None:
    with child("tell_limits", heeds_stop=heeds_stop) as process:
        answer, _ = process.ask({}, within_s=LONG_S)
    assert answer["ignored"] == ([] if heeds_stop else [signal.SIGTERM, signal.SIGINT])


def test_a_program_that_cannot_be_loaded_prints_no_traceback(capfd: pytest.CaptureFixture[str]) -> None:
    process = ChildProcess("tests.no_such_module:serve")
    with pytest.raises(ChildLost):
        process.ask({}, within_s=LONG_S)
    assert capfd.readouterr().err == ""


def test_what_a_child_started_ends_with_it() -> None:
    with child("with_grandchild") as process:
        answer, _ = process.ask({}, within_s=LONG_S)
        process.end()
        assert ended(int(str(answer["pid"])))


def test_a_child_ends_with_the_object() -> None:
    process = ChildProcess("tests.daemon.system.programs:echo")
    pid = process.pid
    del process
    assert ended(pid)


def test_a_child_ends_when_its_parent_is_killed() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert ended(pid)


def test_how_a_child_ended_is_said_in_words() -> None:
    assert sentence(how_ended(-9)) == "signal 9: the system ended it, mostly for lack of memory"
    assert sentence(how_ended(-11)) == "signal 11"
    assert sentence(how_ended(3)) == "exit code 3"
