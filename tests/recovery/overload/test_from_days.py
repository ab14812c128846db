"""Resting heart rate, heart rate variability and the athlete's own answers: each at its limit, on both sides."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.recovery.overload.last_weeks import LastWeeks
from hersteld.recovery.overload.signal import SignalId
from tests.recovery.overload.weeks import TODAY, a_night, answers_of, nights_of, numbers, signal, trained

NOTHING_TOLD = (None, None, None)
OF_DAYS = [SignalId.RESTING_HR, SignalId.RMSSD, SignalId.QUALITY]


@pytest.mark.parametrize(("week", "is_over"), [(54.9, False), (55, True), (55.1, True), (45, False)])
def test_a_resting_heart_rate_five_beats_above_the_usual_one(week: float, *, is_over: bool) -> None:
    weeks = trained(nights=nights_of(resting_hr_bpm=[*[50] * 28, *[week] * 7]))
    assert numbers(weeks, SignalId.RESTING_HR) == (week, 55, is_over)


def test_the_bad_week_is_no_part_of_what_is_usual_nor_is_what_was_before_the_28_days() -> None:
    weeks = trained(nights=nights_of(resting_hr_bpm=[*[90] * 10, *[48, 52] * 14, *[56] * 7]))
    assert numbers(weeks, SignalId.RESTING_HR) == (56, 55, True)


@pytest.mark.parametrize(("step", "is_over"), [(-0.1, True), (0, False), (0.1, False)])
def test_a_variability_half_a_deviation_of_its_logarithm_below_the_usual_one(step: float, *, is_over: bool) -> None:
    usual = [math.exp(3.9), math.exp(4.1)] * 30  # mean 4.0, deviation 0.1
    limit = round(math.exp(4.0 - 0.5 * 0.1), 1)
    weeks = trained(nights=nights_of(rmssd_ms=[*usual, *[limit + step] * 7]))
    assert numbers(weeks, SignalId.RMSSD) == (round(limit + step, 1), limit, is_over)


def test_the_usual_variability_is_that_of_sixty_days_before_the_week() -> None:
    weeks = trained(nights=nights_of(rmssd_ms=[*[500] * 5, *[50] * 60, *[50] * 7]))
    assert numbers(weeks, SignalId.RMSSD) == (50, 50, False)
    assert numbers(trained(nights=nights_of(rmssd_ms=[500, *[50] * 59, *[50] * 7])), SignalId.RMSSD)[1] != 50


@pytest.mark.parametrize(
    ("usual", "week", "limit", "is_over"),
    [
        *((16, 13, 13, False), (16, 12.9, 13, True)),
        *((11, 9, 9, False), (11, 8.9, 9, True), (11, 12, 9, False)),  # who often answers 11 is well with 11
    ],
)
def test_answers_below_the_least_and_below_your_own(usual: float, week: float, limit: float, *, is_over: bool) -> None:
    weeks = trained(qualities=answers_of([*[usual] * 60, *[week] * 7]))
    assert numbers(weeks, SignalId.QUALITY) == (week, limit, is_over)


@pytest.mark.parametrize("in_week", [2, 3])
@pytest.mark.parametrize("id_", OF_DAYS)
def test_a_week_needs_three_nights_or_answers(id_: SignalId, in_week: int) -> None:
    values: Sequence[float | None] = [*[50.0] * 60, *[None] * (7 - in_week), *[40.0] * in_week]
    assert (signal(with_all(values), id_).is_over is not None) is (in_week == 3)


@pytest.mark.parametrize("before", [20, 21])
@pytest.mark.parametrize("id_", OF_DAYS)
def test_before_28_days_of_nights_or_answers_nothing_can_be_told(id_: SignalId, before: int) -> None:
    assert (numbers(with_all([50.0] * (before + 7)), id_) == NOTHING_TOLD) is (before == 20)


@pytest.mark.parametrize("id_", OF_DAYS)
def test_without_28_days_of_training_nothing_can_be_told(id_: SignalId) -> None:
    known = with_all([50.0] * 67)
    assert numbers(LastWeeks(TODAY, np.array([90.0] * 27), (), known.nights, known.qualities), id_) == NOTHING_TOLD


@pytest.mark.parametrize("id_", OF_DAYS)
def test_without_a_night_or_an_answer_nothing_can_be_told(id_: SignalId) -> None:
    assert numbers(trained(), id_) == NOTHING_TOLD


def test_a_night_that_measured_nothing_or_nonsense_does_not_count() -> None:
    known = nights_of(resting_hr_bpm=[50] * 35, rmssd_ms=[50] * 35)
    broken = (*known[:-1], a_night(TODAY, resting_hr_bpm=0, rmssd_ms=0))
    assert numbers(trained(nights=broken), SignalId.RESTING_HR)[0] == 50
    assert numbers(trained(nights=broken), SignalId.RMSSD)[0] == 50


def test_a_new_watch_does_not_look_like_overload() -> None:
    old = nights_of(resting_hr_bpm=[*[50] * 28, *[None] * 7], rmssd_ms=[*[60] * 60, *[None] * 7])
    of_new = nights_of(resting_hr_bpm=[58] * 7, rmssd_ms=[30] * 7)
    new = tuple(replace(night, device="new") for night in of_new)
    for id_ in (SignalId.RESTING_HR, SignalId.RMSSD):
        assert numbers(trained(nights=(*old[:-7], *new)), id_) == NOTHING_TOLD


def test_of_two_watches_each_night_the_one_of_the_last_night_is_compared_with_itself() -> None:
    """Whichever recorded longer: what it measured is kept of the other nights, too."""
    mine = nights_of(resting_hr_bpm=[*[50] * 28, *[56] * 7])
    other = [replace(night, device="ring", resting_hr_bpm=70.0) for night in mine]
    longest = tuple(other[at] if at % 2 else night for at, night in enumerate(mine))
    assert longest[-1] is mine[-1]
    weeks = replace(trained(nights=longest), nights_of_devices=(*mine, *other))
    assert numbers(weeks, SignalId.RESTING_HR) == (56, 55, True)


def test_a_night_counts_on_the_day_of_waking_also_when_nobody_has_trained_on_it_yet() -> None:
    known = trained(nights=nights_of(resting_hr_bpm=[*[50] * 28, *[54.9] * 6, 55.6]))
    this_morning = LastWeeks(TODAY, np.array([*known.loads, 0.0]), (), known.nights)
    assert numbers(this_morning, SignalId.RESTING_HR) == (55, 55, True)


@given(st.lists(st.floats(40, 70), min_size=35, max_size=35), st.floats(0, 20), st.integers(0, 6))
def test_a_higher_heart_rate_in_the_week_never_takes_the_sign_away(beats: list[float], more: float, at: int) -> None:
    higher = [*beats]
    higher[28 + at] += more
    before, after = (
        signal(trained(nights=nights_of(resting_hr_bpm=values)), SignalId.RESTING_HR) for values in (beats, higher)
    )
    assert after.limit == before.limit
    assert after.is_over or not before.is_over


@given(st.lists(st.floats(10, 150), min_size=67, max_size=67), st.floats(0.1, 1), st.integers(0, 6))
def test_a_lower_variability_in_the_week_never_takes_the_sign_away(beats: list[float], share: float, at: int) -> None:
    lower = [*beats]
    lower[60 + at] *= share
    before, after = (signal(trained(nights=nights_of(rmssd_ms=values)), SignalId.RMSSD) for values in (beats, lower))
    assert after.limit == before.limit
    assert after.is_over or not before.is_over


@given(st.permutations(range(35)))
def test_the_order_in_which_nights_are_known_does_not_matter(order: list[int]) -> None:
    nights = nights_of(resting_hr_bpm=[50 + at % 7 for at in range(35)])
    mixed = tuple(nights[at] for at in order)
    assert numbers(trained(nights=mixed), SignalId.RESTING_HR) == numbers(trained(nights=nights), SignalId.RESTING_HR)


def with_all(values: Sequence[float | None]) -> LastWeeks:
    """Return weeks whose nights and answers have all the same values."""
    return trained(nights=nights_of(resting_hr_bpm=values, rmssd_ms=values), qualities=answers_of(values))


def test_nights_of_later_days_do_not_count() -> None:
    known = nights_of(resting_hr_bpm=[50] * 35)
    later = tuple(a_night(TODAY + timedelta(days=days), resting_hr_bpm=99) for days in (1, 2))
    assert numbers(trained(nights=(*known, *later)), SignalId.RESTING_HR) == (50, 55, False)
