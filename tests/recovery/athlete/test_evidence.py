"""What the athlete has shown raises what is known."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.recovery.athlete.evidence import Evidence, ftp_by_best_w, peaks_bpm, raised_max_hr_bpm
from hersteld.recovery.athlete.history import History, LongAgo
from tests.support.fit.recoveries import TRAINED, a_past_workout, recovery_of, shipped_rules
from tests.support.fit.workouts import NOON, a_workout

RULES = shipped_rules().athlete
PAST = replace(a_past_workout(NOON - timedelta(days=10)), hr_peak_30s_bpm=185.0, best_20min_w=250.0)


def test_the_highest_peaks_of_long_ago_of_late_and_of_today_stand_together() -> None:
    long_ago = LongAgo(date(2026, 1, 1), np.array([50.0]), (181.0, 188.0), best_20min_w=270.0)
    history = History((PAST,), long_ago)
    assert peaks_bpm(history, NOON, RULES, Evidence(190.0)) == [185, 188, 190]
    assert ftp_by_best_w(history, NOON, RULES) == pytest.approx(0.95 * 270)
    assert ftp_by_best_w(history, NOON, RULES, Evidence(best_20min_w=300)) == pytest.approx(285)
    assert ftp_by_best_w(History(), NOON, RULES) is None


@given(known=st.floats(150, 210), peaks=st.lists(st.floats(100, 220), max_size=3))
def test_peaks_never_lower_a_maximum_and_each_raises_it_by_ten_at_most(known: float, peaks: list[float]) -> None:
    raised = raised_max_hr_bpm(known, sorted(peaks), RULES)
    assert known <= raised <= max([known, *peaks])
    assert raised <= known + 10 * len(peaks)


@given(watts=st.integers(220, 380), minutes=st.integers(20, 150))
def test_a_best_effort_never_shortens_the_rest_of_its_own_workout(watts: int, minutes: int) -> None:
    """The FTP of 210 W is that of the file, so that 95 % of the best 20 min raises it."""
    ride = a_workout(minutes, power=watts, sport="cycling", threshold_power_w=210, step_s=5)
    without = recovery_of(ride, replace(TRAINED, ftp_w=210))
    found = recovery_of(ride)
    assert found.physiology is not None
    assert found.physiology.ftp_w == pytest.approx(max(210, 0.95 * watts))
    assert found.assessment.recovery_h >= without.assessment.recovery_h
