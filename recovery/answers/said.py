"""What did the athlete say of a workout: how hard it was, what the scales said, how much was drunk?"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from hersteld.parsers.workout import Workout


@dataclass(frozen=True, slots=True)
class Said:
    """Answers of the athlete about one workout; None for what was not said.

    Attributes:
        rpe: Rating of perceived exertion, 1..10.
        before_kg, after_kg: Body mass before and after the workout.
        drunk_ml: Volume drunk during the workout, 0 or more.
        weighed_before_at: When the mass before the workout was measured, aware UTC; None where it was told afterwards.
    """

    rpe: float | None = None
    before_kg: float | None = None
    after_kg: float | None = None
    drunk_ml: float | None = None
    weighed_before_at: datetime | None = field(default=None, compare=False)

    @property
    def is_about_fluid(self) -> bool:
        """Whether anything was said that the loss of fluid goes by."""
        return self.weighed_loss_kg is not None or self.drunk_ml is not None

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

    Only the scales before the first part and after the last one say what the whole took; whoever says of the last part
    how heavy they were before and after means the whole.

    Args:
        parts: In order of start.
    """
    parts = tuple(parts)
    drunk = [part.drunk_ml for part in parts if part.drunk_ml is not None]
    before = [
        part.before_kg
        for index, part in enumerate(parts)
        if part.before_kg is not None and (index == 0 or part.weighed_before_at is None)
    ]
    return Said(
        before_kg=before[0] if before else None,
        after_kg=parts[-1].after_kg if parts else None,
        drunk_ml=sum(drunk) if drunk else None,
    )
