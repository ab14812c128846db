"""The wall clock jumps while the real daemon runs: no stale advice, no flood, nothing twice, nothing lost."""

import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.support.machine.moved_clock import MovedClock
from tests.support.measured.figures import Measured
from tests.support.receivers import HttpReceiver

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
WEDNESDAY = datetime(2027, 5, 5, 14, 0, tzinfo=AMSTERDAM)
"""A hard training has just ended: word at once, "evening" from 18:00 to midnight, "ready" from Friday 14:00."""


@pytest.fixture
def house(tmp_path: Path, measured: Measured) -> Iterator[MovedClock]:
    with HttpReceiver() as phone:
        yield MovedClock(tmp_path, phone, WEDNESDAY, measured, quiet="22:00-07:00")


@pytest.mark.figures("the machine sleeps for hours", "{messages} messages: stale 0, lost 0, repeated {repeated}")
def test_a_suspend_of_hours_sends_what_still_holds_and_says_what_it_missed(house: MovedClock) -> None:
    with house.running() as daemon:
        house.put("a.fit")
        house.wait_for_state(daemon, "first", "sent")
        daemon.send_signal(signal.SIGSTOP)
        house.set(WEDNESDAY + timedelta(hours=16))  # Thursday, 06:00: too late for the evening, too early for a sound
        daemon.send_signal(signal.SIGCONT)
        house.wait_for_state(daemon, "evening", "expired")  # without being called: it looks by itself
        assert len(house.phone.received) == 1
        assert [row["rule"] for row in house.status()["expired"]] == ["evening"]

        daemon.send_signal(signal.SIGSTOP)
        house.set(WEDNESDAY + timedelta(hours=50))
        daemon.send_signal(signal.SIGCONT)
        house.wait_for_state(daemon, "ready", "sent")
    assert len(house.phone.received) == 2
    house.assert_sent_in_time()


@pytest.mark.figures("the machine sleeps for hours", "{messages} messages: stale 0, lost 0, repeated {repeated}")
def test_what_became_due_in_a_suspend_waits_for_the_end_of_the_quiet_hours(house: MovedClock) -> None:
    with house.running() as daemon:
        house.put("a.fit")
        house.wait_for_state(daemon, "first", "sent")
        daemon.send_signal(signal.SIGSTOP)
        house.set(WEDNESDAY + timedelta(hours=9))  # 23:00: the evening's message is due, and holds for an hour more
        daemon.send_signal(signal.SIGCONT)
        house.nudge()
        daemon.wait_for_line("nudge-1.fit")
        assert house.states()["evening"] == "pending"
        house.set(WEDNESDAY + timedelta(hours=11))
        house.nudge()
        house.wait_for_state(daemon, "evening", "expired")
        house.set(WEDNESDAY + timedelta(days=2, minutes=10))
        house.nudge()
        house.wait_for_state(daemon, "ready", "sent")
    house.assert_sent_in_time()


@pytest.mark.figures("the machine sleeps for a week", "{workouts} workouts, {messages} message")
def test_a_week_of_workouts_after_a_long_suspend_is_no_flood(house: MovedClock, measured: Measured) -> None:
    with house.running() as daemon:
        house.put("a.fit")
        house.wait_for_state(daemon, "first", "sent")
        daemon.send_signal(signal.SIGSTOP)
        house.set(WEDNESDAY + timedelta(days=7))
        days_ago = range(1, 7)
        for days in days_ago:
            house.put(f"{days}.fit", ended_ago=timedelta(days=days), minutes=30)
        daemon.send_signal(signal.SIGCONT)
        daemon.wait_for(lambda: len(house.phone.received) == 2, "the digest")
        house.nudge()
        daemon.wait_for_line("nudge-1.fit")
    after = house.phone.received[1:]
    assert [message.title for message in after] == ["6 workouts"]
    measured(workouts=len(days_ago), messages=len(after))


@pytest.mark.figures("the clock jumps ahead", "{messages} messages: stale 0, lost 0, repeated {repeated}")
def test_a_jump_ahead_drops_what_is_stale_and_keeps_what_is_true(house: MovedClock, measured: Measured) -> None:
    with house.running() as daemon:
        house.put("a.fit")
        house.wait_for_state(daemon, "first", "sent")
        house.set(WEDNESDAY + timedelta(days=2, hours=1))
        house.nudge()
        house.wait_for_state(daemon, "ready", "sent")
        assert house.states()["evening"] == "expired"
        house.set(WEDNESDAY + timedelta(days=40))
        house.put("b.fit")
        daemon.wait_for(lambda: len(house.phone.received) == 3, "the word on another workout")
    received = house.phone.received
    assert len(set(received)) == 3
    measured(messages=len(received), repeated=len(received) - len(set(received)))


@pytest.mark.figures("the clock jumps back", "{messages} messages: stale 0, lost 0, repeated {repeated}")
def test_a_jump_back_repeats_nothing_and_delays_only_until_it_is_set_right(house: MovedClock) -> None:
    with house.running() as daemon:
        house.put("a.fit")
        house.wait_for_state(daemon, "first", "sent")
        house.set(WEDNESDAY - timedelta(days=3))
        house.nudge()
        daemon.wait_for_line("nothing is sent to phone")
        assert house.status()["clock_behind"]
        house.set(WEDNESDAY + timedelta(hours=4, minutes=5))
        house.nudge()
        house.wait_for_state(daemon, "evening", "sent")
        assert not house.status()["clock_behind"]
    assert len(house.phone.received) == 2
    house.assert_sent_in_time()


@pytest.mark.figures("the machine starts in 1970", "{messages} messages: stale 0, lost 0, repeated {repeated}")
def test_a_machine_that_starts_in_1970_sends_when_its_clock_is_set(house: MovedClock) -> None:
    house.put("a.fit")  # as the watch, which knew the time, dated it
    house.set(datetime(1970, 1, 1, 0, 1, tzinfo=UTC))
    with house.running() as daemon:
        daemon.wait_for_line("a.fit: workout")
        daemon.wait_for_line("nothing is sent to phone")
        assert house.phone.attempts == 0
        assert house.status()["clock_behind"]
        house.set(WEDNESDAY + timedelta(minutes=2))
        house.nudge()
        house.wait_for_state(daemon, "first", "sent")
        house.set(WEDNESDAY + timedelta(days=2, hours=1))
        house.nudge()
        house.wait_for_state(daemon, "ready", "sent")
    assert len(house.phone.received) == 2
    house.assert_sent_in_time()
