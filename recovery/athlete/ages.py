"""How old is the athlete, by the configuration and by the file, and which of both counts for what?

What is computed from an age (a maximum heart rate, the hours of rest, energy) takes the configured one, and that of the
file only where the configuration is silent. Whoever may be a minor by either of them is protected as one.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.rules import AthleteRules

if TYPE_CHECKING:  # imports numpy, for which `hersteld status` must not wait
    from hersteld.parsers.workout import Workout


@dataclass(frozen=True, slots=True)
class Ages:
    """The ages that the athlete reaches in one year; None for what nobody said.

    Attributes:
        configured: By the configuration; not above 0 in a year before that birth.
        in_file: As the device knows it, above 0.
    """

    configured: int | None
    in_file: int | None

    @property
    def counted(self) -> int | None:
        """The age from which everything is computed, above 0; None when nobody knows it."""
        age = self.in_file if self.configured is None else self.configured
        return age if age is not None and age > 0 else None

    def is_adult(self, rules: AthleteRules) -> bool:
        """Return whether neither the configuration nor the file allows a minor; True when both are silent."""
        return all(_reached(age, rules) for age in self.known)

    def contradict(self, rules: AthleteRules) -> bool:
        """Return whether one of both says that the athlete is a minor, and the other one does not."""
        return len({_reached(age, rules) for age in self.known}) > 1

    def later(self, years: int) -> "Ages":
        """Return the ages so many years later."""
        configured, in_file = (None if age is None else age + years for age in (self.configured, self.in_file))
        return Ages(configured, in_file)

    @property
    def known(self) -> tuple[int, ...]:
        """The ages that somebody said: that of the configuration first, then that of the file."""
        return tuple(age for age in (self.configured, self.in_file) if age is not None)


def ages_in(
    year: int, *, configured_birth_year: int | None, birth_year_in_file: int | None, age_in_file: int | None
) -> Ages:
    """Return the ages that the athlete reaches in a year.

    Args:
        configured_birth_year, birth_year_in_file: Four digits.
        age_in_file: Years that the athlete has completed.
    """
    configured = None if configured_birth_year is None else year - configured_birth_year
    if birth_year_in_file is not None:
        in_file = year - birth_year_in_file
        return Ages(configured, in_file if in_file > 0 else None)
    # A file holds the age that was reached; the birthday of this year may be still to come.
    return Ages(configured, None if age_in_file is None else int(age_in_file) + 1)


def ages_of(athlete: Athlete, workout: "Workout") -> Ages:
    """Return the ages that the athlete reaches in the year of a workout."""
    profile = workout.profile
    return ages_in(
        workout.ended_at.year,
        configured_birth_year=athlete.birth_year,
        birth_year_in_file=profile.birth_year if workout.has_clock else None,
        age_in_file=profile.age,
    )


def _reached(age: int, rules: AthleteRules) -> bool:
    # An athlete whose birthday is later in the year is one year younger than the difference of the years.
    return age - 1 >= rules.adult_age
