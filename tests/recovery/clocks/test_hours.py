"""The five clocks: the worked numbers, what is hard, and that more never means less rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.recovery.advice import Clock
from hersteld.recovery.athlete.profile import Athlete, Experience
from hersteld.recovery.clocks.effort import Effort
from hersteld.recovery.clocks.factors import level_factor
from hersteld.recovery.clocks.hours import (
    Hardness,
    clocks_of,
    hardness_of,
    hours_of_rest,
    longest,
    numbers_of,
    without_weights,
)
from tests.support.fit.recoveries import shipped_rules

REST = shipped_rules().rest


def hours(effort: Effort, experience: Experience = "trained", open_h: float = 0.0) -> float:
    return hours_of_rest(
        clocks_of(effort, REST), float(level_factor(Athlete(experience=experience), REST)), open_h, REST
    )


def hardness(effort: Effort, *, is_gentle_sport: bool = False, too_short: bool = False) -> Hardness:
    return hardness_of(
        clocks_of(effort, REST), REST, run_load=effort.run_load, is_gentle_sport=is_gentle_sport, too_short=too_short
    )


@pytest.mark.parametrize(
    ("effort", "experience", "expected"),
    [
        (Effort(40, 20), "trained", 24.2),
        (Effort(100, 60), "trained", 34.7),
        (Effort(150, 10), "trained", 24.0),
        (Effort(300, 40), "trained", 48.0),
        (Effort(300, 40), "elite", 40.8),
        (Effort(140, 50, impact_load=140), "trained", 48.0),
        (Effort(220, 90, impact_load=220), "trained", 96.0),
        (Effort(60, 15, impact_load=60), "recreational", 23.8),
        (Effort(50, 25, near_maximal_min=5), "trained", 26.3),
        (Effort(60, 35, near_maximal_min=12), "trained", 48.0),
        (Effort(10, 1.7, strength_min=10), "beginner", 14.4),
        (Effort(60, 10, strength_min=60), "trained", 48.0),
        (Effort(60, 10, strength_min=60), "beginner", 48.0),
        (Effort(10.4, 0.09), "beginner", 2.0),
    ],
)
def test_the_worked_numbers(effort: Effort, experience: Experience, expected: float) -> None:
    assert round(hours(effort, experience), 1) == expected


@pytest.mark.parametrize(
    ("effort", "clock", "expected"),
    [
        (Effort(threshold_min=20), "intensity", 24.2),
        (Effort(threshold_min=60), "intensity", 34.7),
        (Effort(load=150), "volume", 24.0),
        (Effort(load=300), "volume", 48.0),
        (Effort(impact_load=60), "impact", 0.0),
        (Effort(impact_load=140), "impact", 48.0),
        (Effort(impact_load=220), "impact", 96.0),
        (Effort(near_maximal_min=6), "near_maximal", 24.0),
        (Effort(near_maximal_min=12), "near_maximal", 48.0),
        (Effort(near_maximal_min=20), "near_maximal", 48.0),
        (Effort(strength_min=20), "strength", 24.0),
        (Effort(strength_min=40), "strength", 48.0),
        (Effort(strength_min=90), "strength", 48.0),
    ],
)
def test_what_each_clock_asks_for_by_itself(effort: Effort, clock: Clock, expected: float) -> None:
    assert round(clocks_of(effort, REST)[clock], 1) == expected


@pytest.mark.parametrize(("experience", "factor"), [("beginner", 1.2), ("recreational", 1.1), ("elite", 0.85)])
@pytest.mark.parametrize(
    "effort",
    [Effort(load=100, threshold_min=20), Effort(load=200), Effort(impact_load=100), Effort(near_maximal_min=6)],
)
def test_the_level_counts_on_every_clock_but_what_the_weights_ask_for_at_most(
    effort: Effort, experience: Experience, factor: float
) -> None:
    assert hours(effort, experience) == pytest.approx(factor * hours(effort))
    assert hours(Effort(strength_min=20), experience) == pytest.approx(24 * factor)
    assert hours(Effort(strength_min=60), experience) == pytest.approx(min(48, 48 * factor))


@pytest.mark.parametrize(
    ("effort", "clock"),
    [
        (Effort(100, 60), "intensity"),
        (Effort(300, 40), "volume"),
        (Effort(140, 20, impact_load=140), "impact"),
        (Effort(60, 35, near_maximal_min=12), "near_maximal"),
        (Effort(60, 10, strength_min=60), "strength"),
    ],
)
def test_the_longest_clock_decides(effort: Effort, clock: Clock) -> None:
    assert longest(clocks_of(effort, REST)) == clock
    assert numbers_of(clock, REST), "each clock has numbers to show"


def test_half_of_what_is_open_is_added_and_four_days_are_the_most() -> None:
    assert hours(Effort(100, 60), open_h=10) == pytest.approx(hours(Effort(100, 60)) + 5)
    assert hours(Effort(600, 300), "beginner", open_h=90) == 96


def test_a_day_is_hard_and_two_days_are_very_hard() -> None:
    assert hardness(Effort(149, 10)) == Hardness(hard=False, very_hard=False, gentle=False, very_long_run=False)
    assert hardness(Effort(150, 10)) == Hardness(hard=True, very_hard=False, gentle=False, very_long_run=False)
    assert hardness(Effort(300, 10)) == Hardness(hard=True, very_hard=True, gentle=False, very_long_run=False)


def test_weights_alone_make_a_workout_hard_and_never_very_hard() -> None:
    assert hardness(Effort(60, 10, strength_min=60)) == Hardness(
        hard=True, very_hard=False, gentle=False, very_long_run=False
    )
    assert hardness(Effort(300, 10, strength_min=60)).very_hard


def test_three_days_of_pounding_are_a_very_long_run() -> None:
    assert not hardness(Effort(179, 40, impact_load=179, run_load=179)).very_long_run
    assert hardness(Effort(180, 40, impact_load=180, run_load=180)).very_long_run
    assert not hardness(Effort(180, 40, impact_load=180)).very_long_run, "hours of tennis are no run"


def test_exactly_six_hours_are_gentle_no_more_and_nothing_done_asks_for_nothing() -> None:
    six_hours = Effort(load=37.5)
    assert max(clocks_of(six_hours, REST).values()) == 6
    assert not hardness(six_hours).gentle
    assert set(clocks_of(Effort(), REST).values()) == {0}


def test_less_than_six_hours_are_gentle_and_less_than_twelve_in_a_gentle_sport() -> None:
    assert hardness(Effort(37, 1)).gentle
    assert not hardness(Effort(38, 1)).gentle
    assert hardness(Effort(74, 1), is_gentle_sport=True).gentle
    assert not hardness(Effort(76, 1), is_gentle_sport=True).gentle


def test_a_few_minutes_are_gentle_whatever_they_were() -> None:
    assert hardness(Effort(10, 20, near_maximal_min=4), too_short=True) == Hardness(
        hard=False, very_hard=False, gentle=True, very_long_run=False
    )


def test_other_muscles_do_not_wait_for_the_weights() -> None:
    clocks = clocks_of(Effort(30, 2, strength_min=45), REST)
    assert hours_of_rest(clocks, 1.0, 0.0, REST) == 48
    assert hours_of_rest(without_weights(clocks), 1.0, 0.0, REST) == pytest.approx(7.0)


measures = st.floats(0, 400)


@given(first=st.tuples(*[measures] * 6), more=st.tuples(*[measures] * 6), factor=st.floats(0.5, 2), open_h=measures)
def test_more_of_anything_never_means_less_rest(
    first: tuple[float, ...], more: tuple[float, ...], factor: float, open_h: float
) -> None:
    less, most = Effort(*first), Effort(*(a + b for a, b in zip(first, more, strict=True)))
    few, many = (clocks_of(effort, REST) for effort in (less, most))
    assert hours_of_rest(few, factor, open_h, REST) <= hours_of_rest(many, factor, open_h, REST)
    assert hours_of_rest(many, factor, 0.0, REST) <= hours_of_rest(many, factor, open_h, REST)
