"""What does the picture of a workout show: its title, its cause, its heart rate, and when to train again?"""

from datetime import date, datetime, tzinfo

from hersteld.config.settings import Settings
from hersteld.config.texts.catalogue import Texts
from hersteld.daemon.card.facts import CardFacts, Trace
from hersteld.daemon.picture.staircase import Steps
from hersteld.daemon.picture.trace import trace_of
from hersteld.parsers.line import Line
from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import Recovery, Rung
from hersteld.recovery.messages.first_message import headline, title
from hersteld.recovery.messages.readiness import NAMES_AN_EASY_WEEK, Readiness, readiness

_GROUNDS: dict[Rung, str] = {
    "duration": "card.by_duration",
    "rpe": "card.by_rating",
    "power": "card.by_power",
    "zone_times": "card.by_zones",
    "heart_rate": "card.by_zones",  # of an average that the device gave, where it gave no more
}
"""On what a load rests for which there is no heart rate to be drawn."""


def facts_of(
    workout: Workout,
    recovery: Recovery,
    settings: Settings,
    texts: Texts,
    zone: tzinfo,
    *,
    read_at: datetime | None = None,
    asks: bool = False,
) -> CardFacts:
    """Return what the picture of a workout shows.

    Args:
        workout: As it is told, without what was recorded after its end.
        texts: Of the language of the athlete.
        zone: The athlete's time zone.
        read_at: When it is read, aware UTC; None for the end of the workout.
        asks: Whether the message with the picture asks how hard the workout was.
    """
    at, rules = read_at or workout.ended_at, settings.rules
    told = readiness(recovery, rules, at, zone) if workout.has_clock else None
    trace = _trace(workout, recovery, settings)
    cause = _cause(workout, recovery, settings, told, has_trace=trace is not None)
    question = [Line("card.question")] if asks else []
    name = title(workout, recovery, rules)
    shown = [*question, *cause][:1]

    def said(line: Line) -> str:
        return texts.sentence(line, zone, read_at=at)

    sentences: list[Line] = []
    if trace is None:
        sentences = [*(cause or [_ground(recovery)]), *question]
    elif told is None:
        sentences = [Line("card.no_clock")] if not workout.has_clock else []
    steps = Steps(texts, rules.messages, settings.notify.quiet_hours, zone)
    is_beginner = settings.athlete.experience == "beginner"
    load = Line("card.load", {"load": round(recovery.load.value), "grade": recovery.load.grade})
    return CardFacts(
        title=said(name),
        right="" if is_beginner else said(load),
        cause="" if trace is None else "".join(map(said, shown)),
        sentences=tuple(map(said, sentences)),
        trace=trace,
        staircase=None if told is None else steps.after(workout.ended_at, told, at),
        alternative=said(_alternative(name, shown or sentences[:1], told)),
    )


def _trace(workout: Workout, recovery: Recovery, settings: Settings) -> Trace | None:
    athlete = recovery.physiology
    if athlete is None:  # of a version that did not keep it
        return None
    return trace_of(workout, athlete, settings.rules, shows_threshold=not athlete.threshold_is_assumed)


def _cause(
    workout: Workout, recovery: Recovery, settings: Settings, told: Readiness | None, *, has_trace: bool
) -> list[Line]:
    """Return what made the workout hard, or that nothing did, as one line or none."""
    if told is not None:
        found = headline(workout, recovery, settings.rules, told).values["effort"]
        for line in found if isinstance(found, tuple) else ():
            if isinstance(line, Line):
                return [_short(line, told)]
        if has_trace and isinstance(told.line.values.get("next_training_on"), date):
            return [Line("card.fitter")]
    athlete = recovery.physiology
    if not has_trace or athlete is None or athlete.threshold_is_assumed:
        return []
    minutes = round(recovery.assessment.seconds_at_threshold / 60)
    return [Line("card.threshold", {"minutes": minutes}) if minutes else Line("card.all_below")]


def _short(line: Line, told: Readiness) -> Line:
    """Return the first line of a message as the picture says it."""
    if line.id in ("effort_race", "effort_distance"):
        is_easy_week = told.line.id in NAMES_AN_EASY_WEEK
        return Line("card.easy_week" if is_easy_week else "card.distance", line.values)
    return Line("card.near_maximal" if line.id == "effort_near_maximal" else "card.threshold", line.values)


def _ground(recovery: Recovery) -> Line:
    """Return on what the load rests, where no heart rate is drawn."""
    rung = recovery.load.rung
    if rung != "rpe":
        return Line(_GROUNDS[rung])
    rating = next((reason.value for reason in recovery.load.reasons if reason.name == "rpe"), None)
    return Line("card.by_duration") if rating is None else Line("card.by_rating", {"rpe": float(rating)})


def _alternative(name: Line, shown: list[Line], told: Readiness | None) -> Line:
    values = {"title": (name,), "cause": tuple(shown), "readiness": () if told is None else (told.line,)}
    return Line("card.alternative" if shown else "card.alternative_plain", values)
