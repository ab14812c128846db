"""What of a workout do the five clocks count by?

Each session is measured by the rung that gave its load: where the load came from power, so do the minutes at threshold.
Transitions of a race count in the load only.
"""

from dataclasses import dataclass

import numpy as np

from hersteld.parsers.workout import Column, Session, Workout
from hersteld.recovery.advice import Load, SessionLoad
from hersteld.recovery.athlete.muscles import family, is_gentle_sport, is_transition
from hersteld.recovery.athlete.physiology import Physiology
from hersteld.recovery.athlete.sport_families import TEAM_GAMES
from hersteld.recovery.load.formulas import load_per_hour, weights_of_zones
from hersteld.recovery.load.sensors import (
    altitude_range_m,
    coverage,
    has_enough_power,
    heart_rate,
    power,
    threshold_power_w,
    within,
)
from hersteld.recovery.load.series import Series
from hersteld.recovery.rules import RestRules, Rules

_POUNDING = ("running", "racket", *TEAM_GAMES)
"""Families whose load lands on legs that brake at every step."""
_ROUNDING = 1e-9
"""A load that is equal to another one but for the way it was computed is not above it."""


@dataclass(frozen=True, slots=True)
class Effort:
    """What a workout asked of the body, in the measures of the five clocks.

    Attributes:
        load: Training load as far as it counts for the rest, 0 or more.
        threshold_min: Threshold minutes, 0 or more: a minute exactly at threshold counts as one, and a harder minute as
            far more than an easier one.
        impact_load: The part of the load that came from running, team and racket sports.
        near_maximal_min: Near-maximal minutes, 0 or more.
        strength_min: Minutes of strength training.
        run_load: The part of the load that came from running alone.
    """

    load: float = 0.0
    threshold_min: float = 0.0
    impact_load: float = 0.0
    near_maximal_min: float = 0.0
    strength_min: float = 0.0
    run_load: float = 0.0


def effort_of(workout: Workout, load: Load, physiology: Physiology, rules: Rules) -> Effort:
    """Return what a workout asked of the body: the sum over its sessions.

    Args:
        load: The workout's load, with that of each of its sessions.
    """
    beats, watts = heart_rate(workout, rules.load), power(workout, rules.load)
    threshold_min = near_maximal_min = impact_load = strength_min = run_load = 0.0
    unmeasured_s = unmeasured_load = 0.0
    for session, step in zip(workout.sessions, load.sessions, strict=True):
        if is_transition(session) or session.timer_s <= 0:
            continue
        measured = _Measured(session, within(session, workout, beats), within(session, workout, watts), physiology)
        threshold_min += _threshold_min(measured, step, workout.time_in_zone_s, rules)
        near_maximal_min += _near_maximal_min(measured, step, rules)
        sport = family(session)
        impact_load += step.value if sport in _POUNDING else 0.0
        run_load += step.value if sport == "running" else 0.0
        strength_min += session.timer_s / 60 if sport == "strength" else 0.0
        if _is_unmeasured(session, step, workout, rules):
            unmeasured_s += session.timer_s
            unmeasured_load += step.value
    uncounted_load = unmeasured_load * _uncounted_share(unmeasured_s / 3600, rules.rest)
    return Effort(load.value - uncounted_load, threshold_min, impact_load, near_maximal_min, strength_min, run_load)


def _is_unmeasured(session: Session, step: SessionLoad, workout: Workout, rules: Rules) -> bool:
    """Return whether a session is a walk or the like of which only the length is known, or that it was easy.

    A walk from a valley to a summit is none, whatever its device calls it.
    """
    if not is_gentle_sport(session) or step.rung not in ("duration", "rpe"):
        return False
    easy_load = load_per_hour(float(rules.load.rpe_gentle), rules.load) * session.timer_s / 3600
    is_easy = step.value <= easy_load * (1 + _ROUNDING)
    return is_easy and altitude_range_m(session, workout) < rules.rest.climb_from_m


