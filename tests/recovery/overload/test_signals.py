"""A word is worth while where two signs of different kinds agree."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.recovery.overload.signal import Measure, Signal, SignalId
from hersteld.recovery.overload.signals import agreeing, overload_signals
from tests.recovery.overload.weeks import RULES, nights_of, trained

OWN = RULES.overload
WEEK = {SignalId.MONOTONY, SignalId.STRAIN}


def a_signal(id_: SignalId, *, is_over: bool | None) -> Signal:
    measure = Measure(id_, "1", "above")
    return measure.untold(OWN.form_below) if is_over is None else measure.compared(is_over + 1, 1, OWN.form_below, ())


def over(*ids: SignalId) -> tuple[Signal, ...]:
    """Return all signals, these over their limits."""
    return tuple(a_signal(id_, is_over=id_ in ids) for id_ in SignalId)


@pytest.mark.parametrize("id_", list(SignalId))
def test_one_alone_is_no_warning(id_: SignalId) -> None:
    assert agreeing(over(id_), OWN) == ()


@pytest.mark.parametrize("pair", [pair for pair in combinations(SignalId, 2) if set(pair) != WEEK])
def test_two_that_agree_are_a_warning_that_names_both(pair: tuple[SignalId, SignalId]) -> None:
    assert [signal.id for signal in agreeing(over(*pair), OWN)] == list(pair)


def test_monotony_and_strain_count_as_one() -> None:
    assert agreeing(over(*WEEK), OWN) == ()
    assert len(agreeing(over(*WEEK, SignalId.FORM), OWN)) == 3


def test_what_cannot_be_told_agrees_with_nothing() -> None:
    signals = [a_signal(id_, is_over=True if id_ is SignalId.FORM else None) for id_ in SignalId]
    assert agreeing(signals, OWN) == ()


@given(st.sets(st.sampled_from(list(SignalId))), st.sampled_from(list(SignalId)))
def test_one_more_sign_never_ends_an_agreement(ids: set[SignalId], more: SignalId) -> None:
    fewer, most = (agreeing(over(*some), OWN) for some in (ids, ids | {more}))
    assert set(fewer) <= set(most)


def test_all_signals_are_there_in_their_order_whatever_is_known() -> None:
    everything = trained([90.0] * 7, hard=7, nights=nights_of(resting_hr_bpm=[*[50] * 28, *[60] * 7]))
    assert [signal.id for signal in overload_signals(everything, RULES)] == list(SignalId)
    assert [signal.id for signal in overload_signals(trained(quiet_weeks=1), RULES)] == list(SignalId)


def test_a_quiet_month_has_no_sign_and_an_overreached_fortnight_has_several() -> None:
    assert not any(signal.is_over for signal in overload_signals(trained(), RULES))
    fortnight = trained([150.0] * 7, [190.0] * 7, hard=14, nights=nights_of(resting_hr_bpm=[*[50] * 28, *[57] * 7]))
    told = [signal.id for signal in agreeing(overload_signals(fortnight, RULES), OWN)]
    assert told == ["monotony", "strain", "form", "hard_days", "resting_hr"]
