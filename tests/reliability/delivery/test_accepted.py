"""What a receiver has accepted is recorded, whatever fails on this machine right after."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn

import pytest
from pydantic import SecretStr

from hersteld.config.settings import Target
from hersteld.daemon.database.connection import Store
from hersteld.daemon.delivery.call_process import LATER, CallProcess
from hersteld.daemon.delivery.message import Message
from hersteld.daemon.delivery.notifiers import AppriseNotifier
from hersteld.daemon.delivery.sender import deliver_due
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.outbox.tries import LAST_RETRY_S
from hersteld.daemon.system.clock import ManualClock
from hersteld.daemon.system.later import Later
from tests.daemon.delivery.test_call_process import children
from tests.support.messages import a_message
from tests.support.receivers import HttpReceiver

NOW = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)
FAILURES = [RuntimeError("can't start new thread"), MemoryError(), OSError(11, "Resource temporarily unavailable")]


@pytest.fixture(params=FAILURES, ids=lambda failure: type(failure).__name__)
def nothing_can_be_done_later(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse to do anything later, as a machine may that has no memory left to give."""

    def refuse(later: Later, do: object, *, in_s: float = 0) -> NoReturn:
        del later, do, in_s
        raise request.param

    LATER.start()
    monkeypatch.setattr(Later, "give", refuse)


@pytest.mark.usefixtures("nothing_can_be_done_later")
def test_a_message_goes_out_once_where_nothing_can_be_done_later(tmp_path: Path) -> None:
    before = set(children(os.getpid()))
    clock = ManualClock(NOW)
    with HttpReceiver() as receiver, Store(tmp_path / "hersteld.db") as store:
        notifier = AppriseNotifier([Target("phone", SecretStr(receiver.url))])
        outbox = Outbox(store)
        letter = a_message("first", "Zware rit", "Rustig aan tot morgen.", NOW, NOW + timedelta(hours=8))
        outbox.queue("a", None, [letter], ["phone"], now=NOW)
        for _ in range(3):
            deliver_due(store, notifier, clock)
            clock.move(timedelta(seconds=LAST_RETRY_S))
        assert len(receiver.received) == 1
        assert [(row.state, row.attempts) for row in outbox.rows()] == [("sent", 1)]
    assert set(children(os.getpid())) <= before, "what nobody would end has ended at once"


@pytest.mark.usefixtures("nothing_can_be_done_later")
def test_the_next_message_finds_a_process_of_its_own() -> None:
    with HttpReceiver() as receiver:
        caller = CallProcess(receiver.url)
        assert [caller.call(Message("t", "b", "")).ok for _ in range(2)] == [True, True]
        assert len(receiver.received) == 2


@pytest.mark.usefixtures("nothing_can_be_done_later")
def test_a_failure_to_end_the_process_is_none_of_the_message_that_arrived(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    end = CallProcess._end

    def end_and_fail(caller: CallProcess) -> NoReturn:
        end(caller)
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(CallProcess, "_end", end_and_fail)
    with HttpReceiver() as receiver:
        assert CallProcess(receiver.url).call(Message("t", "b", "")).ok
        assert len(receiver.received) == 1
