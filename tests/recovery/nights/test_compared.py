"""What one night says, at each limit and on both sides of it."""

import math
from dataclasses import replace
from datetime import date

import pytest

from hersteld.recovery.nights.compared import verdict_of
from hersteld.recovery.nights.usual import usual_rmssd
from tests.support.fit.recoveries import shipped_rules
from tests.support.nights.usual import USUAL_BPM, a_night, usual_nights

DAY = date(2026, 5, 6)
RULES = shipped_rules().nights
BEFORE = usual_nights(DAY)
_usual = usual_rmssd(BEFORE, DAY, RULES)
assert _usual is not None
LOW_MS = math.exp(_usual.mean - 0.5 * _usual.sd)
GOOD_MS = math.exp(_usual.mean + 0.5 * _usual.sd)


@pytest.mark.parametrize(
    ("rmssd", "resting", "hours", "signs"),
    [
        (LOW_MS - 0.01, None, 6, ("rmssd_low",)),
        (LOW_MS, None, 0, ()),
        (None, USUAL_BPM + 5, 6, ("resting_hr_high",)),
        (None, USUAL_BPM + 4.9, 0, ()),
        (LOW_MS - 0.01, USUAL_BPM + 5, 12, ("rmssd_low", "resting_hr_high")),
        (GOOD_MS, USUAL_BPM, -6, ("recovered",)),
        (GOOD_MS - 0.01, USUAL_BPM, 0, ()),
        (GOOD_MS, USUAL_BPM + 0.1, 0, ()),
        (GOOD_MS, USUAL_BPM + 5, 6, ("resting_hr_high",)),
        (LOW_MS - 0.01, USUAL_BPM - 9, 6, ("rmssd_low",)),
        (GOOD_MS, None, 0, ()),
        (None, USUAL_BPM - 9, 0, ()),
        (None, None, 0, ()),
    ],
)
def test_a_night_at_each_limit(
    rmssd: float | None, resting: float | None, hours: float, signs: tuple[str, ...]
) -> None:
    verdict = verdict_of(a_night(DAY, rmssd=rmssd, resting=resting), BEFORE, RULES)
    assert (hours, signs) == ((0, ()) if verdict is None else (verdict.hours, verdict.signs))


def test_what_it_was_compared_with_is_told() -> None:
    verdict = verdict_of(a_night(DAY, rmssd=30, resting=58), BEFORE, RULES)
    assert verdict is not None
    assert (verdict.rmssd_ms, verdict.resting_hr_bpm, verdict.usual_resting_hr_bpm) == (30, 58, USUAL_BPM)
    assert verdict.usual_rmssd_ms == pytest.approx(50)
    assert verdict.day == DAY


def test_what_could_be_compared_with_nothing_is_not_told() -> None:
    beats_unknown = [replace(night, resting_hr_bpm=None) for night in BEFORE]
    verdict = verdict_of(a_night(DAY, rmssd=30, resting=58), beats_unknown, RULES)
    assert verdict is not None
    assert (verdict.resting_hr_bpm, verdict.usual_resting_hr_bpm, verdict.rmssd_ms) == (None, None, 30)


def test_where_nobody_knows_what_is_usual_a_night_says_nothing() -> None:
    assert verdict_of(a_night(DAY, rmssd=1, resting=99), usual_nights(DAY, 27), RULES) is None
    assert verdict_of(a_night(DAY, rmssd=1, resting=99), (), RULES) is None


def test_nights_of_another_device_say_nothing_of_what_is_usual() -> None:
    """A new watch measures less variability and a faster heart than the old one did: nobody has recovered worse."""
    first = replace(a_night(DAY, rmssd=30, resting=58), device="new")
    assert verdict_of(first, BEFORE, RULES) is None
    by_new = [replace(night, device="new") for night in BEFORE]
    assert verdict_of(first, by_new, RULES) == verdict_of(replace(first, device=""), BEFORE, RULES)
    beside = [a_night(night.day, rmssd=90, resting=40) for night in BEFORE]
    assert verdict_of(first, [*by_new, *beside], RULES) == verdict_of(first, by_new, RULES)


def test_of_a_device_without_variability_the_resting_heart_rate_speaks_alone() -> None:
    beats_only = [a_night(night.day, resting=night.resting_hr_bpm) for night in BEFORE]
    verdict = verdict_of(a_night(DAY, rmssd=20, resting=60), beats_only, RULES)
    assert verdict is not None
    assert (verdict.signs, verdict.rmssd_ms) == (("resting_hr_high",), None)
