"""How much energy did a workout take, where the file does not say it?"""

import numpy as np

from hersteld.parsers.workout import Session, Workout
from hersteld.recovery.athlete.muscles import family
from hersteld.recovery.athlete.physiology import Physiology
from hersteld.recovery.athlete.sport_families import has_motor
from hersteld.recovery.key_rules import HydrationRules
from hersteld.recovery.load.sensors import coverage, has_enough_power, heart_rate, power
from hersteld.recovery.numbers import Reason, Source, because, given
from hersteld.recovery.rules import LoadRules, Rules

Energy = tuple[float, tuple[Reason, ...]]
"""Kilocalories, 0 or more, and the numbers that they were computed from."""


def energy(workout: Workout, physiology: Physiology, rules: Rules) -> Energy | None:
    """Return the energy of a workout: of the file, or by the power of a bike, or by heart rate; None without these."""
    if workout.kcal:
        return workout.kcal, (given("kcal", workout.kcal, "kcal", Source.FILE),)
    by_power = _by_power(workout, rules.hydration, rules.load)
    return by_power or _by_heart_rate(workout, physiology, rules.hydration, rules.load)


def _by_power(workout: Workout, rules: HydrationRules, load_rules: LoadRules) -> Energy | None:
    """Return the energy of a ride by its work; None for any other sport, with a motor, or without enough power."""
    watts = power(workout, load_rules)
    is_ride = not any(_is_no_ride(session) for session in workout.sessions)
    if not is_ride or not has_enough_power(watts, workout.timer_s, load_rules):
        return None
    mean_w = watts.mean()
    kcal = mean_w * workout.timer_s / 1000 * rules.kcal_per_kj
    return kcal, (given("avg_power_w", round(mean_w, 1), "W", Source.FILE), because(rules.kcal_per_kj))


def _is_no_ride(session: Session) -> bool:
    """Return whether a session is another sport than cycling, or a ride whose work a motor shared."""
    return family(session) != "cycling" or has_motor(session.sport, session.sub_sport)


def _by_heart_rate(
    workout: Workout, physiology: Physiology, rules: HydrationRules, load_rules: LoadRules
) -> Energy | None:
    """Return the energy by heart rate, the mean of the formulas for both sexes; None without a heart rate.

    Where the readings are too few, the device's average counts as one reading. The formula holds from
    `hr_energy_from_bpm` on; below it the energy falls evenly, to nothing at `hr_energy_none_bpm`, because a beat more
    must not make a jump.

    Source: Keytel 2005; the mean of both, which fits what watches write best, and the even fall are ours.
    """
    beats = heart_rate(workout, load_rules)
    covered = coverage(beats, workout.timer_s)
    if beats.covered_s and covered >= load_rules.coverage_min:
        bpm, minutes, mean_bpm = beats.value, beats.held_s / 60 / covered, beats.mean()
    elif workout.avg_hr_bpm is not None and load_rules.hr_low_bpm <= workout.avg_hr_bpm <= load_rules.hr_high_bpm:
        bpm, minutes, mean_bpm = np.array([workout.avg_hr_bpm]), np.array([workout.timer_s / 60]), workout.avg_hr_bpm
    else:
        return None
    age = float(rules.hr_energy_age) if physiology.age is None else float(physiology.age)
    from_bpm, none_bpm = float(rules.hr_energy_from_bpm), float(rules.hr_energy_none_bpm)
    kj_per_min = np.zeros(len(bpm))
    for base, per_bpm, per_kg, per_year in (rules.hr_energy_male, rules.hr_energy_female):
        kj_per_min += (base + per_bpm * np.maximum(bpm, from_bpm) + per_kg * physiology.mass_kg + per_year * age) / 2
    share = np.clip((bpm - none_bpm) / (from_bpm - none_bpm), 0.0, 1.0)
    kj = float(np.sum(minutes * share * np.maximum(kj_per_min, 0.0)))
    reasons = (
        given("avg_hr_bpm", round(mean_bpm, 1), "bpm", Source.FILE),
        because(rules.hr_energy_male),
        because(rules.hr_energy_female),
    )
    return kj / rules.hr_energy_kj_per_kcal, reasons
