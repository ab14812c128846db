"""What should the athlete do from the end of a workout until the next one? Asks every key, in the order of doing."""

from collections.abc import Callable

from hersteld.recovery.keys.avoid import avoid
from hersteld.recovery.keys.cold_bath import cold_bath
from hersteld.recovery.keys.cooldown import cooldown
from hersteld.recovery.keys.glucose import glucose
from hersteld.recovery.keys.glycogen import glycogen
from hersteld.recovery.keys.hydration import hydration
from hersteld.recovery.keys.omega3 import omega3
from hersteld.recovery.keys.red_flags import red_flags
from hersteld.recovery.keys.rest import rest
from hersteld.recovery.keys.stretching import stretching
from hersteld.recovery.numbers import because
from hersteld.recovery.situation import KeyResult, Situation, silent

KEYS: tuple[Callable[[Situation], KeyResult], ...] = (
    rest,
    cooldown,
    hydration,
    cold_bath,
    stretching,
    glycogen,
    glucose,
    avoid,
    omega3,
    red_flags,
)


def plan(situation: Situation) -> KeyResult:
    """Return all advice in the order of doing, and the verdict of every rule.

    A device that does not know the date gives no time to count from, and a few minutes of training ask for nothing:
    then there is no advice.
    """
    if not situation.workout.has_clock:
        return silent("rest", "rest", "no_clock")
    shortest = situation.rules.messages.min_workout_min
    if situation.workout.timer_s < 60 * shortest:
        return silent("rest", "rest", "too_short", because(shortest))
    result = KeyResult((), ())
    for key in KEYS:
        result += key(situation)
    return result
