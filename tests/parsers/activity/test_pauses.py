"""When the timer stood still."""

from itertools import accumulate, pairwise

from hypothesis import given
from hypothesis import strategies as st

from hersteld.parsers.activity.pauses import Pauses
from hersteld.parsers.fit import read_fit
from hersteld.parsers.workout import Pause
from tests.support.fit.build import START, activity, file_id, fit, records, timer_event

stretches = st.lists(st.integers(1, 9), min_size=2, max_size=20).map(
    lambda steps: list(pairwise(accumulate(steps)))[::2]
)


def test_pauses_are_what_lies_between_a_stop_and_a_later_start() -> None:
    events = [(0, 0), (10, 4), (12, 1), (30, 0), (60, 4), (61, 0), (100, 4)]
    told = b"".join(timer_event(START + at, kind) for at, kind in events)
    workout = read_fit(activity([120] * 101, told))
    assert workout.pauses == (Pause(10, 30), Pause(60, 61))


@given(stretches, st.integers(0, 60), st.integers(0, 60))
def test_pauses_between_any_two_times_are_added_up(pauses: list[tuple[int, int]], begin: int, end: int) -> None:
    parts = [(max(begin, start), min(stop, end)) for start, stop in pauses]
    parts = [(start, stop) for start, stop in parts if start < stop]
    told = Pauses(pauses)
    assert told.between(begin, end) == tuple(parts)
    assert told.seconds(begin, end) == sum(stop - start for start, stop in parts)


def test_a_stop_and_a_start_in_the_same_second_are_no_pause() -> None:
    told = timer_event(START + 10, 4) + timer_event(START + 10, 0)
    assert read_fit(activity([120] * 101, told)).pauses == ()


def test_the_last_stop_is_the_end_and_no_pause() -> None:
    told = timer_event(START + 20, 4) + timer_event(START + 30, 0) + timer_event(START + 100, 4)
    workout = read_fit(fit(file_id(), records([120] * 101), told))
    assert workout.pauses == (Pause(20, 30),)
    assert workout.timer_s == 90
