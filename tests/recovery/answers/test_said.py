"""What was said of a workout counts for it, and what was said of the parts of a brick for the whole."""

from hersteld.recovery.answers.said import NOTHING, Said, of_brick, with_rating
from tests.support.fit.workouts import a_workout


def test_who_weighed_before_and_after_has_lost_the_difference() -> None:
    assert Said(before_kg=72.5, after_kg=71.0).weighed_loss_kg == 1.5
    assert Said(before_kg=71.0, after_kg=71.5).weighed_loss_kg == -0.5
    assert [Said(before_kg=72).weighed_loss_kg, Said(after_kg=72).weighed_loss_kg] == [None, None]


def test_a_rating_stands_in_each_session_and_none_changes_nothing() -> None:
    workout = a_workout(60)
    assert with_rating(workout, NOTHING) is workout
    assert {session.rpe for session in with_rating(workout, Said(rpe=7)).sessions} == {7}


def test_a_brick_was_weighed_before_its_first_part_and_after_its_last() -> None:
    parts = [
        Said(before_kg=72, after_kg=71.5, drunk_ml=500),
        Said(rpe=8),
        Said(before_kg=71.6, after_kg=71, drunk_ml=250),
    ]
    assert of_brick(parts) == Said(before_kg=72, after_kg=71, drunk_ml=750)
    assert of_brick([NOTHING, NOTHING]) == NOTHING
