"""What later workouts need to know of one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hersteld.recovery.past import past_workout
from tests.support.fit.recoveries import (
    HARD_RIDE,
    recovery_of,
)
from tests.support.fit.workouts import NOON, a_workout


def test_the_summary_of_a_workout_holds_what_later_ones_ask() -> None:
    recovery = recovery_of(HARD_RIDE)
    past, assessment = past_workout(HARD_RIDE, recovery), recovery.assessment
    assert (past.started_at, past.ended_at, past.sport) == (HARD_RIDE.started_at, HARD_RIDE.ended_at, "cycling")
    assert (past.load, past.hard, past.gentle) == (recovery.load.value, True, False)
    assert (past.ready_at, past.easy_from) == (assessment.ready_at, assessment.easy_from)
    assert past.hr_peak_30s_bpm == pytest.approx(165)


def test_what_it_left_open_is_still_to_be_recovered_from() -> None:
    past = past_workout(HARD_RIDE, recovery_of(HARD_RIDE))
    assert past.ready_at is not None
    next_day = a_workout(30, hr=110, ended_at=NOON + timedelta(hours=12))
    later = recovery_of(next_day, past=(past,)).assessment
    assert later.remaining_h == pytest.approx((past.ready_at - next_day.started_at) / timedelta(hours=1))


def test_the_summary_keeps_when_other_muscles_are_ready_and_the_best_watts() -> None:
    recovery = recovery_of(HARD_RIDE)
    told = replace(recovery.assessment, ready_other_at=NOON, best_20min_w=250.0)
    past = past_workout(HARD_RIDE, replace(recovery, assessment=told))
    assert (past.ready_other_at, past.best_20min_w) == (NOON, 250)
