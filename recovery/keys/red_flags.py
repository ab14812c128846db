"""After which workouts does the message name the signs that need a doctor?"""

from hersteld.recovery.load.sensors import heart_rate_as_read
from hersteld.recovery.numbers import Reason, because
from hersteld.recovery.situation import KeyResult, Situation, fired, lasting, silent
from hersteld.recovery.sweat import net_loss


def red_flags(situation: Situation) -> KeyResult:
    """Return the advice that names the signs that need a doctor, after a workout of unusual strain.

    The heart rate is the one that was read: one that nobody can have may be a fault of the sensor, or of the heart. It
    is no diagnosis, and a workout without it is not thereby safe.

    Source: the bounds are ours.
    """
    rules, workout = situation.rules.red_flags, situation.workout
    reasons: list[Reason] = []
    recorded = situation.recorded or workout
    held_bpm = heart_rate_as_read(recorded, situation.rules.load).rolling_means(int(rules.hr_above_max_s))
    is_known = situation.physiology.max_hr_is_witnessed
    if is_known and len(held_bpm) and held_bpm.max() > situation.physiology.max_hr_bpm + rules.hr_above_max_bpm:
        reasons += [because(rules.hr_above_max_bpm), because(rules.hr_above_max_s)]
    if workout.timer_s > 3600 * rules.duration_h:
        reasons.append(because(rules.duration_h))
    vigorous = situation.assessment.intensity in ("vigorous", "near_maximal")
    if vigorous and workout.min_temperature_c is not None and workout.min_temperature_c >= rules.heat_c:
        reasons.append(because(rules.heat_c))
    if net_loss(situation).lost_ml > 1000 * rules.loss_share * situation.physiology.mass_kg:
        reasons.append(because(rules.loss_share))
    if not reasons:
        return silent("red_flags", "red_flags", "usual_strain")
    until = situation.after(float(situation.rules.messages.late_h))
    return fired("red_flags", "red_flags", lasting("red_flags", "red_flags", situation.end, until, *reasons))
