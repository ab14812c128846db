"""How old is the athlete, by the configuration and by the file?"""

from hersteld.parsers.workout import Workout
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.rules import AthleteRules


def age_of(athlete: Athlete, workout: Workout) -> int | None:
    """Return the age that the athlete reaches in the year of the workout: as configured, or as the file says."""
    birth_year = athlete.birth_year
    return _age_in_file(workout) if birth_year is None else workout.ended_at.year - birth_year


def is_adult(athlete: Athlete, workout: Workout, rules: AthleteRules) -> bool:
    """Return whether neither the configuration nor the file allows a minor; True when both are silent."""
    return all(_reached(age, rules) for age in _ages(athlete, workout))


def ages_contradict(athlete: Athlete, workout: Workout, rules: AthleteRules) -> bool:
    """Return whether the file says that an athlete is a minor whom the configuration calls an adult, or the reverse."""
    return len({_reached(age, rules) for age in _ages(athlete, workout)}) > 1


def _ages(athlete: Athlete, workout: Workout) -> list[int]:
    configured = None if athlete.birth_year is None else workout.ended_at.year - athlete.birth_year
    return [age for age in (configured, _age_in_file(workout)) if age is not None]


def _age_in_file(workout: Workout) -> int | None:
    profile = workout.profile
    if profile.birth_year is not None and workout.has_clock:
        age = workout.ended_at.year - profile.birth_year
        return age if age > 0 else None
    # A file holds the age that was reached; the birthday of this year may be still to come.
    return None if profile.age is None else int(profile.age) + 1


def _reached(age: int, rules: AthleteRules) -> bool:
    # An athlete whose birthday is later in the year is one year younger than the difference of the years.
    return age - 1 >= rules.adult_age
