"""No safety or food flag is ever contradicted by anything that a plan says, whatever the workout: law 6."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from hersteld.config.settings import LANGUAGES, Language
from hersteld.parsers.workout import DeviceProfile
from hersteld.recovery.athlete.history import PastWorkout
from hersteld.recovery.athlete.profile import CONDITIONS, FOODS, Condition, Experience, Food
from hersteld.recovery.join import join
from tests.support.fit.messages import QUIET, RIDER
from tests.support.fit.recoveries import a_past_workout, local, recovery_of
from tests.support.fit.workouts import a_workout
from tests.support.safety.everything_said import everything_said
from tests.support.safety.forbidden import Flag, contradictions

_NO_PAST = st.just(())
_TIRED = st.just((a_past_workout(local("10:00", "2026-05-05"), load=180, hours=2, ready_h=60),))


@settings(max_examples=60)
@given(
    minutes=st.integers(6, 420),
    bpm=st.integers(90, 195),
    sport=st.sampled_from(["running", "cycling", "swimming", "walking", "training", "strength"]),
    kcal=st.none() | st.integers(50, 4000),
    celsius=st.none() | st.integers(-20, 40),
    hour=st.integers(0, 23),
    distance_m=st.none() | st.sampled_from([10_000.0, 42_200.0]),
    experience=st.sampled_from(["beginner", "recreational", "trained", "elite"]),
    conditions=st.frozensets(st.sampled_from(CONDITIONS), max_size=3),
    foods=st.frozensets(st.sampled_from(FOODS), max_size=3),
    minor=st.sampled_from((None, "configuration", "file", "file alone")),
    language=st.sampled_from(LANGUAGES),
    lost_kg=st.none() | st.floats(-1, 3),
    next_after_h=st.none() | st.integers(1, 8),
    past=_NO_PAST | _TIRED,
    is_brick=st.booleans(),
)
def test_no_flag_is_contradicted_by_anything_that_is_said(
    minutes: int,
    bpm: int,
    sport: str,
    kcal: int | None,
    celsius: int | None,
    hour: int,
    distance_m: float | None,
    experience: Experience,
    conditions: frozenset[Condition],
    foods: frozenset[Food],
    minor: str | None,
    language: Language,
    lost_kg: float | None,
    next_after_h: int | None,
    past: tuple[PastWorkout, ...],
    is_brick: bool,
) -> None:
    workout = a_workout(
        minutes,
        hr=bpm,
        sport="training" if sport == "strength" else sport,
        sub_sport="strength_training" if sport == "strength" else None,
        kcal=kcal,
        distance_m=distance_m,
        temperature_c=celsius,
        ended_at=local(f"{hour:02}:10"),
        step_s=10,
        profile=DeviceProfile(birth_year=2012 if minor in ("file", "file alone") else None),
    )
    configured = {"configuration": 2012, "file alone": None}.get(minor or "", 1985)
    athlete = replace(
        RIDER,
        experience=experience,
        conditions=conditions,
        food=foods,
        birth_year=configured,
    )
    first_part = None
    if is_brick:
        ride = a_workout(40, hr=150, sport="cycling", ended_at=workout.started_at - timedelta(minutes=5), step_s=10)
        first_part = recovery_of(ride, athlete, past=past)
        workout = join(ride, workout)
    next_at = None if next_after_h is None else workout.ended_at + timedelta(hours=next_after_h)
    recovery = recovery_of(workout, athlete, past=past, next_session_at=next_at, weighed_loss_kg=lost_kg)
    flags: set[Flag] = {*conditions, *foods, *(("minor",) if minor else ())}
    for quiet in (QUIET, None):
        for text in everything_said(recovery, workout, language, quiet=quiet, first_part=first_part):
            assert contradictions(text, flags) == [], text
