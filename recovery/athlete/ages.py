"""How old is the athlete, by the configuration and by the file?"""

from collections.abc import Sequence

from hersteld.parsers.workout import DeviceProfile, Workout
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.rules import AthleteRules


def age_of(athlete: Athlete, workout: Workout) -> int | None:
    """Return the age that the athlete reaches in the year of the workout: as configured, or as the file says."""
    birth_year = athlete.birth_year
    return (
        age_in_file(workout.profile, workout.ended_at.year, has_clock=workout.has_clock)
        if birth_year is None
        else workout.ended_at.year - birth_year
    )


def is_adult(athlete: Athlete, workout: Workout, rules: AthleteRules) -> bool:
    """Return whether neither the configuration nor the file allows a minor; True when both are silent."""
    return all(_reached(age, rules) for age in _ages(athlete, workout))


def ages_contradict(athlete: Athlete, workout: Workout, rules: AthleteRules) -> bool:
    """Return whether the file says that an athlete is a minor whom the configuration calls an adult, or the reverse."""
    return one_means_a_minor(_ages(athlete, workout), rules)


def _ages(athlete: Athlete, workout: Workout) -> list[int]:
    year = workout.ended_at.year
    configured = None if athlete.birth_year is None else year - athlete.birth_year
    in_file = age_in_file(workout.profile, year, has_clock=workout.has_clock)
    return [age for age in (configured, in_file) if age is not None]


def one_means_a_minor(ages: Sequence[int], rules: AthleteRules) -> bool:
    """Return whether some of these ages, each to be reached in the year, are a minor's and others are not."""
    return len({_reached(age, rules) for age in ages}) > 1


def age_in_file(profile: DeviceProfile, year: int, *, has_clock: bool = True) -> int | None:
    """Return the age that the athlete reaches in a year, as the device knows it; None where it does not.

    Args:
        has_clock: Whether the device knew the date.
    """
    if profile.birth_year is not None and has_clock:
        age = year - profile.birth_year
        return age if age > 0 else None
    # A file holds the age that was reached; the birthday of this year may be still to come.
    return None if profile.age is None else int(profile.age) + 1


def _reached(age: int, rules: AthleteRules) -> bool:
    # An athlete whose birthday is later in the year is one year younger than the difference of the years.
    return age - 1 >= rules.adult_age
