"""How much fluid was lost and not replaced yet."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.parsers.workout import Vendor, Workout
from hersteld.recovery.sweat import net_loss
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


@pytest.mark.parametrize(("device_ml", "origin"), [(900, "device"), (0, "model"), (9000, "model"), (None, "model")])
def test_a_device_counts_while_a_human_can_sweat_so_much(device_ml: float | None, origin: str) -> None:
    assert net_loss(situation_of(replace(ride(), vendor=Vendor(sweat_loss_ml=device_ml)))).origin == origin


def test_nobody_is_taken_to_have_drunk_within_the_first_hour() -> None:
    short, long = (net_loss(situation_of(ride(minutes))) for minutes in (60, 61))
    assert {reason.name for reason in short.reasons} & {"hydration.drunk_lph", "hydration.drunk_from_min"} == {
        "hydration.drunk_from_min"
    }
    assert "hydration.drunk_lph" in {reason.name for reason in long.reasons}


def test_the_energy_of_the_file_comes_before_the_intensity() -> None:
    by_energy, by_intensity = (
        {reason.name for reason in net_loss(situation_of(ride(kcal=kcal))).reasons} for kcal in (700, None)
    )
    assert "kcal" in by_energy
    assert "hydration.sweat_lph_by_intensity" in by_intensity - by_energy


def test_without_an_energy_a_heavier_athlete_loses_more() -> None:
    light, heavy = (net_loss(situation_of(ride(kcal=None), replace(TRAINED, mass_kg=mass_kg))) for mass_kg in (60, 90))
    assert heavy.lost_ml == pytest.approx(1.5 * light.lost_ml)


def test_a_pool_swim_loses_the_same_whatever_its_energy() -> None:
    swims = [
        a_workout(60, sport="swimming", sub_sport="lap_swimming", kcal=kcal, temperature_c=30) for kcal in (None, 900)
    ]
    assert {net_loss(situation_of(swim)).lost_ml for swim in swims} == {1000 * RULES.pool_lph}


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
