"""Which readings are believed, and how much of a workout they cover."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.recovery.join import join
from hersteld.recovery.load.sensors import (
    coverage,
    has_enough_power,
    heart_rate,
    hr_coverage,
    power,
    threshold_power_w,
    within,
)
from hersteld.recovery.load.series import Series
from tests.support.fit.recoveries import (
    TRAINED,
    shipped_rules,
    situation_of,
)
from tests.support.fit.workouts import NOON, a_workout

RULES = shipped_rules().load


def test_readings_that_no_heart_can_have_are_left_out() -> None:
    beats = np.full(601, 150.0)
    beats[100:200] = 255
    beats[300:400] = 0
    series = heart_rate(a_workout(10, hr=beats), RULES)
    assert set(series.value) == {150}
    assert hr_coverage(a_workout(10, hr=beats), RULES) == pytest.approx((600 - 2 * 101) / 600)


def test_power_keeps_its_zeros_and_loses_what_nobody_can_have() -> None:
    watts = np.full(601, 200.0)
    watts[100:200] = 0
    watts[300:310] = 20_000
    watts[400:410] = -1
    assert set(power(a_workout(10, power=watts), RULES).value) == {0, 200}


def test_a_workout_without_the_sensor_has_nothing_covered() -> None:
    workout = a_workout(10)
    assert heart_rate(workout, RULES).covered_s == power(workout, RULES).covered_s == hr_coverage(workout, RULES) == 0


def test_each_session_has_its_own_part_and_an_only_one_has_all() -> None:
    ride = a_workout(20, hr=120, sport="cycling", ended_at=NOON)
    run = a_workout(10, hr=160, ended_at=NOON + timedelta(minutes=15))
    brick = join(ride, run)
    beats = heart_rate(brick, RULES)
    by_session = [within(session, brick, beats) for session in brick.sessions]
    assert by_session[0].covered_s == pytest.approx(1200)
    assert set(by_session[1].value) == {160}
    assert sum(part.covered_s for part in by_session) == pytest.approx(beats.covered_s)
    assert within(ride.sessions[0], ride, beats) is beats


def test_a_cyclists_ftp_is_no_threshold_of_a_run() -> None:
    situation = situation_of(a_workout(60), replace(TRAINED, ftp_w=250))
    ride, run, own = (
        a_workout(60, sport="cycling").sessions[0],
        a_workout(60).sessions[0],
        a_workout(60, threshold_power_w=310).sessions[0],
    )
    assert [threshold_power_w(session, situation.physiology) for session in (ride, run, own)] == [250, None, 310]


@pytest.mark.parametrize(
    ("minutes", "with_power_min", "enough"), [(60, 60, True), (60, 37, True), (60, 35, False), (15, 15, False)]
)
def test_power_stands_for_a_session_when_it_covers_enough_of_it(
    minutes: int, with_power_min: int, enough: bool
) -> None:
    watts = np.full(minutes * 60 + 1, np.nan)
    watts[: with_power_min * 60 + 1] = 200
    ride = a_workout(minutes, power=watts, sport="cycling")
    assert has_enough_power(power(ride, RULES), ride.timer_s, RULES) is enough


@given(covered_min=st.floats(0, 100), timer_s=st.floats(0, 6000))
def test_coverage_is_a_share(covered_min: float, timer_s: float) -> None:
    series = Series(np.zeros(1), np.array([covered_min * 60]), np.array([150.0]))
    assert 0 <= coverage(series, timer_s) <= 1
    assert coverage(series, 0) == 0
