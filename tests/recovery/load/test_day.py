"""The day to which the load of a workout belongs."""

from dataclasses import replace
from datetime import timedelta

import numpy as np

from hersteld.parsers.workout import Pause
from hersteld.recovery.join import join
from hersteld.recovery.load.day import trained_at
from tests.support.fit.recoveries import AMSTERDAM, local
from tests.support.fit.workouts import a_workout


def test_a_workout_over_midnight_belongs_to_the_day_with_most_of_it() -> None:
    early = a_workout(90, hr=120, ended_at=local("00:30"))
    assert trained_at(early).astimezone(AMSTERDAM).date() == local("12:00", "2026-05-05").date()
    late = a_workout(90, hr=120, ended_at=local("01:00"))
    assert trained_at(late).astimezone(AMSTERDAM).date() == local("12:00").date()


def test_a_recording_that_was_resumed_weeks_later_belongs_to_the_day_of_the_longer_part() -> None:
    first = a_workout(5, hr=100, ended_at=local("10:00", "2026-04-15"))
    second = a_workout(60, hr=140, ended_at=local("10:00"))
    together = join(first, second)
    assert local("09:00") < trained_at(together) < local("10:00")
    assert trained_at(join(first, replace(second, samples=a_workout(0).samples))) < local("09:00")


def test_records_during_a_pause_do_not_count() -> None:
    ride = a_workout(60, hr=140, ended_at=local("12:00"), paused=(Pause(600.0, 20 * 3600.0),), step_s=10)
    middle = local("12:00") - timedelta(minutes=30)
    assert abs(trained_at(ride) - middle) < timedelta(minutes=1)


def test_without_records_half_of_the_timer_time_tells() -> None:
    swim = replace(a_workout(60, ended_at=local("12:00")), samples=replace(a_workout(60).samples, time_s=np.empty(0)))
    assert trained_at(swim) == local("11:30")
