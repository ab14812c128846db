"""What did the athlete say of a workout: how hard it was, what the scales said, how much was drunk?"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from hersteld.parsers.workout import Workout


@dataclass(frozen=True, slots=True)
class Said:
    """Answers of the athlete about one workout; None for what was not said.

    Attributes:
        rpe: Rating of perceived exertion, 1..10.
        before_kg, after_kg: Body mass before and after the workout.
        drunk_ml: Volume drunk during the workout, 0 or more.
    """

    rpe: float | None = None
    before_kg: float | None = None
    after_kg: float | None = None
    drunk_ml: float | None = None

    @property
    def weighed_loss_kg(self) -> float | None:
        """The mass lost by the scales, negative when gained; None when it was not weighed before and after."""
        if self.before_kg is None or self.after_kg is None:
            return None
        return self.before_kg - self.after_kg


NOTHING = Said()
"""What is known of a workout of which the athlete said nothing."""


def with_rating(workout: Workout, said: Said) -> Workout:
    """Return a workout whose sessions hold the athlete's rating; the same where none was given."""
    if said.rpe is None:
        return workout
    return replace(workout, sessions=tuple(replace(session, rpe=said.rpe) for session in workout.sessions))


def of_brick(parts: Iterable[Said]) -> Said:
    """Return what was said of the parts of a brick as of one workout; the ratings stay with the parts.

    Args:
        parts: In order of start. The athlete is weighed before the first and after the last, and drinks during each.
    """
    parts = tuple(parts)
    drunk = [part.drunk_ml for part in parts if part.drunk_ml is not None]
    return Said(
        before_kg=next((part.before_kg for part in parts if part.before_kg is not None), None),
        after_kg=next((part.after_kg for part in reversed(parts) if part.after_kg is not None), None),
        drunk_ml=sum(drunk) if drunk else None,
    )
