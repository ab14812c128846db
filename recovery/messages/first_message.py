"""What does the message after a workout say, if it is read at this moment?"""

from collections.abc import Mapping
from datetime import datetime, tzinfo

from hersteld.parsers.line import Line, Value
from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import Advice, Recovery
from hersteld.recovery.assessment import is_long_run
from hersteld.recovery.athlete.muscles import overall_family
from hersteld.recovery.messages.readiness import said_readiness
from hersteld.recovery.rules import Rules

_MANY_PORTIONS = 4  # from here on "every 15 minutes until" reads better than the times


def effort_word(workout: Workout, recovery: Recovery, rules: Rules) -> str:
    """Return the word for how hard it was: an intensity, "long", "hard" or "very_hard"."""
    long_run = is_long_run(workout, rules.rest)
    if not recovery.assessment.hard:
        return "long" if long_run else recovery.assessment.intensity
    very = long_run or recovery.load.value >= rules.intensity.very_hard_load
    return "very_hard" if very else "hard"


def title(workout: Workout, recovery: Recovery, rules: Rules) -> Line:
    """Return the title: how hard, what, how long."""
    return Line(
        "title_workout",
        {
            "effort": effort_word(workout, recovery, rules),
            "sport": overall_family(workout),
            "duration_s": workout.timer_s,
        },
    )


def headline(workout: Workout, recovery: Recovery, rules: Rules, at: datetime, zone: tzinfo) -> Line | None:
    """Return the first line: how hard it was and when to train again; None without a readiness to tell."""
    ready = readiness(recovery, rules, at, zone)
    return Line("headline", {"effort": (_effort(workout, recovery, rules),), "rest": (ready,)}) if ready else None


def readiness(recovery: Recovery, rules: Rules, at: datetime, zone: tzinfo) -> Line | None:
    """Return when to train again, as it is true at this moment; None without a readiness to tell."""
    rest = next((advice for advice in recovery.plan if advice.id.startswith("rest_")), None)
    if rest is None:
        return None
    values = {
        name: said_readiness(value, zone, rules) if isinstance(value, datetime) else value
        for name, value in rest.values.items()
    }
    return Line(_rest_id(rest, values, at, zone), values)


def lines_at(recovery: Recovery, at: datetime) -> list[Line]:
    """Return what can be done at this moment, one line each, in the order of doing; the headline is not among them."""
    active = [advice for advice in recovery.plan if advice.due_at <= at < advice.expires_at]

    def of(key: str) -> list[Line]:
        return [advice.line for advice in active if advice.key == key]

    evening, meal = of("avoid"), of("glycogen")
    omega3 = of("omega3") if evening or (meal and not recovery.assessment.hard) else []
    return [
        *of("cooldown"),
        *_drink(recovery.plan, at),
        *of("stretching"),
        *meal,
        *evening,
        *omega3,
        *_caveats(recovery),
        *of("red_flags"),
    ]


def _effort(workout: Workout, recovery: Recovery, rules: Rules) -> Line:
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


def _rest_id(rest: Advice, said: Mapping[str, Value], at: datetime, zone: tzinfo) -> str:
    """Return the text of the rest advice that is true at this moment, with the times as they are said."""
    easy_from, ready_at = said["easy_from"], said["ready_at"]
    if not isinstance(easy_from, datetime) or not isinstance(ready_at, datetime):
        return rest.id
    if rest.id in ("rest_day", "rest_day_easy", "rest_two_days"):
        same_day = at.astimezone(zone).date() == rest.due_at.astimezone(zone).date()
        return rest.id if same_day else f"{rest.id}_today"
    if rest.id not in ("rest_short", "rest_hours"):
        return rest.id
    if at >= ready_at:
        return "rest_ready_now"
    if rest.id == "rest_short":
        tomorrow = ready_at.astimezone(zone).date() > at.astimezone(zone).date()
        return "rest_short_tomorrow" if tomorrow else "rest_short"
    if easy_from == ready_at:
        return "rest_ready_from"
    return "rest_easy_now" if at >= easy_from else "rest_hours"


def _drink(plan: tuple[Advice, ...], at: datetime) -> list[Line]:
    """Return the drinking line: the whole timetable, what remains of it, or its total once it has passed.

    A portion stands until the next one is due; what was missed before the file came is not made up for in one gulp.
    """
    portions = [advice for advice in plan if advice.id == "drink_portion"]
    left = [advice for advice in portions if at < advice.expires_at]
    if not left:
        return [advice.line for advice in plan if advice.key == "hydration" and advice.due_at <= at < advice.expires_at]
    values = left[0].values
    if len(portions) == 1:
        return [Line("drink_once", {"volume_ml": values["volume_ml"]})]
    id_ = "drink" if len(left) == len(portions) else "drink_remaining"
    return [Line(id_, {"total_ml": values["total_ml"], "parts": _parts(left, at)})]


def _parts(portions: list[Advice], at: datetime) -> tuple[Line, ...]:
    """Return the portions in words, equal ones together."""
    parts: list[Line] = []
    groups: list[tuple[float, list[datetime]]] = []
    for portion in portions:
        volume = portion.values["volume_ml"]
        if not isinstance(volume, int):
            continue
        if portion.due_at <= at:
            parts.append(Line("part_now", {"volume_ml": volume}))
        elif groups and groups[-1][0] == volume:
            groups[-1][1].append(portion.due_at)
        else:
            groups.append((volume, [portion.due_at]))
    for volume, times in groups:
        if len(times) > _MANY_PORTIONS:
            minutes = round((times[1] - times[0]).total_seconds() / 60)
            parts.append(
                Line("part_every", {"volume_ml": volume, "minutes": minutes, "since": times[0], "until": times[-1]})
            )
        else:
            parts.append(Line("part_at", {"volume_ml": volume, "times": tuple(times)}))
    return tuple(parts)


def _caveats(recovery: Recovery) -> list[Line]:
    """Return what the reader must know of how this was found."""
    known = {"too_soon": "started_too_soon", "salvaged": "file_damaged"}
    lines = [Line(known[warning]) for warning in recovery.assessment.warnings if warning in known]
    if recovery.load.rung == "duration":
        without_ftp = "ftp_unknown" in recovery.assessment.warnings
        lines.append(Line("estimated_without_ftp" if without_ftp else "estimated_from_duration"))
    return lines
