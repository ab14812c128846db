"""A server that cannot be read is left alone for longer and longer, and for as long as it asks for."""

from hypothesis import given
from hypothesis import strategies as st

from hersteld.daemon.replies.listening.pace import Pace, restart_s

PACE = Pace()
chances = st.floats(0, 1, exclude_max=True)


@given(st.integers(0, 10_000), chances)
def test_a_pause_is_never_none_and_never_longer_than_some_minutes(failures: int, chance: float) -> None:
    assert 1 <= PACE.pause_s(failures, lambda: chance) <= 375


@given(st.integers(0, 6), chances)
def test_the_pauses_grow(failures: int, chance: float) -> None:
    assert PACE.pause_s(failures + 2, lambda: chance) > PACE.pause_s(failures, lambda: chance)


@given(st.integers(0, 10_000), chances)
def test_a_server_that_refuses_is_asked_some_thirty_times_a_day_at_most(failures: int, chance: float) -> None:
    assert PACE.pause_s(failures, lambda: chance, is_refused=True) >= 2700


@given(st.integers(0, 10_000), chances, st.floats(1, 3600))
def test_it_is_left_alone_for_as_long_as_it_asks(failures: int, chance: float, asked_s: float) -> None:
    assert PACE.pause_s(failures, lambda: chance, asked_s=asked_s) >= asked_s


def test_two_readers_come_back_at_different_moments() -> None:
    assert PACE.pause_s(3, lambda: 0.1) != PACE.pause_s(3, lambda: 0.9)
    assert PACE.pause_s(3, lambda: 0.1, asked_s=60) != PACE.pause_s(3, lambda: 0.9, asked_s=60)


def test_a_process_that_dies_again_and_again_is_started_ever_more_seldom() -> None:
    pauses_s = [0.0]
    for _ in range(12):
        pauses_s.append(restart_s(pauses_s[-1], lived_s=2.0))
    assert pauses_s[1:5] == [1.0, 2.0, 4.0, 8.0]
    assert pauses_s[-1] == 300.0
    assert restart_s(300.0, lived_s=3600.0) == 1.0, "one that has lived for long has had bad luck"
