"""An unfinished file is looked at less and less often, and at once when it changes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hersteld.daemon.database.file_numbers import Signature
from hersteld.daemon.inbox.settling import FIRST_LOOK_S, LAST_LOOK_S, Settling
from hersteld.daemon.system.clock import ManualClock
from tests.support.pipeline import NOON

NOON_NS = round(NOON.timestamp() * 1e9)
FILE = Signature(100, NOON_NS, NOON_NS, 1)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOON)


@pytest.fixture
def settling(clock: ManualClock) -> Settling:
    return Settling(clock)


def wait(clock: ManualClock, seconds: float) -> None:
    clock.move(timedelta(seconds=seconds))


def test_a_new_file_is_looked_at_now(settling: Settling) -> None:
    assert settling.is_due("a.fit", FILE)
    assert settling.is_first_look("a.fit")
    assert settling.next_look_in_s() is None


def test_each_pause_is_twice_the_last_and_none_is_longer_than_a_minute(settling: Settling, clock: ManualClock) -> None:
    pauses: list[float] = []
    for _ in range(9):
        settling.postpone("a.fit", FILE)
        pause_s = settling.next_look_in_s()
        assert pause_s is not None
        wait(clock, pause_s - 0.1)
        assert not settling.is_due("a.fit", FILE)
        wait(clock, 0.1)
        assert settling.is_due("a.fit", FILE)
        pauses.append(pause_s)
    assert pauses == pytest.approx([FIRST_LOOK_S * 2**looks for looks in range(6)] + [LAST_LOOK_S] * 3)


def test_a_file_that_changes_is_looked_at_a_second_after_the_last_look(settling: Settling, clock: ManualClock) -> None:
    for _ in range(7):
        settling.postpone("a.fit", FILE)
    longer = replace(FILE, size=200)
    assert not settling.is_due("a.fit", longer)
    wait(clock, FIRST_LOOK_S)
    assert settling.is_due("a.fit", longer)


def test_a_file_is_as_old_as_its_last_change_of_any_kind(settling: Settling, clock: ManualClock) -> None:
    """A copy keeps the date of the original's content."""
    wait(clock, 40)
    assert settling.unchanged_s("a.fit", replace(FILE, mtime_ns=0)) == pytest.approx(40)


def test_on_a_disk_that_forgets_only_what_we_saw_ourselves_counts(settling: Settling, clock: ManualClock) -> None:
    forgetful = Signature(100, 1, 0, 0)
    assert settling.unchanged_s("a.fit", forgetful) == 0
    settling.postpone("a.fit", forgetful)
    wait(clock, 30)
    assert settling.unchanged_s("a.fit", forgetful) == 30
    assert settling.unchanged_s("a.fit", replace(forgetful, size=101)) == 0


def test_what_is_finished_or_gone_is_waited_for_no_more(settling: Settling) -> None:
    for name in ("a.fit", "b.fit", "c.fit"):
        settling.postpone(name, FILE)
    settling.forget("a.fit")
    settling.forget("a.fit")
    settling.keep_only({"b.fit"})
    assert [settling.is_first_look(name) for name in ("a.fit", "b.fit", "c.fit")] == [True, False, True]
