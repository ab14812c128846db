"""An athlete's own sweat is learned from a few weigh-ins, and one odd one moves nothing."""

from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.config.rules import load_rules
from hersteld.recovery.athlete.history import SweatSample
from hersteld.recovery.learning.sweat import band, learned_sweat, sweat_sample, with_own_sweat
from tests.recovery.learning.simulated import BEGIN, END, PAGE, errors, table
from tests.support.fit.recoveries import recovery_of
from tests.support.fit.workouts import a_workout

RULES = load_rules()
MILD_C = 20.0


def samples(*values: float, warmth_c: float = MILD_C) -> list[SweatSample]:
    return [SweatSample(value, warmth_c) for value in values]


def own(*values: float) -> float | None:
    found = learned_sweat(samples(*values), MILD_C, RULES.learning)
    return None if found is None else found.value


def test_it_takes_three_that_agree() -> None:
    assert own() is own(1.0) is own(1.0, 1.1) is None
    assert own(1.0, 1.1, 1.2) == 1.1
    assert own(1.0, 1.1, 3.0) is None


@given(
    st.floats(0.6, 2.5),
    st.lists(st.floats(0.9, 1.1), min_size=3, max_size=12),
    st.one_of(st.floats(0.05, 0.5), st.floats(2.0, 5.0)),
    st.integers(0, 12),
)
def test_one_odd_weigh_in_moves_it_by_less_than_a_twentieth(
    truth: float, days: list[float], odd: float, place: int
) -> None:
    values = [truth * day for day in days]
    plain, with_odd = own(*values), own(*values[:place], odd * truth, *values[place:])
    assert plain is not None
    assert with_odd is not None
    assert abs(with_odd / plain - 1) < 0.05


def test_a_band_of_temperature_has_its_own_and_others_stand_in_until_then() -> None:
    assert [band(warmth, RULES.learning) for warmth in (-5, 14.9, 15, 24.9, 25, 40)] == [0, 0, 1, 1, 2, 2]
    mixed = [*samples(1.0, 1.1, 1.2), *samples(1.6, 1.7, warmth_c=30)]
    in_heat = learned_sweat(mixed, 30, RULES.learning)
    assert in_heat is not None
    assert (in_heat.value, in_heat.number, in_heat.low, in_heat.high) == (1.15, 4, 1.0, 1.6)
    warm = learned_sweat([*mixed, *samples(1.8, warmth_c=30)], 30, RULES.learning)
    assert warm is not None
    assert (warm.value, warm.number) == (1.7, 3)


def test_what_was_learned_takes_the_place_of_the_model_and_says_so_but_not_of_what_is_configured() -> None:
    workout = a_workout(60)
    number = with_own_sweat(RULES, samples(1.0, 1.1, 1.2), workout).hydration.sweat_ml_per_kcal
    assert (float(number), number.source) == (1.1, "learned from your scales: 3 answers, from 1 to 1.2")
    configured = load_rules({"hydration": {"sweat_ml_per_kcal": 1.38}})
    assert with_own_sweat(configured, samples(1.0, 1.1, 1.2), workout) is configured
    assert with_own_sweat(RULES, samples(1.0), workout) is RULES


@pytest.mark.parametrize(
    ("minutes", "loss_kg", "drunk_ml", "counts"),
    [
        (60, 0.8, None, True),
        (60, None, 500, False),
        (61, 0.8, None, False),
        (90, 0.8, 500, True),
        (60, -0.5, None, False),
        (60, 9.0, None, False),
        (10, 0.3, None, False),
    ],
)
def test_which_weigh_ins_teach(minutes: int, loss_kg: float | None, drunk_ml: float | None, counts: bool) -> None:
    workout = a_workout(minutes, kcal=700 * minutes / 60)
    physiology = recovery_of(workout).physiology
    assert physiology is not None
    assert (sweat_sample(workout, physiology, RULES, loss_kg, drunk_ml) is not None) is counts
    kept = recovery_of(workout, weighed_loss_kg=loss_kg, drunk_ml=drunk_ml).assessment.sweat_ml_per_kcal
    assert (kept is not None) is counts


def test_a_swim_teaches_nothing() -> None:
    swim = a_workout(60, sport="swimming")
    assert recovery_of(swim, weighed_loss_kg=0.6).assessment.sweat_ml_per_kcal is None


def test_simulated_athletes_come_nearer_to_their_true_sweat_with_every_answer() -> None:
    said = PAGE.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0]
    assert said == table(), "write it anew with: python -m tests.recovery.learning.simulated"
    off = [mean(errors(number)) for number in (0, 3, 8, 20)]
    assert off == sorted(off, reverse=True)
    assert off[-1] < off[0] / 4
