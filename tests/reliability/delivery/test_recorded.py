"""Whatever fails between the acceptance of a message and its record, it is recorded, and not sent again.

Each call that is made in between, of a Python function or of one in C, fails once: the first, the second, and so on
until none is left.
"""

import itertools
import shutil
import sqlite3
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.delivery.call_process import LATER, CallProcess
from hersteld.daemon.delivery.message import Message, SendResult
from hersteld.daemon.delivery.pictures.ways import Way
from hersteld.daemon.delivery.threads import DeliveryThreads
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.system.channel import Json
from hersteld.daemon.system.child_process import ChildProcess
from hersteld.daemon.system.clock import ManualClock
from hersteld.parsers.line import Line
from tests.support.machine.waiting import until
from tests.support.messages import a_message

NOW = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)
_LETS_GO = ("__exit__", "release")
"""To let go of a lock cannot fail."""
ACCEPTED = SendResult(ok=True)
SILENCE = SendResult(ok=False, reason=Line("delivery.unanswered"), may_have_arrived=True)

# Where a callback of the interpreter itself is the call that fails.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


class Fault:
    """Fails the call with a number, among those that this thread makes from `arm` on.

    Args:
        number: Of the call.
        error: With what.
        ends: Name of the function after whose return no call fails any more.
    """

    def __init__(self, number: int, error: BaseException, ends: str) -> None:
        self._left = number
        self._error = error
        self._ends = ends
        self.has_struck = False

    def arm(self) -> None:
        sys.setprofile(self._see)

    def _see(self, frame: FrameType, event: str, about: Any) -> None:
        if event == "return" and frame.f_code.co_name == self._ends:
            sys.setprofile(None)
        elif event == "call" or (event == "c_call" and about.__name__ not in _LETS_GO):
            if not self._left:
                sys.setprofile(None)
                self.has_struck = True
                raise type(self._error)(*self._error.args)
            self._left -= 1


class Impatient(ManualClock):
    """A clock that waits for nothing, and stands still."""

    def wait(self, event: threading.Event, timeout_s: float) -> bool:
        return event.wait(min(timeout_s, 0.01))


class Receiver:
    """Takes one message, and has something fail from then on."""

    def __init__(self, result: SendResult, fault: Fault) -> None:
        self._result = result
        self._fault = fault
        self.calls = 0

    def targets(self) -> tuple[str, ...]:
        return ("phone",)

    def send(self, target: str, message: Message) -> SendResult:
        del target, message
        self.calls += 1
        self._fault.arm()
        return self._result

    def picture_way(self, target: str) -> Way:
        del target
        return Way.NONE

    def start_early(self) -> None:
        """Need nothing to be prepared."""


@pytest.fixture
def queued(tmp_path: Path) -> Path:
    """A database in which a message waits, and one that stands ready in its place."""
    database = tmp_path / "queued.db"
    with Store(database) as store:
        letter = a_message("first", "Zware rit", "Rustig aan.", NOW, NOW + timedelta(hours=8))
        spare = a_message("first_2", "Zware rit", "Rustig.", NOW, NOW + timedelta(hours=8), unless_sent=("first",))
        Outbox(store).queue("a", None, [letter, spare], ["phone"], now=NOW)
    return database


def deliver(database: Path, result: SendResult, fault: Fault) -> tuple[str, int]:
    """Have the thread of a target send a message; return its state in the end, and how often it was sent."""
    with Store(database) as store:
        outbox = Outbox(store)
        receiver = Receiver(result, fault)
        threads = DeliveryThreads(database, receiver, Impatient(NOW))
        threads.start()
        until(lambda: outbox.rows()[0].state not in ("pending", "sending"))
        assert threads.lost() == ()
        assert threads.stop(10)
        first, second = outbox.rows()
        assert (second.state, second.try_at > NOW) == (("cancelled", False) if result.ok else ("pending", True))
        return first.state, receiver.calls


@pytest.mark.parametrize(
    ("error", "result", "state"),
    [
        (MemoryError(), ACCEPTED, "sent"),
        (sqlite3.OperationalError("disk I/O error"), ACCEPTED, "sent"),
        (OSError(5, "Input/output error"), SILENCE, "unknown"),
    ],
    ids=["no memory", "no disk", "silence"],
)
def test_whatever_call_fails_after_the_acceptance_it_is_recorded_and_not_sent_again(
    queued: Path, error: Exception, result: SendResult, state: str
) -> None:
    ends = "record_sent" if result.ok else "record_unanswered"
    for number in itertools.count():
        fault = Fault(number, error, ends)
        database = queued.with_name(f"{number}.db")
        shutil.copy(queued, database)
        assert deliver(database, result, fault) == (state, 1), f"call {number} failed"
        if not fault.has_struck:
            break
    assert number > 20, "this looks at nothing"


class Child(ChildProcess):
    """A process that says what a real one says of a message that was accepted; from its last word on a call fails."""

    def __init__(self, fault: Fault) -> None:
        self._fault = fault
        leaves: Json = {"leaves": True}
        accepted: Json = {"ok": True, "reason": None, "may_have_arrived": False}
        self._words = iter([leaves, accepted])

    def tell(self, request: Json, files: object = (), *, within_s: float | None = None) -> None:
        """Take it."""

    def answer(self, *, within_s: float, meanwhile: Callable[[], None] = lambda: None) -> tuple[Json, tuple[int, ...]]:
        """Say the next word."""
        del within_s, meanwhile
        word = next(self._words)
        if "ok" in word:
            self._fault.arm()
        return word, ()

    def end(self) -> Line:
        """Be gone."""
        return Line("reasons.exit_code", {"number": 0})


@pytest.mark.parametrize("error", [MemoryError(), OSError(11, "Resource temporarily unavailable")], ids=repr)
def test_whatever_call_fails_after_the_answer_it_is_no_refusal(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    accepted = 0
    LATER.start()
    for number in itertools.count():
        fault = Fault(number, error, "call")
        child = Child(fault)
        monkeypatch.setattr(CallProcess, "_ready", lambda _caller, child=child: child)
        caller = CallProcess("json://127.0.0.1", idle_s=3600)
        result = caller.call(Message("t", "b", ""))
        caller._stay()
        assert result.ok or result.may_have_arrived, f"call {number} failed, and it would be sent until it expires"
        accepted += result.ok
        if not fault.has_struck:
            break
    assert number > 5, "this looks at nothing"
    assert number + 1 - accepted <= 3, "only where the answer itself is lost"
