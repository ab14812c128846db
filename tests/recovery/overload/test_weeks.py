"""Weeks are counted back from the last day, and monotony is the mean over the standard deviation of seven days."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.recovery.overload.weeks import weeks_back

FOSTER = (100, 0, 100, 0, 100, 0, 100)
LOADS = st.lists(st.floats(0, 500), min_size=7, max_size=7)


def test_monotony_is_the_mean_over_the_deviation_of_the_seven_days_and_strain_is_load_times_monotony() -> None:
    (week,) = weeks_back(np.array(FOSTER, float), 10)
    # The mean is 400/7 = 57.14; the deviation is the root of (4 * 42.86² + 3 * 57.14²) / 7 = 49.49.
    assert week.load == 400
    assert week.monotony == pytest.approx(1.1547, abs=1e-4)
    assert week.strain == pytest.approx(461.88, abs=0.01)


def test_days_that_are_all_alike_are_as_monotonous_as_can_be_and_no_training_is_not_monotonous() -> None:
    assert [week.monotony for week in weeks_back(np.array([33.3] * 7 + [0.0] * 7), 10)] == [0, 10]
    nearly = [60.0] * 6 + [60.1]
    assert weeks_back(np.array(nearly), 10)[0].monotony == 10


def test_the_newest_week_comes_first_and_what_is_left_over_at_the_beginning_is_no_week() -> None:
    loads = np.array([999.0] * 3 + [10.0] * 7 + [20.0] * 7)
    assert [week.load for week in weeks_back(loads, 10)] == [140, 70]
    assert weeks_back(loads[:6], 10) == ()


@given(LOADS, st.floats(0.1, 10))
def test_a_week_of_twice_as_much_is_no_more_monotonous(loads: list[float], factor: float) -> None:
    (week,) = weeks_back(np.array(loads), 10)
    (more,) = weeks_back(np.array(loads) * factor, 10)
    assert more.monotony == pytest.approx(week.monotony, rel=1e-6, abs=1e-9)


@given(LOADS)
def test_the_order_of_the_days_does_not_matter(loads: list[float]) -> None:
    (week,) = weeks_back(np.array(loads), 10)
    (other,) = weeks_back(np.array(sorted(loads)), 10)
    assert (other.load, other.monotony) == pytest.approx((week.load, week.monotony), rel=1e-6)
    assert 0 <= week.monotony <= 10
