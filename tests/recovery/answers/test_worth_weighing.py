"""The scales are worth a question where a loss by them would lead to other advice, and of nobody without volumes."""

from dataclasses import replace

import pytest

from hersteld.recovery.advice import Recovery
from hersteld.recovery.answers.worth_weighing import estimated_loss_kg, is_worth_weighing, losses_around
from hersteld.recovery.athlete.profile import Athlete
from tests.support.fit.recoveries import HARD_RIDE, TRAINED, recovery_of, with_condition
from tests.support.fit.workouts import a_workout


def is_worth(minutes: int, athlete: Athlete = TRAINED) -> bool:
    workout = a_workout(minutes, hr=165)
    recovery = recovery_of(workout, athlete)
    losses = losses_around(estimated_loss_kg(recovery, 72.4))
    return is_worth_weighing(
        recovery, tuple(recovery_of(workout, athlete, weighed_loss_kg=loss) for loss in losses), athlete
    )


def test_it_is_near_each_threshold_and_nowhere_between() -> None:
    """Of 70 kg: nothing below 0.3 l, a timetable from 0.7 l on, a doctor beyond 2.1 l; no volume from four hours on."""
    asked = [minutes for minutes in range(5, 270, 10) if is_worth(minutes)]
    losses = {
        minutes: estimated_loss_kg(recovery_of(a_workout(minutes, hr=165)), 72.4) for minutes in range(5, 270, 10)
    }
    for minutes, loss in losses.items():
        low, high = losses_around(loss)
        crosses = low < 0.3 <= high or low < 0.7 <= high or low <= 2.1 < high or minutes >= 240
        assert (minutes in asked) == crosses, (minutes, loss)
    assert 0 < len(asked) < len(losses) / 2


@pytest.mark.parametrize("condition", ["kidney", "heart", "pregnancy", "eating_disorder"])
def test_who_is_named_no_volumes_is_not_asked(condition: str) -> None:
    assert any(is_worth(minutes) for minutes in range(10, 60, 10))
    athlete = with_condition(condition)  # type: ignore[arg-type]
    assert not any(is_worth(minutes, athlete) for minutes in (*range(5, 120, 5), 250))


def test_a_minor_is_not_asked() -> None:
    minor = replace(TRAINED, birth_year=2012)
    assert not any(is_worth(minutes, minor) for minutes in (*range(5, 120, 5), 250))


def test_without_an_estimate_a_share_of_the_body_mass_is_taken() -> None:
    long: Recovery = recovery_of(a_workout(260, hr=140))
    assert long.net_loss_ml is None
    assert estimated_loss_kg(long, 70) == pytest.approx(1.4)
    assert estimated_loss_kg(recovery_of(HARD_RIDE), 70) == pytest.approx(
        (recovery_of(HARD_RIDE).net_loss_ml or 0) / 1000
    )
