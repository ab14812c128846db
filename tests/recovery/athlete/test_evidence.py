"""What the athlete has shown raises what is known."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.recovery.athlete.evidence import Evidence, ftp_by_best_w, peaks_bpm, raised_max_hr_bpm
from hersteld.recovery.athlete.history import History, LongAgo
from tests.support.fit.recoveries import a_past_workout, shipped_rules
from tests.support.fit.workouts import NOON

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
