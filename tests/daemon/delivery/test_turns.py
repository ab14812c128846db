"""A few of many targets are called at the same time, and those that hang leave room for the others."""

import threading
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.delivery.notifiers import Message, SendResult
from hersteld.daemon.delivery.pictures.ways import Way
from hersteld.daemon.delivery.threads import DeliveryThreads
from hersteld.daemon.delivery.turns import MOST_CALLS, Turns
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.system.clock import SystemClock
from tests.support.machine.waiting import until
from tests.support.measured.figures import Measured
from tests.support.messages import a_message

FIFTY = tuple(f"target{number}" for number in range(50))


class Counting:
    """Counts how many messages are on their way, each until `go` is set.

    Attributes:
        most: How many were at once.
    """

    def __init__(self) -> None:
        self.go = threading.Event()
        self.now = self.most = 0
        self.sent: set[str] = set()
        self._lock = threading.Lock()

    def targets(self) -> tuple[str, ...]:
        return FIFTY

    def send(self, target: str, message: Message) -> SendResult:
        del message
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)
        self.go.wait()
        with self._lock:
            self.now -= 1
            self.sent.add(target)
        return SendResult(ok=True)

    def picture_way(self, target: str) -> Way:
        del target
        return Way.NONE

    def start_early(self) -> None:
        pass


@pytest.mark.figures("there are fifty targets", "{targets} targets: {at_once} at once, lost {lost}")
def test_of_fifty_targets_four_are_called_at_once_and_all_in_the_end(tmp_path: Path, measured: Measured) -> None:
    database, clock, notifier = tmp_path / "hersteld.db", SystemClock(), Counting()
    now = clock.now()
    with Store(database) as store:
        letter = a_message("first", "title", "body", now, now + timedelta(hours=4))
        Outbox(store).queue("a", None, [letter], FIFTY, now=now)
        threads = DeliveryThreads(database, notifier, clock)
        threads.start()
        until(lambda: notifier.now == MOST_CALLS)
        alive_at = clock.monotonic_s()
        # All others say meanwhile that they are alive: that they wait is no hang.
        until(lambda: sum(thread.beat_s > alive_at for thread in threads._threads) == len(FIFTY) - MOST_CALLS)
        notifier.go.set()
        until(lambda: notifier.sent == set(FIFTY))
        assert threads.stop(60)
        assert notifier.most == MOST_CALLS
        assert not threads.lost()
        assert [row.state for row in Outbox(store).rows()] == ["sent"] * len(FIFTY)
        measured(targets=len(FIFTY), at_once=notifier.most, lost=len(FIFTY) - len(notifier.sent))


def test_targets_that_failed_leave_a_place_for_those_that_did_not() -> None:
    turns = Turns()
    with ExitStack() as taken:
        for _ in range(MOST_CALLS - 1):
            assert taken.enter_context(turns.turn(is_suspect=True, within_s=0))
        assert not taken.enter_context(turns.turn(is_suspect=True, within_s=0))
        with turns.turn(is_suspect=False, within_s=0) as has_turn:
            assert has_turn
            assert not taken.enter_context(turns.turn(is_suspect=False, within_s=0))
        with turns.turn(is_suspect=False, within_s=0) as has_turn:
            assert has_turn, "a turn that is over is given on"
    with turns.turn(is_suspect=True, within_s=0) as has_turn:
        assert has_turn
