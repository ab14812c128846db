"""Numbers that know where they come from."""

import pickle

import pytest

from hersteld.recovery.numbers import Number, Numbers, because
from hersteld.recovery.numbers import given as given_reason

PORTION = Number(
    200, name="hydration.portion_ml", unit="ml", kind="A", source="article key 3", minimum=100, maximum=300
)
CURVE = Numbers([0, 6.5, 12], name="rest.curve_h", unit="h", kind="H", source="ours", minimum=0, maximum=96)
ATTRIBUTES = ("name", "unit", "kind", "source", "minimum", "maximum")


def test_a_number_computes_like_the_float_it_is() -> None:
    assert PORTION * 2 + 1 == 401
    assert min(PORTION, 150.0) == 150
    assert sum(CURVE) == 18.5
    assert all(isinstance(value, float) for value in CURVE)


@pytest.mark.parametrize("number", [PORTION, CURVE])
def test_a_number_is_the_same_in_another_process(number: Number | Numbers) -> None:
    copy = pickle.loads(pickle.dumps(number))
    assert copy == number
    assert type(copy) is type(number)
    assert [getattr(copy, name) for name in ATTRIBUTES] == [getattr(number, name) for name in ATTRIBUTES]


def test_a_reason_repeats_what_the_number_knows() -> None:
    reason = because(PORTION)
    assert (reason.name, reason.value, reason.unit) == ("hydration.portion_ml", 200, "ml")
    assert (reason.kind, reason.source) == ("A", "article key 3")
    assert type(reason.value) is float, "a plain value that can be stored"


def test_a_reason_of_several_numbers_lists_them() -> None:
    assert because(CURVE).value == "0, 6.5, 12"


def test_what_was_measured_is_an_input() -> None:
    reason = given_reason("kcal", 700, "kcal", "the workout's file")
    assert (reason.name, reason.value, reason.unit, reason.kind) == ("kcal", 700, "kcal", "input")
