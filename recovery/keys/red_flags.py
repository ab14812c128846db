"""After which workouts does the message name the signs that need a doctor?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from hersteld.parsers.line import Value
from hersteld.recovery.keys.sweat import net_loss
from hersteld.recovery.load.sensors import heart_rate_as_read
from hersteld.recovery.numbers import Reason, because
from hersteld.recovery.situation import KeyResult, Situation, fired, lasting, silent


def red_flags(situation: Situation) -> KeyResult:
    """Return the advice that names the signs that need a doctor, after a workout of unusual strain, and which it was.

    The heart rate is the one that was read: one that nobody can have may be a fault of the sensor, or of the heart. It
    is no diagnosis, and a workout without it is not thereby safe.

    Source: the bounds are ours.
    """
    strains = tuple(_strains(situation))
    if not strains:
        return silent("red_flags", "red_flags", "usual_strain")
    until = situation.after(float(situation.rules.messages.late_h))
    reasons = [reason for strain in strains for reason in strain.reasons]
    first = strains[0]
    advice = lasting(first.text_id, "red_flags", situation.end, until, *reasons, **first.values)
    return fired("red_flags", "red_flags", advice)


@dataclass(frozen=True, slots=True)
class _Strain:
    """What was unusual of a workout: the text that says it, its values, and the numbers that decided."""

    text_id: str
    reasons: tuple[Reason, ...]
    values: Mapping[str, Value] = field(default_factory=dict)


def _strains(situation: Situation) -> Iterator[_Strain]:
    """Yield what was unusual, the gravest first."""
    rules, workout = situation.rules.red_flags, situation.workout
    above_s = _above_max_s(situation)
    if above_s:
        reasons = (because(rules.hr_above_max_bpm), because(rules.hr_above_max_s))
        yield _Strain("red_flags_heart_rate", reasons, {"minutes": max(1, round(above_s / 60))})
    felt_c = workout.min_temperature_c
    if felt_c is not None and felt_c >= rules.heat_c and workout.timer_s >= 60 * rules.heat_min:
        yield _Strain("red_flags_heat", (because(rules.heat_c), because(rules.heat_min)), {"celsius": felt_c})
    if felt_c is not None and felt_c < rules.cold_c:
        yield _Strain("red_flags_cold", (because(rules.cold_c),), {"celsius": felt_c})
    if net_loss(situation).lost_ml > 1000 * rules.loss_share * situation.physiology.mass_kg:
        yield _Strain("red_flags_loss", (because(rules.loss_share),))
    if workout.timer_s > 3600 * rules.duration_h:
        yield _Strain("red_flags_long", (because(rules.duration_h),))


def _above_max_s(situation: Situation) -> float:
    """Return for how long the heart rate stayed above the maximum; 0 where nobody knows it, or it soon fell again.

    It is the maximum from before this workout: a reading that raised it would otherwise be its own excuse.
    """
    rules = situation.rules.red_flags
    known = situation.known_before or situation.physiology
    if not known.max_hr_is_witnessed:
        return 0.0
    window_s = int(rules.hr_above_max_s)
    recorded = situation.recorded or situation.workout
    held_bpm = heart_rate_as_read(recorded, situation.rules.load).rolling_means(window_s)
    above = held_bpm > known.max_hr_bpm + rules.hr_above_max_bpm
    return float(above.sum()) + window_s - 1 if above.any() else 0.0
