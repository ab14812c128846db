"""Monotony, strain, form and hard days: each at its limit, on both sides."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.recovery.overload.last_weeks import LastWeeks
from hersteld.recovery.overload.signal import SignalId
from hersteld.recovery.overload.signals import overload_signals
from tests.recovery.overload.weeks import QUIET_WEEK, RULES, TODAY, numbers, signal, trained

OF_LOADS = [SignalId.MONOTONY, SignalId.STRAIN, SignalId.FORM, SignalId.HARD_DAYS]


def date_after(days: int) -> date:
    return TODAY + timedelta(days=days)


def a_week(mean: float, monotony: float) -> tuple[float, ...]:
    """Return seven loads with this mean and this monotony: three above, three below, and one between."""
    step = mean / monotony * (7 / 6) ** 0.5
    return (mean - step, mean + step, mean - step, mean + step, mean, mean - step, mean + step)


@pytest.mark.parametrize(("monotony", "is_over"), [(1.9, False), (2.0, False), (2.1, True)])
def test_days_that_are_much_alike_in_a_full_week(monotony: float, *, is_over: bool) -> None:
    assert numbers(trained(a_week(100, monotony)), SignalId.MONOTONY) == (monotony, 2, is_over)


@pytest.mark.parametrize(("load", "is_over"), [(239, False), (240, False), (241, True)])
def test_even_days_in_a_week_that_was_no_more_than_usual_are_no_sign(load: float, *, is_over: bool) -> None:
    assert numbers(trained([load / 7] * 7), SignalId.MONOTONY) == (10, 2, is_over)


def test_the_usual_week_is_the_median_of_the_weeks_before() -> None:
    weeks = [[load / 7] * 7 for load in (100, 900, 300)]
    assert signal(trained(*weeks, [301 / 7] * 7, quiet_weeks=0), SignalId.MONOTONY).is_over
    assert signal(trained(*weeks, [300 / 7] * 7, quiet_weeks=0), SignalId.MONOTONY).is_over is False


def test_weeks_of_more_than_a_year_ago_do_not_count() -> None:
    huge = [[500.0] * 7] * 200
    assert signal(trained(*huge, *[QUIET_WEEK] * 52, [40.0] * 7, quiet_weeks=0), SignalId.MONOTONY).is_over
    assert numbers(trained(*huge, *[QUIET_WEEK] * 52, [40.0] * 7, quiet_weeks=0), SignalId.STRAIN)[1] == 277


def test_the_strain_of_a_week_is_compared_with_the_high_ones_among_your_own() -> None:
    # Strains of 1 to 11 hundred: nine of ten lie below 1000.
    weeks = [a_week(100 * strain / 7, 1) for strain in range(1, 12)]
    at, above = (trained(*weeks, a_week(load / 7, 1), quiet_weeks=0) for load in (1000, 1001))
    assert numbers(at, SignalId.STRAIN) == (1000, 1000, False)
    assert numbers(above, SignalId.STRAIN) == (1001, 1000, True)


def test_form_is_that_of_the_trend_and_is_over_below_its_limit() -> None:
    def form(last: float) -> tuple[float | None, float | None, bool | None]:
        return numbers(trained((*QUIET_WEEK[:6], last), quiet_weeks=11), SignalId.FORM)

    over = {value: is_over for last in range(300, 420) for value, _, is_over in [form(last)]}
    assert over[-30.0] is False
    assert over[-30.1] is True
    assert all(value is not None and is_over is (value < -30) for value, is_over in over.items())


@pytest.mark.parametrize(("days", "is_over"), [(0, False), (2, False), (3, True), (9, True)])
def test_hard_days_that_follow_one_another(days: int, *, is_over: bool) -> None:
    assert numbers(trained(hard=days), SignalId.HARD_DAYS) == (days, 3, is_over)


def test_an_easy_day_ends_the_run_and_a_morning_does_not() -> None:
    hard = trained(hard=4)
    loads = [*hard.loads, 0.0]
    morning = LastWeeks(date_after(1), np.array(loads), hard.hard_days)
    evening = LastWeeks(date_after(1), np.array([*hard.loads, 20.0]), hard.hard_days)
    next_day = LastWeeks(date_after(2), np.array([*loads, 0.0]), hard.hard_days)
    running = [signal(weeks, SignalId.HARD_DAYS).value for weeks in (morning, evening, next_day)]
    assert running == [4, 0, 0]


@pytest.mark.parametrize(("days", "is_told"), [(0, False), (27, False), (28, True)])
def test_before_28_days_of_history_nothing_can_be_told(days: int, *, is_told: bool) -> None:
    weeks = LastWeeks(TODAY, np.array([90.0] * days), {TODAY})
    told = [one for one in overload_signals(weeks, RULES) if one.is_over is not None]
    assert [one.id for one in told] == (OF_LOADS if is_told else [])


@given(st.lists(st.floats(0, 400), min_size=28, max_size=120), st.floats(0.5, 500))
def test_more_on_the_last_day_never_lifts_form(loads: list[float], more: float) -> None:
    loads = [*loads, 1.0]
    form, lower = (signal(LastWeeks(TODAY, np.array([*loads[:-1], last])), SignalId.FORM) for last in (1.0, 1.0 + more))
    assert form.value is not None
    assert lower.value is not None
    assert lower.value <= form.value
    assert lower.is_over or not form.is_over


@given(st.sets(st.integers(0, 20)), st.integers(0, 20))
def test_one_more_hard_day_never_makes_the_run_shorter(hard: set[int], more: int) -> None:
    def running(back: set[int]) -> float:
        days = {date_after(-days) for days in back}
        value = signal(LastWeeks(TODAY, trained().loads, days), SignalId.HARD_DAYS).value
        assert value is not None
        return value

    assert running(hard | {more}) >= running(hard)


@given(st.lists(st.floats(0, 400), min_size=28, max_size=120), st.sampled_from([0.5, 2.0, 4.0]))
def test_another_scale_of_loads_makes_no_other_monotony(loads: list[float], factor: float) -> None:
    monotony, scaled = (
        signal(LastWeeks(TODAY, np.array([*loads, 1.0]) * by), SignalId.MONOTONY).value for by in (1, factor)
    )
    assert monotony == scaled


@pytest.mark.parametrize("id_", [SignalId.MONOTONY, SignalId.STRAIN])
@pytest.mark.parametrize(
    ("before", "is_told"),
    [([[0.0] * 7] * 3, False), ([[0.0] * 7, [0.0] * 7, [30.0] * 7], False), ([[0.0] * 7, [30.0] * 7, [9.0] * 7], True)],
)
def test_without_a_usual_week_nothing_can_be_told_of_one(
    id_: SignalId, before: list[list[float]], *, is_told: bool
) -> None:
    found = signal(trained(*before, a_week(100, 3), quiet_weeks=0), id_)
    assert (found.value is not None, found.is_over is not None) == (is_told, is_told)
