"""What must the athlete know of what a load rests on?"""

from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import Load, Rung
from hersteld.recovery.athlete.ages import ages_contradict
from hersteld.recovery.athlete.physiology import Physiology
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.rules import Rules

_BY_HEART_RATE: tuple[Rung, ...] = ("heart_rate", "zone_times")


def evidence_warnings(
    recorded: Workout,
    done: Workout,
    physiology: Physiology,
    load: Load,
    athlete: Athlete,
    rules: Rules,
    *,
    is_first: bool,
) -> tuple[str, ...]:
    """Return the ids of the warnings about the athlete and the recording.

    Args:
        recorded: The workout as its file gave it.
        done: The same without what was recorded after the athlete had stopped.
        is_first: Whether no workout came before; only then the athlete reads what is missing.
    """
    warnings = []
    if done is not recorded and done.has_clock:
        warnings.append("counted_until")
    if is_first and load.rung in _BY_HEART_RATE and physiology.threshold_is_assumed:
        warnings.append("age_unknown" if physiology.max_hr_origin == "default" else "max_hr_unknown")
    if ages_contradict(athlete, recorded, rules.athlete):
        warnings.append("ages_contradict")
    return tuple(warnings)
