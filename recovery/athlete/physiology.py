"""Which heart rates, power and mass does the athlete have, and where is each of them known from?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import TypeVar

from hersteld.parsers.workout import Column, Workout
from hersteld.recovery.athlete.history import History
from hersteld.recovery.athlete.profile import Athlete, Sex
from hersteld.recovery.numbers import Kind, Reason, Source
from hersteld.recovery.rules import AthleteRules

_Beats = TypeVar("_Beats", float, Column)


@dataclass(frozen=True, slots=True)
class Physiology:
    """The athlete as the rules see them for one workout.

    Attributes:
        max_hr_bpm, resting_hr_bpm, lthr_bpm: Beats per minute, with resting < LTHR <= maximum.
        ftp_w: Functional threshold power; None when nobody knows it.
        mass_kg: Body mass, above 0.
        sex: None when unknown: formulas that differ by sex then take the mean of both.
        adult: False when the year of birth allows a minor; True otherwise, also when it is unknown.
        reasons: Where each quantity is known from, by its name ("max_hr_bpm", ...).
    """

    max_hr_bpm: float
    resting_hr_bpm: float
    lthr_bpm: float
    ftp_w: float | None
    mass_kg: float
    sex: Sex | None
    adult: bool
    reasons: dict[str, Reason]
    threshold_is_assumed: bool = False
    age: int | None = None

    @property
    def max_hr_is_witnessed(self) -> bool:
        """Whether somebody set or measured the maximum heart rate."""
        return "max_hr_bpm" in self.reasons and self.reasons["max_hr_bpm"].kind == "input"

    def reserve_share(self, bpm: _Beats) -> _Beats:
        """Return heart rates as shares of the heart rate reserve: 0 at rest, 1 at the maximum, and beyond."""
        return (bpm - self.resting_hr_bpm) / (self.max_hr_bpm - self.resting_hr_bpm)

    def bpm_at(self, reserve_share: float) -> float:
        """Return the heart rate at a share of the heart rate reserve, in beats per minute."""
        return self.resting_hr_bpm + reserve_share * (self.max_hr_bpm - self.resting_hr_bpm)


Candidate = tuple[float | None, Kind, str]
"""A value of a quantity, its kind and its source; None where this source has no value."""


def resolve(athlete: Athlete, workout: Workout, history: History, rules: AthleteRules) -> Physiology:
    """Return each quantity from the first source that has it.

    The configuration comes first. Then, for the maximum heart rate, the file, the past and a formula; for the resting
    heart rate and the mass, the past, the file and an assumption; for LTHR and FTP, the file.

    A value counts only where a human can have it and it fits the others (rest, threshold and maximum in this order, and
    well apart). Devices hold zeros and factory settings, and the configuration may not fit the file.

    Args:
        history: The workouts before this one.

    Source: Tanaka, Monahan & Seals 2001 for the maximum heart rate by age; the bounds are ours.
    """
    reasons = {"experience": _experience(athlete)}

    def first(name: str, unit: str, candidates: Iterable[Candidate], low: float, high: float) -> float | None:
        """Return the first value within [low, high], and keep its reason; None when no candidate has one."""
        for value, kind, source in candidates:
            if value is not None and low <= value <= high:
                reasons[name] = Reason(name, round(value, 1), unit, kind, source)
                return value
        return None

    age = None if athlete.birth_year is None else workout.ended_at.year - athlete.birth_year
    by_formula = _by_formula(age, rules)
    peak_bpm = _peak_bpm(history, workout.ended_at, rules)
    if peak_bpm is not None and peak_bpm < rules.max_hr_plausible_share * (by_formula[0] or 0.0):
        peak_bpm = None
    in_file = workout.profile
    max_hr_bpm = first(
        "max_hr_bpm",
        "bpm",
        (
            (athlete.max_hr_bpm, "input", Source.CONFIGURATION),
            (in_file.max_hr_bpm, "input", Source.FILE),
            (peak_bpm, "H", f"median of your {rules.peaks:g} highest peaks in {rules.peak_days:g} days"),
            by_formula,
        ),
        float(rules.max_hr_low_bpm),
        float(rules.max_hr_high_bpm),
    ) or float(rules.max_hr_bpm)
    resting_hr_bpm = first(
        "resting_hr_bpm",
        "bpm",
        (
            (athlete.resting_hr_bpm, "input", Source.CONFIGURATION),
            (history.resting_hr_bpm, "input", Source.WATCH),
            (in_file.resting_hr_bpm, "input", Source.FILE),
            (float(rules.resting_hr_bpm), rules.resting_hr_bpm.kind, rules.resting_hr_bpm.source),
        ),
        float(rules.resting_hr_low_bpm),
        min(float(rules.resting_hr_high_bpm), max_hr_bpm - rules.hr_margin_bpm),
    ) or float(rules.resting_hr_bpm)
    lthr_bpm = resting_hr_bpm + rules.lthr_reserve_share * (max_hr_bpm - resting_hr_bpm)
    lthr_bpm = (
        first(
            "lthr_bpm",
            "bpm",
            (
                (athlete.lthr_bpm, "input", Source.CONFIGURATION),
                (in_file.lthr_bpm, "input", Source.FILE),
                (lthr_bpm, rules.lthr_reserve_share.kind, rules.lthr_reserve_share.source),
            ),
            resting_hr_bpm + rules.hr_margin_bpm,
            max_hr_bpm,
        )
        or lthr_bpm
    )
    session_ftp_w = max((session.threshold_power_w or 0.0 for session in workout.sessions), default=0.0) or None
    ftp_w = first(
        "ftp_w",
        "W",
        (
            (athlete.ftp_w, "input", Source.CONFIGURATION),
            (in_file.ftp_w, "input", Source.FILE),
            (session_ftp_w, "input", Source.FILE),
        ),
        float(rules.ftp_low_w),
        float(rules.ftp_high_w),
    )
    mass_kg = first(
        "mass_kg",
        "kg",
        (
            (athlete.mass_kg, "input", Source.CONFIGURATION),
            (history.weighed_mass_kg, "input", Source.WEIGH_IN),
            (in_file.mass_kg, "input", Source.FILE),
            (float(rules.mass_kg), rules.mass_kg.kind, rules.mass_kg.source),
        ),
        float(rules.mass_low_kg),
        float(rules.mass_high_kg),
    ) or float(rules.mass_kg)
    # An athlete whose birthday is later in the year is one year younger than the difference of the years.
    adult = age is None or age - 1 >= rules.adult_age
    return Physiology(max_hr_bpm, resting_hr_bpm, lthr_bpm, ftp_w, mass_kg, athlete.sex, adult, reasons)


def _experience(athlete: Athlete) -> Reason:
    if athlete.experience_assumed:
        return Reason("experience", athlete.experience, "", "H", Source.ASSUMED_EXPERIENCE)
    return Reason("experience", athlete.experience, "", "input", Source.CONFIGURATION)


def _by_formula(age: int | None, rules: AthleteRules) -> Candidate:
    if age is None:
        return (float(rules.max_hr_bpm), rules.max_hr_bpm.kind, rules.max_hr_bpm.source)
    value = rules.max_hr_at_birth_bpm - rules.max_hr_per_year_bpm * age
    return (value, rules.max_hr_per_year_bpm.kind, rules.max_hr_per_year_bpm.source)


def _peak_bpm(history: History, now: datetime, rules: AthleteRules) -> float | None:
    """Return the median of the highest heart rate peaks of the past; None while there are too few."""
    since = now - timedelta(days=float(rules.peak_days))
    earlier = history.long_ago.peaks_bpm if history.long_ago is not None else ()
    near = (
        past.hr_peak_30s_bpm
        for past in history.workouts
        if past.hr_peak_30s_bpm is not None and since <= past.ended_at <= now
    )
    peaks = sorted((*earlier, *near))
    count = int(rules.peaks)
    return median(peaks[-count:]) if len(peaks) >= count else None
