"""Workouts run through the rules, for tests of what comes out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from hersteld.config.rules import load_rules
from hersteld.parsers.workout import Workout
from hersteld.recovery.advice import Advice, Recovery
from hersteld.recovery.assessment import assess
from hersteld.recovery.athlete.history import History, PastWorkout
from hersteld.recovery.athlete.physiology import resolve
from hersteld.recovery.athlete.profile import Athlete, Condition
from hersteld.recovery.load.ladder import training_load
from hersteld.recovery.recover import recover
from hersteld.recovery.rules import Rules
from hersteld.recovery.situation import Situation
from tests.support.fit.workouts import a_workout

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
TRAINED = Athlete(experience="trained", sex="male", mass_kg=70, max_hr_bpm=190, resting_hr_bpm=50)
BEGINNER = replace(TRAINED, experience="beginner")

HARD_RIDE = a_workout(124, hr=165, sport="cycling", kcal=1500, temperature_c=22)


def with_condition(condition: Condition) -> Athlete:
    return replace(TRAINED, conditions=frozenset({condition}))


@cache
def shipped_rules() -> Rules:
    return load_rules({})


def local(clock: str, day: str = "2026-05-06") -> datetime:
    """Return this local clock time in Amsterdam, in aware UTC."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=AMSTERDAM).astimezone(UTC)


def recovery_of(
    workout: Workout,
    athlete: Athlete = TRAINED,
    *,
    past: tuple[PastWorkout, ...] = (),
    next_session_at: datetime | None = None,
    **given: float | None,
) -> Recovery:
    rpe, loss, drunk = (given.get(name) for name in ("rpe", "weighed_loss_kg", "drunk_ml"))
    return recover(
        workout,
        athlete,
        History(past),
        shipped_rules(),
        zone=AMSTERDAM,
        rpe=rpe,
        weighed_loss_kg=loss,
        drunk_ml=drunk,
        next_session_at=next_session_at,
    )


def a_past_workout(
    ended_at: datetime,
    *,
    load: float = 60,
    hours: float = 1,
    gentle: bool = False,
    ready_h: float | None = None,
    other_h: float | None = None,
    loaded: tuple[str, ...] = (),
) -> PastWorkout:
    """Return a run, or strength training of the `loaded` muscles, with hours of rest from its end on.

    `ready_h` are the hours of all clocks, `other_h` those without the clock of the weights; the same by default.
    """
    ready_at = None if ready_h is None else ended_at + timedelta(hours=ready_h)
    easy_from = None if ready_h is None else ended_at + timedelta(hours=ready_h / 2)
    started_at = ended_at - timedelta(hours=hours)
    other_at = ready_at if other_h is None else ended_at + timedelta(hours=other_h)
    return PastWorkout(
        started_at,
        ended_at,
        started_at,
        "training" if loaded else "running",
        load,
        hard=load >= 100,
        gentle=gentle,
        ready_at=ready_at,
        easy_from=easy_from,
        ready_other_at=other_at,
        rested_at=ready_at,
        rested_other_at=other_at,
        loaded_muscles=loaded,
    )


def situation_of(
    workout: Workout,
    athlete: Athlete = TRAINED,
    *,
    past: tuple[PastWorkout, ...] = (),
    next_session_at: datetime | None = None,
    weighed_loss_kg: float | None = None,
    drunk_ml: float | None = None,
) -> Situation:
    """Return what the keys get to know of a workout."""
    rules, history = shipped_rules(), History(past)
    physiology = resolve(athlete, workout, history, rules.athlete)
    load = training_load(workout, physiology, rules.load)
    return Situation(
        workout,
        athlete,
        physiology,
        load,
        assess(workout, load, physiology, athlete, history, rules, AMSTERDAM),
        rules,
        AMSTERDAM,
        weighed_loss_kg=weighed_loss_kg,
        drunk_ml=drunk_ml,
        next_session_at=next_session_at,
    )


def the_advice(recovery: Recovery, text_id: str) -> Advice:
    """Return the advice with this text; the test fails where there is none, or more than one."""
    (advice,) = (advice for advice in recovery.plan if advice.id == text_id)
    return advice


def advice_of(recovery: Recovery, key: str) -> list[Advice]:
    return [advice for advice in recovery.plan if advice.key == key]


def ids(recovery: Recovery) -> set[str]:
    return {advice.id for advice in recovery.plan}
