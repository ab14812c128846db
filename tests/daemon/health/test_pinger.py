"""Good news goes out once in a while, bad news at once, its end at once, and a ping that fails changes nothing else."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from hersteld.config.settings import Health
from hersteld.daemon.health.pinger import Pinger
from hersteld.daemon.health.record import Pinged
from hersteld.daemon.health.trouble import TroubleId
from hersteld.daemon.system.child_process import ChildProcess
from hersteld.daemon.system.clock import ManualClock
from hersteld.daemon.system.errors import NoThread
from hersteld.parsers.line import Line
from tests.support.faults.misbehaving import Misbehaving, hang
from tests.support.machine.process import wait_until

NOON = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)
REFUSED = Line("delivery.refused_connection")
SETTINGS = Health(SecretStr("https://hc.example.org/s3cret"), 300)


class Round:
    """A pinger that is told how things are, one round of the main loop after the other."""

    def __init__(self, settings: Health = SETTINGS, before: Pinged | None = None) -> None:
        self.clock = ManualClock(NOON)
        self.sent: list[tuple[float, TroubleId | None]] = []
        self.answer: Callable[[], Line | None] = lambda: None
        self.pinger = Pinger(settings, self.clock, before, send=self._send)

    def _send(self, url: str, trouble: TroubleId | None, begun: Callable[[ChildProcess], None]) -> Line | None:
        del begun
        assert url == "https://hc.example.org/s3cret"
        self.sent.append((self.clock.monotonic_s(), trouble))
        return self.answer()

    def pass_s(self, seconds: int, trouble: TroubleId | None = None, *, looks: bool = True, every_s: int = 10) -> None:
        """Let time pass in rounds, each with a look that succeeds unless there is trouble."""
        for _ in range(0, seconds, every_s):
            looked_at = self.clock.now() if looks and trouble is None else NOON
            self.pinger.tell(looked_at, trouble)
            wait_until(lambda: not self.pinger.is_busy, "the ping to be over")
            self.clock.move(timedelta(seconds=every_s))


def test_all_is_well_is_told_once_in_the_time_that_is_configured() -> None:
    one = Round()
    one.pass_s(1000)
    assert one.sent == [(0, None), (300, None), (600, None), (900, None)]
    assert one.pinger.pinged == Pinged(NOON + timedelta(seconds=900))


def test_nothing_is_told_as_long_as_nothing_was_looked_at() -> None:
    one = Round()
    one.pinger.tell(None, None)
    one.pass_s(1000, looks=False)
    assert [trouble for _, trouble in one.sent] == [None], "of the one look that there was"


def test_trouble_is_told_at_once_and_now_and_then_and_its_end_at_once() -> None:
    one = Round()
    one.pass_s(100)
    one.pass_s(700, "folder_missing")
    one.pass_s(100)
    assert one.sent == [
        (0, None),
        (100, "folder_missing"),
        (400, "folder_missing"),
        (700, "folder_missing"),
        (800, None),
    ]


def test_trouble_that_changes_all_the_time_is_told_once_a_minute() -> None:
    one = Round()
    for _ in range(30):
        one.pass_s(10, "folder_missing")
        one.pass_s(10, "no_memory")
    assert len(one.sent) <= 600 / 60 + 1
    assert {trouble for _, trouble in one.sent} == {"folder_missing", "no_memory"}


def test_trouble_that_comes_and_goes_all_the_time_is_told_about_once_a_minute() -> None:
    one = Round()
    for _ in range(30):
        one.pass_s(10, "folder_missing")
        one.pass_s(10)
    assert len(one.sent) <= 600 / 60 + 2
    assert {trouble for _, trouble in one.sent} == {"folder_missing", None}
    told = len(one.sent)
    one.pass_s(70)
    assert one.sent[-1][1] is None
    assert len(one.sent) <= told + 1, "the last word is told, too"


def test_the_end_of_trouble_waits_for_no_look() -> None:
    one = Round()
    one.pass_s(100)
    one.pass_s(100, "delivery_stands")
    one.pass_s(50, looks=False)
    assert one.sent == [(0, None), (100, "delivery_stands"), (200, None)]


@pytest.mark.figures("a ping fails once, while", "{tried} kinds of news: told until accepted")
@pytest.mark.parametrize("news", [None, "no_memory"])
def test_news_that_did_not_arrive_is_told_again_after_a_minute_until_it_does(news: TroubleId | None) -> None:
    one = Round(Health(SETTINGS.ping_url, 86400))
    one.answer = lambda: REFUSED
    one.pass_s(200, news, looks=False)
    assert one.sent == [(0, news), (60, news), (120, news), (180, news)]
    one.answer = lambda: None
    one.pass_s(200, news, looks=False)
    assert one.sent[4:] == [(240, news)]


def test_that_trouble_is_over_is_told_again_until_it_arrives() -> None:
    one = Round(Health(SETTINGS.ping_url, 86400))
    one.pass_s(100)
    one.pass_s(100, "no_memory")
    one.answer = lambda: REFUSED
    one.pass_s(50)
    one.answer = lambda: None
    one.pass_s(200)
    assert one.sent == [(0, None), (100, "no_memory"), (200, None), (260, None)]


def test_a_ping_that_failed_leaves_its_reason() -> None:
    one = Round()
    one.answer = lambda: REFUSED
    one.pass_s(200, "no_memory")
    assert one.sent == [(0, "no_memory"), (60, "no_memory"), (120, "no_memory"), (180, "no_memory")]
    assert one.pinger.pinged == Pinged(None, NOON + timedelta(seconds=180), REFUSED)
    two = Round(before=Pinged(NOON - timedelta(1)))
    two.answer = lambda: REFUSED
    two.pass_s(20)
    assert two.pinger.pinged == Pinged(NOON - timedelta(1), NOON, REFUSED)


def test_a_call_that_fails_in_a_way_nobody_foresaw_is_a_ping_that_failed() -> None:
    def fails() -> Line | None:
        raise RuntimeError("https://hc.example.org/s3cret")

    one = Round()
    one.answer = fails
    one.pass_s(10)
    assert one.pinger.pinged == Pinged(None, NOON, Line("delivery.call_broke_off"))


def test_a_call_for_which_there_is_no_memory_is_followed_by_others() -> None:
    def fails() -> Line | None:
        raise MemoryError

    one = Round()
    one.answer = fails
    one.pass_s(10)
    one.answer = lambda: None
    one.pass_s(300)
    assert one.sent == [(0, None), (60, None)]
    assert one.pinger.pinged == Pinged(NOON + timedelta(seconds=60), NOON, Line("delivery.call_broke_off"))


def test_an_error_of_our_own_ends_no_further_ping(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Round()
    with monkeypatch.context() as here:

        def fails(*_: object) -> None:
            raise ValueError

        here.setattr(one.pinger, "_note", fails)
        one.pass_s(10)
    one.pass_s(70)
    assert one.sent == [(0, None), (60, None)]


def test_a_machine_without_a_further_thread_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuses)
    with pytest.raises(NoThread):
        Pinger(SETTINGS, ManualClock(NOON))


def test_no_thread_is_started_while_the_service_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where memory is short, whoever starts a thread may wait for its beginning for ever."""
    one = Round()
    monkeypatch.setattr(threading.Thread, "start", lambda _thread: pytest.fail("a thread was started"))
    one.pass_s(400)
    assert len(one.sent) == 2


def test_without_an_address_nobody_is_told() -> None:
    one = Round(Health())
    one.pass_s(1000)
    assert (one.sent, one.pinger.pinged) == ([], None)


def test_a_stop_ends_a_ping_that_hangs_and_does_not_count_it() -> None:
    with Misbehaving(hang) as server:
        url = SecretStr(f"http://127.0.0.1:{server.port}/s3cret")
        pinger = Pinger(Health(url, 300), ManualClock(NOON))
        pinger.tell(NOON, None)
        wait_until(lambda: server.open == 1, "the ping to be on its way")
        pinger.close()
        wait_until(lambda: server.open == 0, "the ping to be ended")
        assert pinger.pinged == Pinged()
        pinger.tell(NOON + timedelta(1), None)
        assert len(server.bodies) == 1
