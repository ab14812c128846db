"""How much fluid was lost and not replaced yet."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.parsers.workout import Vendor, Workout
from hersteld.recovery.keys.sweat import net_loss
from hersteld.recovery.numbers import Reason
from tests.support.fit.recoveries import (
    TRAINED,
    shipped_rules,
    situation_of,
)
from tests.support.fit.workouts import a_workout

RULES = shipped_rules().hydration


def ride(minutes: float = 60, *, kcal: float | None = 700, temperature_c: float | None = 20) -> Workout:
    return a_workout(minutes, hr=150, sport="cycling", step_s=10, kcal=kcal, temperature_c=temperature_c)


def test_the_scales_come_first_and_count_up_to_a_bound() -> None:
    weighed = net_loss(situation_of(replace(ride(), vendor=Vendor(sweat_loss_ml=900)), weighed_loss_kg=1.2))
    assert (weighed.origin, weighed.net_ml, weighed.lost_ml) == ("weighed", 1200, 1200)
    extreme = net_loss(situation_of(ride(), weighed_loss_kg=5))
    assert (extreme.net_ml, extreme.lost_ml) == (3000, 5000)
    assert net_loss(situation_of(ride(), weighed_loss_kg=-0.5)).net_ml == -500


@pytest.mark.parametrize(
    ("device_ml", "origin"), [(900, "device"), (1, "device"), (0, "model"), (9000, "device"), (None, "model")]
)
def test_a_device_counts_where_it_says_something(device_ml: float | None, origin: str) -> None:
    assert net_loss(situation_of(replace(ride(), vendor=Vendor(sweat_loss_ml=device_ml)))).origin == origin


def test_what_the_athlete_says_to_have_drunk_is_taken_off_and_named() -> None:
    loss = net_loss(situation_of(ride(), drunk_ml=500))
    assert loss.lost_ml == net_loss(situation_of(ride(), drunk_ml=0)).lost_ml - 500
    assert loss.reasons[-1] == Reason("drunk_ml", 500, "ml", "input", "you said so")
    assert net_loss(situation_of(ride(), drunk_ml=5000)).lost_ml == 0, "whoever drank more than was lost, lost nothing"


def test_the_sweat_by_energy_stays_within_what_a_human_sweats() -> None:
    least, most = (net_loss(situation_of(ride(kcal=kcal))).lost_ml for kcal in (10, 4000))
    assert (least, most) == (300, 2000)


@pytest.mark.parametrize(("celsius", "lost_ml"), [(20, 700), (30, 910), (45, 1050), (0, 420)])
def test_without_an_energy_an_hour_costs_what_its_intensity_and_its_warmth_say(celsius: float, lost_ml: float) -> None:
    assert net_loss(situation_of(a_workout(60, temperature_c=celsius))).lost_ml == pytest.approx(lost_ml)


def test_nobody_is_taken_to_have_drunk_within_the_first_hour() -> None:
    short, long = (net_loss(situation_of(ride(minutes))) for minutes in (60, 61))
    assert {reason.name for reason in short.reasons} & {"hydration.drunk_lph", "hydration.drunk_from_min"} == {
        "hydration.drunk_from_min"
    }
    assert "hydration.drunk_lph" in {reason.name for reason in long.reasons}


def test_a_device_counts_for_no_more_than_a_human_can_sweat() -> None:
    told, most = (
        net_loss(situation_of(replace(ride(), vendor=Vendor(sweat_loss_ml=sweat_ml)))) for sweat_ml in (9000, 1500)
    )
    assert told.lost_ml == most.lost_ml == 1500


def test_the_energy_comes_before_the_intensity() -> None:
    def names(workout: Workout) -> set[str]:
        return {reason.name for reason in net_loss(situation_of(workout)).reasons}

    in_file, by_heart_rate, by_nothing = names(ride()), names(ride(kcal=None)), names(a_workout(60))
    assert "kcal" in in_file
    assert "hydration.hr_energy_male" in by_heart_rate - in_file
    assert "hydration.sweat_lph_by_intensity" in by_nothing - by_heart_rate - in_file


def test_without_an_energy_a_heavier_athlete_loses_more() -> None:
    light, heavy = (net_loss(situation_of(a_workout(60), replace(TRAINED, mass_kg=mass_kg))) for mass_kg in (60, 90))
    assert heavy.lost_ml == pytest.approx(1.5 * light.lost_ml)


@given(bpm=st.integers(60, 190), mass_kg=st.integers(40, 120))
def test_sex_changes_no_litre(bpm: int, mass_kg: int) -> None:
    losses = {
        net_loss(situation_of(a_workout(60, hr=bpm, step_s=10), replace(TRAINED, sex=sex, mass_kg=mass_kg))).lost_ml
        for sex in ("male", "female", None)
    }
    assert len(losses) == 1


def test_a_swim_loses_the_same_whatever_its_energy() -> None:
    swims = [
        a_workout(60, sport="swimming", sub_sport=water, kcal=kcal, temperature_c=30)
        for water, kcal in (("lap_swimming", None), ("lap_swimming", 900), ("open_water", 900))
    ]
    assert {net_loss(situation_of(swim)).lost_ml for swim in swims} == {1000 * RULES.swim_lph}


@given(
    kcal=st.none() | st.floats(1, 1500),
    celsius=st.floats(-20, 45),
    warmer=st.floats(0, 30),
    drunk_ml=st.floats(0, 3000),
    more_ml=st.floats(0, 1000),
)
def test_warmth_never_lessens_a_loss_and_drinking_never_adds_to_it(
    kcal: float | None, celsius: float, warmer: float, drunk_ml: float, more_ml: float
) -> None:
    def lost_ml(temperature_c: float, drunk: float) -> float:
        loss = net_loss(situation_of(ride(kcal=kcal, temperature_c=temperature_c), drunk_ml=drunk))
        assert 0 <= loss.net_ml <= loss.lost_ml
        return loss.net_ml

    least = lost_ml(celsius, drunk_ml)
    assert lost_ml(celsius + warmer, drunk_ml) >= least - 1e-9
    assert lost_ml(celsius, drunk_ml + more_ml) <= least + 1e-9
