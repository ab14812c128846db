"""What does the message after a workout say, when it is read at a given moment?"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from hersteld.parsers.line import Line, Value
from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import AVOID_ALCOHOL_IDS, Assessment, Key, Recovery
from hersteld.recovery.athlete.muscles import overall_word
from hersteld.recovery.messages.drinking import Drunk, drink_lines
from hersteld.recovery.messages.readiness import Readiness
from hersteld.recovery.rules import Rules
from hersteld.recovery.situation import to_the_quarter

_RACES = ("marathon", "half_marathon")
"""Distances that have a name of their own."""
EAT_IDS = frozenset(
    {"eat_soon", *(f"eat_{meal}{late}" for meal in ("meal", "protein", "plain") for late in ("", "_late", "_night"))}
)
"""The texts that say what to eat, and until when."""
_MEALS_AT_NIGHT: Mapping[str, str] = {
    "eat_meal": "eat_meal_night",
    "eat_meal_late": "eat_meal_night",
    "eat_protein": "eat_protein_night",
    "eat_protein_late": "eat_protein_night",
    "eat_plain": "eat_plain_night",
    "eat_plain_late": "eat_plain_night",
    "check_glucose": "check_glucose_night",
}
"""What is said so late that a meal may as well wait for breakfast, and the glucose may not."""
_CAVEATS = {
    "too_soon": "started_too_soon",
    "salvaged": "file_damaged",
    "max_hr_unknown": "max_hr_unknown",
    "max_hr_own_peak": "max_hr_own_peak",
    "age_unknown": "age_unknown",
    "ages_contradict": "ages_contradict",
}
"""The warnings of an assessment that the message repeats, with their texts."""
_ESTIMATED = {"ftp_unknown": "estimated_without_ftp", "heart_rate_says_little": "estimated_beside_heart_rate"}
"""Why only the duration gave the load, where it is not that there is no heart rate."""


def effort_word(recovery: Recovery) -> str:
    """Return the id of the word for how hard a workout was: an intensity, "hard" or "very_hard"."""
    assessment = recovery.assessment
    if not assessment.hard:
        return assessment.intensity
    return "very_hard" if assessment.very_hard else "hard"


def title(workout: Workout, recovery: Recovery, rules: Rules, *, on_a_later_day: bool = False) -> Line:
    """Return the title of a workout's message: how hard, which sport, how long.

    Args:
        on_a_later_day: Whether it is read on another day than that of the workout.
    """
    values: dict[str, Value] = {
        "effort": effort_word(recovery),
        "sport": _sport(workout, rules),
        "duration_s": workout.timer_s,
    }
    if values["sport"] in _RACES:
        return Line("title_race_later" if on_a_later_day else "title_race", values)
    return Line("title_workout_later" if on_a_later_day else "title_workout", values)


def headline(workout: Workout, recovery: Recovery, rules: Rules, train_again: Readiness) -> Line:
    """Return the first line: what made the workout hard, and when to train again. The title says how hard it was."""
    return Line("headline", {"effort": _effort(workout, recovery, rules), "rest": (train_again.line,)})


def lines_at(
    recovery: Recovery,
    rules: Rules,
    at: datetime,
    quiet_from: datetime | None,
    drunk: Drunk | None = None,
    *,
    stands_in: bool = False,
) -> list[Line]:
    """Return the lines below the headline: what can be done at a moment, in the order of doing.

    Args:
        at: When the lines are read, aware UTC.
        quiet_from: When the next quiet hours begin, aware UTC; None without any.
        drunk: What was told before and is drunk; None where nothing was told.
        stands_in: Whether they stand in a message that is read some time after this moment.
    """
    active = [advice for advice in recovery.plan if advice.due_at <= at < advice.expires_at]

    def lines_of(key: Key) -> list[Line]:
        return [advice.line for advice in active if advice.key == key]

    avoid, meal = lines_of("avoid"), [meal_line(line, rules, at, quiet_from) for line in lines_of("glycogen")]
    # With the evening line or, where there is none, with the meal: the tip about food belongs to no other moment.
    alcohol = any(line.id in AVOID_ALCOHOL_IDS for line in avoid)
    has_evening = any(advice.id in AVOID_ALCOHOL_IDS for advice in recovery.plan)
    omega3 = lines_of("omega3") if alcohol or (meal and not has_evening) else []
    return [
        *(line for line in lines_of("rest") if line.id == "comeback"),
        *lines_of("cooldown"),
        *drink_lines(recovery.plan, at, quiet_from, rules.hydration, drunk, without_times=stands_in),
        *_stretching(lines_of("stretching"), rules, at, quiet_from),
        *meal,
        *(meal_line(line, rules, at, quiet_from) for line in lines_of("glucose")),
        *avoid,
        *omega3,
        *_caveats(recovery),
        *lines_of("red_flags"),
    ]


def meal_line(line: Line, rules: Rules, at: datetime, quiet_from: datetime | None) -> Line:
    """Return what is said of a meal or the glucose at a moment: shortly before the quiet hours, other words.

    Args:
        line: What the plan says of the meal or the glucose.
        at: When the line is read, aware UTC.
        quiet_from: When the next quiet hours begin, aware UTC; None without any.
    """
    if quiet_from is None or quiet_from - at > timedelta(minutes=float(rules.glycogen.night_min)):
        return line
    return Line(_MEALS_AT_NIGHT.get(line.id, line.id), line.values)


def _stretching(lines: Sequence[Line], rules: Rules, at: datetime, quiet_from: datetime | None) -> list[Line]:
    """Return the lines about stretching, with a cold bath only where it is over well before the quiet hours."""
    if quiet_from is None:
        return list(lines)
    over_by = quiet_from - timedelta(hours=float(rules.stretching.bath_quiet_h))
    is_too_late = over_by - at < timedelta(minutes=float(rules.stretching.bath_high_min))

    def by(before: Value) -> Value:
        return min(before, to_the_quarter(over_by)) if isinstance(before, datetime) else before

    return [
        Line(line.id, {**line.values, "before": by(line.values["before"])}) if line.id == "cold_bath" else line
        for line in lines
        if line.id != "cold_bath" or not is_too_late
    ]


def _sport(workout: Workout, rules: Rules) -> str:
    """Return the word for the sport of a workout, or the race that it was."""
    sport = overall_word(workout)
    distance_m = workout.distance_m
    if sport == "running" and distance_m is not None:
        lengths_m = (rules.messages.marathon_m, rules.messages.half_marathon_m)
        for race, (low_m, high_m) in zip(_RACES, lengths_m, strict=True):
            if low_m <= distance_m < high_m:
                return race
    return sport


def _effort(workout: Workout, recovery: Recovery, rules: Rules) -> tuple[Line, ...]:
    """Return what made the workout hard, where one thing did: the distance, or the minutes that were hard.

    The title of a race does not say how hard it was, so that this does.

    Minutes above a threshold that nobody has measured are no fact, and are not told. Those by power rest on an FTP
    that is known.
    """
    assessment = recovery.assessment
    assumed = recovery.physiology is not None and recovery.physiology.threshold_is_assumed
    if _sport(workout, rules) in _RACES:
        return (Line("effort_race", {"effort": effort_word(recovery), "distance_m": workout.distance_m}),)
    minutes = {line.id: line for line in effort_minutes(assessment, rules.messages.named_from_min)}
    if assessment.very_long_run and workout.distance_m:
        return (Line("effort_distance", {"distance_m": workout.distance_m}),)
    if not assessment.hard:
        return ()
    if assumed and recovery.load.rung != "power":
        return ()
    if not assumed and assessment.decided_by == "near_maximal" and "effort_near_maximal" in minutes:
        return (minutes["effort_near_maximal"],)
    if assessment.decided_by in ("near_maximal", "intensity") and "effort_threshold" in minutes:
        return (minutes["effort_threshold"],)
    return ()


def effort_minutes(assessment: Assessment, from_min: float = 0.5) -> tuple[Line, ...]:
    """Return the lines with the minutes that were hard, as they were measured.

    Args:
        from_min: Fewer minutes have no line.
    """
    minutes = {
        "effort_threshold": assessment.seconds_at_threshold / 60,
        "effort_near_maximal": assessment.seconds_by_intensity.get("near_maximal", 0.0) / 60,
    }
    return tuple(Line(id_, {"minutes": round(count)}) for id_, count in minutes.items() if count >= from_min)


def _caveats(recovery: Recovery) -> list[Line]:
    """Return what the reader must know of how the advice was found."""
    warnings = recovery.assessment.warnings
    lines = [Line(_CAVEATS[warning]) for warning in warnings if warning in _CAVEATS]
    if recovery.assessment.counted_until is not None:
        lines.append(Line("counted_until", {"until": recovery.assessment.counted_until}))
    if recovery.load.rung == "duration":
        grounds = (text_id for warning, text_id in _ESTIMATED.items() if warning in warnings)
        lines.append(Line(next(grounds, "estimated_from_duration")))
    return lines
