"""The published formulas, and the laws they keep."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.recovery.athlete.physiology import Physiology
from hersteld.recovery.athlete.profile import Sex
from hersteld.recovery.load.formulas import banister_load, load_per_hour, trimp, weighted_power_w
from hersteld.recovery.load.series import Series
from tests.support.fit.recoveries import (
    TRAINED,
    shipped_rules,
    situation_of,
)
from tests.support.fit.workouts import a_workout

RULES = shipped_rules().load
MINUTE = 60.0


def held(*values: float, held_s: float = MINUTE) -> Series:
    count = len(values)
    return Series(np.arange(count, dtype=np.float64) * held_s, np.full(count, held_s), np.array(values))


def physiology_of(sex: Sex | None = None) -> Physiology:
    return situation_of(a_workout(60), replace(TRAINED, sex=sex)).physiology


@given(watts=st.floats(0, 1000))
def test_constant_power_weighs_what_it_is(watts: float) -> None:
    assert weighted_power_w(held(watts, watts), 30, 4) == pytest.approx(watts)


@given(values=st.lists(st.floats(0, 1000), min_size=1, max_size=20))
def test_weighted_power_lies_between_the_mean_and_the_highest(values: list[float]) -> None:
    weighted_w = weighted_power_w(held(*values), 1, 4)
    assert np.mean(values) - 1e-6 <= weighted_w <= max(values) + 1e-6


def test_an_impulse_follows_banisters_formula() -> None:
    physiology = physiology_of()
    bpm = physiology.bpm_at(0.5)
    assert trimp(held(bpm), physiology, 0.64, 1.92) == pytest.approx(0.5 * 0.64 * np.exp(1.92 * 0.5))


def test_beyond_rest_and_maximum_a_beat_counts_as_rest_and_maximum() -> None:
    physiology = physiology_of()
    assert trimp(held(30), physiology, 0.64, 1.92) == 0
    assert trimp(held(230), physiology, 0.64, 1.92) == trimp(held(physiology.max_hr_bpm), physiology, 0.64, 1.92)


@pytest.mark.parametrize("sex", ["male", "female", None])
def test_an_hour_at_threshold_heart_rate_is_100_for_everybody(sex: Sex | None) -> None:
    physiology = physiology_of(sex)
    assert banister_load(held(physiology.lthr_bpm, held_s=3600), physiology, RULES).load == pytest.approx(100)


@given(bpm=st.floats(50, 190))
def test_for_an_unknown_sex_the_load_is_the_mean_of_both(bpm: float) -> None:
    male, female, unknown = (banister_load(held(bpm), physiology_of(sex), RULES) for sex in ("male", "female", None))
    assert unknown.load == pytest.approx((male.load + female.load) / 2)
    assert unknown.trimp == pytest.approx((male.trimp + female.trimp) / 2)


def test_the_reasons_of_a_load_name_the_heart_rates_and_the_coefficients() -> None:
    reasons = banister_load(held(150), physiology_of("female"), RULES).reasons
    assert [reason.name for reason in reasons] == ["max_hr_bpm", "resting_hr_bpm", "lthr_bpm", "load.trimp_b_female"]


@given(rpe=st.floats(1, 10), more=st.floats(0, 5))
def test_a_higher_rating_never_gives_less_load(rpe: float, more: float) -> None:
    assert load_per_hour(rpe, RULES) <= load_per_hour(min(10, rpe + more), RULES)


def test_between_whole_ratings_the_load_is_linear() -> None:
    table = RULES.per_hour_by_rpe
    assert load_per_hour(4.5, RULES) == pytest.approx((table[3] + table[4]) / 2)
