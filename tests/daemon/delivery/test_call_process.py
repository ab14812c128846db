"""A call ends in time and leaves nothing behind, and no server learns or takes more than its message."""

import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import pytest
from pydantic import SecretStr

from hersteld.config.settings import Target
from hersteld.daemon.delivery import call_process
from hersteld.daemon.delivery.call_process import LATER, CallProcess
from hersteld.daemon.delivery.message import Message, SendResult
from hersteld.daemon.delivery.notifiers import AppriseNotifier
from hersteld.daemon.delivery.threads import DeliveryThreads
from hersteld.daemon.system.clock import SystemClock
from hersteld.parsers.line import Line
from tests.support.faults.misbehaving import Behaviour, Misbehaving, answer, drip, gush, hang, redirect_to_itself, reset
from tests.support.machine.components import require
from tests.support.machine.process import wait_until
from tests.support.measured.figures import Measured
from tests.support.receivers import SECRETS, HttpReceiver
from tests.support.sentences import sentence

MESSAGE = Message("Zware rit", "Rustig aan tot morgen.", "workout-1")
ESCAPES = b"\x1b[2J\x1b]0;owned\x07 <b>500</b> Traceback error=200 certificate"


@pytest.fixture(autouse=True)
def as_in_the_service() -> None:
    """Have somebody end what is idle."""
    LATER.start()


