"""Is the athlete asked what they weigh after a workout?

They are where they stepped on the scales before it and not yet after it, and the estimated loss lies so near to where
other advice begins that the scales would change it. Soon after the end alone: who has eaten and drunk since would be
told of a loss that is none any more. It is one line with the command, and never buttons. Three weights would stand for
what nobody has read off any scales; a tap on one of them would count as weighed, lift the bound on what an estimate
asks to drink, and teach the model its own guess as the athlete's sweat.
"""

from datetime import datetime, timedelta
from typing import Final

from hersteld.daemon.database.connection import Store
from hersteld.daemon.planning.assessor import Assessor
from hersteld.daemon.planning.bad_workout import readable
from hersteld.daemon.store.summaries import Summaries
from hersteld.parsers.line import Line
from hersteld.recovery.answers.worth_weighing import estimated_loss_kg, is_worth_weighing, losses_around
from hersteld.recovery.athlete.profile import Athlete

WITHIN: Final = timedelta(hours=1)
"""How long after a workout a weight still tells what it took [H]."""


def weight_question(store: Store, assessor: Assessor, athlete: Athlete, workout_id: int, now: datetime) -> Line | None:
    """Return the line that asks for the weight after a workout; None where it is not asked.

    Args:
        now: When the message leaves, aware UTC.
    """
    workout = Summaries(store).summary(workout_id)
    is_soon = workout.has_clock and now - workout.ended_at <= WITHIN
    if not is_soon or assessor.is_continued(workout_id):
        return None
    said = readable(assessor.said_of_brick, workout_id)
    if said is None or said.before_kg is None or said.after_kg is not None:
        return None
    recovery = readable(assessor.with_answers, workout_id)
    if recovery is None:
        return None
    loss_kg = estimated_loss_kg(recovery, said.before_kg)
    weighed = [
        readable(lambda id_, kg=kg: assessor.if_weighed(id_, kg), workout_id)  # type: ignore[misc]
        for kg in losses_around(loss_kg)
    ]
    known = tuple(one for one in weighed if one is not None)
    if not is_worth_weighing(recovery, known, athlete):
        return None
    command = f"hersteld weigh --after {said.before_kg - loss_kg:.1f}"
    return Line("replies.ask_weight", {"command": command})
