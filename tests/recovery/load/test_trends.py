"""Daily loads by the local calendar, and what they make of fitness and fatigue."""

from dataclasses import replace
from datetime import UTC, date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.recovery.athlete.history import LongAgo, PastWorkout
from hersteld.recovery.load.trends import daily_loads, trend
from tests.support.fit.recoveries import (
    AMSTERDAM,
    a_past_workout,
    local,
    shipped_rules,
)

REST = shipped_rules().rest
MAY_1 = date(2026, 5, 1)


def a_workout_on(day: str, clock: str = "12:00", load: float = 60) -> PastWorkout:
    started_at = local(clock, day)
    return a_past_workout(started_at + timedelta(hours=1), load=load)


def test_a_load_counts_on_the_day_in_which_most_of_the_workout_was_done() -> None:
    resumed = replace(a_workout_on("2026-05-01"), trained_at=local("12:00", "2026-05-03"))
    assert list(daily_loads([a_workout_on("2026-05-01", load=10), resumed], date(2026, 5, 4), AMSTERDAM)) == [
        *(10, 0, 60, 0)
    ]


def test_a_day_has_the_sum_of_its_workouts_and_a_day_without_has_none() -> None:
    past = [a_workout_on("2026-05-01"), a_workout_on("2026-05-03", load=10), a_workout_on("2026-05-01", "19:00", 5)]
    assert list(daily_loads(past, date(2026, 5, 4), AMSTERDAM)) == [65, 0, 10, 0]


def test_the_day_is_that_of_the_local_calendar() -> None:
    late = a_workout_on("2026-05-02", "00:30")
    assert late.started_at.date() == MAY_1
    assert list(daily_loads([late], date(2026, 5, 2), AMSTERDAM)) == [60]
    assert list(daily_loads([late], date(2026, 5, 2), UTC)) == [60, 0]


def test_workouts_after_the_last_day_do_not_count() -> None:
    assert list(daily_loads([a_workout_on("2026-05-01"), a_workout_on("2026-05-03")], MAY_1, AMSTERDAM)) == [60]


def test_nothing_came_before_the_first_workout_ever() -> None:
    assert len(daily_loads([], MAY_1, AMSTERDAM)) == 0
    assert (trend(np.empty(0), REST).ctl, trend(np.empty(0), REST).atl) == (0, 0)


def test_what_is_long_ago_stands_before_the_rest() -> None:
    long_ago = LongAgo(date(2026, 4, 29), np.array([30.0, 20.0]))
    loads = daily_loads([a_workout_on("2026-05-02")], date(2026, 5, 2), AMSTERDAM, long_ago)
    assert list(loads) == [30, 20, 0, 60]
    assert list(daily_loads([], MAY_1, AMSTERDAM, long_ago)) == [30, 20, 0]


@given(load=st.floats(0, 500), days=st.integers(1, 100))
def test_a_steady_athlete_is_as_fit_and_as_tired_as_each_day_from_the_first(load: float, days: int) -> None:
    steady = trend(np.full(days, load), REST)
    assert steady.ctl == pytest.approx(load)
    assert steady.atl == pytest.approx(load)
    assert steady.tsb == pytest.approx(0, abs=1e-6)
    assert steady.days == days


def test_a_heavy_week_tires_more_than_it_makes_fit() -> None:
    heavy = trend(np.array([50.0] * 40 + [150.0] * 7), REST)
    assert heavy.ctl < heavy.atl
    assert heavy.tsb < 0 < trend(np.array([50.0] * 40 + [0.0] * 7), REST).tsb


@given(loads=st.lists(st.floats(0, 500), min_size=1, max_size=60))
def test_a_trend_stays_within_the_loads_of_the_days(loads: list[float]) -> None:
    now = trend(np.array(loads), REST)
    for mean in (now.ctl, now.atl):
        assert min(loads) - 1e-6 <= mean <= max(loads) + 1e-6


def test_one_file_of_years_ago_does_not_make_years_of_rest() -> None:
    weeks = np.tile([60.0, 0.0, 90.0], 13)
    alone = trend(weeks, REST)
    for gap_days in (200, 3000):
        assert trend(np.concatenate(([20.0], np.zeros(gap_days), weeks)), REST) == alone


def test_a_season_without_files_is_rest_as_long_as_it_counts_in_the_fitness() -> None:
    before, after = np.full(60, 80.0), np.full(30, 80.0)
    months = int(REST.gap_days) - 1
    rested = trend(np.concatenate((before, np.zeros(months), after)), REST)
    assert rested.days == 60 + months + 30
    assert rested.ctl < trend(after, REST).ctl
    begun_anew = trend(np.concatenate((before, np.zeros(months + 1), after)), REST)
    assert begun_anew == trend(after, REST)


def test_who_has_stopped_loses_fitness_however_long_ago_that_was() -> None:
    stopped = trend(np.concatenate((np.full(60, 80.0), np.zeros(400))), REST)
    assert stopped.ctl < 1
    assert stopped.days == 460


@given(st.lists(st.sampled_from([0.0, 30.0, 120.0]), min_size=1, max_size=60), st.integers(130, 2000))
def test_what_came_before_a_long_gap_changes_nothing(since: list[float], gap_days: int) -> None:
    since = [50.0, *since]
    with_past = np.concatenate((np.full(10, 70.0), np.zeros(gap_days), np.array(since)))
    assert trend(with_past, REST) == trend(np.array(since), REST)
