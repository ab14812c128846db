"""Which records belong to a part of a workout."""

import numpy as np

from hersteld.parsers.activity.durations import Recording
from hersteld.parsers.activity.pauses import Pauses
from hersteld.parsers.activity.recorded import Recorded, distance_m, possible, recorded_between, reduced
from hersteld.parsers.workout import Samples

SAMPLES = Samples(np.arange(10.0), heart_rate_bpm=np.arange(100.0, 110.0), distance_m=np.arange(10.0) * 3)
PAUSES = Pauses([(3, 6)])
RECORDED = Recorded(SAMPLES, PAUSES, Recording(SAMPLES, PAUSES), None)


def test_what_was_recorded_while_the_timer_stood_still_is_left_out() -> None:
    own = recorded_between(RECORDED, 2, 8)
    assert own.time_s.tolist() == [2, 3, 6, 7, 8]
    assert own.heart_rate_bpm is not None
    assert own.heart_rate_bpm.tolist() == [102, 103, 106, 107, 108]


def test_a_distance_counts_from_the_start_of_the_part() -> None:
    assert distance_m(recorded_between(RECORDED, 2, 8)) == 18
    assert distance_m(Samples(np.arange(3.0))) is None


def test_nobody_is_faster_than_a_falling_stone() -> None:
    assert possible(99_000, 1000) == 99_000
    assert possible(101_000, 1000) is None
    assert possible(101_000, 0) == 101_000


def test_a_column_without_a_value_has_no_mean() -> None:
    assert reduced(np.array([1.0, np.nan, 3.0]), np.nanmean) == 2
    assert reduced(np.array([np.nan]), np.nanmean) is None
    assert reduced(None, np.nanmax) is None
