"""Key 3: how much to drink, when, and when not."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.parsers.workout import Vendor
from hersteld.recovery.athlete.profile import Condition
from hersteld.recovery.keys.hydration import timetable
from tests.support.fit.recoveries import HARD_RIDE, TRAINED, advice_of, ids, recovery_of, shipped_rules, with_condition
from tests.support.fit.workouts import NOON, a_workout


def volumes(net_ml: float, mass_kg: float = 70) -> list[int]:
    return [portion.volume_ml for portion in timetable(net_ml, mass_kg, NOON, shipped_rules().hydration)]


def test_a_litre_lost_is_one_and_a_half_to_drink_in_five_portions() -> None:
    portions = timetable(1000, 70, NOON, shipped_rules().hydration)
    assert [portion.volume_ml for portion in portions] == [800, 200, 200, 200, 100]
    assert [(portion.at - NOON) / timedelta(minutes=1) for portion in portions] == [0, 15, 30, 45, 60]


def test_a_small_remainder_joins_the_portion_before_it() -> None:
    assert volumes(1020) == [800, 200, 200, 200, 130]
    assert volumes(960) == [800, 200, 200, 240]
    assert volumes(560) == [840]


def test_the_first_portion_of_a_light_athlete_is_smaller() -> None:
    assert volumes(800, mass_kg=50) == [600, 200, 200, 200]
    assert volumes(420, mass_kg=50) == [600, 30], "a remainder is no reason to exceed it"


def test_the_timetable_gives_at_most_four_litres_before_it_ends() -> None:
    portions = timetable(3000, 70, NOON, shipped_rules().hydration)
    assert sum(portion.volume_ml for portion in portions) == 4000
    assert portions[-1].at == NOON + timedelta(hours=4)


def test_the_scales_beat_every_estimate() -> None:
    ride = replace(HARD_RIDE, vendor=Vendor(sweat_loss_ml=1200))
    assert advice_of(recovery_of(ride, weighed_loss_kg=1.0), "hydration")[0].values["total_ml"] == 1500


def test_the_devices_estimate_counts_up_to_what_a_human_can_sweat() -> None:
    ride = replace(HARD_RIDE, vendor=Vendor(sweat_loss_ml=2000))
    drunk = 400 * 124 / 60
    assert advice_of(recovery_of(ride), "hydration")[0].values["total_ml"] == pytest.approx(1.5 * (2000 - drunk), abs=5)
    most = recovery_of(replace(HARD_RIDE, vendor=Vendor(sweat_loss_ml=1500 * 124 / 60))).plan
    beyond = recovery_of(replace(HARD_RIDE, vendor=Vendor(sweat_loss_ml=9000))).plan
    assert [advice.values for advice in beyond] == [advice.values for advice in most]


def test_what_was_drunk_on_the_way_is_subtracted() -> None:
    dry = advice_of(recovery_of(HARD_RIDE, drunk_ml=0.0), "hydration")[0].values["total_ml"]
    wet = advice_of(recovery_of(HARD_RIDE, drunk_ml=500.0), "hydration")[0].values["total_ml"]
    assert isinstance(dry, int)
    assert isinstance(wet, int)
    assert dry - wet == pytest.approx(750, abs=10)


def test_a_small_loss_is_left_to_thirst() -> None:
    assert [advice.id for advice in advice_of(recovery_of(a_workout(30, hr=130, kcal=250)), "hydration")] == [
        "drink_thirst"
    ]


def test_four_hours_without_scales_get_no_volumes_and_with_scales_they_do() -> None:
    long_ride = a_workout(250, hr=130, sport="cycling", kcal=2500)
    assert [advice.id for advice in advice_of(recovery_of(long_ride), "hydration")] == ["drink_long"]
    assert "drink_portion" in ids(recovery_of(long_ride, weighed_loss_kg=2.0))


def test_who_gained_weight_drinks_nothing_more_at_first() -> None:
    assert [advice.id for advice in advice_of(recovery_of(HARD_RIDE, weighed_loss_kg=-0.4), "hydration")] == [
        "drink_gained"
    ]


@pytest.mark.parametrize("condition", ["kidney", "heart", "diuretics", "blood_pressure"])
def test_no_volumes_with_these_conditions(condition: Condition) -> None:
    advice = advice_of(recovery_of(HARD_RIDE, with_condition(condition)), "hydration")
    assert [one.id for one in advice] == ["drink_condition"]
    assert not any(name.endswith("_ml") for one in advice for name in one.values)


def test_a_child_drinks_to_thirst_and_reads_nothing_of_alcohol_or_cold_baths() -> None:
    found = ids(recovery_of(HARD_RIDE, replace(TRAINED, birth_year=2009, mass_kg=32)))
    assert "drink_thirst" in found
    assert found.isdisjoint(("drink_portion", "cold_bath", "avoid_tonight", "avoid_until"))


def test_a_pool_swim_costs_little_fluid() -> None:
    swim = a_workout(60, hr=150, sport="swimming", sub_sport="lap_swimming", kcal=900)
    assert [advice.id for advice in advice_of(recovery_of(swim), "hydration")] == ["drink_thirst"]


@given(net_ml=st.floats(0, 3000), more_ml=st.floats(0, 1000), mass_kg=st.floats(40, 120))
def test_more_sweat_never_means_less_water(net_ml: float, more_ml: float, mass_kg: float) -> None:
    assert sum(volumes(net_ml, mass_kg)) <= sum(volumes(net_ml + more_ml, mass_kg))


@given(net_ml=st.floats(0, 3000), mass_kg=st.floats(40, 120))
def test_a_timetable_meets_its_target_with_bounded_portions(net_ml: float, mass_kg: float) -> None:
    given_ml = volumes(net_ml, mass_kg)
    assert sum(given_ml) == pytest.approx(
        min(1.5 * net_ml, sum(given_ml[:1]) + 16 * max(given_ml[1:-1], default=200)), abs=10
    )
    assert all(volume <= 240 for volume in given_ml[1:])
    assert sum(given_ml[:1]) <= min(840, 12 * mass_kg + 5)
