"""Which sports are in a workout, for the rules, and which muscles does it train?"""

from hersteld.parsers.workout import Session, Workout
from hersteld.recovery.athlete.sport_families import Family, family_of

_MUSCLES: dict[Family, tuple[str, ...]] = {
    "running": ("calves", "hamstrings", "quadriceps", "hip_flexors", "glutes"),
    "cycling": ("quadriceps", "hip_flexors", "glutes", "hamstrings", "lower_back", "neck"),
    "swimming": ("lats", "chest", "shoulders", "triceps", "ankles"),
    "rowing": ("lats", "upper_back", "lower_back", "forearms", "hamstrings", "glutes"),
    "paddling": ("lats", "upper_back", "lower_back", "forearms"),
    "nordic_skiing": ("lats", "triceps", "hip_flexors", "calves"),
    "alpine_skiing": ("quadriceps", "adductors", "glutes"),
    "racket": ("forearms", "shoulders", "calves", "adductors"),
    "climbing": ("forearms", "fingers", "lats", "chest"),
    "team": ("adductors", "quadriceps", "hamstrings", "calves"),
}
_ON_FOOT: tuple[Family, ...] = ("hiking", "walking", "snowshoeing")
WHOLE_BODY = "whole_body"

# FIT's exercise categories (`set` messages) by the muscles they load first.
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


def is_transition(session: Session) -> bool:
    """Whether this is the change between two sports of a race rather than a sport."""
    return session.sport == "transition"


def family(session: Session) -> Family:
    """Return the family of a session's sport; "other" for what the rules have no word for."""
    return family_of(session.sport, session.sub_sport)


def families(workout: Workout) -> tuple[Family, ...]:
    """Return the families of a workout in order of first appearance, transitions left out; never empty."""
    found = dict.fromkeys(family(session) for session in workout.sessions if not is_transition(session))
    return tuple(found) or ("other",)


def overall_family(workout: Workout) -> Family:
    """Return the one word for a workout: its family, or "multisport" when it has several."""
    found = families(workout)
    return found[0] if len(found) == 1 else "multisport"


def is_pool_swim(workout: Workout) -> bool:
    """Whether all of it was swum in a pool, where the water carries the heat away."""
    swum = [session for session in workout.sessions if not is_transition(session)]
    return bool(swum) and all(one.sport == "swimming" and one.sub_sport == "lap_swimming" for one in swum)


def muscles(workout: Workout) -> tuple[str, ...]:
    """Return the trained muscles, most used first, lists of several sports merged; `("whole_body",)` if unknown."""
    merged: dict[str, None] = {}
    for one in families(workout):
        if one in _ON_FOOT:
            merged |= dict.fromkeys(_MUSCLES["running"])
        elif one == "surfing":
            merged |= dict.fromkeys(_MUSCLES["swimming"])
        elif one == "strength":
            merged |= dict.fromkeys(
                muscle for exercise in workout.exercise_categories for muscle in _BY_EXERCISE.get(exercise, ())
            )
        else:
            merged |= dict.fromkeys(_MUSCLES.get(one, ()))
    return tuple(merged) or (WHOLE_BODY,)
