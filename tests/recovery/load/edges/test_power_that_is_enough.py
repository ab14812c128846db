"""Power stands for a session exactly from twenty minutes on, and the best ride of a brick is the best of all."""

from datetime import timedelta

import pytest

from hersteld.recovery.join import join
from hersteld.recovery.load.best_efforts import best_efforts
from hersteld.recovery.load.sensors import has_enough_power, power
from tests.support.fit.recoveries import shipped_rules
from tests.support.fit.workouts import NOON, a_workout

RULES = shipped_rules()


@pytest.mark.parametrize(("minutes", "enough"), [(19.9, False), (20, True)])
def test_twenty_minutes_of_power_are_enough(minutes: float, enough: bool) -> None:
    ride = a_workout(minutes, power=200, sport="cycling")
    assert has_enough_power(power(ride, RULES.load), ride.timer_s, RULES.load) is enough


def test_the_better_of_two_rides_counts_in_either_order() -> None:
    for first_w, second_w in ((260, 200), (200, 260)):
        first = a_workout(30, power=first_w, sport="cycling")
        second = a_workout(30, power=second_w, sport="cycling", ended_at=NOON + timedelta(minutes=35))
        assert best_efforts(join(first, second), RULES).best_20min_w == pytest.approx(260)
