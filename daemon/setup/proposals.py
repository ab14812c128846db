"""Which numbers of the athlete do the newest workouts propose, and are they of one athlete only?

Each device says its own, the last workout of it that has one. Where devices differ, all are kept, so that the athlete
sees them. What a watch left the factory with says nothing of an athlete, and is kept apart.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Literal, get_args

from hersteld.config.file.validate import validate
from hersteld.daemon.setup.newest_files import SeenWorkout
from hersteld.recovery.athlete.ages import ages_in
from hersteld.recovery.athlete.factory_settings import (
    is_factory_ftp,
    is_factory_mass,
    is_factory_max_hr,
    is_factory_resting_hr,
)

Quantity = Literal["birth_year", "mass_kg", "max_hr", "resting_hr", "ftp_w"]
QUANTITIES: tuple[Quantity, ...] = get_args(Quantity)

_OTHER_YEARS = 2
"""Devices whose years of birth differ by so many belong to two athletes."""
_OTHER_MASS = 1.2
"""Within a year nobody becomes heavier by this factor; two athletes easily differ by it."""
_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What one device says.

    Attributes:
        value: Whole where it is a whole number; in the unit of the key.
        device: "garmin fenix6S", "" where the file names none.
        day: UTC date of the workout; None where the device did not know it.
    """

    value: int | float
    device: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the devices say of one quantity.

    Attributes:
        candidates: What may be taken, each value once, that of the last workout first.
        factory: What a watch left the factory with.
    """

    candidates: tuple[Candidate, ...] = ()
    factory: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Wearer:
    """Who a device believes to be worn by; None for what it does not say, or what is a factory setting."""

    device: str
    birth_year: int | None
    mass_kg: float | None
    day: date | None


@dataclass(frozen=True, slots=True)
class Proposals:
    """What the newest workouts propose.

    Attributes:
        workouts: How many were read.
        wearers: The athletes that devices know of, one for each such device, where they are several; else empty.
    """

    workouts: int
    of: Mapping[Quantity, Proposal]
    wearers: tuple[Wearer, ...] = ()


def propose(seen: Iterable[SeenWorkout], this_year: int) -> Proposals:
    """Return what workouts propose.

    Args:
        seen: The last one to end first.
        this_year: For the plausibility of the year of birth.
    """
    workouts = tuple(seen)
    devices: dict[tuple[str, int | None], list[SeenWorkout]] = {}
    for one in workouts:
        devices.setdefault((one.device, one.serial), []).append(one)
    of = {quantity: _proposal(quantity, devices.values(), this_year) for quantity in QUANTITIES}
    wearers = tuple(
        wearer
        for own in devices.values()
        if (wearer := _wearer(own, this_year)).birth_year is not None or wearer.mass_kg is not None
    )
    return Proposals(len(workouts), of, wearers if _are_several(wearers) else ())


def _proposal(quantity: Quantity, devices: Iterable[list[SeenWorkout]], this_year: int) -> Proposal:
    candidates: dict[int | float, Candidate] = {}
    factory: dict[int | float, Candidate] = {}
    for own in devices:
        for value, candidate, is_factory in _said(quantity, own, this_year):
            (factory if is_factory else candidates).setdefault(value, candidate)
            if not is_factory:
                break
    left = tuple(candidate for value, candidate in factory.items() if value not in candidates)
    return Proposal(tuple(candidates.values()), left)


def _said(
    quantity: Quantity, own: Iterable[SeenWorkout], this_year: int
) -> Iterator[tuple[int | float, Candidate, bool]]:
    """Yield each value that a device says and that may stand in the configuration, and whether it is the factory's."""
    for workout in own:
        value, is_factory = _READ[quantity](workout)
        if value is None:
            continue
        value = int(value) if float(value).is_integer() else round(value, 1)
        model, problems = validate({"athlete": {quantity: value}}, this_year)
        if model is not None and not problems:
            yield value, Candidate(value, workout.device, _day(workout)), is_factory


def _day(workout: SeenWorkout) -> date | None:
    return None if workout.ended_at is None else workout.ended_at.date()


def _birth_year(workout: SeenWorkout) -> tuple[float | None, bool]:
    if workout.ended_at is None:
        return workout.profile.birth_year, False
    ages = _ages(workout)
    return (workout.ended_at.year - ages[0] if ages else None), False


def _ages(workout: SeenWorkout) -> tuple[int, ...]:
    """Return the age that the wearer reaches in the year of the workout, as the device knows it; else nothing."""
    if workout.ended_at is None:
        return ()
    profile = workout.profile
    return ages_in(
        workout.ended_at.year,
        configured_birth_year=None,
        birth_year_in_file=profile.birth_year,
        age_in_file=profile.age,
    ).known


_READ: Mapping[Quantity, Callable[[SeenWorkout], tuple[float | None, bool]]] = {
    "birth_year": _birth_year,
    "mass_kg": lambda one: (one.profile.mass_kg, is_factory_mass(one.profile)),
    "max_hr": lambda one: (one.profile.max_hr_bpm, is_factory_max_hr(one.profile, _ages(one))),
    "resting_hr": lambda one: (one.profile.resting_hr_bpm, is_factory_resting_hr(one.profile)),
    "ftp_w": lambda one: (one.profile.ftp_w, is_factory_ftp(one.profile, one.profile.ftp_w)),
}


def _wearer(own: list[SeenWorkout], this_year: int) -> Wearer:
    def newest(quantity: Quantity) -> float | None:
        return next((value for value, _, is_factory in _said(quantity, own, this_year) if not is_factory), None)

    birth_year = newest("birth_year")
    return Wearer(own[0].device, None if birth_year is None else int(birth_year), newest("mass_kg"), _day(own[0]))


def _are_several(wearers: tuple[Wearer, ...]) -> bool:
    """Return whether two devices know different athletes."""
    return any(_differ(one, other) for one, other in combinations(wearers, 2))


def _differ(one: Wearer, other: Wearer) -> bool:
    years = [wearer.birth_year for wearer in (one, other) if wearer.birth_year is not None]
    if len(years) > 1 and max(years) - min(years) >= _OTHER_YEARS:
        return True
    if one.mass_kg is None or other.mass_kg is None or one.day is None or other.day is None:
        return False
    is_near = abs(one.day - other.day) <= _YEAR
    return is_near and max(one.mass_kg, other.mass_kg) >= _OTHER_MASS * min(one.mass_kg, other.mass_kg)
