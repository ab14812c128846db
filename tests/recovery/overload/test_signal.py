"""What is compared with a limit are the numbers as they are said."""

import pytest

from hersteld.recovery.overload.signal import Measure, Side, SignalId
from tests.recovery.overload.weeks import RULES

RULE = RULES.overload.form_below


@pytest.mark.parametrize(
    ("side", "value", "is_over"),
    [
        *(("above", 2.1, True), ("above", 2.0, False), ("above", 2.04, False), ("above", 1.9, False)),
        *(("below", 1.9, True), ("below", 2.0, False), ("below", 1.96, False), ("below", 2.1, False)),
        *(("from", 2.1, True), ("from", 2.0, True), ("from", 1.96, True), ("from", 1.9, False)),
    ],
)
def test_a_value_is_over_its_limit_where_it_reads_so(side: Side, value: float, *, is_over: bool) -> None:
    assert Measure(SignalId.FORM, "1", side).compared(value, 2, RULE, ()).is_over is is_over


def test_what_else_is_asked_for_counts() -> None:
    assert Measure(SignalId.FORM, "1", "above").compared(3, 2, RULE, (), also=False).is_over is False


def test_a_signal_carries_the_kind_and_source_of_the_number_that_makes_its_limit() -> None:
    measure = Measure(SignalId.FORM, "1", "below")
    for signal in (measure.compared(-31, -30, RULE, ()), measure.untold(RULE)):
        assert (signal.kind, signal.source) == (RULE.kind, RULE.source)
    assert (measure.untold(RULE).value, measure.untold(RULE).limit, measure.untold(RULE).is_over) == (None, None, None)


def test_monotony_and_strain_are_evidence_of_the_same_week_and_all_others_of_something_of_their_own() -> None:
    evidence = [Measure(id_, "1", "above").untold(RULE).evidence for id_ in SignalId]
    assert evidence[:2] == ["week", "week"]
    assert len(set(evidence)) == len(SignalId) - 1
