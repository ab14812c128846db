"""What a long walk's rest was computed from, and what is exactly at a bound of the intensity."""

import pytest

from hersteld.recovery.assessment import INTENSITIES
from hersteld.recovery.numbers import Source
from tests.support.fit.recoveries import TRAINED, recovery_of, shipped_rules
from tests.support.fit.workouts import a_workout

INTENSITY = shipped_rules().intensity


def test_a_long_walk_of_which_only_the_length_is_known_says_what_counted_of_it() -> None:
    recovery = recovery_of(a_workout(401, sport="walking"), TRAINED)
    reasons = {reason.name: reason for reason in recovery.assessment.reasons}
    assert list(reasons)[:4] == ["load", "load_for_rest", "rest.unmeasured_from_h", "rest.unmeasured_until_h"]
    counted = reasons["load_for_rest"]
    assert counted.value == pytest.approx(recovery.load.value * 240 / 401, abs=0.05), "four hours of it count"
    assert (counted.unit, counted.source) == ("1", Source.COUNTED)


@pytest.mark.parametrize("index", range(4))
def test_a_heart_rate_exactly_at_a_bound_counts_with_the_higher_intensity(index: int) -> None:
    physiology = recovery_of(a_workout(40, hr=120), TRAINED).physiology
    assert physiology is not None
    bpm = physiology.bpm_at(tuple(INTENSITY.reserve_bounds)[index])
    seconds = recovery_of(a_workout(40, hr=bpm), TRAINED).assessment.seconds_by_intensity
    assert seconds[INTENSITIES[index + 1]] == pytest.approx(2400)
