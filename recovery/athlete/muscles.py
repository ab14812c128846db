"""Which families of sport are in a workout, and which muscles does it train?"""

from hersteld.parsers.workout import Session, Workout
from hersteld.recovery.athlete.regions import WHOLE_BODY
from hersteld.recovery.athlete.sport_families import (
    MUSCLES_OF,
    Family,
    family_of,
    has_motor,
    is_open_water_sport,
    word_of,
)

_ON_FOOT: tuple[Family, ...] = ("hiking", "walking", "snowshoeing")
"""Families that train the muscles of running."""
_BY_EXERCISE: dict[str, tuple[str, ...]] = {
    "bench_press": ("chest", "triceps"),
    "calf_raise": ("calves",),
    "carry": ("forearms", "shoulders"),
    "chop": ("core", "shoulders"),
    "core": ("core",),
    "crunch": ("core",),
    "curl": ("biceps", "forearms"),
    "deadlift": ("hamstrings", "glutes", "lower_back"),
    "flye": ("chest",),
    "hip_raise": ("glutes", "hamstrings"),
    "hip_stability": ("glutes", "hip_flexors"),
    "hip_swing": ("glutes", "hip_flexors"),
    "hyperextension": ("lower_back", "glutes"),
    "lateral_raise": ("shoulders",),
    "leg_curl": ("hamstrings",),
    "leg_raise": ("hip_flexors", "core"),
    "lunge": ("quadriceps", "glutes"),
    "olympic_lift": ("quadriceps", "glutes", "shoulders"),
    "plank": ("core", "shoulders"),
    "plyo": ("calves", "quadriceps"),
    "pull_up": ("lats", "biceps"),
    "push_up": ("chest", "triceps"),
    "row": ("lats", "upper_back"),
    "shoulder_press": ("shoulders", "triceps"),
    "shoulder_stability": ("shoulders",),
    "shrug": ("neck", "upper_back"),
    "sit_up": ("core", "hip_flexors"),
    "squat": ("quadriceps", "glutes"),
    "triceps_extension": ("triceps",),
}
"""The muscles that each of FIT's exercise categories (`set` messages) loads, most used first."""
_GENTLE: tuple[Family, ...] = ("walking", "yoga", "golf")
_GENTLE_SPORTS = ("meditation", "driving")


def is_transition(session: Session) -> bool:
    """Return whether a session is the change between two sports of a race, which is no sport."""
    return session.sport == "transition"


def family(session: Session) -> Family:
    """Return the family of a session's sport; "other" for a sport without a family."""
    return family_of(session.sport, session.sub_sport)


def families(workout: Workout) -> tuple[Family, ...]:
    """Return the families of a workout, each once, in order of appearance; never empty.

    Transitions have no family of their own; a workout of transitions only is "other".
    """
    in_order = dict.fromkeys(family(session) for session in workout.sessions if not is_transition(session))
    return tuple(in_order) or ("other",)


def overall_family(workout: Workout) -> Family:
    """Return the family of a workout, or "multisport" when it has several."""
    trained = families(workout)
    return trained[0] if len(trained) == 1 else "multisport"


def overall_word(workout: Workout) -> str:
    """Return the key of the word for the sport of a workout; that of its family where its sessions have several."""
    sessions = [session for session in workout.sessions if not is_transition(session)]
    words = {word_of(session.sport, session.sub_sport) for session in sessions}
    return words.pop() if len(words) == 1 else overall_family(workout)


def is_swim(workout: Workout) -> bool:
    """Return whether all of a workout was swum, where the water carries the heat away."""
    sessions = [session for session in workout.sessions if not is_transition(session)]
    return bool(sessions) and all(session.sport == "swimming" for session in sessions)


def was_in_open_water(workout: Workout) -> bool:
    """Return whether any of a workout was in or on water under the open sky, where the body has cooled already."""
    return any(is_open_water_sport(session.sport, session.sub_sport) for session in workout.sessions)


def strength_s(workout: Workout) -> float:
    """Return the timer time of strength training, in seconds."""
    return sum(session.timer_s for session in workout.sessions if family(session) == "strength")


def has_strength(workout: Workout, shortest_min: float) -> bool:
    """Return whether a workout has strength training that lasted so many minutes, however few those are."""
    lifted_s = strength_s(workout)
    return lifted_s > 0 and lifted_s >= 60 * shortest_min


def is_gentle_sport(session: Session) -> bool:
    """Return whether a session is of a sport that few do to get tired: walking, yoga, golf, riding with a motor, ..."""
    if family(session) in _GENTLE or session.sport in _GENTLE_SPORTS:
        return True
    return has_motor(session.sport, session.sub_sport)


def loaded_muscles(workout: Workout) -> tuple[str, ...]:
    """Return the ids of the muscles that were trained with weights; empty without strength training.

    Returns:
        `("whole_body",)` where the device does not know the exercises.
    """
    if all(family(session) != "strength" for session in workout.sessions):
        return ()
    return tuple(_by_exercises(workout)) or (WHOLE_BODY,)


def _by_exercises(workout: Workout) -> dict[str, None]:
    return dict.fromkeys(
        muscle for exercise in workout.exercise_categories for muscle in _BY_EXERCISE.get(exercise, ())
    )


def muscles(workout: Workout) -> tuple[str, ...]:
    """Return the ids of the trained muscles, each once, most used first, those of several sports after each other.

    Returns:
        `("whole_body",)` where nobody knows which muscles were trained.
    """
    trained: dict[str, None] = {}
    for sport in families(workout):
        if sport in _ON_FOOT:
            trained |= dict.fromkeys(MUSCLES_OF["running"])
        elif sport == "surfing":
            trained |= dict.fromkeys(MUSCLES_OF["swimming"])
        elif sport == "strength":
            trained |= _by_exercises(workout)
        else:
            trained |= dict.fromkeys(MUSCLES_OF.get(sport, ()))
    return tuple(trained) or (WHOLE_BODY,)