def _uncounted_share(hours: float, rules: RestRules) -> float:
    """Return the share of so many hours of walking that asks for no rest: those between an ample and a long day."""
    if hours <= rules.unmeasured_from_h:
        return 0.0
    return (min(hours, float(rules.unmeasured_until_h)) - rules.unmeasured_from_h) / hours


@dataclass(frozen=True, slots=True, eq=False)
class _Measured:
    """A session with its own heart rate and power, and the athlete who did it."""

    session: Session
    beats: Series
    watts: Series
    physiology: Physiology

    @property
    def minutes(self) -> float:
        return self.session.timer_s / 60

    @property
    def ftp_w(self) -> float | None:
        return threshold_power_w(self.session, self.physiology)

    def of_threshold(self, beats_bpm: Column) -> Column:
        """Return heart rates as multiples of the threshold heart rate, both above rest."""
        rest_bpm, threshold_bpm = self.physiology.resting_hr_bpm, self.physiology.lthr_bpm
        multiples: Column = (beats_bpm - rest_bpm) / (threshold_bpm - rest_bpm)
        return multiples


def _threshold_min(measured: _Measured, step: SessionLoad, zones_s: tuple[float, ...] | None, rules: Rules) -> float:
    """Return the threshold minutes of a session, as if what its rung covers had gone on for all of its timer time.

    Source: the exponent is ours; see `rest.threshold_exponent`.
    """
    rest = rules.rest
    if step.rung == "power" and measured.ftp_w:
        multiples = measured.watts.rolling_means(int(rules.load.power_window_s)) / measured.ftp_w
        return measured.minutes * float(np.mean(_weighted(multiples, rest)))
    if step.rung == "heart_rate":
        weights = _weighted(measured.of_threshold(measured.beats.value), rest)
        return measured.minutes * float(np.average(weights, weights=measured.beats.held_s))
    if step.rung == "zone_times" and step.from_average:
        average = np.array([measured.session.avg_hr_bpm or 0.0])
        return measured.minutes * float(_weighted(measured.of_threshold(average), rest)[0])
    if step.rung == "zone_times" and zones_s and (zone_weights := weights_of_zones(len(zones_s), rules.load)):
        # A zone's load goes with its weight, and at a steady effort the load goes with the square of the multiple.
        multiples = np.sqrt(np.array(zone_weights) / rules.load.zone_threshold_weight)
        return measured.minutes * float(np.average(_weighted(multiples, rest), weights=zones_s))
    multiple = np.sqrt(np.array([step.value / (measured.minutes / 60) / 100]))
    return measured.minutes * float(_weighted(multiple, rest)[0])


def _weighted(multiples: Column, rules: RestRules) -> Column:
    """Return what a minute at each multiple of the threshold counts in threshold minutes."""
    weights: Column = np.clip(multiples, 0.0, float(rules.threshold_most)) ** float(rules.threshold_exponent)
    return weights


def _near_maximal_min(measured: _Measured, step: SessionLoad, rules: Rules) -> float:
    """Return the near-maximal minutes of a session: by heart rate, else by power, else none.

    A sensor whose load nobody can have counts here as little as there.
    """
    rest, load = rules.rest, rules.load
    covered = coverage(measured.beats, measured.session.timer_s)
    if covered >= load.coverage_min and "heart_rate" not in step.rejected:
        shares = measured.physiology.reserve_share(measured.beats.value)
        ramp = _ramp(shares, float(rest.near_maximal_from_share), float(rest.near_maximal_ramp_share))
        return measured.minutes * float(np.average(ramp, weights=measured.beats.held_s))
    ftp_w = measured.ftp_w
    if ftp_w and has_enough_power(measured.watts, measured.session.timer_s, load) and "power" not in step.rejected:
        shares = measured.watts.rolling_means(int(load.power_window_s)) / ftp_w
        ramp = _ramp(shares, float(rest.near_maximal_power_from_share), float(rest.near_maximal_power_ramp_share))
        return measured.minutes * float(np.mean(ramp))
    return 0.0


def _ramp(values: Column, start: float, length: float) -> Column:
    """Return 0 below the start of a ramp, 1 above its end, and what lies on the straight line between."""
    ramp: Column = np.clip((values - start) / length, 0.0, 1.0)
    return ramp
