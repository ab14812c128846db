"""Numbers that know where they come from."""

import pickle

import pytest

from hersteld.recovery.numbers import Number, Numbers, Source, because
from hersteld.recovery.numbers import given as given_reason
from tests.support.fit.recoveries import HARD_RIDE, recovery_of

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


def test_every_input_names_a_source_that_is_known() -> None:
    recovery = recovery_of(HARD_RIDE, drunk_ml=300)
    reasons = [*recovery.load.reasons, *(reason for advice in recovery.plan for reason in advice.reasons)]
    sources = {reason.source for reason in reasons if reason.kind == "input"}
    # The rung of the load and the origin of the loss stand in for a source.
    assert sources - set(Source) == {"rung: heart_rate", "model"}
    assert {Source.CONFIGURATION, Source.FILE, Source.ATHLETE, Source.SPORT} <= sources


def test_what_was_measured_is_an_input() -> None:
    reason = given_reason("kcal", 700, "kcal", "the workout's file")
    assert (reason.name, reason.value, reason.unit, reason.kind) == ("kcal", 700, "kcal", "input")
