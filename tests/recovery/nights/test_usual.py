"""What is usual at night, and from when on anybody knows."""

import math
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from statistics import stdev

import pytest

from hersteld.recovery.nights.usual import median_resting_hr_bpm, usual_resting_hr_bpm, usual_rmssd
from tests.support.fit.recoveries import shipped_rules
from tests.support.nights.usual import SPREAD, USUAL_BPM, USUAL_MS, a_night, usual_nights

DAY = date(2026, 5, 6)
RULES = shipped_rules().nights
ATHLETE = shipped_rules().athlete


def test_the_usual_variability_is_the_mean_of_the_logarithms() -> None:
    usual = usual_rmssd(usual_nights(DAY), DAY, RULES)
    assert usual is not None
    assert usual.rmssd_ms == pytest.approx(USUAL_MS)
    assert usual.sd == pytest.approx(stdev([SPREAD, -SPREAD] * 30))


def test_twenty_eight_nights_say_what_is_usual_and_twenty_seven_do_not() -> None:
    assert usual_rmssd(usual_nights(DAY, 28), DAY, RULES) is not None
    assert usual_rmssd(usual_nights(DAY, 27), DAY, RULES) is None


def test_the_night_itself_later_nights_and_those_of_long_ago_do_not_count() -> None:
    nights = usual_nights(DAY)
    odd = [a_night(DAY + timedelta(days=days), rmssd=5, resting=99) for days in (-61, 0, 1)]
    assert usual_rmssd([*nights, *odd], DAY, RULES) == usual_rmssd(nights, DAY, RULES)
    assert usual_resting_hr_bpm([*nights, *odd], DAY, RULES) == USUAL_BPM


def test_a_device_that_tells_the_same_every_night_says_nothing() -> None:
    same = [replace(night, rmssd_ms=41.3) for night in usual_nights(DAY)]
    assert usual_rmssd(same, DAY, RULES) is None


def test_nights_without_a_value_or_with_a_zero_do_not_count() -> None:
    nights = [replace(night, rmssd_ms=0, resting_hr_bpm=0) for night in usual_nights(DAY, 30)]
    assert usual_rmssd(nights, DAY, RULES) is None
    assert usual_resting_hr_bpm(nights, DAY, RULES) is None
    assert median_resting_hr_bpm(nights, datetime(2026, 5, 6, 12, tzinfo=UTC), ATHLETE) is None


def test_half_of_four_weeks_say_what_the_usual_resting_heart_rate_is() -> None:
    every_other = usual_nights(DAY, 28)[::2]
    assert len(every_other) == 14
    assert usual_resting_hr_bpm(every_other, DAY, RULES) is not None
    assert usual_resting_hr_bpm(every_other[1:], DAY, RULES) is None


def test_the_first_resting_heart_rate_is_four_weeks_old_at_least() -> None:
    assert usual_resting_hr_bpm(usual_nights(DAY, 27), DAY, RULES) is None
    assert usual_resting_hr_bpm(usual_nights(DAY, 28), DAY, RULES) == USUAL_BPM


def test_the_median_is_of_the_nights_that_ended_before_whenever_they_came_in() -> None:
    nights = [a_night(DAY - timedelta(days=back), resting=45 + back) for back in range(1, 8)]
    late = [replace(night, arrived_at=night.arrived_at + timedelta(days=9)) for night in nights]
    noon = datetime(2026, 5, 6, 12, tzinfo=UTC)
    assert median_resting_hr_bpm(nights, noon, ATHLETE) == median_resting_hr_bpm(late, noon, ATHLETE) == 49
    assert median_resting_hr_bpm(nights[1:], noon, ATHLETE) is None, "fewer nights than a week"
    tonight = a_night(DAY + timedelta(days=1), resting=99)
    long_ago = a_night(DAY - timedelta(days=29), resting=99)
    assert median_resting_hr_bpm([*nights, tonight, long_ago], noon, ATHLETE) == 49


def test_the_logarithm_makes_half_as_much_as_far_away_as_twice_as_much() -> None:
    usual = usual_rmssd(usual_nights(DAY), DAY, RULES)
    assert usual is not None
    assert math.log(USUAL_MS / 2) - usual.mean == pytest.approx(usual.mean - math.log(USUAL_MS * 2))
