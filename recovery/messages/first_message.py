"""What does the message after a workout say, when it is read at a given moment?"""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from itertools import groupby

from hersteld.parsers.line import Line
from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import Advice, Key, Recovery
from hersteld.recovery.assessment import is_long_run
from hersteld.recovery.athlete.muscles import overall_family
from hersteld.recovery.messages.readiness import readiness
from hersteld.recovery.rules import Rules

_MOST_TIMES_NAMED = 4
"""More portions than this are told as "every 15 minutes until ..." instead of with the time of each."""
_CAVEATS = {
    "too_soon": "started_too_soon",
    "salvaged": "file_damaged",
    "max_hr_unknown": "max_hr_unknown",
    "age_unknown": "age_unknown",
    "ages_contradict": "ages_contradict",
}
"""The warnings of an assessment that the message repeats, with their texts."""


def effort_word(workout: Workout, recovery: Recovery, rules: Rules) -> str:
    """Return the id of the word for how hard a workout was: an intensity, "long", "hard" or "very_hard"."""
    long_run = is_long_run(workout, rules.rest)
    if not recovery.assessment.hard:
        return "long" if long_run else recovery.assessment.intensity
    very = long_run or recovery.load.value >= rules.intensity.very_hard_load
    return "very_hard" if very else "hard"


def title(workout: Workout, recovery: Recovery, rules: Rules) -> Line:
    """Return the title of a workout's message: how hard, which sport, how long."""
    return Line(
        "title_workout",
        {
            "effort": effort_word(workout, recovery, rules),
            "sport": overall_family(workout),
            "duration_s": workout.timer_s,
        },
    )


def headline(workout: Workout, recovery: Recovery, rules: Rules, at: datetime, zone: tzinfo) -> Line | None:
    """Return the first line: how hard the workout was and when to train again.

    Args:
        at: When the line is read, aware UTC.
        zone: The athlete's time zone.

    Returns:
        None for a plan that says nothing of rest.
    """
    train_again = readiness(recovery, rules, at, zone)
    if train_again is None:
        return None
    return Line("headline", {"effort": (_effort(workout, recovery, rules),), "rest": (train_again.line,)})


def lines_at(recovery: Recovery, at: datetime) -> list[Line]:
    """Return the lines below the headline: what can be done at a moment, in the order of doing.

    Args:
        at: When the lines are read, aware UTC.
    """
    active = [advice for advice in recovery.plan if advice.due_at <= at < advice.expires_at]

    def lines_of(key: Key) -> list[Line]:
        return [advice.line for advice in active if advice.key == key]

    avoid, meal = lines_of("avoid"), lines_of("glycogen")
    omega3 = lines_of("omega3") if avoid or (meal and not recovery.assessment.hard) else []
    return [
        *lines_of("cooldown"),
        *_drink(recovery.plan, at),
        *lines_of("stretching"),
        *meal,
        *avoid,
        *omega3,
        *_caveats(recovery),
        *lines_of("red_flags"),
    ]


def _effort(workout: Workout, recovery: Recovery, rules: Rules) -> Line:
    """Return how hard the workout was, with the reason: the distance, the minutes that were hard, or the duration."""
    word = effort_word(workout, recovery, rules)
    assessment = recovery.assessment
    near_maximal_min = assessment.seconds_by_intensity.get("near_maximal", 0.0) / 60
    threshold_min = assessment.seconds_at_threshold / 60
    if is_long_run(workout, rules.rest) and workout.distance_m:
        return Line("effort_distance", {"effort": word, "distance_m": workout.distance_m})
    if not assessment.hard:
        return Line("effort", {"effort": word})
    if threshold_min >= rules.intensity.threshold_min:
        return Line("effort_threshold", {"effort": word, "minutes": round(threshold_min)})
    if near_maximal_min >= rules.intensity.near_maximal_min:
        return Line("effort_near_maximal", {"effort": word, "minutes": round(near_maximal_min)})
    if recovery.load.value >= rules.intensity.hard_load:
        return Line("effort_duration", {"effort": word, "duration_s": workout.timer_s})
    return Line("effort", {"effort": word})


def _drink(plan: tuple[Advice, ...], at: datetime) -> list[Line]:
    """Return the line about drinking: the whole timetable, what remains of it, or its total once it has passed.

    A portion stands until the next one is due. A portion that was missed before the file came is left out: nobody
    should drink two at once to make up for it.
    """
    portions = [advice for advice in plan if advice.id == "drink_portion"]
    remaining = [advice for advice in portions if at < advice.expires_at]
    if not remaining:
        return [advice.line for advice in plan if advice.key == "hydration" and advice.due_at <= at < advice.expires_at]
    values = remaining[0].values
    if len(portions) == 1:
        return [Line("drink_once", {"volume_ml": values["volume_ml"]})]
    text_id = "drink" if len(remaining) == len(portions) else "drink_remaining"
    return [Line(text_id, {"total_ml": values["total_ml"], "parts": _parts(remaining, at)})]


def _parts(portions: Sequence[Advice], at: datetime) -> tuple[Line, ...]:
    """Return the portions in words: the one to drink now, then those that follow, equal neighbours together."""
    parts = [
        Line("part_now", {"volume_ml": portion.values["volume_ml"]}) for portion in portions if portion.due_at <= at
    ]
    later = (portion for portion in portions if portion.due_at > at)
    for volume_ml, group in groupby(later, key=lambda portion: portion.values["volume_ml"]):
        times = tuple(portion.due_at for portion in group)
        if len(times) > _MOST_TIMES_NAMED:
            minutes = round((times[1] - times[0]).total_seconds() / 60)
            values = {"volume_ml": volume_ml, "minutes": minutes, "since": times[0], "until": times[-1]}
            parts.append(Line("part_every", values))
        else:
            parts.append(Line("part_at", {"volume_ml": volume_ml, "times": times}))
    return tuple(parts)


def _caveats(recovery: Recovery) -> list[Line]:
    """Return what the reader must know of how the advice was found."""
    warnings = recovery.assessment.warnings
    lines = [Line(_CAVEATS[warning]) for warning in warnings if warning in _CAVEATS]
    if recovery.assessment.counted_until is not None:
        lines.append(Line("counted_until", {"until": recovery.assessment.counted_until}))
    if recovery.load.rung == "duration":
        lines.append(Line("estimated_without_ftp" if "ftp_unknown" in warnings else "estimated_from_duration"))
    return lines
