"""What a device tells of a session's times, and what its records make of that."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.parsers.activity.durations import Recording, duration
from hersteld.parsers.activity.pauses import Pauses
from hersteld.parsers.fit import read_fit
from hersteld.parsers.workout import Samples
from tests.support.fit.build import START, file_id, fit, records, session, timer_event


def recording(*stretches: tuple[int, int], pauses: Pauses | None = None, step: int = 1) -> Recording:
    """Return a recording with a heart rate at every step of these stretches."""
    times = np.concatenate([np.arange(begin, end, step, dtype=float) for begin, end in stretches])
    return Recording(Samples(times, heart_rate_bpm=np.full(len(times), 140.0)), pauses or Pauses(()))


def of(
    recorded: Recording, elapsed_s: float, timer_s: float | None, *, begin: float = 0, limit: float = np.inf
) -> tuple[float, float, float]:
    found = duration(recorded, begin, elapsed_s, timer_s, limit=limit, is_first=True, may_grow=True)
    return found.begin, found.end, found.timer_s


def test_what_is_told_counts_where_the_records_agree() -> None:
    assert of(recording((0, 3600)), 3600, 3500) == (0, 3600, 3500)
    assert of(recording((0, 1000)), 3600, 3500) == (0, 3600, 3500), "records that end early shorten nothing"


def test_a_session_lasts_until_its_last_record_and_its_timer_without_the_pause() -> None:
    paused = Pauses([(1800, 7200)], 10800)
    assert of(recording((0, 1800), (7200, 10800), pauses=paused), 1800, 1800) == (0, 10800, 5400)


@pytest.mark.parametrize(
    ("stretches", "pauses", "why"),
    [
        (((0, 3660),), Pauses(()), "a minute is not worth it"),
        (((0, 3780),), Pauses(()), "nor is a twentieth, however long the workout"),
        (((0, 3600), (3700, 9000)), Pauses(()), "nothing explains the hole"),
        (((0, 9000),), Pauses((), 3600), "the timer was stopped"),
    ],
)
def test_a_session_does_not_grow(stretches: tuple[tuple[int, int], ...], pauses: Pauses, why: str) -> None:
    assert of(recording(*stretches, pauses=pauses), 3600, 3600) == (0, 3600, 3600), why


@pytest.mark.parametrize(("told_s", "recorded_s", "ends_s"), [(600, 655, 600), (600, 700, 699), (3600, 3790, 3789)])
def test_a_session_grows_by_more_than_a_minute_and_more_than_a_twentieth(
    told_s: float, recorded_s: int, ends_s: float
) -> None:
    assert of(recording((0, recorded_s)), told_s, told_s) == (0, ends_s, ends_s)


@pytest.mark.parametrize(("hole_s", "ends_s"), [(60, 4059), (61, 3600)])
def test_a_hole_of_a_minute_is_none(hole_s: int, ends_s: float) -> None:
    assert of(recording((0, 3601), (3600 + hole_s, 4060)), 3600, 3600)[1] == ends_s


@pytest.mark.parametrize(("first_after_stop_s", "ends_s"), [(5, 4000), (6, 3960)])
def test_what_is_written_in_the_five_seconds_after_the_stop_belongs_to_the_session(
    first_after_stop_s: int, ends_s: float
) -> None:
    late = recording(
        (0, 3601),
        (3660, 3661),
        (3720, 3721),
        (3780, 3781),
        (3840, 3841),
        (3900, 3901),
        (3960, 3961),
        (4000 + first_after_stop_s, 5000),
        pauses=Pauses((), 4000),
    )
    assert of(late, 3600, 3600)[1] == ends_s


def test_a_session_ends_before_the_next_one_starts() -> None:
    assert of(recording((0, 9000)), 3600, 3600, limit=4000)[1] == 3999


def test_records_without_a_value_prove_nothing() -> None:
    times = np.arange(9000.0)
    empty = Samples(times, heart_rate_bpm=np.where(times < 3600, 140.0, np.nan))
    found = duration(Recording(empty, Pauses(())), 0, 3600, 3600, limit=np.inf, is_first=True, may_grow=True)
    assert found.end == 3600


def test_a_record_a_minute_is_no_hole() -> None:
    assert of(recording((0, 7200), step=60), 3600, 3600)[1] == 7140


def test_a_session_starts_with_its_first_record() -> None:
    assert of(recording((-600, 3000)), 3600, 3600) == (-600, 3000, 3600)
    assert of(recording((-600, -300), (0, 3600)), 3600, 3600)[0] == 0, "nothing explains the hole"


def test_timer_and_elapsed_time_that_were_exchanged_are_put_right() -> None:
    intervals = recording(*((start, start + 240) for start in range(0, 3600, 600)))
    assert of(intervals, 1440, 3600) == (0, 3600, 1440)


@pytest.mark.parametrize(("hole_s", "exchanged"), [(899, False), (900, True), (1099, True), (1101, False)])
def test_holes_explain_an_exchange_within_a_tenth_of_the_difference(hole_s: int, exchanged: bool) -> None:
    """The device tells 2600 s elapsed and a timer of 3600 s."""
    with_hole = recording((0, 1001), (1000 + hole_s, 3601))
    assert of(with_hole, 2600, 3600) == (0, 3600, 2600 if exchanged else 3600)


def test_a_longer_timer_that_nothing_explains_is_the_elapsed_time() -> None:
    assert of(recording((0, 3600)), 3000, 3600) == (0, 3600, 3600)


def test_without_a_timer_time_pauses_and_long_holes_are_taken_off() -> None:
    assert of(recording((0, 1000), (1500, 3600)), 3600, None)[2] == 3600, "500 s are no long hole"
    assert of(recording((0, 1000), (2000, 3600)), 3600, None)[2] == pytest.approx(2600, abs=2)
    paused = Pauses([(1000, 2000)])
    assert of(recording((0, 1000), (2000, 3600), pauses=paused), 3600, None)[2] == 2600


@given(
    elapsed_s=st.integers(0, 20_000),
    timer_s=st.one_of(st.none(), st.integers(0, 20_000)),
    corners=st.lists(st.integers(-5000, 20_000), min_size=2, max_size=8, unique=True),
    stop=st.one_of(st.none(), st.integers(1, 20_000)),
    limit=st.one_of(st.just(np.inf), st.integers(1, 20_000)),
)
def test_the_timer_never_runs_for_longer_than_the_time_that_passes(
    elapsed_s: int, timer_s: int | None, corners: list[int], stop: int | None, limit: float
) -> None:
    ordered = sorted(corners)
    stretches = [(ordered[place], ordered[place + 1]) for place in range(0, len(ordered) - 1, 2)]
    paused = Pauses([(end, nxt) for (_, end), (nxt, _) in pairwise(stretches)], stop)
    begin, end, timer = of(recording(*stretches, pauses=paused, step=30), elapsed_s, timer_s, limit=limit)
    assert 0 <= timer <= end - begin
    assert begin <= 0


def test_a_file_that_was_saved_days_later_ended_when_it_was_stopped() -> None:
    """A session's own timestamp is the moment of saving."""
    told = records([140] * 601), timer_event(START, 0), timer_event(START + 600, 4)
    workout = read_fit(fit(file_id(), *told, session(START, 0, 600)))
    assert (workout.elapsed_s, workout.timer_s) == (600, 600)
