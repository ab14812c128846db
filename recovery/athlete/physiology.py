"""Which heart rates, power and mass does the athlete have, and where is each of them known from?"""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Literal, TypeVar

from hersteld.parsers.workout import Column, Workout
from hersteld.recovery.athlete.ages import ages_of
from hersteld.recovery.athlete.evidence import Evidence, ftp_by_best_w, peaks_bpm, raised_max_hr_bpm
from hersteld.recovery.athlete.factory_settings import (
    is_factory_ftp,
    is_factory_mass,
    is_factory_max_hr,
    is_factory_resting_hr,
)
from hersteld.recovery.athlete.history import History
from hersteld.recovery.athlete.profile import Athlete, Sex
from hersteld.recovery.athlete.sport_families import family_of
from hersteld.recovery.numbers import Kind, Reason, Source
from hersteld.recovery.rules import AthleteRules

_Beats = TypeVar("_Beats", float, Column)
MaxHrOrigin = Literal["configured", "witnessed", "own_peak", "age", "default"]
"""Where the maximum heart rate is known from.

It is witnessed when the file or the median of the athlete's highest peaks says it; "own_peak" is one by age that a peak
has raised.
"""


@dataclass(frozen=True, slots=True)
class Physiology:
    """The athlete as the rules see them for one workout.

    Attributes:
        max_hr_bpm, resting_hr_bpm, lthr_bpm: Beats per minute, with resting < LTHR <= maximum.
        ftp_w: Functional threshold power; None when nobody knows it.
        mass_kg: Body mass, above 0.
        sex: None when unknown: formulas that differ by sex then take the mean of both.
        adult: False when a year of birth, configured or in the file, allows a minor; True otherwise, also when neither
            is known.
        reasons: Where each quantity is known from, by its name ("max_hr_bpm", ...).
        max_hr_origin: Where the maximum heart rate is known from.
        threshold_is_assumed: Whether the threshold heart rate rests on an age or on nothing, so that minutes above it
            are no fact.
        age: The age that the athlete reaches in the year of the workout, as configured, or else as the file says; None
            when unknown.
    """

    max_hr_bpm: float
    resting_hr_bpm: float
    lthr_bpm: float
    ftp_w: float | None
    mass_kg: float
    sex: Sex | None
    adult: bool
    reasons: dict[str, Reason]
    max_hr_origin: MaxHrOrigin = "witnessed"
    threshold_is_assumed: bool = False
    age: int | None = None

    @property
    def max_hr_is_witnessed(self) -> bool:
        """Whether somebody set or measured the maximum heart rate."""
        return self.max_hr_origin in ("configured", "witnessed")

    @property
    def mass_is_known(self) -> bool:
        """Whether somebody set or weighed the body mass."""
        return "mass_kg" in self.reasons and self.reasons["mass_kg"].kind == "input"

    def reserve_share(self, bpm: _Beats) -> _Beats:
        """Return heart rates as shares of the heart rate reserve: 0 at rest, 1 at the maximum, and beyond."""
        return (bpm - self.resting_hr_bpm) / (self.max_hr_bpm - self.resting_hr_bpm)

    def bpm_at(self, reserve_share: float) -> float:
        """Return the heart rate at a share of the heart rate reserve, in beats per minute."""
        return self.resting_hr_bpm + reserve_share * (self.max_hr_bpm - self.resting_hr_bpm)


Candidate = tuple[float | None, Kind, str]
"""A value of a quantity, its kind and its source; None where this source has no value."""