def children(pid: int) -> list[int]:
    """Return the child processes of a process."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(FileNotFoundError):  # a thread that has ended meanwhile
            found += map(int, (task / "children").read_text().split())
    return found


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (answer(401), "the server answered 401 (not allowed)"),
        (answer(404), "the server answered 404 (no such address there)"),
        (answer(429, "Retry-After: 86400"), "the server answered 429 (too many messages)"),
        (answer(500, body=ESCAPES), "the server answered 500 (it is in trouble itself)"),
        (redirect_to_itself, "the server answered 307 (it names another address)"),
        (reset, "it was sent, but no answer came"),
        (gush, "the server answered more than can be read"),
    ],
)
def test_each_failure_is_told_in_plain_words_of_our_own(behaviour: Behaviour, reason: str) -> None:
    with Misbehaving(behaviour) as server:
        result = CallProcess(server.url).call(MESSAGE)
        assert (result.ok, sentence(result.reason)) == (False, reason)
        assert len(server.bodies) == 1, "one call, one try"


def test_a_certificate_that_nobody_signed_gets_no_message(tmp_path: Path) -> None:
    require("openssl")
    with Misbehaving(answer(200), certificate=tmp_path) as server:
        reason = "no secure connection to the server; is its certificate valid?"
        result = CallProcess(server.url).call(MESSAGE)
        assert (result.ok, sentence(result.reason)) == (False, reason)
        assert server.bodies == []


@pytest.mark.figures("a server names another address", "{tried} kinds of redirect: {elsewhere} requests elsewhere")
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_server_cannot_send_the_message_on_to_another(status: int, measured: Measured) -> None:
    with HttpReceiver() as stranger:
        place = stranger.url.partition("@")[2]
        with Misbehaving(answer(status, f"Location: http://{place}")) as server:
            delivery = CallProcess(server.url + "&redirect=yes").call(MESSAGE)
        assert sentence(delivery.reason) == f"the server answered {status} (it names another address)"
        assert (stranger.attempts, stranger.received) == (0, [])
        measured(elsewhere=stranger.attempts)


@pytest.mark.figures("a call does not end", "{tried} kinds: {processes} processes, {connections} connections left")
@pytest.mark.parametrize("behaviour", [hang, drip])
def test_a_call_that_takes_too_long_is_ended_on_the_wire_too(behaviour: Behaviour, measured: Measured) -> None:
    before = set(children(os.getpid()))
    with Misbehaving(behaviour) as server:
        result = CallProcess(server.url, timeout_s=4).call(MESSAGE)
        assert result.may_have_arrived
        left = set(children(os.getpid())) - before
        assert left == set(), "nothing goes on that could still deliver it"
        wait_until(lambda: server.open == 0, "the server to see the end of the connection")
        assert len(server.bodies) == 1
        measured(processes=len(left), connections=server.open)


def test_an_answer_without_end_takes_little_memory() -> None:
    script = (
        "import pathlib, re, resource, sys\n"
        "from hersteld.daemon.delivery.call_process import CallProcess\n"
        "from hersteld.daemon.delivery.message import Message\n"
        "caller = CallProcess(sys.argv[1])\n"
        "assert not caller.call(Message('t', 'b', '')).ok\n"
        # getrusage would count the memory of whoever started this process, too.
        "own = int(re.search(r'VmHWM:\\s+(\\d+)', pathlib.Path('/proc/self/status').read_text())[1])\n"
        "print(max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))\n"
    )
    with Misbehaving(gush) as server:
        done = subprocess.run([sys.executable, "-c", script, server.url], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 256 * 1024


def test_two_messages_use_one_process_and_a_failure_ends_it() -> None:
    before = set(children(os.getpid()))
    with HttpReceiver() as receiver:
        caller = CallProcess(receiver.url)
        assert caller.call(MESSAGE).ok
        first = set(children(os.getpid())) - before
        assert len(first) == 1
        assert caller.call(MESSAGE).ok
        assert set(children(os.getpid())) - before == first
        receiver.status = 500
        assert not caller.call(MESSAGE).ok
        assert set(children(os.getpid())) <= before
        receiver.status = 200
        assert caller.call(MESSAGE).ok
        assert len(receiver.received) == 3


def test_a_process_that_died_is_replaced_and_its_message_told_as_broken_off() -> None:
    before = set(children(os.getpid()))
    with HttpReceiver() as receiver:
        caller = CallProcess(receiver.url)
        assert caller.call(MESSAGE).ok
        (worker,) = set(children(os.getpid())) - before
        os.kill(worker, signal.SIGKILL)
        assert caller.call(MESSAGE) == SendResult(ok=False, reason=Line("delivery.call_broke_off"))
        assert caller.call(MESSAGE).ok
        assert len(receiver.received) == 2


@pytest.mark.figures("no message is due for hours", "after {messages} messages {left} processes left")
def test_nothing_is_left_of_a_process_that_nobody_needs_any_more(measured: Measured) -> None:
    """No memory, and no dead entry in the list of processes from one message to the next."""
    before = set(children(os.getpid()))
    with HttpReceiver() as receiver:
        caller = CallProcess(receiver.url, idle_s=0.05)
        for count in (1, 2):
            assert caller.call(MESSAGE).ok
            wait_until(lambda: set(children(os.getpid())) <= before, "the process to be gone")
            assert len(receiver.received) == count
        measured(messages=len(receiver.received), left=len(set(children(os.getpid())) - before))


def test_a_unit_that_allows_less_memory_is_sent_to_all_the_same() -> None:
    # Root could raise what was set, and a user's service cannot.
    unprivileged = [str(require("setpriv")), "--bounding-set", "-sys_resource"] if os.getuid() == 0 else []
    script = (
        "import resource, sys\nfrom hersteld.daemon.delivery.call_process import CallProcess\n"
        "from hersteld.daemon.delivery.message import Message\n"
        "resource.setrlimit(resource.RLIMIT_DATA, (150 * 2**20,) * 2)\n"
        "sys.exit(not CallProcess(sys.argv[1]).call(Message('t', 'b', '')).ok)\n"
    )
    with HttpReceiver() as receiver:
        subprocess.run([*unprivileged, sys.executable, "-c", script, receiver.url], check=True)
        assert len(receiver.received) == 1


def test_a_call_does_not_outlive_the_daemon() -> None:
    """Else a message would arrive after the kill, and again after the restart."""
    script = (
        "import sys\nfrom hersteld.daemon.delivery.call_process import CallProcess\n"
        "from hersteld.daemon.delivery.message import Message\n"
        "CallProcess(sys.argv[1]).call(Message('t', 'b', ''))\n"
    )
    with Misbehaving(hang) as server:
        daemon = subprocess.Popen([sys.executable, "-c", script, server.url])
        wait_until(lambda: server.open == 1, "the call")
        (worker,) = children(daemon.pid)
        assert not any(secret in Path(f"/proc/{worker}/cmdline").read_text() for secret in SECRETS)
        os.kill(worker, signal.SIGTERM)  # as a stop of the whole unit does; the call goes on
        daemon.kill()
        daemon.wait()
        wait_until(lambda: server.open == 0, "the end of the call")


def test_of_many_targets_no_more_than_four_have_a_process() -> None:
    """Whoever is called after them gets the process of the one that has waited longest."""
    before = set(children(os.getpid()))
    with HttpReceiver() as receiver:
        callers = [CallProcess(receiver.url) for _ in range(6)]
        for caller in callers:
            assert caller.call(MESSAGE).ok
            assert len(set(children(os.getpid())) - before) <= 4
        last = set(children(os.getpid())) - before
        assert len(last) == 4
        assert callers[-1].call(MESSAGE).ok
        assert set(children(os.getpid())) - before == last
        assert callers[0].call(MESSAGE).ok
        assert len(receiver.received) == 8
        for caller in callers:
            caller._leave_if_idle()


def test_a_process_that_was_started_early_sends_the_message_and_leaves_when_none_comes() -> None:
    before = set(children(os.getpid()))
    with HttpReceiver() as receiver:
        caller = CallProcess(receiver.url)
        caller.start_early()
        early = set(children(os.getpid())) - before
        assert len(early) == 1
        caller.start_early()
        assert caller.call(MESSAGE).ok
        assert set(children(os.getpid())) - before == early
        caller._leave_if_idle()
        in_vain = CallProcess(receiver.url, idle_s=0.05)
        in_vain.start_early()
        wait_until(lambda: set(children(os.getpid())) <= before, "the process to be gone")
        assert len(receiver.received) == 1


def test_no_process_is_started_early_in_the_place_of_another_or_beyond_the_four() -> None:
    for other in list(CallProcess._running):  # of earlier tests
        other._leave_if_idle()
    before = set(children(os.getpid()))
    with HttpReceiver() as receiver:
        callers = [CallProcess(receiver.url) for _ in range(6)]
        for caller in callers:
            caller.start_early()
        early = set(children(os.getpid())) - before
        assert len(early) == 4
        assert callers[5].call(MESSAGE).ok, "a message takes the place of a process that only waits"
        assert len(set(children(os.getpid())) - before) == 4
        for caller in callers:
            caller._leave_if_idle()
        assert set(children(os.getpid())) <= before


def test_a_process_that_cannot_be_started_early_is_left_to_the_message(monkeypatch: pytest.MonkeyPatch) -> None:
    with HttpReceiver() as receiver:
        caller = CallProcess(receiver.url)
        with monkeypatch.context() as patch:
            patch.setattr(sys, "executable", "/nonexistent")
            caller.start_early()
        assert caller.call(MESSAGE).ok
        caller._leave_if_idle()


def test_whatever_fails_when_a_process_is_started_early_it_leaves_no_place_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_arguments: object, **_options: object) -> NoReturn:
        raise MemoryError

    taken = list(CallProcess._running)
    with HttpReceiver() as receiver:
        caller = CallProcess(receiver.url)
        with monkeypatch.context() as patch:
            patch.setattr(call_process, "ChildProcess", refuse)
            for _ in range(5):
                caller.start_early()
                assert CallProcess._running == taken
            for _ in range(5):
                assert not caller.call(MESSAGE).ok
                assert CallProcess._running == taken
        assert caller.call(MESSAGE).ok
        caller._leave_if_idle()


def test_a_process_takes_one_place_whatever_failed_before() -> None:
    caller = CallProcess("json://127.0.0.1")
    for _ in range(2):
        caller._take_place()
    assert CallProcess._running.count(caller) == 1
    caller._end()


def test_no_thread_is_started_for_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(thread: threading.Thread) -> NoReturn:
        raise AssertionError(f"{thread.name} may wait for ever to be started")

    before = set(children(os.getpid()))
    with HttpReceiver() as receiver:
        notifier = AppriseNotifier([Target("phone", SecretStr(receiver.url))])
        threads = DeliveryThreads(Path("unused.db"), notifier, SystemClock())
        caller = CallProcess(receiver.url, idle_s=0.05)
        with monkeypatch.context() as patch:
            patch.setattr(threading.Thread, "start", refuse)
            threads.start_early()
            wait_until(lambda: len(set(children(os.getpid())) - before) == 1, "a process that is started early")
            notifier._calls["phone"]._leave_if_idle()
        assert caller.call(MESSAGE).ok
        wait_until(lambda: set(children(os.getpid())) <= before, "the processes to be gone")
