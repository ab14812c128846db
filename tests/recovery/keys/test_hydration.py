"""Key 3: how much to drink, when, and when not."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hersteld.config.rules import load_rules
from hersteld.parsers.workout import Vendor
from hersteld.recovery.athlete.profile import Condition
from hersteld.recovery.keys.hydration import hydration, timetable, to_drink_ml
from hersteld.recovery.keys.sweat import net_loss
from tests.support.fit.recoveries import (
    HARD_RIDE,
    TRAINED,
    advice_of,
    ids,
    recovery_of,
    shipped_rules,
    situation_of,
    with_condition,
)
from tests.support.fit.workouts import NOON, a_workout

_STEP_ML = 50
_MOST_FOR_ONE_ML = 150
"""For one minute, beat, kilogram or degree; the first volume, at 0.3 l, is a jump that is meant."""


def volumes(net_ml: float, mass_kg: float = 70) -> list[int]:
    """Return the portions after a loss that was weighed."""
    rules = shipped_rules().hydration
    wanted_ml = to_drink_ml(net_ml, mass_kg, rules, estimated=False)
    return [portion.volume_ml for portion in timetable(wanted_ml, mass_kg, NOON, rules)]


def test_a_litre_lost_is_one_and_a_half_to_drink_in_five_portions() -> None:
    portions = timetable(1500, 70, NOON, shipped_rules().hydration)
    assert [portion.volume_ml for portion in portions] == [800, 200, 200, 150, 150]
    assert [(portion.at - NOON) / timedelta(minutes=1) for portion in portions] == [0, 15, 30, 45, 60]


def test_portions_after_the_first_are_at_whole_quarters() -> None:
    portions = timetable(1400, 70, NOON + timedelta(minutes=7), shipped_rules().hydration)
    assert [(portion.at - NOON) / timedelta(minutes=1) for portion in portions] == [7, 15, 30, 45]


def test_volumes_are_told_in_steps_of_50_ml() -> None:
    assert volumes(1020) == [800, 200, 200, 200, 150]
    assert volumes(960) == [800, 200, 150, 150, 150]


def test_the_step_and_the_smallest_portion_are_numbers_of_the_rules() -> None:
    coarse = load_rules({"hydration": {"step_ml": 100}}).hydration
    assert to_drink_ml(560, 70, coarse, estimated=False) == 800
    fine = load_rules({"hydration": {"min_portion_ml": 50}}).hydration
    assert [portion.volume_ml for portion in timetable(850, 70, NOON, fine)] == [800, 50]


def test_a_remainder_that_is_a_sip_is_filled_up_from_the_portions_before_it() -> None:
    assert volumes(560) == [700, 150], "850 ml"
    assert volumes(600) == [750, 150], "900 ml"
    assert volumes(700) == [750, 150, 150], "1050 ml"
    assert volumes(733) == [800, 150, 150], "1100 ml"


def test_a_sip_that_nothing_can_fill_up_is_left_out() -> None:
    least = load_rules({"hydration": {"first_portion_ml": 200, "min_portion_ml": 200}}).hydration
    assert [portion.volume_ml for portion in timetable(650, 70, NOON, least)] == [200, 200, 200]


def test_a_timetable_of_nothing_has_no_portion() -> None:
    assert timetable(0, 70, NOON, shipped_rules().hydration) == ()


def test_the_first_portion_of_a_light_athlete_is_smaller() -> None:
    assert volumes(800, mass_kg=50) == [600, 200, 200, 200]
    assert volumes(420, mass_kg=50) == [500, 150], "a remainder is no reason to exceed it"
    assert volumes(800, mass_kg=47) == [450, 150, 150, 150, 150, 150], "bounds are rounded down"


def test_the_timetable_gives_at_most_four_litres_before_it_ends() -> None:
    portions = timetable(4500, 70, NOON, shipped_rules().hydration)
    assert sum(portion.volume_ml for portion in portions) == 4000
    assert portions[-1].at == NOON + timedelta(hours=4)


@pytest.mark.parametrize(("mass_kg", "most_ml"), [(70, 1400), (100, 1500), (48, 950)])
def test_an_estimate_never_asks_for_too_much(mass_kg: float, most_ml: int) -> None:
    rules = shipped_rules().hydration
    assert to_drink_ml(3000, mass_kg, rules, estimated=True) == most_ml
    assert to_drink_ml(2000, mass_kg, rules, estimated=False) == 3000, "who weighed knows"


def test_the_scales_beat_every_estimate() -> None:
    ride = replace(HARD_RIDE, vendor=Vendor(sweat_loss_ml=1200))
    assert advice_of(recovery_of(ride, weighed_loss_kg=1.0), "hydration")[0].values["total_ml"] == 1500


def test_the_devices_estimate_counts_as_far_as_a_human_can_sweat() -> None:
    hours = HARD_RIDE.timer_s / 3600
    drunk_ml = 400 * (hours - 1)
    loss = net_loss(situation_of(replace(HARD_RIDE, vendor=Vendor(sweat_loss_ml=2000))))
    assert loss.origin == "device"
    assert loss.net_ml == pytest.approx(2000 - drunk_ml)


def test_only_the_time_beyond_the_first_hour_is_assumed_to_be_drunk_for_and_half_of_the_sweat_at_most() -> None:
    for minutes in (45, 60):
        hour = a_workout(minutes, hr=150, kcal=600, vendor=Vendor(sweat_loss_ml=700))
        assert net_loss(situation_of(hour)).net_ml == 700
    cold = a_workout(120, hr=120, vendor=Vendor(sweat_loss_ml=800))
    assert net_loss(situation_of(cold)).net_ml == pytest.approx(800 - 200), "half of 400 ml/h, for one hour"


def test_a_device_that_says_more_than_a_human_can_sweat_counts_up_to_that() -> None:
    most = net_loss(situation_of(replace(HARD_RIDE, vendor=Vendor(sweat_loss_ml=1500 * 124 / 60))))
    beyond = net_loss(situation_of(replace(HARD_RIDE, vendor=Vendor(sweat_loss_ml=9000))))
    assert beyond.net_ml == pytest.approx(most.net_ml)


def test_what_was_drunk_on_the_way_is_subtracted() -> None:
    dry = net_loss(situation_of(HARD_RIDE, drunk_ml=0.0)).net_ml
    assert dry - net_loss(situation_of(HARD_RIDE, drunk_ml=500.0)).net_ml == pytest.approx(500)


@pytest.mark.parametrize(
    ("lost_kg", "ids_of_it"), [(0, []), (0.299, []), (0.3, ["drink_with_meal"]), (0.699, ["drink_with_meal"])]
)
def test_a_small_loss_is_a_word_about_the_next_meal_or_none(lost_kg: float, ids_of_it: list[str]) -> None:
    found = advice_of(recovery_of(HARD_RIDE, weighed_loss_kg=lost_kg), "hydration")
    assert [advice.id for advice in found] == ids_of_it


def test_a_minute_beyond_an_hour_of_running_takes_no_drink_away() -> None:
    hour, longer = (advice_of(recovery_of(a_workout(minutes, hr=150)), "hydration") for minutes in (60, 61))
    assert [advice.id for advice in longer] == [advice.id for advice in hour] != []
    volumes = [int(str(advices[0].values["total_ml"])) for advices in (hour, longer)]
    assert volumes[0] <= volumes[1] <= volumes[0] + 150


def test_from_one_percent_of_body_mass_on_there_is_a_timetable() -> None:
    (first, *_) = hydration(situation_of(HARD_RIDE, weighed_loss_kg=0.7)).advice
    assert first.id == "drink_portion"


def test_a_pool_swim_costs_little_fluid() -> None:
    swim = a_workout(60, hr=150, sport="swimming", sub_sport="lap_swimming", kcal=900)
    assert [advice.id for advice in advice_of(recovery_of(swim), "hydration")] == ["drink_with_meal"]


def test_from_exactly_four_hours_without_scales_on_there_are_no_volumes() -> None:
    exactly, shorter = (situation_of(a_workout(minutes, hr=130, sport="cycling")) for minutes in (240, 239))
    assert [advice.id for advice in hydration(exactly).advice] == ["drink_long"]
    assert "drink_long" not in [advice.id for advice in hydration(shorter).advice]


def test_four_hours_without_scales_get_no_volumes_and_with_scales_they_do() -> None:
    long_ride = a_workout(250, hr=130, sport="cycling", kcal=2500)
    assert [advice.id for advice in advice_of(recovery_of(long_ride), "hydration")] == ["drink_long"]
    assert "drink_portion" in ids(recovery_of(long_ride, weighed_loss_kg=2.0))


def test_a_timetable_that_ends_with_the_four_hours_leaves_no_total_to_tell() -> None:
    advice = hydration(situation_of(HARD_RIDE, weighed_loss_kg=2.53)).advice
    assert (len(advice), {one.id for one in advice}) == (16, {"drink_portion"})
    assert advice[-1].expires_at == NOON + timedelta(hours=4)


def test_who_gained_weight_drinks_nothing_more_at_first() -> None:
    assert [advice.id for advice in advice_of(recovery_of(HARD_RIDE, weighed_loss_kg=-0.4), "hydration")] == [
        "drink_gained"
    ]


@pytest.mark.parametrize("condition", ["kidney", "heart", "diuretics", "blood_pressure", "pregnancy"])
def test_no_volumes_with_these_conditions(condition: Condition) -> None:
    advice = advice_of(recovery_of(HARD_RIDE, with_condition(condition)), "hydration")
    assert [one.id for one in advice] == ["drink_condition"]
    assert not any(name.endswith("_ml") for one in advice for name in one.values)


def test_with_an_eating_disorder_there_are_no_volumes_and_no_doctor_either() -> None:
    advice = advice_of(recovery_of(HARD_RIDE, with_condition("eating_disorder")), "hydration")
    assert [one.id for one in advice] == ["drink_thirst"]
    assert not any(name.endswith("_ml") for one in advice for name in one.values)


def test_a_child_drinks_to_thirst_and_reads_nothing_of_alcohol_or_cold_baths() -> None:
    found = ids(recovery_of(HARD_RIDE, replace(TRAINED, birth_year=2009, mass_kg=32)))
    assert "drink_thirst" in found
    assert found.isdisjoint(("drink_portion", "cold_bath", "avoid_tonight", "avoid_until"))


@given(net_ml=st.floats(0, 3000), more_ml=st.floats(0, 1000), mass_kg=st.floats(40, 120))
def test_more_sweat_never_means_less_water(net_ml: float, more_ml: float, mass_kg: float) -> None:
    assert sum(volumes(net_ml, mass_kg)) <= sum(volumes(net_ml + more_ml, mass_kg))


@given(net_ml=st.floats(0, 3000), mass_kg=st.floats(40, 120))
def test_a_timetable_meets_its_target_with_bounded_portions(net_ml: float, mass_kg: float) -> None:
    given_ml = volumes(net_ml, mass_kg)
    most_ml = sum(given_ml[:1]) + 16 * max(given_ml[1:-1], default=200)
    assert sum(given_ml) == pytest.approx(min(1.5 * net_ml, most_ml), abs=25)
    assert all(volume % 50 == 0 for volume in given_ml)
    assert all(150 <= volume <= 200 for volume in given_ml[1:])
    assert sum(given_ml[:1]) <= min(800, 12 * mass_kg)


@given(net_ml=st.floats(0, 4000), more_ml=st.floats(0, 50), mass_kg=st.floats(40, 120), more_kg=st.floats(0, 1))
def test_a_little_more_asks_for_little_more(net_ml: float, more_ml: float, mass_kg: float, more_kg: float) -> None:
    rules = shipped_rules().hydration
    less = to_drink_ml(net_ml, mass_kg, rules, estimated=True)
    more = to_drink_ml(net_ml + more_ml, mass_kg + more_kg, rules, estimated=True)
    assert less <= more <= less + 150


def asked_ml(
    minutes: int, bpm: int, mass_kg: float, celsius: int, *, kcal_per_min: float | None, average: bool = False
) -> float:
    """Return how much a ride asks to drink, in all; 0 where it asks for nothing.

    The heart rate is a reading every ten seconds, or else only the average of the device.
    """
    kcal = None if kcal_per_min is None else kcal_per_min * minutes
    hr, avg_hr = (None, bpm) if average else (bpm, None)
    ride = a_workout(minutes, sport="cycling", temperature_c=celsius, kcal=kcal, hr=hr, avg_hr=avg_hr, step_s=10)
    found = advice_of(recovery_of(ride, replace(TRAINED, mass_kg=mass_kg)), "hydration")
    return max((float(str(advice.values["total_ml"])) for advice in found), default=0.0)


@example(minutes=60, bpm=150, mass_kg=70, celsius=15, kcal_per_min=10, average=False)
@example(minutes=60, bpm=150, mass_kg=70, celsius=15, kcal_per_min=None, average=False)
@example(minutes=235, bpm=89, mass_kg=70, celsius=36, kcal_per_min=None, average=False)
@example(minutes=120, bpm=135, mass_kg=70, celsius=20, kcal_per_min=None, average=True)
@settings(max_examples=60)
@given(
    minutes=st.integers(20, 238),
    bpm=st.integers(60, 185),
    mass_kg=st.integers(45, 110),
    celsius=st.integers(-5, 38),
    kcal_per_min=st.none() | st.floats(4, 18),
    average=st.booleans(),
)
def test_a_minute_a_beat_a_kilogram_or_a_degree_more(
    minutes: int, bpm: int, mass_kg: int, celsius: int, kcal_per_min: float | None, *, average: bool
) -> None:
    now = asked_ml(minutes, bpm, mass_kg, celsius, kcal_per_min=kcal_per_min, average=average)
    longer = asked_ml(minutes + 1, bpm, mass_kg, celsius, kcal_per_min=kcal_per_min, average=average)
    harder = asked_ml(minutes, bpm + 1, mass_kg, celsius, kcal_per_min=kcal_per_min, average=average)
    heavier = asked_ml(minutes, bpm, mass_kg + 1, celsius, kcal_per_min=kcal_per_min, average=average)
    warmer = asked_ml(minutes, bpm, mass_kg, celsius + 1, kcal_per_min=kcal_per_min, average=average)
    for more in (longer, harder, warmer):
        assert more >= now - _STEP_ML
    for other in (longer, harder, heavier, warmer):
        begins = 0 in (now, other)
        assert begins or abs(other - now) <= _MOST_FOR_ONE_ML