def resolve(
    athlete: Athlete, workout: Workout, history: History, rules: AthleteRules, own: Evidence | None = None
) -> Physiology:
    """Return each quantity from the first source that has it.

    The configuration comes first. Then, for the maximum heart rate, the file, the past and a formula; for the resting
    heart rate and the mass, the past, the file and an assumption; for LTHR and FTP, the file. What the athlete has
    shown raises a maximum heart rate and an FTP that are not configured.

    A value counts only where a human can have it and it fits the others (rest, threshold and maximum in this order, and
    well apart). Devices hold zeros and factory settings, and the configuration may not fit the file. A factory setting
    counts only where the athlete's own peaks or best 20 minutes say the same.

    Args:
        history: The workouts before this one.
        own: What this workout itself has shown; None to leave it out.

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

    def unless_factory(name: str, value: float | None, unit: str, *, is_factory: bool) -> float | None:
        """Return a value of the file, or None, and the reason, where it is a factory setting without a witness."""
        if value is None or not is_factory:
            return value
        reasons[name] = Reason(name, value, unit, "input", Source.FACTORY)
        return None

    in_file, now = workout.profile, workout.ended_at
    ages = ages_of(athlete, workout)
    age = ages.counted
    by_formula = _by_formula(age, rules)
    peaks = peaks_bpm(history, now, rules, own)
    peak_bpm = _median_peak_bpm(history, workout, rules)
    if peak_bpm is not None and peak_bpm < rules.max_hr_plausible_share * by_formula[0]:
        peak_bpm = None
    in_file_bpm = unless_factory(
        "factory_max_hr_bpm",
        in_file.max_hr_bpm,
        "bpm",
        is_factory=is_factory_max_hr(in_file, ages.known)
        and not any(abs(peak - (in_file.max_hr_bpm or 0)) <= rules.witness_bpm for peak in peaks),
    )
    max_hr_bpm = first(
        "max_hr_bpm",
        "bpm",
        (
            (athlete.max_hr_bpm, "input", Source.CONFIGURATION),
            (in_file_bpm, "input", Source.FILE),
            (peak_bpm, "H", _peaks_source(rules)),
            by_formula,
        ),
        float(rules.max_hr_low_bpm),
        float(rules.max_hr_high_bpm),
    ) or float(rules.max_hr_bpm)
    origin = _origin(reasons.get("max_hr_bpm"), age, rules)
    raised_bpm = min(raised_max_hr_bpm(max_hr_bpm, peaks, rules), float(rules.max_hr_high_bpm))
    if origin != "configured" and raised_bpm > max_hr_bpm:
        max_hr_bpm = raised_bpm
        origin = "own_peak" if origin == "age" else origin
        reasons["max_hr_bpm"] = Reason("max_hr_bpm", round(raised_bpm, 1), "bpm", "H", Source.OWN_PEAK)
    in_file_resting_bpm = unless_factory(
        "factory_resting_hr_bpm", in_file.resting_hr_bpm, "bpm", is_factory=is_factory_resting_hr(in_file)
    )
    resting_hr_bpm = first(
        "resting_hr_bpm",
        "bpm",
        (
            (athlete.resting_hr_bpm, "input", Source.CONFIGURATION),
            (history.resting_hr_bpm, "input", _watch_source(rules)),
            (in_file_resting_bpm, "input", Source.FILE),
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
    by_best_w = ftp_by_best_w(history, now, rules, own)

    def ftp_in_file_w(ftp_w: float | None) -> float | None:
        witnessed = ftp_w is not None and by_best_w is not None and abs(by_best_w / ftp_w - 1) <= rules.witness_share
        return unless_factory("factory_ftp_w", ftp_w, "W", is_factory=is_factory_ftp(in_file, ftp_w) and not witnessed)

    ftp_w = first(
        "ftp_w",
        "W",
        (
            (athlete.ftp_w, "input", Source.CONFIGURATION),
            (ftp_in_file_w(in_file.ftp_w), "input", Source.FILE),
            (ftp_in_file_w(_session_ftp_w(workout)), "input", Source.FILE),
        ),
        float(rules.ftp_low_w),
        float(rules.ftp_high_w),
    )
    if ftp_w is not None and athlete.ftp_w != ftp_w and by_best_w is not None and by_best_w > ftp_w:
        ftp_w = min(by_best_w, float(rules.ftp_high_w))
        share = rules.best_power_share
        reasons["ftp_w"] = Reason("ftp_w", round(ftp_w, 1), "W", share.kind, Source.OWN_BEST)
    mass_kg = first(
        "mass_kg",
        "kg",
        (
            (athlete.mass_kg, "input", Source.CONFIGURATION),
            (history.weighed_mass_kg, "input", Source.WEIGH_IN),
            (
                unless_factory("factory_mass_kg", in_file.mass_kg, "kg", is_factory=is_factory_mass(in_file)),
                "input",
                Source.FILE,
            ),
            (float(rules.mass_kg), rules.mass_kg.kind, rules.mass_kg.source),
        ),
        float(rules.mass_low_kg),
        float(rules.mass_high_kg),
    ) or float(rules.mass_kg)
    # Male is the factory setting of watches, so that a file says something only when it says female.
    sex = athlete.sex or ("female" if in_file.sex == "female" else None)
    return Physiology(
        max_hr_bpm,
        resting_hr_bpm,
        lthr_bpm,
        ftp_w,
        mass_kg,
        sex,
        ages.is_adult(rules),
        reasons,
        max_hr_origin=origin,
        threshold_is_assumed=origin in ("own_peak", "age", "default"),
        age=age,
    )


def _session_ftp_w(workout: Workout) -> float | None:
    """Return the highest threshold power of the rides in a workout; that of another sport is no FTP."""
    rides = (session for session in workout.sessions if family_of(session.sport, session.sub_sport) == "cycling")
    return max((ride.threshold_power_w for ride in rides if ride.threshold_power_w is not None), default=None)


def _origin(reason: Reason | None, age: int | None, rules: AthleteRules) -> MaxHrOrigin:
    """Return where the maximum heart rate is known from, by its reason; None where nothing could be believed."""
    if reason is None:
        return "default"
    if reason.source == Source.CONFIGURATION:
        return "configured"
    if reason.source in (Source.FILE, _peaks_source(rules)):
        return "witnessed"
    return "default" if age is None else "age"


def _peaks_source(rules: AthleteRules) -> str:
    return f"median of your {rules.peaks:g} highest peaks in {rules.peak_days:g} days"


def _watch_source(rules: AthleteRules) -> str:
    return f"{rules.resting_hr_days:g}-day median of your watch"


def _experience(athlete: Athlete) -> Reason:
    if athlete.experience_assumed:
        return Reason("experience", athlete.experience, "", "H", Source.ASSUMED_EXPERIENCE)
    return Reason("experience", athlete.experience, "", "input", Source.CONFIGURATION)


def _by_formula(age: int | None, rules: AthleteRules) -> tuple[float, Kind, str]:
    if age is None:
        return (float(rules.max_hr_bpm), rules.max_hr_bpm.kind, rules.max_hr_bpm.source)
    value = rules.max_hr_at_birth_bpm - rules.max_hr_per_year_bpm * age
    return (value, rules.max_hr_per_year_bpm.kind, rules.max_hr_per_year_bpm.source)


def _median_peak_bpm(history: History, workout: Workout, rules: AthleteRules) -> float | None:
    """Return the median of the highest heart rate peaks of the past; None while there are too few."""
    peaks = peaks_bpm(history, workout.ended_at, rules)
    return median(peaks) if len(peaks) >= rules.peaks else None
