"""What does a workout become when the athlete says that it was another sport?"""

from dataclasses import replace

from hersteld.parsers.workout import Workout

Names = tuple[tuple[str, str | None], ...]
"""Sport and sub-sport of a workout, and then of each of its sessions."""


def names_of(workout: Workout) -> Names:
    """Return the sports of a workout as they are now, so that `with_names` can bring them back."""
    return (
        (workout.sport, workout.sub_sport),
        *((session.sport, session.sub_sport) for session in workout.sessions),
    )


def with_names(workout: Workout, names: Names) -> Workout:
    """Return a workout with these sports.

    Args:
        names: As many as `names_of` returns for this workout.
    """
    (sport, sub_sport), *of_sessions = names
    sessions = tuple(
        replace(session, sport=its_sport, sub_sport=its_sub_sport)
        for session, (its_sport, its_sub_sport) in zip(workout.sessions, of_sessions, strict=True)
    )
    return replace(workout, sport=sport, sub_sport=sub_sport, sessions=sessions)


def with_sport(workout: Workout, sport: str, sub_sport: str | None) -> Workout:
    """Return a workout of which all but the transitions is of one sport.

    Args:
        sport, sub_sport: Names of the FIT profile.
    """
    told = (sport, sub_sport)
    names = (told, *((old if old[0] == "transition" else told) for old in names_of(workout)[1:]))
    return with_names(workout, names)
