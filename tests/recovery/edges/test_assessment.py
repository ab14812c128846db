"""What a long walk's rest was computed from, and what is exactly at a bound: of intensity, coverage or duration."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from hersteld.recovery.assessment import INTENSITIES
from hersteld.recovery.join import join
from hersteld.recovery.numbers import Source
from tests.support.fit.recoveries import TRAINED, recovery_of, shipped_rules
from tests.support.fit.workouts import NOON, a_workout

INTENSITY = shipped_rules().intensity


def test_a_long_walk_of_which_only_the_length_is_known_says_what_counted_of_it() -> None:
    recovery = recovery_of(a_workout(401, sport="walking"), TRAINED)
    reasons = {reason.name: reason for reason in recovery.assessment.reasons}
    assert list(reasons)[:4] == ["load", "load_for_rest", "rest.unmeasured_from_h", "rest.unmeasured_until_h"]
    counted = reasons["load_for_rest"]
    assert counted.value == pytest.approx(recovery.load.value * 240 / 401, abs=0.05), "four hours of it count"
    assert (counted.unit, counted.source) == ("1", Source.COUNTED)


def test_what_counts_of_a_long_walk_after_a_ride_is_told_to_the_tenth() -> None:
    ride = a_workout(47, hr=147, sport="cycling", ended_at=NOON - timedelta(minutes=411))
    recovery = recovery_of(join(ride, a_workout(401, sport="walking")), TRAINED)
    by_ride, by_walk = (session.value for session in recovery.load.sessions)
    counted = next(reason for reason in recovery.assessment.reasons if reason.name == "load_for_rest")
    assert counted.value == round(by_ride + by_walk * 240 / 401, 1)


@pytest.mark.parametrize("index", range(4))
def test_a_heart_rate_exactly_at_a_bound_counts_with_the_higher_intensity(index: int) -> None:
    physiology = recovery_of(a_workout(40, hr=120), TRAINED).physiology
    assert physiology is not None
    bpm = physiology.bpm_at(tuple(INTENSITY.reserve_bounds)[index])
    seconds = recovery_of(a_workout(40, hr=bpm), TRAINED).assessment.seconds_by_intensity
    assert seconds[INTENSITIES[index + 1]] == pytest.approx(2400)


def test_a_heart_rate_of_exactly_enough_of_the_time_tells_the_intensity() -> None:
    seconds = np.arange(3601)
    enough = seconds <= 3600 * float(shipped_rules().load.coverage_min)
    recovery = recovery_of(a_workout(60, hr=np.where(enough, 115.0, np.nan)), TRAINED)
    assert recovery.load.rung == "heart_rate"
    assert recovery.assessment.intensity == "moderate", "by its load alone it would be very light"


def test_a_heart_rate_that_underrates_the_weights_does_not_tell_the_intensity() -> None:
    recovery = recovery_of(a_workout(60, hr=85, sport="training", sub_sport="strength_training"), TRAINED)
    assert (recovery.load.rung, recovery.assessment.intensity) == ("duration", "moderate")


def test_minutes_at_threshold_of_two_rides_with_power_add_up() -> None:
    first = a_workout(20, power=250, sport="cycling")
    second = a_workout(30, power=250, sport="cycling", ended_at=NOON + timedelta(minutes=40))
    both = recovery_of(join(first, second), replace(TRAINED, ftp_w=250))
    assert both.assessment.seconds_at_threshold == pytest.approx(50 * 60)


def test_a_heart_rate_whose_load_nobody_can_have_was_not_at_threshold_either() -> None:
    mistaken = replace(TRAINED, lthr_bpm=100)
    run = recovery_of(a_workout(60, hr=165), mistaken)
    assert run.load.sessions[0].rejected == ("heart_rate",)
    assert run.assessment.seconds_at_threshold == 0
    assert recovery_of(a_workout(60, hr=110), mistaken).assessment.seconds_at_threshold == 3600


def test_a_workout_of_exactly_the_fewest_minutes_is_as_hard_as_it_was() -> None:
    shortest = float(shipped_rules().messages.min_workout_min)
    asked, too_short = (recovery_of(a_workout(minutes, hr=175)).assessment for minutes in (shortest, shortest - 0.5))
    assert (asked.gentle, too_short.gentle) == (False, True)
